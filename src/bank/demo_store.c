/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bank/demo_store.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bank/credential.h"
#include "bank/defaults.h"
#include "bank/ledger.h"
#include "bank/message.h"
#include "base/catalogue.h"
#include "base/idnumber.h"
#include "base/macros.h"
#include "model/account.h"
#include "model/session.h"

#define ISSUER "998156"
#define PLACE  "999999"

static const struct {
	const char *name, *title;
	int class;
} products[] = {
	{ "current-1", N_("Current account"), 1 },
	{ "current-2", N_("Everyday account (class II)"), 2 },
	{ "savings", N_("Notice savings"), 0 },
};

static const struct {
	const char *code, *title;
} internals[DEMO_INTERNAL_COUNT] = {
	[DEMO_OPENING] = { "opening", N_("Balances carried forward") },
	[DEMO_NETWORK] = { "network", N_("Card and wallet clearing") },
	[DEMO_INTEREST] = { "interest", N_("Interest expense") },
	[DEMO_CASH] = { "cash", N_("Cash in machines") },
};

static const struct {
	const char *number, *name, *born, *role;
} staff[] = {
	{ "T1001", "沈芳", "19910214", "teller" },
	{ "T1002", "顾明", "19951108", "teller" },
	{ "S2001", "钱卫东", "19770923", "supervisor" },
	{ "A9001", "苏慧", "19840618", "administrator" },
};

int demo_rows_init(struct demo_rows *rows)
{
	*rows = (struct demo_rows){
		.people = calloc(demo_people_count, sizeof(*rows->people)),
		.customers = calloc(demo_people_count, sizeof(*rows->customers)),
		.accounts = calloc(demo_accounts_count, sizeof(*rows->accounts)),
		.owners = calloc(demo_accounts_count, sizeof(*rows->owners)),
		.numbers = calloc(demo_accounts_count, sizeof(*rows->numbers)),
	};
	if (rows->people && rows->customers && rows->accounts && rows->owners && rows->numbers)
		return 0;
	demo_rows_release(rows);
	return -ENOMEM;
}

void demo_rows_release(struct demo_rows *rows)
{
	free(rows->people);
	free(rows->customers);
	free(rows->accounts);
	free(rows->owners);
	free(rows->numbers);
	*rows = (struct demo_rows){ 0 };
}

static int row_of_person(const char *number)
{
	for (size_t i = 0; i < demo_people_count; i++)
		if (!strcmp(demo_people[i].number, number))
			return (int)i;
	abort(); /* our own tables name nobody else */
}

static int row_of_account(const char *key)
{
	for (size_t i = 0; i < demo_accounts_count; i++)
		if (!strcmp(demo_accounts[i].key, key))
			return (int)i;
	abort();
}

/* Insert and fetch the id. */
static int insert_returning(struct statement *q, int64_t *ret)
{
	int r = statement_step(q);

	if (r <= 0)
		return r ? r : -EIO;
	*ret = column_int(q, 0);
	return statement_step(q); /* to its end: only then is the row complete */
}

static int store_person(struct store *s, const char *name, const char *number, const char *born,
			bool is_man, int64_t *ret)
{
	struct statement *q = store_sql(s, "INSERT INTO person(name, phone, document)"
					   " VALUES(:name, :phone, :document) RETURNING id");
	char document[19], phone[16];

	/* the sequence of births on a day is odd for men */
	snprintf(document, sizeof(document), PLACE "%s%03d", born, is_man ? 11 : 12);
	document[17] = idnumber_check(document);
	document[18] = '\0';
	snprintf(phone, sizeof(phone), "1290000%s", number + strlen(number) - 4);
	bind_text(q, ":name", name);
	bind_text(q, ":phone", phone);
	bind_text(q, ":document", document);
	return insert_returning(q, ret);
}

static int segment_of(const char *edition)
{
	for (int i = 1; customer_segment_names[i]; i++)
		if (!strcmp(customer_segment_names[i], edition))
			return i;
	abort();
}

