/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bank/event_hub.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>

#include "bank/store.h"

struct event_hub {
	pthread_mutex_t lock;
	struct event_waiter *waiters;
	int64_t newest; /* id of the newest committed event known; 0 before the first commit of this process
			 */
	bool is_stopped;
};

int event_hub_new(struct event_hub **ret)
{
	struct event_hub *hub = calloc(1, sizeof(*hub));

	if (!hub)
		return -ENOMEM;
	pthread_mutex_init(&hub->lock, NULL);
	*ret = hub;
	return 0;
}

void event_hub_free(struct event_hub *hub)
{
	if (!hub)
		return;
	pthread_mutex_destroy(&hub->lock);
	free(hub);
}

int event_hub_wait(struct event_hub *hub, struct event_waiter *waiter)
{
	int r = 0;

	pthread_mutex_lock(&hub->lock);
	if (hub->is_stopped)
		r = -ESHUTDOWN;
	else if (hub->newest > waiter->seen)
		r = -EAGAIN;
	else {
		waiter->next = hub->waiters;
		hub->waiters = waiter;
	}
	pthread_mutex_unlock(&hub->lock);
	return r;
}

/* Take those out that match; woken() runs without the lock, since it may wait again at once. */
static void wake(struct event_hub *hub, bool (*matches)(const struct event_waiter *, int64_t), int64_t value)
{
	struct event_waiter *woken = NULL;

	pthread_mutex_lock(&hub->lock);
	for (struct event_waiter **link = &hub->waiters; *link;) {
		struct event_waiter *w = *link;

		if (matches(w, value)) {
			*link = w->next;
			w->next = woken;
			woken = w;
		} else {
			link = &w->next;
		}
	}
	pthread_mutex_unlock(&hub->lock);
	while (woken) {
		struct event_waiter *next = woken->next;

		woken->woken(woken);
		woken = next;
	}
}

static bool is_of(const struct event_waiter *w, int64_t customer)
{
	return w->customer == customer;
}

static bool is_over(const struct event_waiter *w, int64_t ms)
{
	return w->deadline <= ms;
}

static bool is_any(const struct event_waiter *w, int64_t unused)
{
	(void)w;
	(void)unused;
	return true;
}

static int64_t newest_of(struct store *store)
{
	struct statement *q = store_sql(store, "SELECT coalesce(max(id), 0) FROM event");
	int64_t id = statement_step(q) > 0 ? column_int(q, 0) : 0;

	statement_reset(q);
	return id;
}

void event_hub_committed(struct event_hub *hub, struct store *store)
{
	int64_t newest = newest_of(store), before;
	struct statement *q;
	bool is_waiting;

	pthread_mutex_lock(&hub->lock);
	before = hub->newest;
	if (newest > before)
		hub->newest = newest;
	is_waiting = hub->waiters != NULL;
	pthread_mutex_unlock(&hub->lock);
	if (newest <= before || !is_waiting)
		return;
	if (before == 0) { /* the first commit since the start: how far waiters had read is not known */
		wake(hub, is_any, 0);
		return;
	}
	q = store_sql(store, "SELECT DISTINCT customer FROM event WHERE id > :before");
	bind_int(q, ":before", before);
	while (statement_step(q) > 0)
		wake(hub, is_of, column_int(q, 0));
	statement_reset(q);
}

void event_hub_expire(struct event_hub *hub, int64_t monotonic_ms)
{
	wake(hub, is_over, monotonic_ms);
}

void event_hub_stop(struct event_hub *hub)
{
	pthread_mutex_lock(&hub->lock);
	hub->is_stopped = true;
	pthread_mutex_unlock(&hub->lock);
	wake(hub, is_any, 0);
}
