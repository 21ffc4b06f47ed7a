/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One bank: what its parts share. Made in main (or a test), passed down, never global. */
#ifndef BANK_BANK_H
#define BANK_BANK_H

#include <stdbool.h>

#include "base/catalogue.h"
#include "base/clock.h"
#include "base/err.h"

struct store;
struct writer;
struct event_hub;
struct identity;

struct bank {
	char *dir;                 /* DIR/bank.db, DIR/tls/, DIR/secret.key, DIR/delivery/ */
	struct clock clock;
	struct rng rng;
	struct catalogue *chinese; /* NULL when no catalogue was found: English only */
	struct writer *writer;
	struct event_hub *events;  /* wakes long polls after COMMIT */
	struct identity *identity; /* certificate authority, sessions, limits: see identity.h */
	unsigned char pepper[32];  /* HMAC key for passwords and codes, from DIR/secret.key (0600), never in the
				      database */
	bool is_demo;              /* demo people exist; only with a loopback listener */
};

struct bank_options {
	const char *dir;
	const struct clock *clock; /* NULL: the system's */
	const struct rng *rng;     /* NULL: the system's */
	bool demo;
};

/* Create or open DIR, migrate, load secrets and catalogues, start the writer. */
int bank_open(const struct bank_options *options, struct bank **ret, struct err *err);
void bank_close(struct bank *bank); /* stops the writer after its last commit; NULL allowed */

/*
 * What time brings: turns the business date at midnight, lets waiting orders expire, sends scheduled ones,
 * settles accepted ones. Called every second, from one thread that is not the writer; a killed run goes on
 * where it was. A new store has no business date, and posts nothing, before the first call. 0 or the writer's
 * error.
 */
int bank_run_due(struct bank *bank);

#endif
