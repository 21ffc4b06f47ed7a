/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A small bank in a temporary directory, with a clock that stands and a generator that repeats itself: two
 * customers, Wang (accounts 1 and 2) and Zhang (account 3), one account at another bank that the correspondent
 * knows, and requests that need no HTTP. A failure to set up ends the test.
 */
#ifndef TESTS_BANK_FIXTURE_H
#define TESTS_BANK_FIXTURE_H

#include <cjson/cJSON.h>
#include <stdint.h>

#include "bank/bank.h"
#include "bank/store.h"
#include "bank/writer.h"
#include "base/date.h"

#define FIXTURE_PIN "730418"
#define FIXTURE_AGENT "102100099996" /* a bank of the directory that is not ours */
#define FIXTURE_OUTSIDE "6222020200112233445"
#define FIXTURE_OUTSIDE_NAME "李雷"

struct fixture_person {
	int64_t person, customer;
	char number[16];
};

struct fixture {
	char dir[64];
	int64_t now; /* of the bank's clock: set it to let time pass */
	struct rng_seeded_state seed;
	struct rng seeded;
	struct bank *bank;
	struct store *reader;
	struct fixture_person wang, zhang;
	int64_t terminal;
	int64_t current, savings, zhang_account; /* account.id: 10,000.00, 500.00 and 0.00 */
	char zhang_number[32];
};

/* now: UTC seconds. */
void fixture_open(struct fixture *f, int64_t now);
void fixture_close(struct fixture *f);
void fixture_restart(struct fixture *f); /* closes the bank and opens it again */
/* A stopped bank is files only: it can be copied, and each copy started. */
void fixture_stop(struct fixture *f);
void fixture_start(struct fixture *f);
void fixture_copy(const struct fixture *from, struct fixture *ret); /* stopped, of a stopped one */
void fixture_remove(struct fixture *f);                             /* a stopped one */

/* An answer: its status and body, the text message that would go out, NULL none. */
struct reply {
	int status;
	char *text;
	cJSON *body; /* NULL when there is none */
	char *message;
};
void reply_release(struct reply *r);
/* A member's string by a path such as "needs/0/by" or "code"; NULL when absent. */
const char *reply_get(const struct reply *r, const char *path);
const cJSON *reply_item(const struct reply *r, const char *path);

struct fixture_call {
	const struct fixture_person *who;
	const char *method, *path, *key, *body;
	const char *language; /* Accept-Language, NULL English */
};
struct reply fixture_call(struct fixture *f, const struct fixture_call *call);

/* The key of the n-th order of a test. */
const char *fixture_key(int n);
/* Quote an instruction and give the order: the answer of POST /v1/orders. */
struct reply fixture_order(struct fixture *f, const struct fixture_person *who, const char *key, const char *type,
			   const char *instruction);
struct reply fixture_authorise(struct fixture *f, const struct fixture_person *who, const char *key, const char *by,
			       const char *proof);
/* The six digits of a message. */
void fixture_code(const struct reply *r, char ret[7]);
/* Instructions of a transfer of Wang's; each is good until the next call of the same function. */
const char *fixture_own(struct fixture *f, const char *amount);
const char *fixture_inside(struct fixture *f, const char *amount);
const char *fixture_outside(struct fixture *f, const char *amount, const char *service, const char *name);

int64_t fixture_balance(struct fixture *f, int64_t account);
int64_t fixture_held(struct fixture *f, int64_t account);
int64_t fixture_number(struct fixture *f, const char *sql); /* the first column of the first row */
/* Change the store in a job of its own; the SQL is one statement. */
void fixture_sql(struct fixture *f, const char *sql);
void fixture_fund(struct fixture *f, int64_t account, int64_t minor); /* book money to a customer's account */
/* From a date on the bank's parameter has this value. */
void fixture_parameter(struct fixture *f, const char *name, date_days from, const char *value);
void fixture_due(struct fixture *f, int64_t seconds); /* let time pass, then do what is due */

/* True when bankaudit finds nothing; says what it found otherwise. */
bool fixture_audit(struct fixture *f);

#endif
