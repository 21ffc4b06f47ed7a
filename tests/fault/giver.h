/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Someone at a terminal without a screen: logs in, and gives transfers of 0.01 between own
 * accounts. */
#ifndef TESTS_FAULT_GIVER_H
#define TESTS_FAULT_GIVER_H

#include "client/client.h"
#include "client/outbox.h"
#include "model/account.h"

struct giver {
	struct client *client;
	struct account_list accounts;
	struct cJSON *instruction;
	char *terms;
	bool is_answered;
	const struct json_table *table; /* of the last call's answer */
	struct answer last;		/* its outcome, status, body */
	char text[512];
};

/* All return 0, or negative after saying why on stderr. Each waits at most 30 s. */
int giver_open(struct giver *g, const char *dir);
int giver_log_in(struct giver *g);
int giver_look(struct giver *g);	       /* reads the accounts anew */
int giver_quote(struct giver *g);	       /* terms of one transfer */
int giver_give(struct giver *g, char key[33]); /* only gives */
/* Let the outbox work until the key has ended, or with NULL every key; never waits for its
 * patience. */
int giver_settle(struct giver *g, const char *key);
/* The order as the bank has it: enum order_state, ORDER_STATE_NONE when it knows none. */
int giver_state(struct giver *g, const char *key);
int giver_entries(const struct giver *g); /* of the account that pays, as last looked */
/* Move the network until *flag or `ms` passed. */
bool giver_run(struct giver *g, const bool *flag, int ms);
void giver_close(struct giver *g);

#endif
