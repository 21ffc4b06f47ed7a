/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 *	give enrol DIR TICKET     enrol a terminal
 *	give one DIR              log in, bring old orders to their end, give one and bring it to its end
 *	give told DIR             as one, but prints "ready" and reads a line before it gives
 *	give only DIR             log in, give one order and leave
 *	give many DIR             as one, with forty orders, each as soon as a bank answers
 *	give drain DIR            log in, bring old orders to their end
 *
 * Prints "given KEY" as soon as one order is promised, "known KEY" at its end, and "entries N" of the account that
 * pays before leaving. A missing file is asked for just before the order is given: a mark for those who trace calls.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "client/enrol.h"
#include "tests/fault/giver.h"

#define MANY	 40
#define WAIT_MS	 30000
#define PAUSE_MS 20

static int enrol(const char *dir, const char *ticket)
{
	struct err err = { .text = "" };

	if (enrol_with_ticket(dir, ticket, "fault", &err) == 0)
		return 0;
	fprintf(stderr, "# enrol: %s\n", err.text);
	return 1;
}

static int give(struct giver *g, const char *what)
{
	char key[33];

	if (giver_quote(g) < 0)
		return -1;
	if (!strcmp(what, "told")) {
		puts("ready");
		fflush(stdout);
		if (getchar() == EOF)
			return -1;
	}
	access("/give-begins-here", F_OK);
	if (giver_give(g, key) < 0)
		return -1;
	printf("given %s\n", key);
	fflush(stdout);
	if (!strcmp(what, "only"))
		return 0;
	if (giver_settle(g, key) < 0)
		return -1;
	printf("known %s\n", key);
	fflush(stdout);
	return 0;
}

/* A bank that lost power is away for a moment. */
static int quote_patiently(struct giver *g)
{
	bool never = false;

	for (int ms = 0; ms < WAIT_MS; ms += PAUSE_MS) {
		if (giver_quote(g) == 0)
			return 0;
		giver_run(g, &never, PAUSE_MS);
	}
	return -1;
}

static int give_many(struct giver *g)
{
	char key[33];

	for (int i = 0; i < MANY; i++) {
		if (quote_patiently(g) < 0 || giver_give(g, key) < 0 || giver_settle(g, key) < 0)
			return -1;
		printf("known %s\n", key);
		fflush(stdout);
	}
	return 0;
}

static int run(const char *what, const char *dir)
{
	struct giver g;
	int r = giver_open(&g, dir);

	if (r == 0)
		r = giver_log_in(&g);
	if (r == 0 && strcmp(what, "only"))
		r = giver_settle(&g, NULL);
	if (r == 0 && !strcmp(what, "many"))
		r = give_many(&g);
	else if (r == 0 && strcmp(what, "drain"))
		r = give(&g, what);
	if (r == 0 && strcmp(what, "only"))
		r = giver_look(&g);
	if (r == 0)
		printf("entries %d\n", giver_entries(&g));
	if (r == 0 && g.client && outbox_damaged(g.client))
		printf("damaged %zu\n", outbox_damaged(g.client));
	giver_close(&g);
	return r < 0;
}

static const char *const ways[] = { "one", "told", "only", "many", "drain" };

int main(int argc, char **argv)
{
	if (argc == 4 && !strcmp(argv[1], "enrol"))
		return enrol(argv[2], argv[3]);
	for (size_t i = 0; argc == 3 && i < COUNT(ways); i++)
		if (!strcmp(argv[1], ways[i]))
			return run(argv[1], argv[2]);
	fputs("usage: give enrol DIR TICKET | give one|told|only|many|drain DIR\n", stderr);
	return 2;
}
