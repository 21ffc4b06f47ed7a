/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bank/demo_data.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "bank/demo_habits.h"
#include "base/clock.h"
#include "base/macros.h"

/* Eves of the Spring Festival (lunar calendar tables; the days themselves are not parameters). */
static const int new_years_eves[] = { 20230121, 20240209, 20250128, 20260216,
				      20270205, 20280125, 20290212, 20300202 };

/* What planning follows from day to day. */
struct plan {
	struct demo_history history;
	const struct calendar *calendar;
	int64_t *balances; /* by row of demo_accounts: nothing is planned that would not be covered
			    */
	int64_t *interest; /* sums of end-of-day balances since interest was last paid */
	int *habit_account, *habit_other;
	int64_t now;
};

static int account_row(const char *key)
{
	for (size_t i = 0; i < demo_accounts_count; i++)
		if (!strcmp(demo_accounts[i].key, key))
			return (int)i;
	abort(); /* a key that is in no row of our own tables */
}

static int plan_add(struct plan *p, const struct demo_movement *m)
{
	struct demo_history *h = &p->history;

	if (h->count == h->capacity) {
		size_t capacity = h->capacity ? 2 * h->capacity : 4096;
		struct demo_movement *grown = realloc(h->movements, capacity * sizeof(*grown));

		if (!grown)
			return -ENOMEM;
		h->movements = grown;
		h->capacity = capacity;
	}
	h->movements[h->count++] = *m;
	return 0;
}

static bool is_new_years_eve(int year, int month, int day)
{
	for (size_t i = 0; i < COUNT(new_years_eves); i++)
		if (new_years_eves[i] == year * 10000 + month * 100 + day)
			return true;
	return false;
}

/* The last working day on or before d. */
static date_days working_before(const struct calendar *c, date_days d)
{
	while (!calendar_is_working(c, d))
		d--;
	return d;
}

static bool is_day_of(const struct plan *p, const struct demo_habit *h, date_days today)
{
	bool is_workday = calendar_is_working(p->calendar, today);
	int year, month, day;
	date_days due;

	date_to_ymd(today, &year, &month, &day);
	switch (h->when) {
	case EVERY_DAY:
		return true;
	case EVERY_WORKDAY:
		return is_workday;
	case EVERY_WEEKEND:
		return !is_workday;
	case EVERY_WEEK:
		return date_weekday(today) == (enum weekday)h->day;
	case EVERY_MONTH:
		return day == h->day;
	case EVERY_MONTH_BEFORE:
		/* the due day may lie behind a holiday that begins today, never in another month */
		return date_from_ymd(year, month, h->day, &due) == 0 &&
		       working_before(p->calendar, due) == today;
	case EVERY_YEAR:
		return month * 100 + day == h->day;
	case NEW_YEARS_EVE:
		return is_new_years_eve(year, month, day);
	}
	return false;
}

/* The movements of one habit on one day, drawn from a generator that only the habit and the day
 * determine. */
static int plan_habit(struct plan *p, size_t row, date_days today)
{
	const struct demo_habit *h = &demo_habits[row];
	struct rng_seeded_state state;
	struct rng rng = rng_seeded(&state, (uint64_t)today * 1000 + row);
	int64_t midnight = instant_from(today, 0, ZONE_CHINA);
	int times = h->permille / 1000 + (rng_below(&rng, 1000) < (uint64_t)(h->permille % 1000));
	size_t parties = 0;
	int r = 0;

	while (h->parties && h->parties[parties])
		parties++;
	for (int i = 0; i < times && r == 0; i++) {
		struct demo_movement m = { .kind = h->kind, .text = h->text };
		int other = h->other ? p->habit_other[row] : DEMO_INTERNAL - h->internal;

		m.from = h->is_income ? other : p->habit_account[row];
		m.to = h->is_income ? p->habit_account[row] : other;
		m.at = midnight + h->from_hour * 3600 +
		       (int64_t)rng_below(&rng, (uint64_t)(h->to_hour - h->from_hour) * 3600);
		m.minor = h->least +
			  (int64_t)rng_below(&rng, (uint64_t)((h->most - h->least) / h->step + 1)) *
				  h->step;
		if (parties)
			m.party = h->parties[rng_below(&rng, parties)];
		r = plan_add(p, &m);
	}
	return r;
}

/* Interest to the 20th is credited on the 21st of each quarter's last month, actual days over 360.
 */
