/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ledger's guards, entries and pages; what must never be possible is tried. */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "bank/ledger.h"
#include "base/date.h"
#include "base/macros.h"
#include "tests/bank/fixture.h"
#include "tests/tap.h"

#define NOW 1795140000

struct post_job {
	struct job job;
	struct posting posting;
	int64_t id;
};

static int post_run(struct store *s, struct job *job)
{
	struct post_job *p = (struct post_job *)job;

	return ledger_post(s, &p->posting, &p->id);
}

static int post(struct fixture *f, const struct leg *legs, size_t count, const char *currency)
{
	struct post_job job = { .job = { .run = post_run },
				.posting = { .booked = f->now, .currency = currency, .legs = legs, .count = count } };

	return writer_run(f->bank->writer, &job.job);
}

static int transfer(struct fixture *f, int64_t from, int64_t to, int64_t amount)
{
	struct leg legs[] = { { from, -amount, "transfer", "a", NULL, NULL },
			      { to, amount, "transfer", "b", "123456789", "text" } };

	return post(f, legs, 2, "CNY");
}

static void test_guards(struct fixture *f)
{
	struct leg unbalanced[] = { { f->current, -100, "x", NULL, NULL, NULL },
				    { f->savings, 99, "x", NULL, NULL, NULL } };
	struct leg nothing[] = { { f->current, 0, "x", NULL, NULL, NULL }, { f->savings, 0, "x", NULL, NULL, NULL } };
	struct leg large[] = { { f->current, INT64_MIN, "x", NULL, NULL, NULL },
			       { f->savings, INT64_MIN, "x", NULL, NULL, NULL } };
	int64_t postings = fixture_number(f, "SELECT count(*) FROM posting");

	is_int(post(f, unbalanced, 2, "CNY"), -EINVAL, "what does not sum to zero");
	is_int(post(f, nothing, 2, "CNY"), -EINVAL, "a posting of nothing");
	is_int(post(f, large, 2, "CNY"), -EINVAL, "amounts that would overflow to zero");
	is_int(post(f, unbalanced, 1, "CNY"), -EINVAL, "one leg");
	is_int(transfer(f, f->current, 999, 1), -ENOENT, "an account that is not there");
	is_int(transfer(f, f->current, f->savings, 1000001), -EAGAIN, "one fen more than there is");
	is_int(post(f,
		    (struct leg[]){ { f->current, -1, "x", NULL, NULL, NULL },
				    { f->savings, 1, "x", NULL, NULL, NULL } },
		    2, "USD"),
	       -EACCES, "another currency");
	fixture_sql(f, "UPDATE account SET status = 3 WHERE id = (SELECT min(id) FROM account WHERE customer = 1)");
	is_int(transfer(f, f->current, f->savings, 1), -EACCES, "from a blocked account");
	fixture_sql(f, "UPDATE account SET status = 4 WHERE id = (SELECT min(id) FROM account WHERE customer = 1)");
	is_int(transfer(f, f->savings, f->current, 1), -EACCES, "to a closed account");
	fixture_sql(f, "UPDATE account SET status = 1 WHERE id = (SELECT min(id) FROM account WHERE customer = 1)");
	is_int(fixture_number(f, "SELECT count(*) FROM posting"), postings, "none of them left a posting");
	is_int(transfer(f, f->current, f->savings, 1000000), 0, "all there is");
	is_int(fixture_balance(f, f->current), 0, "leaves nothing");
	is_int(transfer(f, f->savings, f->current, 1000000), 0, "and back");
	ok(fixture_audit(f), "the audit finds nothing");
}

static int sql_status(struct fixture *f, const char *sql)
{
	struct store *s;
	struct err err;
	int r = store_open(f->dir, STORE_WRITE, &s, &err);

	if (!r)
		r = store_exec(s, sql, &err);
	store_close(s);
	return r;
}

static void test_immutable(struct fixture *f)
{
	static const char *const tables[] = { "posting", "entry", "block", "order_change" };
	static const char *const columns[] = { "booked", "amount", "items", "state" };
	char sql[80];

	struct reply r = fixture_order(f, &f->wang, fixture_key(1), "transfer", fixture_own(f, "0.01"));

	is_int(r.status, 201, "an order, so that every table has a row");
	reply_release(&r);
	for (size_t i = 0; i < COUNT(tables); i++) {
		snprintf(sql, sizeof(sql), "DELETE FROM %s", tables[i]);
		is_int(sql_status(f, sql), -EPERM, "%s", sql);
		snprintf(sql, sizeof(sql), "UPDATE %s SET %s = 7", tables[i], columns[i]);
		is_int(sql_status(f, sql), -EPERM, "%s", sql);
	}
}

struct hold_job {
	struct job job;
	int64_t order, account, amount;
	int times;
};

static int hold_run(struct store *s, struct job *job)
{
	struct hold_job *h = (struct hold_job *)job;

	return hold_place(s, h->order, h->account, h->amount, NOW);
}

static int release_run(struct store *s, struct job *job)
{
	struct hold_job *h = (struct hold_job *)job;
	int r = 0;

	for (int i = 0; !r && i < h->times; i++)
		r = hold_release(s, h->order, NOW);
	return r;
}

