/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The demonstration bank: people as they should be, a history that is the same for the same date,
 * books that balance. */
#include <errno.h>
#include <ftw.h>
#include <sodium.h>
#include <stdlib.h>
#include <unistd.h>

#include "bank/bank.h"
#include "bank/defaults.h"
#include "bank/demo.h"
#include "bank/demo_data.h"
#include "bank/store.h"
#include "base/idnumber.h"
#include "base/macros.h"
#include "tests/tap.h"

#define SATURDAY INT64_C(1790384400) /* 2026-09-26 09:00 in China, in the Mid-Autumn holidays */

static int64_t single(struct store *s, const char *sql)
{
	struct statement *q = store_sql(s, sql);
	int64_t value = q && statement_step(q) == 1 ? column_int(q, 0) : -1;

	if (q)
		statement_reset(q);
	return value;
}

static struct demo_history plan(int64_t now)
{
	static const struct calendar weekends;
	struct demo_history h = { 0 };

	if (demo_history_plan(demo_history_start(instant_date(now, ZONE_CHINA)), now, &weekends,
			      &h) < 0)
		abort();
	return h;
}

static bool movement_same(const struct demo_movement *a, const struct demo_movement *b)
{
	return a->at == b->at && a->from == b->from && a->to == b->to && a->minor == b->minor &&
	       a->kind == b->kind && a->party == b->party && a->text == b->text;
}

static void test_plan(void)
{
	struct demo_history whole = plan(SATURDAY), part = plan(SATURDAY - 40000);
	bool is_prefix = part.count < whole.count, is_ordered = true;

	for (size_t i = 0; i < part.count && is_prefix; i++)
		is_prefix = movement_same(&whole.movements[i], &part.movements[i]);
	for (size_t i = 1; i < whole.count; i++)
		is_ordered = is_ordered && whole.movements[i - 1].at <= whole.movements[i].at;
	ok(is_prefix, "an earlier instant of the day plans the beginning of the same history");
	ok(is_ordered, "movements are in the order of time");
	ok(whole.movements[whole.count - 1].at <= SATURDAY,
	   "nothing of the history is still to come");
	demo_history_release(&whole);
	demo_history_release(&part);
}

static void test_calendar(void)
{
	bool is_sorted = true, is_right = true;
	date_days last = DATE_MIN;

	for (size_t i = 0; i < default_calendar_count; i++) {
		const struct default_days *run = &default_calendar[i];
		date_days first = 0, end = 0;

		is_right = is_right && !date_parse(run->first, &first) &&
			   !date_parse(run->last ? run->last : run->first, &end);
		is_sorted = is_sorted && first > last && end >= first;
		last = end;
		/* a make-up day that is a weekday anyhow, or a run of holidays on a mere weekend,
		 * is a slip */
		is_right =
			is_right && (!run->is_working || date_weekday(first) >= WEEKDAY_SATURDAY);
		is_right = is_right && (run->is_working || end - first > 1 ||
					date_weekday(first) < WEEKDAY_SATURDAY);
	}
	ok(is_sorted, "calendar runs rise and do not overlap");
	ok(is_right, "make-up working days fall on weekends, holidays do not");
}

static void test_people(struct store *s)
{
	struct statement *q = store_sql(s, "SELECT name, document FROM person");
	int wrong = 0;

	while (statement_step(q) == 1)
		wrong += !idnumber_is_valid(column_text(q, 1)) ||
			 strncmp(column_text(q, 1), "999999", 6) != 0;
	is_int(wrong, 0, "identity numbers check, on the unassigned address code");
	q = store_sql(s, "SELECT number FROM account WHERE customer IS NOT NULL");
	while (statement_step(q) == 1)
		wrong +=
			!card_number_is_valid(column_text(q, 0)) || strlen(column_text(q, 0)) != 19;
	is_int(wrong, 0, "account numbers are 19 digits and check");
	is_int(single(s, "SELECT count(*) FROM credential WHERE kind = 2"),
	       (long long)demo_people_count, "every customer has a payment PIN");
	is_int(single(s, "SELECT count(*) FROM staff"), 4, "four staff");
	ok(single(s, "SELECT count(*) FROM agent") >= 40, "a directory of forty banks");
}

static void test_books(struct store *s)
{
	ok(single(s, "SELECT sum(a.entry_count) FROM account a JOIN customer c ON c.id = "
		     "a.customer WHERE c.number = '6001'") >= 2000,
	   "6001 has 2,000 entries or more");
	ok(single(s, "SELECT max(entry_count) FROM account WHERE customer IS NOT NULL") >= 100000,
	   "one account has 100,000 entries or more");
	is_int(single(s, "SELECT sum(balance) FROM account"), 0, "all balances sum to zero");
	is_int(single(s, "SELECT count(*) FROM account WHERE customer IS NOT NULL AND (balance < 0 "
			 "OR balance > 1000000000)"),
	       0, "no customer is overdrawn or has more than ten million");
	is_int(single(s, "SELECT count(*) FROM entry WHERE balance < 0 AND account IN"
			 " (SELECT id FROM account WHERE customer IS NOT NULL)"),
	       0, "nor ever was");
	is_int(single(s, "SELECT max(date) FROM business_day WHERE closed_posting IS NULL"),
	       instant_date(SATURDAY, ZONE_CHINA), "today's business date is open");
	is_int(single(s, "SELECT count(*) FROM entry WHERE kind = 'interest' AND account IN"
			 " (SELECT id FROM account WHERE customer = (SELECT id FROM customer WHERE "
			 "number = '6001'))"),
	       3 * 9, "interest came nine times on each of three accounts");
	is_int(single(s, "SELECT count(*) FROM entry WHERE kind = 'salary' AND remittance = '工资' "
			 "AND party LIKE '华东%'"
			 " AND account IN (SELECT a.id FROM account a JOIN customer c ON c.id = "
			 "a.customer WHERE c.number = '6001')"),
	       25, "6001's salary came each month");
	ok(single(s, "SELECT count(*) FROM message") > 0 &&
		   single(s, "SELECT count(*) FROM payee") > 0,
	   "there are messages and payees");
}

static int remove_one(const char *path, const struct stat *st UNUSED, int type UNUSED,
		      struct FTW *ftw UNUSED)
{
	return remove(path);
}

int main(void)
{
	char dir[] = "/tmp/bankterm-demo.XXXXXX";
	int64_t now = SATURDAY;
	struct clock clock = clock_manual(&now);
	struct bank *bank = NULL;
	struct store *s = NULL;
	struct err err = { 0 };

	if (sodium_init() < 0 || !mkdtemp(dir))
		return 1;
	test_plan();
	test_calendar();
	if (ok(bank_open(&(struct bank_options){ .dir = dir, .clock = &clock, .demo = true }, &bank,
			 &err) == 0,
	       "a bank") &&
	    ok(demo_fill(bank, &err) == 0, "demo data are written: %s", err.text) &&
	    ok(store_open(dir, STORE_READ, &s, &err) == 0, "the store opens")) {
		test_people(s);
		test_books(s);
		is_int(demo_fill(bank, &err), -EEXIST, "demo data are refused where customers are");
	}
	store_close(s);
	if (bank)
		bank_close(bank);
	nftw(dir, remove_one, 8, FTW_DEPTH | FTW_PHYS);
	return done();
}