static int store_customer(struct store *s, struct demo_rows *rows, size_t i,
			  const struct demo_hashes *hashes, int64_t opened)
{
	const struct demo_person *p = &demo_people[i];
	struct statement *q;
	int r = store_person(s, p->name, p->number, p->born, p->is_man, &rows->people[i]);

	if (r < 0)
		return r;
	q = store_sql(s, "INSERT INTO customer(number, person, segment, opened)"
			 " VALUES(:number, :person, :segment, :opened) RETURNING id");
	bind_text(q, ":number", p->number);
	bind_int(q, ":person", rows->people[i]);
	bind_int(q, ":segment", segment_of(p->edition));
	bind_int(q, ":opened", opened);
	r = insert_returning(q, &rows->customers[i]);
	if (r == 0)
		r = credential_set(s, rows->people[i], CREDENTIAL_PASSWORD, hashes->password,
				   opened);
	if (r == 0)
		r = credential_set(s, rows->people[i], CREDENTIAL_PIN, hashes->pin, opened);
	return r;
}

static int store_staff(struct store *s, size_t i, const struct demo_hashes *hashes, int64_t opened)
{
	struct statement *q;
	int64_t person;
	int r = store_person(s, staff[i].name, staff[i].number, staff[i].born, i % 2 == 1, &person);

	if (r < 0)
		return r;
	q = store_sql(s, "INSERT INTO staff(number, person, role) VALUES(:number, :person, :role)");
	bind_text(q, ":number", staff[i].number);
	bind_int(q, ":person", person);
	bind_text(q, ":role", staff[i].role);
	r = statement_run(q, NULL);
	return r ? r : credential_set(s, person, CREDENTIAL_STAFF, hashes->staff, opened);
}

int demo_store_people(struct store *s, struct demo_rows *rows, const struct demo_hashes *hashes,
		      int64_t opened)
{
	int r = 0;

	for (size_t i = 0; i < demo_people_count && r == 0; i++)
		r = store_customer(s, rows, i, hashes, opened);
	for (size_t i = 0; i < COUNT(staff) && r == 0; i++)
		r = store_staff(s, i, hashes, opened);
	return r;
}

static int store_account(struct store *s, struct demo_rows *rows, size_t i, date_days opened)
{
	const struct demo_account *a = &demo_accounts[i];
	char *number = rows->numbers[i];
	struct statement *q;
	size_t product = 0;

	while (strcmp(products[product].name, a->product) != 0)
		if (++product == COUNT(products))
			abort();
	/* eight digits that look like no sequence, different for each account */
	snprintf(number, DEMO_NUMBER_MAX, ISSUER "%s%08u", a->person,
		 (unsigned)((i + 1) * 48271003u % 100000000u));
	number[18] = card_number_check(number);
	number[19] = '\0';
	rows->owners[i] = row_of_person(a->person);
	q = store_sql(s, "INSERT INTO account(number, customer, title, nickname, class, currency, "
			 "status, opened, overdraft)"
			 " VALUES(:number, :customer, :title, :nickname, :class, 'CNY', :status, "
			 ":opened, 0) RETURNING id");
	bind_text(q, ":number", number);
	bind_int(q, ":customer", rows->customers[rows->owners[i]]);
	bind_text(q, ":title", products[product].title);
	bind_text(q, ":nickname", a->nickname);
	bind_int(q, ":class", products[product].class);
	bind_int(q, ":status", ACCOUNT_STATUS_ENABLED);
	bind_int(q, ":opened", opened);
	return insert_returning(q, &rows->accounts[i]);
}

static int store_internal(struct store *s, struct demo_rows *rows, size_t i, date_days opened)
{
	struct statement *q =
		store_sql(s, "INSERT INTO account(number, code, title, currency, status, opened)"
			     " VALUES(:code, :code, :title, 'CNY', :status, :opened)"
			     " ON CONFLICT DO NOTHING");
	int r;

	bind_text(q, ":code", internals[i].code);
	bind_text(q, ":title", internals[i].title);
	bind_int(q, ":status", ACCOUNT_STATUS_ENABLED);
	bind_int(q, ":opened", opened);
	r = statement_run(q, NULL);
	return r ? r : ledger_internal(s, internals[i].code, &rows->internals[i]);
}

int demo_store_accounts(struct store *s, struct demo_rows *rows, date_days opened)
{
	int r = 0;

	for (size_t i = 0; i < DEMO_INTERNAL_COUNT && r == 0; i++)
		r = store_internal(s, rows, i, opened);
	for (size_t i = 0; i < demo_accounts_count && r == 0; i++)
		r = store_account(s, rows, i, opened);
	return r;
}