static void test_holds(struct fixture *f)
{
	struct hold_job hold = { .job = { .run = hold_run }, .account = f->current, .amount = 600000 };
	struct hold_job release = { .job = { .run = release_run }, .times = 2 };

	hold.order = release.order = fixture_number(f, "SELECT max(id) FROM orders");
	is_int(writer_run(f->bank->writer, &hold.job), 0, "a hold");
	is_int(fixture_held(f, f->current), 600000, "holds");
	is_int(writer_run(f->bank->writer, &hold.job), -EAGAIN, "what is held cannot be held again");
	is_int(transfer(f, f->current, f->savings, 400000), -EAGAIN, "nor spent");
	is_int(transfer(f, f->current, f->savings, 399999), 0, "the rest can");
	is_int(transfer(f, f->savings, f->current, 399999), 0, "and come back");
	is_int(writer_run(f->bank->writer, &release.job), 0, "released twice");
	is_int(fixture_held(f, f->current), 0, "is released once");
}

static cJSON *page(struct fixture *f, const char *query, struct reply *r)
{
	char path[300];

	snprintf(path, sizeof(path), "/v1/accounts/%" PRId64 "/entries%s", f->savings, query);
	*r = fixture_call(f, &(struct fixture_call){ &f->wang, "GET", path, NULL, NULL, NULL });
	return cJSON_GetObjectItemCaseSensitive(r->body, "entries");
}

/* Follow the cursors from one end to the other: no gap, nothing twice. */
static void walk(struct fixture *f, const char *first, const char *direction, int want)
{
	char query[200];
	struct reply r;
	int seen = 0, last = 0, step = 0;
	bool is_dense = true;

	snprintf(query, sizeof(query), "?limit=7%s", first);
	for (;;) {
		cJSON *entries = page(f, query, &r), *e;
		const char *cursor = reply_get(&r, direction);

		cJSON_ArrayForEach(e, entries) {
			int sequence = cJSON_GetObjectItemCaseSensitive(e, "sequence")->valueint;

			if (seen > 1 && sequence - last != step)
				is_dense = false;
			step = seen ? sequence - last : 0;
			last = sequence;
			seen++;
		}
		if (!cursor || seen > 10000)
			break;
		snprintf(query, sizeof(query), "?limit=7%s&cursor=%s", first, cursor);
		reply_release(&r);
	}
	reply_release(&r);
	is_int(seen, want, "%s %s: all entries", direction, first);
	ok(is_dense && abs(step) == 1, "in order, without gaps");
}

static void test_pages(struct fixture *f)
{
	int64_t count, midnight;
	char query[100];
	cJSON *entries;
	struct reply r;

	for (int day = 0; day < 5; day++) {
		for (int i = 0; i < 20; i++)
			transfer(f, f->current, f->savings, 100 + i);
		midnight = 86400;
		fixture_due(f, midnight);
	}
	count = fixture_number(f, "SELECT entry_count FROM account WHERE number = '9981566001000000022'");
	walk(f, "", "olderCursor", (int)count);
	walk(f, "&oldestFirst=true", "newerCursor", (int)count);
	walk(f, "&fromBookingDate=2026-11-22&toBookingDate=2026-11-23", "olderCursor", 40);
	entries = page(f, "?fromBookingDate=2030-01-01", &r);
	is_int(cJSON_GetArraySize(entries), 0, "nothing in the future");
	ok(!reply_get(&r, "olderCursor") && !reply_get(&r, "newerCursor"), "and nowhere to go");
	reply_release(&r);
	entries = page(f, "?q=1.05", &r);
	is_int(cJSON_GetArraySize(entries), 5, "five of 1.05");
	reply_release(&r);
	entries = page(f, "?q=TEXT&limit=200", &r);
	ok(cJSON_GetArraySize(entries) >= 100, "a search in the texts, whatever the case");
	reply_release(&r);
	entries = page(f, "?q=nowhere", &r);
	is_int(cJSON_GetArraySize(entries), 0, "what is not there");
	reply_release(&r);
	entries = page(f, "?cursor=x1", &r);
	is_int(r.status, 400, "a cursor that is none");
	reply_release(&r);
	snprintf(query, sizeof(query), "?limit=%d", 201);
	entries = page(f, query, &r);
	is_int(r.status, 400, "too long a page");
	reply_release(&r);
	entries = page(f, "?limit=3", &r);
	is_str(cJSON_GetObjectItemCaseSensitive(cJSON_GetArrayItem(entries, 0), "counterpartyAccount")
		       ->valuestring,
	       "**** 6789", "the other side's number is masked");
	reply_release(&r);
}

int main(void)
{
	struct fixture f;

	fixture_open(&f, NOW);
	test_guards(&f);
	test_immutable(&f);
	test_holds(&f);
	test_pages(&f);
	ok(fixture_number(&f, "SELECT count(*) FROM (SELECT posting FROM entry GROUP BY posting HAVING "
			      "sum(amount) <> 0)") == 0,
	   "every posting sums to zero");
	fixture_close(&f);
	return done();
}
