/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bank/demo.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "bank/bank.h"
#include "bank/credential.h"
#include "bank/defaults.h"
#include "bank/demo_data.h"
#include "bank/demo_store.h"
#include "bank/ledger.h"
#include "bank/parameter.h"
#include "bank/writer.h"
#include "base/catalogue.h"
#include "base/macros.h"

struct demo {
	struct job job; /* first: the writer hands it back */
	date_days start;
	int64_t now;
	struct demo_rows rows;
	struct demo_history history;
	char password[CREDENTIAL_HASH_MAX], pin[CREDENTIAL_HASH_MAX], staff[CREDENTIAL_HASH_MAX];
};

static int hash_of(const struct bank *bank, const char *text, char ret[CREDENTIAL_HASH_MAX])
{
	struct secret *secret = secret_from(text, strlen(text));
	int r = secret ? credential_hash(bank, secret, ret) : -ENOMEM;

	secret_free(secret);
	return r;
}

static int hash_all(const struct bank *bank, struct demo *demo)
{
	int r = hash_of(bank, DEMO_PASSWORD, demo->password);

	if (r == 0)
		r = hash_of(bank, DEMO_PIN, demo->pin);
	return r ? r : hash_of(bank, DEMO_STAFF_PASSWORD, demo->staff);
}

static int is_empty(struct store *s)
{
	struct statement *q = store_sql(s, "SELECT count(*) FROM customer");
	int r = statement_step(q);

	if (r == 1)
		r = column_int(q, 0) ? -EEXIST : 0;
	statement_reset(q);
	return r;
}

static int demo_open(struct store *s, struct demo *demo)
{
	struct demo_hashes hashes = { demo->password, demo->pin, demo->staff };
	int64_t opened = instant_from(demo->start, 0, ZONE_CHINA);
	int r = is_empty(s);

	if (r == 0)
		r = defaults_write(s);
	if (r == 0)
		r = demo_store_people(s, &demo->rows, &hashes, opened);
	return r ? r : demo_store_accounts(s, &demo->rows, demo->start);
}

/* The calendar as the store has it: salaries come before its holidays. */
static int demo_plan(struct store *s, struct demo *demo)
{
	struct loaded_calendar calendar;
	int r = calendar_load(s, demo->start, &calendar);

	if (r < 0)
		return r;
	demo_history_release(&demo->history);
	r = demo_history_plan(demo->start, demo->now, &calendar.calendar, &demo->history);
	calendar_release(&calendar);
	return r;
}

static int64_t movement_account(const struct demo *demo, int row)
{
	return row >= 0 ? demo->rows.accounts[row] : demo->rows.internals[DEMO_INTERNAL - row];
}

/* How one side appears to the other: a shop's name, or a customer's name and account. */
static void movement_party(const struct demo *demo, const struct demo_movement *m, int other,
			   struct leg *leg)
{
	if (other >= 0) {
		leg->party = demo_people[demo->rows.owners[other]].name;
		leg->party_account = demo->rows.numbers[other];
	} else {
		leg->party = m->party;
	}
}

static int movement_book(struct store *s, const struct demo *demo, const struct demo_movement *m)
{
	struct leg legs[2] = {
		{ .account = movement_account(demo, m->from),
		  .amount = -m->minor,
		  .kind = m->kind,
		  .remittance = m->text },
		{ .account = movement_account(demo, m->to),
		  .amount = m->minor,
		  .kind = m->kind,
		  .remittance = m->text },
	};
	struct posting posting = { .booked = m->at, .currency = "CNY", .legs = legs, .count = 2 };
	date_days date = instant_date(m->at, ZONE_CHINA), open = DATE_NONE;
	int64_t id;
	int r = business_date(s, &open);

	if (r < 0 && r != -ENODATA)
		return r;
	if (r == -ENODATA || date > open)
		r = business_date_turn(s, date, m->at);
	movement_party(demo, m, m->to, &legs[0]);
	movement_party(demo, m, m->from, &legs[1]);
	return r ? r : ledger_post(s, &posting, &id);
}

static int demo_close(struct store *s, const struct demo *demo)
{
	date_days today = instant_date(demo->now, ZONE_CHINA), open = DATE_NONE;
	int r = business_date(s, &open);

	if (r == 0 && open < today)
		r = business_date_turn(s, today, demo->now);
	return r ? r : demo_store_relations(s, &demo->rows, &demo->history, demo->now);
}

/* All of it in one commit: a fill that is killed leaves an empty bank, to be filled again. */
static int demo_run(struct store *s, struct job *job)
{
	struct demo *demo = (struct demo *)job;
	int r = demo_open(s, demo);

	if (r == 0)
		r = demo_plan(s, demo);
	for (size_t i = 0; i < demo->history.count && r == 0; i++)
		r = movement_book(s, demo, &demo->history.movements[i]);
	return r ? r : demo_close(s, demo);
}

static int demo_steps(struct bank *bank, struct demo *demo)
{
	int r = demo_rows_init(&demo->rows);

	if (r == 0)
		r = hash_all(bank, demo);
	return r ? r : writer_run(bank->writer, &demo->job);
}

int demo_fill_from(struct bank *bank, date_days start, struct err *err)
{
	struct demo demo = { .job = { .run = demo_run },
			     .start = start,
			     .now = bank->clock.now(bank->clock.data) };
	int r = demo_steps(bank, &demo);

	demo_rows_release(&demo.rows);
	demo_history_release(&demo.history);
	if (r == -EEXIST)
		return err_set(err, r,
			       _("This bank has customers already; demonstration data need a new "
				 "directory."));
	if (r < 0)
		return err_set(err, r, _("The demonstration data could not be written: %s."),
			       strerror(-r));
	return 0;
}

int demo_fill(struct bank *bank, struct err *err)
{
	date_days today = instant_date(bank->clock.now(bank->clock.data), ZONE_CHINA);

	return demo_fill_from(bank, demo_history_start(today), err);
}
