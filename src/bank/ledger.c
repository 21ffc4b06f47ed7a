/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bank/ledger.h"

#include <errno.h>
#include <string.h>

#include "bank/block.h"
#include "model/account.h"

struct leg_result {
	int64_t sequence, balance;
};

/* Why a guard on an account changed no row. */
static int account_refusal(struct store *s, int64_t account, int64_t amount, const char *currency)
{
	struct statement *q = store_sql(s, "SELECT status, currency FROM account WHERE id = :id");
	int r, status;

	bind_int(q, ":id", account);
	r = statement_step(q);
	if (r <= 0)
		return r ? r : -ENOENT;
	status = (int)column_int(q, 0);
	r = -EAGAIN;
	if (currency && strcmp(column_text(q, 1), currency) != 0)
		r = -EACCES;
	if (status != ACCOUNT_STATUS_ENABLED && !(status == ACCOUNT_STATUS_DORMANT && amount > 0))
		r = -EACCES;
	statement_reset(q);
	return r;
}

/* Guard and balance in one statement: a debit needs funds that no hold keeps. */
static int leg_apply(struct store *s, const struct leg *leg, const char *currency, struct leg_result *ret)
{
	struct statement *q = store_sql(s,
		"UPDATE account SET balance = balance + :amount, entry_count = entry_count + 1"
		" WHERE id = :id AND currency = :currency"
		" AND (status = 1 OR (status = 2 AND :amount > 0))"
		" AND (:amount > 0 OR overdraft IS NULL OR balance + :amount - held >= -overdraft)"
		" RETURNING entry_count, balance");
	int r;

	bind_int(q, ":amount", leg->amount);
	bind_int(q, ":id", leg->account);
	bind_text(q, ":currency", currency);
	r = statement_step(q);
	if (r < 0)
		return r;
	if (r == 0)
		return account_refusal(s, leg->account, leg->amount, currency);
	ret->sequence = column_int(q, 0);
	ret->balance = column_int(q, 1);
	/* Run to the end: only then are the row's other effects done. */
	return statement_step(q);
}

static int legs_check(const struct posting *p)
{
	int64_t sum = 0;

	if (p->count < 2 || p->count > POSTING_LEGS_MAX)
		return -EINVAL;
	for (size_t i = 0; i < p->count; i++) {
		int64_t amount = p->legs[i].amount;

		if (amount == 0 || amount > AMOUNT_MAX || amount < -AMOUNT_MAX)
			return -EINVAL;
		sum += amount;
	}
	return sum == 0 ? 0 : -EINVAL;
}

static int legs_apply(struct store *s, const struct posting *p, struct leg_result *results)
{
	size_t order[POSTING_LEGS_MAX];
	int r = 0;

	for (size_t i = 0; i < p->count; i++) {
		size_t j = i;

		for (; j > 0 && p->legs[order[j - 1]].account > p->legs[i].account; j--)
			order[j] = order[j - 1];
		order[j] = i;
	}
	for (size_t i = 0; !r && i < p->count; i++)
		r = leg_apply(s, &p->legs[order[i]], p->currency, &results[order[i]]);
	return r;
}

static void posting_digest(int64_t id, date_days date, const struct posting *p, const struct leg_result *results,
			   unsigned char ret[SHA256_BYTES])
{
	struct canonical c;

	canonical_init(&c, BLOCK_TAG_POSTING);
	canonical_int(&c, id);
	canonical_int(&c, p->orders);
	canonical_int(&c, date);
	canonical_int(&c, p->booked);
	canonical_text(&c, p->currency);
	canonical_int(&c, p->reverses);
	canonical_int(&c, (int64_t)p->count);
	for (size_t i = 0; i < p->count; i++) {
		canonical_int(&c, p->legs[i].account);
		canonical_int(&c, results[i].sequence);
		canonical_int(&c, p->legs[i].amount);
		canonical_int(&c, results[i].balance);
		canonical_text(&c, p->legs[i].kind);
		canonical_text(&c, p->legs[i].party);
		canonical_text(&c, p->legs[i].party_account);
		canonical_text(&c, p->legs[i].remittance);
	}
	canonical_end(&c, ret);
}

static int posting_insert(struct store *s, int64_t id, date_days date, const struct posting *p,
			  const unsigned char digest[SHA256_BYTES], int64_t item)
{
	struct statement *q = store_sql(s,
		"INSERT INTO posting(id, orders, business_date, booked, currency, reverses, block, item, digest)"
		" VALUES(:id, :orders, :date, :booked, :currency, :reverses, :block, :item, :digest)");

	bind_int(q, ":id", id);
	if (p->orders)
		bind_int(q, ":orders", p->orders);
	bind_int(q, ":date", date);
	bind_int(q, ":booked", p->booked);
	bind_text(q, ":currency", p->currency);
	if (p->reverses)
		bind_int(q, ":reverses", p->reverses);
	bind_int(q, ":block", store_draft(s)->id);
	bind_int(q, ":item", item);
	bind_blob(q, ":digest", digest, SHA256_BYTES);
	return statement_run(q, NULL);
}

