/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 *	sweep DIR BANK-PORT CASE COUNT
 *
 * Gives orders to a real bank through a proxy that fails in one way, COUNT times (0: wherever it
 *can), and then asks both sides, after a restart of the client: every order that was given ended as
 *it must, exactly once, and nothing is left unknown. DIR is an enrolled terminal's; it is pointed
 *at the proxy. Exits 1 naming what went wrong.
 */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "client/terminal.h"
#include "tests/fault/giver.h"
#include "tests/fault/proxy.h"

#define KEYS_MOST 40000
#define LATE_MS	  5000

struct given {
	char key[33];
	bool must_stand; /* done, once; else never to be done */
};

struct sweep {
	struct giver giver;
	struct proxy proxy;
	const char *dir;
	struct given *given;
	size_t count;
	int before; /* entries of the account that pays */
	long wrong;
};

static void wrong(struct sweep *s, const char *key, const char *what)
{
	s->wrong++;
	printf("# %s: %s\n", key, what);
}

static int point_at(const char *dir, int port)
{
	struct terminal t;
	struct err err = { .text = "" };
	int r = terminal_load(dir, &t, &err);
	struct buf address;

	if (r < 0) {
		printf("# %s\n", err.text);
		return r;
	}
	buf_init(&address, 0);
	buf_printf(&address, "127.0.0.1:%d", port);
	free(t.address);
	t.address = buf_detach(&address);
	r = terminal_save(dir, &t, &err);
	terminal_release(&t);
	return r;
}

static int begin(struct sweep *s)
{
	if (giver_open(&s->giver, s->dir) < 0 || giver_log_in(&s->giver) < 0 ||
	    giver_settle(&s->giver, NULL) < 0 || giver_look(&s->giver) < 0 ||
	    giver_quote(&s->giver) < 0)
		return -1;
	s->before = giver_entries(&s->giver);
	return 0;
}

static struct given *give(struct sweep *s, bool must_stand)
{
	struct given *g = &s->given[s->count];

	if (s->count == KEYS_MOST || giver_give(&s->giver, g->key) < 0) {
		wrong(s, "-", "not given");
		return NULL;
	}
	g->must_stand = must_stand;
	s->count++;
	return g;
}

/* One order under one plan, to its end. */
static void try(struct sweep *s, const struct proxy_plan *plan, bool must_strike)
{
	struct given *g;

	/* The last fault took the connection: have one again, or the next byte counted would be of
	 * a handshake. */
	if (!plan->is_fresh && giver_look(&s->giver) < 0)
		wrong(s, "-", "the bank cannot be reached");
	proxy_arm(&s->proxy, plan);
	g = give(s, true);
	if (g && giver_settle(&s->giver, g->key) < 0)
		wrong(s, g->key, "left unknown");
	if (must_strike && atomic_load(&s->proxy.shared->struck) != 1)
		wrong(s, g ? g->key : "-", "the fault did not strike");
}

static void sweep_lost(struct sweep *s, long count)
{
	for (long i = 0; i < (count ? count : 1000); i++)
		try(s,
		    &(struct proxy_plan){ .fault = PROXY_EAT_REPLY,
					  .end = i % 2 ? PROXY_RST : PROXY_FIN },
		    true);
}

/* Bytes of one order on a connection of its own, handshake included: the least of a few, for they
 * vary. */
static void measure(struct sweep *s, long total[2])
{
	total[0] = total[1] = LONG_MAX;
	for (int i = 0; i < 5; i++) {
		long up, down;

		try(s, &(struct proxy_plan){ .is_fresh = true }, false);
		up = atomic_load(&s->proxy.shared->up);
		down = atomic_load(&s->proxy.shared->down);
		total[0] = up < total[0] ? up : total[0];
		total[1] = down < total[1] ? down : total[1];
	}
	printf("# %ld bytes up, %ld down\n", total[0], total[1]);
}

static void sweep_cut(struct sweep *s, long count)
{
	static const enum proxy_fault faults[] = { PROXY_CUT_UP, PROXY_CUT_DOWN };
	long total[2];

	measure(s, total);
	for (int d = 0; d < 2; d++) {
		long step = count ? total[d] / count + 1 : 1;

		for (long n = 1 + random() % step; n <= total[d]; n += step)
			for (int end = PROXY_FIN; end <= PROXY_RST; end++)
				try(s,
				    &(struct proxy_plan){ .fault = faults[d],
							  .end = end,
							  .after = n,
							  .is_fresh = true },
				    /* must_strike */ n <= total[d] - 64);
	}
}

static bool wait_for(struct sweep *s, atomic_int *flag)
{
	bool never = false;

	for (int ms = 0; ms < LATE_MS && !atomic_load(flag); ms += 5)
		giver_run(&s->giver, &never, 5);
	return atomic_load(flag) > 0;
}

static bool wait_held(struct sweep *s)
{
	bool never = false;

	for (int ms = 0; ms < LATE_MS && !atomic_load(&s->proxy.shared->held); ms += 5)
		giver_run(&s->giver, &never, 5);
	return atomic_load(&s->proxy.shared->held) > 0;
}