static int plan_interest(struct plan *p, date_days today)
{
	int year, month, day, r = 0;

	date_to_ymd(today, &year, &month, &day);
	if (month % 3 != 0 || day != 21)
		return 0;
	for (size_t i = 0; i < demo_accounts_count && r == 0; i++) {
		/* ppm of a sum of at most 100 days' balances below 10^12: far inside 64 bits with
		 * 128 in between */
		__int128 product = (__int128)p->interest[i] * demo_accounts[i].rate_ppm;
		struct demo_movement m = {
			.at = instant_from(today, 3 * 3600 + (int)i, ZONE_CHINA),
			.from = DEMO_INTERNAL - DEMO_INTEREST,
			.to = (int)i,
			.minor = (int64_t)((product + 180000000) / 360000000),
			.kind = "interest",
			.party = "季度结息",
			.text = "利息",
		};

		p->interest[i] = 0;
		if (m.minor > 0)
			r = plan_add(p, &m);
	}
	return r;
}

static int by_time(const void *a, const void *b)
{
	const struct demo_movement *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	if (x->to != y->to)
		return x->to < y->to ? -1 : 1;
	if (x->from != y->from)
		return x->from < y->from ? -1 : 1;
	return (x->minor > y->minor) - (x->minor < y->minor);
}

/* Order the day's movements and drop those that are not covered or still to come. */
static void plan_settle(struct plan *p, size_t first)
{
	struct demo_history *h = &p->history;
	size_t kept = first;

	if (h->count == first)
		return;
	qsort(h->movements + first, h->count - first, sizeof(*h->movements), by_time);
	for (size_t i = first; i < h->count; i++) {
		struct demo_movement m = h->movements[i];

		if (m.at > p->now || (m.from >= 0 && p->balances[m.from] < m.minor))
			continue;
		if (m.from >= 0)
			p->balances[m.from] -= m.minor;
		if (m.to >= 0)
			p->balances[m.to] += m.minor;
		h->movements[kept++] = m;
	}
	h->count = kept;
}

static int plan_day(struct plan *p, date_days today)
{
	size_t first = p->history.count;
	int r = plan_interest(p, today);

	for (size_t i = 0; i < demo_habits_count && r == 0; i++)
		if (is_day_of(p, &demo_habits[i], today))
			r = plan_habit(p, i, today);
	if (r < 0)
		return r;
	plan_settle(p, first);
	for (size_t i = 0; i < demo_accounts_count; i++)
		p->interest[i] += p->balances[i];
	return 0;
}

static int plan_opening(struct plan *p, date_days start)
{
	size_t first = p->history.count;
	int r = 0;

	for (size_t i = 0; i < demo_accounts_count && r == 0; i++) {
		struct demo_movement m = {
			.at = instant_from(start, (int)i, ZONE_CHINA),
			.from = DEMO_INTERNAL - DEMO_OPENING,
			.to = (int)i,
			.minor = demo_accounts[i].opening,
			.kind = "opening",
			.party = "上期结转",
		};

		r = plan_add(p, &m);
	}
	plan_settle(p, first);
	return r;
}

date_days demo_history_start(date_days today)
{
	int year, month, day;
	date_days start = today;

	date_to_ymd(today, &year, &month, &day);
	if (date_from_ymd(year - 2, month, 1, &start) < 0)
		abort(); /* the first of a month always exists */
	return start;
}

static int plan_prepare(struct plan *p)
{
	p->balances = calloc(demo_accounts_count, sizeof(*p->balances));
	p->interest = calloc(demo_accounts_count, sizeof(*p->interest));
	p->habit_account = calloc(demo_habits_count, sizeof(*p->habit_account));
	p->habit_other = calloc(demo_habits_count, sizeof(*p->habit_other));
	if (!p->balances || !p->interest || !p->habit_account || !p->habit_other)
		return -ENOMEM;
	for (size_t i = 0; i < demo_habits_count; i++) {
		p->habit_account[i] = account_row(demo_habits[i].account);
		if (demo_habits[i].other)
			p->habit_other[i] = account_row(demo_habits[i].other);
	}
	return 0;
}

int demo_history_plan(date_days start, int64_t now, const struct calendar *calendar,
		      struct demo_history *ret)
{
	struct plan p = { .calendar = calendar, .now = now };
	date_days today = instant_date(now, ZONE_CHINA);
	int r = plan_prepare(&p);

	if (r == 0)
		r = plan_opening(&p, start);
	for (date_days d = start; d <= today && r == 0; d++)
		r = plan_day(&p, d);
	free(p.balances);
	free(p.interest);
	free(p.habit_account);
	free(p.habit_other);
	if (r < 0)
		demo_history_release(&p.history);
	else
		*ret = p.history;
	return r;
}

void demo_history_release(struct demo_history *history)
{
	free(history->movements);
	*history = (struct demo_history){ 0 };
}