static int entry_insert(struct store *s, int64_t posting, date_days date, const struct posting *p, size_t i,
			const struct leg_result *result)
{
	struct statement *q = store_sql(s,
		"INSERT INTO entry(account, sequence, posting, line, amount, balance, booked, business_date, kind,"
		" party, party_account, remittance)"
		" VALUES(:account, :sequence, :posting, :line, :amount, :balance, :booked, :date, :kind,"
		" :party, :party_account, :remittance)");
	const struct leg *leg = &p->legs[i];

	bind_int(q, ":account", leg->account);
	bind_int(q, ":sequence", result->sequence);
	bind_int(q, ":posting", posting);
	bind_int(q, ":line", (int64_t)i + 1);
	bind_int(q, ":amount", leg->amount);
	bind_int(q, ":balance", result->balance);
	bind_int(q, ":booked", p->booked);
	bind_int(q, ":date", date);
	bind_text(q, ":kind", leg->kind);
	bind_text(q, ":party", leg->party);
	bind_text(q, ":party_account", leg->party_account);
	bind_text(q, ":remittance", leg->remittance);
	return statement_run(q, NULL);
}

int ledger_post(struct store *s, const struct posting *p, int64_t *ret)
{
	struct block_draft *d = store_draft(s);
	struct leg_result results[POSTING_LEGS_MAX];
	unsigned char digest[SHA256_BYTES];
	int64_t item, id = d->last_posting + 1;
	int r = legs_check(p);

	if (!r && d->business_date == DATE_NONE)
		r = -ENODATA;
	if (!r)
		r = legs_apply(s, p, results);
	if (r)
		return r;
	posting_digest(id, d->business_date, p, results, digest);
	r = block_add(d, digest, &item);
	if (!r)
		r = posting_insert(s, id, d->business_date, p, digest, item);
	for (size_t i = 0; !r && i < p->count; i++)
		r = entry_insert(s, id, d->business_date, p, i, &results[i]);
	if (r)
		return r;
	d->last_posting = id;
	*ret = id;
	return 0;
}

/* The texts of the entries live in the statement's row, so each is copied. */
struct reversal {
	struct leg legs[POSTING_LEGS_MAX];
	char *texts[POSTING_LEGS_MAX][3];
	char currency[4];
	size_t count;
};

static void reversal_release(struct reversal *v)
{
	for (size_t i = 0; i < POSTING_LEGS_MAX; i++)
		for (size_t j = 0; j < 3; j++)
			free(v->texts[i][j]);
}

static int reversal_load(struct store *s, int64_t posting, const char *kind, struct reversal *v)
{
	struct statement *q = store_sql(s,
		"SELECT e.account, e.amount, e.party, e.party_account, e.remittance, p.currency"
		" FROM entry e JOIN posting p ON p.id = e.posting WHERE e.posting = :posting ORDER BY e.line");
	int r;

	bind_int(q, ":posting", posting);
	while ((r = statement_step(q)) > 0) {
		struct leg *leg = &v->legs[v->count];
		char **texts = v->texts[v->count];

		if (v->count == POSTING_LEGS_MAX)
			break;
		v->count++;
		for (int j = 0; j < 3; j++) {
			texts[j] = column_is_null(q, 2 + j) ? NULL : strdup(column_text(q, 2 + j));
			if (!texts[j] && !column_is_null(q, 2 + j))
				r = -ENOMEM;
		}
		*leg = (struct leg){ column_int(q, 0), -column_int(q, 1), kind, texts[0], texts[1], texts[2] };
		memcpy(v->currency, column_text(q, 5), sizeof(v->currency));
		if (r < 0)
			break;
	}
	statement_reset(q);
	if (r < 0)
		return r;
	return v->count ? 0 : -ENOENT;
}

int ledger_reverse(struct store *s, int64_t posting, int64_t orders, const char *kind, int64_t booked, int64_t *ret)
{
	struct reversal v = { .count = 0 };
	int r = reversal_load(s, posting, kind, &v);

	if (!r)
		r = ledger_post(s, &(struct posting){ .orders = orders, .reverses = posting, .booked = booked,
						      .currency = v.currency, .legs = v.legs, .count = v.count }, ret);
	reversal_release(&v);
	return r;
}

int hold_place(struct store *s, int64_t orders, int64_t account, int64_t amount, int64_t at)
{
	struct statement *q = store_sql(s,
		"UPDATE account SET held = held + :amount WHERE id = :id AND status = 1"
		" AND (overdraft IS NULL OR balance - held - :amount >= -overdraft)");
	int r;

	if (amount <= 0 || amount > AMOUNT_MAX)
		return -EINVAL;
	bind_int(q, ":amount", amount);
	bind_int(q, ":id", account);
	r = statement_guard(q);
	if (r == -EAGAIN)
		return account_refusal(s, account, -amount, NULL);
	if (r)
		return r;
	q = store_sql(s, "INSERT INTO hold(orders, account, amount, placed) VALUES(:orders, :account, :amount, :at)");
	bind_int(q, ":orders", orders);
	bind_int(q, ":account", account);
	bind_int(q, ":amount", amount);
	bind_int(q, ":at", at);
	return statement_run(q, NULL);
}

