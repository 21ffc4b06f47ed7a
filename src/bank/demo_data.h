/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the demonstration bank is made of: tables of people, accounts, payees and habits, and the
 * movements that follow from them. Nothing here touches the store; demo.c books it.
 *
 * All people are invented. Their identity numbers have valid check characters on the address code
 * 999999, which is assigned to no place; telephone numbers are of a range with no subscribers; card
 * numbers have an issuer number (998156) that no scheme routes.
 */
#ifndef BANK_DEMO_DATA_H
#define BANK_DEMO_DATA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/calendar.h"
#include "base/date.h"

struct demo_person {
	const char *number; /* customer number: login */
	const char *name;
	const char *born; /* "19850312" */
	bool is_man;
	const char *edition; /* theme */
};
extern const struct demo_person demo_people[];
extern const size_t demo_people_count;

/* An account of a customer. */
struct demo_account {
	const char *key;      /* "6001.1" */
	const char *person;   /* customer number */
	const char *product;  /* see product table of the bank */
	const char *nickname; /* NULL: none */
	int64_t opening;      /* fen, carried forward on the first day */
	int64_t rate_ppm; /* yearly interest, millionths, paid on the 21st of Mar, Jun, Sep, Dec */
};
extern const struct demo_account demo_accounts[];
extern const size_t demo_accounts_count;

/* A saved payee: inside (account is a key) or elsewhere (agent and account of demo_elsewhere). */
struct demo_payee {
	const char *person;
	const char *key;   /* of an own account; NULL: elsewhere */
	const char *alias; /* NULL: none */
	int elsewhere;	   /* row of demo_elsewhere */
};
extern const struct demo_payee demo_payees[];
extern const size_t demo_payees_count;

/* Accounts that the simulated correspondent knows at other banks. */
struct demo_elsewhere {
	const char *agent; /* bank code */
	const char *account;
	const char *name;
};
extern const struct demo_elsewhere demo_elsewhere[];
extern const size_t demo_elsewhere_count;

struct demo_message {
	const char *person;
	int days_ago;
	struct {
		const char *english, *chinese;
	} title, text;
	bool is_read;
};
extern const struct demo_message demo_messages[];
extern const size_t demo_messages_count;

/*
 * The bank's own side of a movement. A movement's account is a row of demo_accounts, or
 * DEMO_INTERNAL - one of these, a negative number.
 */
enum demo_internal {
	DEMO_OPENING,  /* equity: balances carried forward */
	DEMO_NETWORK,  /* clearing of card and wallet payments, salaries, other banks */
	DEMO_INTEREST, /* expense */
	DEMO_CASH,     /* machines */
	DEMO_INTERNAL_COUNT,
};
#define DEMO_INTERNAL (-1)

struct demo_movement {
	int64_t at; /* UTC seconds */
	int from, to;
	int64_t minor;	   /* fen, > 0 */
	const char *kind;  /* of the entries */
	const char *party; /* who the customer sees on the other side when that is an internal
			      account */
	const char *text;  /* may be NULL */
};

struct demo_history {
	struct demo_movement *movements; /* by time */
	size_t count, capacity;
};

/*
 * Plan what happened from the beginning of `start` until `now`. A day's drawings depend on nothing
 * but its date; what the accounts cannot cover is left out. 0 or -ENOMEM.
 */
int demo_history_plan(date_days start, int64_t now, const struct calendar *calendar,
		      struct demo_history *ret);
void demo_history_release(struct demo_history *history);
/* Where a whole history that ends today begins: the first of the month two years before. */
date_days demo_history_start(date_days today);

#endif
