/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A plan: what an order of some type would do, worked out from its instruction and nothing else than the store's
 * snapshot and the clock. It holds no language: quote.h turns it into the quote of the contract, order.h into an order.
 *
 * Lists are fixed in size, because a form and its review are written by us; adding past an end marks the plan
 * failed, which every user of it checks once.
 */
#ifndef BANK_PLAN_H
#define BANK_PLAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bank/said.h"
#include "base/hex.h"
#include "base/money.h"
#include "model/form.h"
#include "model/quote.h"

struct cJSON;

#define PLAN_FIELDS 20
#define PLAN_LINES 24
#define PLAN_WARNINGS 8
#define PLAN_NEEDS 4

/* A field of a form as its family declares it. All texts are msgids. */
struct field_spec {
	const char *name; /* key in the instruction */
	enum field_kind kind;
	const char *title;
	const char *hint;     /* NULL none */
	int max_length;       /* characters; 0: not a text */
	const char *lookup;   /* name of a lookup, NULL none */
};

/* Says `delay` in a review line. Once it runs, an order shows the time at which it will be sent instead. */
#define PLAN_DELAY_TEXT N_("{1} hours after you confirm")

struct plan_choice {
	char *value;
	struct said title;
	struct said detail; /* empty: none */
};

/* A field as it stands: in the form, with its value, choices and fault. */
struct plan_field {
	const struct field_spec *spec;
	bool is_required;
	const struct cJSON *value; /* of the instruction; NULL when absent */
	struct said display;
	struct plan_choice *choices;
	size_t choices_count;
	const char *error; /* stable code, NULL none */
	struct said error_text;
};

struct plan_line {
	const char *name;
	const char *label; /* msgid */
	enum review_kind kind;
	struct said text;
	int64_t amount; /* minor units, for amounts */
};

struct plan_warning {
	const char *code;
	struct said text;
};

struct plan_need {
	enum need_kind kind;
	enum need_by by;
};

struct plan {
	struct plan_field fields[PLAN_FIELDS];
	size_t fields_count;
	bool is_complete; /* every required field is there and none is wrong: all below holds */

	struct plan_line lines[PLAN_LINES];
	size_t lines_count;
	struct plan_warning warnings[PLAN_WARNINGS];
	size_t warnings_count;
	struct plan_need needs[PLAN_NEEDS];
	size_t needs_count;
	char currency[4];    /* "" when no money moves */
	int64_t total;       /* leaves the account, fee included */
	int64_t fee;
	int64_t delay;       /* sent so many seconds after accepting; 0: at once, or at `execution` */
	int64_t execution;   /* sent at this instant; 0: see delay */
	int64_t valid_until; /* when this may become something else by itself */

	int64_t debtor;         /* account.id whose funds are held and that pays; 0 none */
	const char *limit_name; /* daily limit that `counted` counts against; NULL none */
	int64_t counted;
	int64_t limit;          /* most of a day */
	char *note;             /* what the family must remember until it posts: JSON; owned */
	char *review;           /* the lines in their stored form, made on first asking; owned */
	bool failed;            /* memory or room was short */
};

void plan_release(struct plan *p);

/* Each returns the new, zeroed element to fill, or NULL and marks the plan failed. */
struct plan_line *plan_line(struct plan *p, const char *name, const char *label, enum review_kind kind);
struct plan_warning *plan_warning(struct plan *p, const char *code);
struct plan_choice *plan_choice(struct plan *p, struct plan_field *f, const char *value);
void plan_need(struct plan *p, enum need_kind kind, enum need_by by);

/* Common lines. Amounts are shown with the plan's currency. */
void plan_amount(struct plan *p, const char *name, const char *label, enum review_kind kind, int64_t minor);
void plan_text(struct plan *p, const char *name, const char *label, enum review_kind kind, const char *text);
/* Where a said_set() or said_data() for a plan may fail: notes it. */
void plan_check(struct plan *p, int r);
/* "¥1,234.50" */
char *plan_show(const struct plan *p, int64_t minor, char buf[MONEY_TEXT_MAX]);

/*
 * The terms of a complete plan: SHA-256, in hex, over type, values of the fields, review, total, fee, execution,
 * warnings and needs in their untranslated form. valid_until is left out: it only foretells when these may change.
 */
void plan_terms(struct plan *p, const char *type, char ret[SHA256_HEX]);
/* The review in its stored form: [{"n":name,"l":label,"k":kind,"s":said,"m":minor}]. NULL when memory is short. */
const char *plan_review(struct plan *p);

#endif