/* Given, held on its way, given up, and then it arrives. */
static void late_original(struct sweep *s)
{
	struct given *g;
	struct err err = { .text = "" };

	if (giver_look(&s->giver) < 0)
		wrong(s, "-", "the bank cannot be reached");
	proxy_arm(&s->proxy, &(struct proxy_plan){ .fault = PROXY_HOLD });
	g = give(s, false);
	if (!g || !wait_held(s)) {
		wrong(s, "-", "the order was not held");
		return;
	}
	proxy_hold_no_more(&s->proxy);
	if (outbox_void(s->giver.client, g->key, &err) < 0 || giver_settle(&s->giver, g->key) < 0)
		wrong(s, g->key, "not voided");
	proxy_arm(&s->proxy, &(struct proxy_plan){ .fault = PROXY_NONE });
	if (!wait_for(s, &s->proxy.shared->late))
		wrong(s, g->key, "the original never arrived");
}

/* Done, the reply lost, and then given up: too late, and the client must come to know that. */
static void late_void(struct sweep *s)
{
	struct given *g;
	const struct outbox_entry *entry;
	struct err err = { .text = "" };

	if (giver_look(&s->giver) < 0)
		wrong(s, "-", "the bank cannot be reached");
	proxy_arm(&s->proxy, &(struct proxy_plan){ .fault = PROXY_EAT_REPLY });
	g = give(s, true);
	if (!g || !wait_for(s, &s->proxy.shared->struck)) {
		wrong(s, "-", "the reply was not lost");
		return;
	}
	if (outbox_void(s->giver.client, g->key, &err) < 0 || giver_settle(&s->giver, g->key) < 0)
		wrong(s, g->key, "not settled");
	entry = outbox_find(s->giver.client, g->key);
	if (!entry || entry->state != OUTBOX_KNOWN || entry->order->state != ORDER_STATE_DONE)
		wrong(s, g->key, "the person was not told that it was done");
}

static void sweep_void(struct sweep *s, long count)
{
	for (long i = 0; i < (count ? count : 100); i++) {
		late_original(s);
		late_void(s);
	}
}

/* No bank: nothing is lost when it comes back, nothing happens to what was given up before. */
static void sweep_away(struct sweep *s, long count)
{
	bool never = false;
	struct err err;

	for (long i = 0; i < (count ? count : 100); i++) {
		struct given *kept, *dropped;

		proxy_arm(&s->proxy,
			  &(struct proxy_plan){ .fault = PROXY_REFUSE, .is_fresh = true });
		kept = give(s, true);
		dropped = give(s, false);
		giver_run(&s->giver, &never, 20);
		if (!kept || !dropped || outbox_void(s->giver.client, dropped->key, &err) < 0)
			wrong(s, "-", "cannot be given up");
		proxy_arm(&s->proxy, &(struct proxy_plan){ .fault = PROXY_NONE });
		if (kept && giver_settle(&s->giver, kept->key) < 0)
			wrong(s, kept->key, "left unknown");
	}
}

static const struct {
	const char *name;
	void (*run)(struct sweep *s, long count);
} cases[] = {
	{ "lost", sweep_lost },
	{ "cut", sweep_cut },
	{ "void", sweep_void },
	{ "away", sweep_away },
};

/* The client's restart, and both sides' accounts of what happened. */
static void judge(struct sweep *s)
{
	const struct outbox_entry *const *entries;
	size_t stand = 0, doubled;
	int state, booked;

	giver_close(&s->giver);
	proxy_arm(&s->proxy, &(struct proxy_plan){ .fault = PROXY_NONE });
	if (giver_open(&s->giver, s->dir) < 0 || giver_log_in(&s->giver) < 0 ||
	    giver_settle(&s->giver, NULL) < 0) {
		wrong(s, "-", "the client did not come back");
		return;
	}
	if (outbox_list(s->giver.client, &entries) > 0)
		wrong(s, entries[0]->key, "left unknown");
	for (size_t i = 0; i < s->count; i++) {
		state = giver_state(&s->giver, s->given[i].key);
		stand += s->given[i].must_stand;
		if (s->given[i].must_stand && state != ORDER_STATE_DONE)
			wrong(s, s->given[i].key, "lost");
		if (!s->given[i].must_stand && state != ORDER_STATE_NONE &&
		    state != ORDER_STATE_VOIDED)
			wrong(s, s->given[i].key, "done although it was given up");
	}
	booked = giver_look(&s->giver) < 0 ? -1 : giver_entries(&s->giver) - s->before;
	doubled = (size_t)booked - stand;
	printf("# %zu given, %zu to stand, %d booked\n", s->count, stand, booked);
	if (booked < 0 || doubled != 0)
		wrong(s, "-", "the ledger does not have what was given");
}

int main(int argc, char **argv)
{
	struct sweep s = { .dir = argc == 5 ? argv[1] : NULL };
	bool is_known = false;

	if (argc != 5 || proxy_start(&s.proxy, (int)strtol(argv[2], NULL, 10)) < 0 ||
	    point_at(argv[1], s.proxy.port) < 0)
		return 2;
	s.given = calloc(KEYS_MOST, sizeof(*s.given));
	if (!s.given || begin(&s) < 0)
		return 2;
	for (size_t i = 0; i < COUNT(cases); i++) {
		if (strcmp(cases[i].name, argv[3]))
			continue;
		is_known = true;
		cases[i].run(&s, strtol(argv[4], NULL, 10));
	}
	judge(&s);
	giver_close(&s.giver);
	proxy_stop(&s.proxy);
	free(s.given);
	printf("# %ld wrong\n", s.wrong);
	return !is_known ? 2 : s.wrong != 0;
}