static int store_elsewhere(struct store *s, const struct demo_elsewhere *e)
{
	struct statement *q = store_sql(s, "INSERT INTO correspondent_account(agent, number, name)"
					   " VALUES(:agent, :number, :name)");

	bind_text(q, ":agent", e->agent);
	bind_text(q, ":number", e->account);
	bind_text(q, ":name", e->name);
	return statement_run(q, NULL);
}

/* A saved payee who was paid before needs no more proof than usual. */
static int store_paid(struct store *s, const struct demo_rows *rows,
		      const struct demo_history *history, int person, int account)
{
	int64_t first = 0, last = 0, times = 0;
	struct statement *q;

	for (size_t i = 0; i < history->count; i++) {
		const struct demo_movement *m = &history->movements[i];

		if (m->to != account || m->from < 0 || rows->owners[m->from] != person)
			continue;
		first = times++ ? first : m->at;
		last = m->at;
	}
	if (!times)
		return 0;
	q = store_sql(
		s, "INSERT INTO paid_account(customer, agent, number, first_paid, last_paid, times)"
		   " VALUES(:customer, :agent, :number, :first, :last, :times)");
	bind_int(q, ":customer", rows->customers[person]);
	bind_text(q, ":agent", DEFAULT_BANK_CODE);
	bind_text(q, ":number", rows->numbers[account]);
	bind_int(q, ":first", first);
	bind_int(q, ":last", last);
	bind_int(q, ":times", times);
	return statement_run(q, NULL);
}

static int store_payee(struct store *s, const struct demo_rows *rows,
		       const struct demo_history *history, const struct demo_payee *p, int64_t now)
{
	const struct demo_elsewhere *e = &demo_elsewhere[p->elsewhere];
	int account = p->key ? row_of_account(p->key) : -1, person = row_of_person(p->person), r;
	struct statement *q =
		store_sql(s, "INSERT INTO payee(customer, name, alias, agent, number, created)"
			     " VALUES(:customer, :name, :alias, :agent, :number, :created)");

	bind_int(q, ":customer", rows->customers[person]);
	bind_text(q, ":name", p->key ? demo_people[rows->owners[account]].name : e->name);
	bind_text(q, ":alias", p->alias);
	bind_text(q, ":agent", p->key ? DEFAULT_BANK_CODE : e->agent);
	bind_text(q, ":number", p->key ? rows->numbers[account] : e->account);
	bind_int(q, ":created", now);
	r = statement_run(q, NULL);
	return r || !p->key ? r : store_paid(s, rows, history, person, account);
}

/* Messages of long ago are read already. */
static int mark_read(struct store *s, int64_t customer, int64_t at)
{
	struct statement *q = store_sql(
		s, "UPDATE message SET is_read = 1 WHERE customer = :customer AND at = :at");

	bind_int(q, ":customer", customer);
	bind_int(q, ":at", at);
	return statement_run(q, NULL);
}

static int store_message(struct store *s, const struct demo_rows *rows,
			 const struct demo_message *m, int64_t now)
{
	int64_t customer = rows->customers[row_of_person(m->person)];
	int64_t at = now - m->days_ago * INT64_C(86400);
	struct said title = { 0 }, text = { 0 };
	int r = said_data(&title, m->title.english, m->title.chinese);

	if (r == 0)
		r = said_data(&text, m->text.english, m->text.chinese);
	if (r == 0)
		r = message_add(s, customer, &title, &text, NULL, at);
	if (r == 0 && m->is_read)
		r = mark_read(s, customer, at);
	said_release(&title);
	said_release(&text);
	return r;
}

int demo_store_relations(struct store *s, const struct demo_rows *rows,
			 const struct demo_history *history, int64_t now)
{
	int r = 0;

	for (size_t i = 0; i < demo_elsewhere_count && r == 0; i++)
		r = store_elsewhere(s, &demo_elsewhere[i]);
	for (size_t i = 0; i < demo_payees_count && r == 0; i++)
		r = store_payee(s, rows, history, &demo_payees[i], now);
	/* oldest first: ids rise with time */
	for (size_t i = demo_messages_count; i-- > 0 && r == 0;)
		r = store_message(s, rows, &demo_messages[i], now);
	return r;
}
