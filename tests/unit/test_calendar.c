/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/calendar.h"

#include "base/macros.h"
#include "tests/tap.h"

static date_days day(const char *text)
{
	date_days d = DATE_NONE;

	date_parse(text, &d);
	return d;
}

static void is_day(date_days got, const char *want, const char *what)
{
	char text[DATE_TEXT_MAX];

	is_str(date_text(got, text), want, "%s", what);
}

int main(void)
{
	/* National Day 2026 as such calendars look: a week off, paid for with two weekends. */
	const struct calendar_exception exceptions[] = {
		{ day("2026-09-20"), true },  { day("2026-10-01"), false },
		{ day("2026-10-02"), false }, { day("2026-10-05"), false },
		{ day("2026-10-06"), false }, { day("2026-10-07"), false },
		{ day("2026-10-10"), true },
	};
	const struct calendar calendar = { exceptions, COUNT(exceptions) }, plain = { 0 };

	ok(calendar_is_working(&plain, day("2026-11-20")), "Friday");
	ok(!calendar_is_working(&plain, day("2026-11-21")), "Saturday");
	ok(!calendar_is_working(&plain, day("2026-11-22")), "Sunday");
	ok(calendar_is_working(&plain, day("2026-11-23")), "Monday");
	ok(!calendar_is_working(&calendar, day("2026-10-01")), "the first exception of many");
	ok(calendar_is_working(&calendar, day("2026-09-20")), "a make-up Sunday");
	ok(calendar_is_working(&calendar, day("2026-10-10")), "a make-up Saturday");
	ok(!calendar_is_working(&calendar, day("2026-10-11")), "an ordinary Sunday beside it");
	is_day(calendar_working_from(&calendar, day("2026-09-30")), "2026-09-30",
	       "from a working day: itself");
	is_day(calendar_working_from(&calendar, day("2026-10-01")), "2026-10-08",
	       "over the whole week");
	is_day(calendar_add_working(&calendar, day("2026-09-30"), 1), "2026-10-08",
	       "next after the eve");
	is_day(calendar_add_working(&calendar, day("2026-09-30"), 4), "2026-10-12",
	       "the make-up Saturday counts");
	is_day(calendar_add_working(&plain, day("2026-11-21"), 1), "2026-11-23",
	       "from a Saturday to Monday");
	is_day(calendar_add_working(&plain, day("2026-11-20"), 5), "2026-11-27", "five are a week");
	is_day(calendar_add_working(&plain, DATE_MAX, 3), "9999-12-31", "time ends somewhere");
	return done();
}