static int hold_release_from(struct store *s, int64_t orders, int64_t account, int64_t at)
{
	struct statement *q = store_sql(s,
		"UPDATE account SET held = held - (SELECT amount FROM hold"
		"  WHERE orders = :orders AND account = :account AND released IS NULL)"
		" WHERE id = :account");
	int r;

	bind_int(q, ":orders", orders);
	bind_int(q, ":account", account);
	r = statement_must(q);
	if (r)
		return r;
	q = store_sql(s, "UPDATE hold SET released = :at WHERE orders = :orders AND account = :account AND "
			 "released IS NULL");
	bind_int(q, ":at", at);
	bind_int(q, ":orders", orders);
	bind_int(q, ":account", account);
	return statement_must(q);
}

int hold_release(struct store *s, int64_t orders, int64_t at)
{
	for (;;) {
		struct statement *q = store_sql(s, "SELECT account FROM hold WHERE orders = :orders AND "
						   "released IS NULL ORDER BY account LIMIT 1");
		int64_t account;
		int r;

		bind_int(q, ":orders", orders);
		r = statement_step(q);
		if (r <= 0)
			return r;
		account = column_int(q, 0);
		statement_reset(q);
		r = hold_release_from(s, orders, account, at);
		if (r)
			return r;
	}
}

static void daily_bind(struct statement *q, int64_t customer, date_days date, const char *limit_name)
{
	bind_int(q, ":customer", customer);
	bind_int(q, ":date", date);
	bind_text(q, ":limit", limit_name);
}

int daily_count(struct store *s, int64_t customer, date_days date, const char *limit_name, int64_t amount, int64_t most)
{
	struct statement *q = store_sql(s,
		"INSERT INTO daily_total(customer, date, limit_name, amount) VALUES(:customer, :date, :limit, 0)"
		" ON CONFLICT DO NOTHING");
	int r;

	daily_bind(q, customer, date, limit_name);
	r = statement_run(q, NULL);
	if (r)
		return r;
	q = store_sql(s,
		"UPDATE daily_total SET amount = amount + :amount"
		" WHERE customer = :customer AND date = :date AND limit_name = :limit AND amount + :amount <= :most");
	daily_bind(q, customer, date, limit_name);
	bind_int(q, ":amount", amount);
	bind_int(q, ":most", most);
	r = statement_guard(q);
	return r == -EAGAIN ? -EDQUOT : r;
}

int daily_uncount(struct store *s, int64_t customer, date_days date, const char *limit_name, int64_t amount)
{
	struct statement *q = store_sql(s,
		"UPDATE daily_total SET amount = amount - :amount"
		" WHERE customer = :customer AND date = :date AND limit_name = :limit");

	daily_bind(q, customer, date, limit_name);
	bind_int(q, ":amount", amount);
	return statement_must(q);
}

int daily_total(struct store *s, int64_t customer, date_days date, const char *limit_name, int64_t *ret)
{
	struct statement *q = store_sql(s,
		"SELECT amount FROM daily_total WHERE customer = :customer AND date = :date AND limit_name = :limit");
	int r;

	daily_bind(q, customer, date, limit_name);
	r = statement_step(q);
	if (r < 0)
		return r;
	*ret = r ? column_int(q, 0) : 0;
	statement_reset(q);
	return 0;
}

int business_date(struct store *s, date_days *ret)
{
	struct statement *q;
	int r;

	if (store_draft(s)) {
		*ret = store_draft(s)->business_date;
		return *ret == DATE_NONE ? -ENODATA : 0;
	}
	q = store_sql(s, "SELECT date FROM business_day WHERE closed_posting IS NULL");
	r = statement_step(q);
	if (r <= 0)
		return r ? r : -ENODATA;
	*ret = (date_days)column_int(q, 0);
	statement_reset(q);
	return 0;
}

int business_date_turn(struct store *s, date_days date, int64_t at)
{
	struct block_draft *d = store_draft(s);
	struct statement *q;
	int r;

	if (d->business_date != DATE_NONE && date <= d->business_date)
		return -EINVAL;
	q = store_sql(s, "UPDATE business_day SET closed_posting = :posting WHERE closed_posting IS NULL");
	bind_int(q, ":posting", d->last_posting);
	r = statement_run(q, NULL);
	if (r)
		return r;
	q = store_sql(s, "INSERT INTO business_day(date, opened) VALUES(:date, :at)");
	bind_int(q, ":date", date);
	bind_int(q, ":at", at);
	r = statement_run(q, NULL);
	if (!r)
		d->business_date = date;
	return r;
}

int ledger_internal(struct store *s, const char *code, int64_t *ret)
{
	struct statement *q = store_sql(s, "SELECT id FROM account WHERE code = :code");
	int r;

	bind_text(q, ":code", code);
	r = statement_step(q);
	if (r <= 0)
		return r ? r : -ENOENT;
	*ret = column_int(q, 0);
	statement_reset(q);
	return 0;
}
