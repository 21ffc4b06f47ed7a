/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Orders as they are stored: rows of request, orders, need and code, read and first written here. */
#ifndef BANK_ORDER_RECORD_H
#define BANK_ORDER_RECORD_H

#include "bank/order_family.h"
#include "base/hex.h"

#define ORDER_KEY_MAX 33 /* 32 lower-case hex digits and NUL */

enum request_outcome { REQUEST_OUTCOME_ORDER = 1, REQUEST_OUTCOME_REFUSED, REQUEST_OUTCOME_TOMBSTONE };

/* What is known of an Idempotency-Key. */
struct request_record {
	int64_t id;
	enum request_outcome outcome;
	bool has_body;
	unsigned char body_digest[SHA256_BYTES];
	int status;   /* of the stored answer */
	char *answer; /* owned */
};
void request_record_release(struct request_record *r);

/* 1 found, 0 never seen, or a store error. */
int request_find(struct store *s, int64_t customer, const char *key, struct request_record *ret);

struct request_new {
	int64_t id; /* of request_id() */
	int64_t customer;
	const char *key;
	const unsigned char *body_digest; /* SHA256_BYTES; NULL for a tombstone */
	enum request_outcome outcome;
	int status;
	const char *answer;
	int64_t at;
};
/* The next request.id, which is also the order's; taken for this job. */
int64_t request_id(struct store *s);
/* Remember a key for ever, with its answer, as an item of the block. -EEXIST when it is known already. */
int request_insert(struct store *s, const struct request_new *r);

struct order_need {
	enum need_kind kind;
	enum need_by by;
	enum need_status status;
	int64_t until;
};

struct order_record {
	int64_t id, customer;
	char key[ORDER_KEY_MAX]; /* the order's id on the wire */
	unsigned char body_digest[SHA256_BYTES];
	const struct order_family *family;
	enum order_state state;
	char *reason_code, *reason; /* owned, as all char * here; reason in said's stored form */
	char *instruction;
	char terms[SHA256_HEX];
	char *review, *note;
	char currency[4];           /* "" when no money moves */
	int64_t total, fee, debtor; /* debtor: account.id, 0 none */
	char limit_name[32];        /* "" none */
	int64_t counted;
	int64_t maker, terminal;    /* row ids */
	char *maker_number, *terminal_label, *channel;
	char interaction[37];
	int64_t created, updated;
	date_days accepted_date;
	int64_t execution, due;     /* 0 none */
	date_days business_date;    /* DATE_NONE until booked */
	int64_t posting;
	int changes;
	struct order_need needs[PLAN_NEEDS];
	size_t needs_count;
	int code_attempts;          /* wrong codes so far */

	/* While it is being accepted, what it was made from, borrowed: showing it needs no reading back. NULL later. */
	const struct plan *plan;
	const struct cJSON *given; /* the instruction */
};
void order_record_release(struct order_record *o);

/* 1 found, 0 none of this customer, or a store error. */
int order_find(struct store *s, int64_t customer, const char *key, struct order_record *ret);
int order_load(struct store *s, int64_t id, struct order_record *ret);

/* Write a new order, in the state that it has reached, and its needs; o->id is of request_id(). */
int order_insert(struct store *s, const struct order_record *o);

bool order_is_open(const struct order_record *o);  /* not in a final state */
bool order_can_void(const struct order_record *o); /* waiting or scheduled */

#endif
