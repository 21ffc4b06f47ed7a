/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <stdlib.h>

#include "bank/event_hub.h"
#include "bank/store.h"
#include "tests/tap.h"

static int woken[8];

struct client {
	struct event_waiter waiter;
	int number;
};

static void count(struct event_waiter *waiter)
{
	woken[((struct client *)waiter)->number]++;
}

static struct client client(int number, int64_t customer, int64_t seen, int64_t deadline)
{
	return (struct client){
		.waiter = { .customer = customer, .seen = seen, .deadline = deadline, .woken = count },
		.number = number
	};
}

static void add(struct store *store, int64_t customer)
{
	struct statement *q =
		store_sql(store, "INSERT INTO event(customer, kind, subject, at) VALUES(:c, 1, 'x', 0)");

	bind_int(q, ":c", customer);
	statement_run(q, NULL);
}

static void test_wake(struct event_hub *hub, struct store *store)
{
	struct client a, b, late;

	add(store, 1);
	event_hub_committed(hub, store); /* event 1 */
	a = client(0, 1, 1, 100);
	b = client(1, 2, 1, 200);
	is_int(event_hub_wait(hub, &a.waiter), 0, "customer 1 waits");
	is_int(event_hub_wait(hub, &b.waiter), 0, "customer 2 waits");
	event_hub_committed(hub, store);
	is_int(woken[0] + woken[1], 0, "a commit without an event wakes nobody");
	add(store, 2);
	event_hub_committed(hub, store); /* event 2 */
	is_int(woken[1], 1, "an event of customer 2 wakes customer 2");
	is_int(woken[0], 0, "alone");
	late = client(2, 1, 1, 100);
	is_int(event_hub_wait(hub, &late.waiter), -EAGAIN, "whoever read before event 2 must read again");
	is_int(woken[2], 0, "and is not woken");
	late = client(2, 1, 2, 100);
	is_int(event_hub_wait(hub, &late.waiter), 0, "then may wait");
	event_hub_expire(hub, 99);
	is_int(woken[0] + woken[2], 0, "before the time is over nobody is woken");
	event_hub_expire(hub, 100);
	is_int(woken[0], 1, "then one is");
	is_int(woken[2], 1, "and the other");
	add(store, 1);
	event_hub_committed(hub, store);
	is_int(woken[0] + woken[1] + woken[2], 3, "each once");
}

static void test_stop(struct event_hub *hub)
{
	struct client a = client(3, 1, 99, 1000), b = client(4, 1, 99, 1000);

	is_int(event_hub_wait(hub, &a.waiter), 0, "one waits");
	event_hub_stop(hub);
	is_int(woken[3], 1, "the end wakes it");
	is_int(event_hub_wait(hub, &b.waiter), -ESHUTDOWN, "nobody may wait after it");
}

int main(void)
{
	char dir[] = "/tmp/test_event_hub.XXXXXX";
	struct event_hub *hub = NULL;
	struct store *store = NULL;

	if (!ok(mkdtemp(dir) && store_open(dir, STORE_WRITE, &store, NULL) == 0, "a store") ||
	    !is_int(event_hub_new(&hub), 0, "a hub"))
		return done();
	store_exec(store,
		   "INSERT INTO person(id, name, phone, document) VALUES(1, 'A', '1', 'x');"
		   "INSERT INTO customer(id, number, person, segment, opened)"
		   " VALUES(1, '6001', 1, 1, 0), (2, '6002', 1, 1, 0)",
		   NULL);
	test_wake(hub, store);
	test_stop(hub);
	event_hub_free(hub);
	store_close(store);
	return done();
}
