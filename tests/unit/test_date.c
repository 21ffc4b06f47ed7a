/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/date.h"

#include <errno.h>
#include <time.h>

#include "base/macros.h"
#include "tests/tap.h"

/* Against the C library's own arithmetic, every day of ten thousand years. */
static void test_every_day(void)
{
	int wrong = 0, year, month, day;
	date_days back;
	struct tm tm;

	for (date_days d = DATE_MIN; d <= DATE_MAX; d++) {
		time_t t = (time_t)d * 86400;

		gmtime_r(&t, &tm);
		date_to_ymd(d, &year, &month, &day);
		if (year != tm.tm_year + 1900 || month != tm.tm_mon + 1 || day != tm.tm_mday ||
		    date_from_ymd(year, month, day, &back) < 0 || back != d ||
		    (int)date_weekday(d) != (tm.tm_wday ? tm.tm_wday : 7))
			wrong++;
	}
	is_int(wrong, 0, "each day from 0001-01-01 to 9999-12-31 is as gmtime_r says");
}

static void test_impossible(void)
{
	static const int days[][3] = { { 2026, 2, 29 }, { 1900, 2, 29 }, { 2026, 4, 31 },
				       { 2026, 13, 1 }, { 2026, 0, 1 },	 { 2026, 1, 0 },
				       { 2026, 1, 32 }, { 0, 1, 1 },	 { 10000, 1, 1 },
				       { -1, 1, 1 } };
	date_days d = 5;

	for (size_t i = 0; i < COUNT(days); i++)
		is_int(date_from_ymd(days[i][0], days[i][1], days[i][2], &d), -EINVAL,
		       "%d-%d-%d does not exist", days[i][0], days[i][1], days[i][2]);
	is_int(d, 5, "and nothing was written");
}

static void test_months(void)
{
	static const struct {
		const char *from;
		int months;
		const char *to;
	} rows[] = {
		{ "2026-01-31", 1, "2026-02-28" },	  { "2024-01-31", 1, "2024-02-29" },
		{ "2026-12-15", 1, "2027-01-15" },	  { "2026-01-15", -1, "2025-12-15" },
		{ "2026-03-31", -13, "2025-02-28" },	  { "9999-12-01", 1, "9999-12-31" },
		{ "0001-01-05", -1, "0001-01-01" },	  { "2026-01-31", INT32_MAX, "9999-12-31" },
		{ "2026-01-31", INT32_MIN, "0001-01-01" }
	};
	char text[DATE_TEXT_MAX];
	date_days d;

	for (size_t i = 0; i < COUNT(rows); i++) {
		date_parse(rows[i].from, &d);
		is_str(date_text(date_add_months(d, rows[i].months), text), rows[i].to,
		       "%s and %d months", rows[i].from, rows[i].months);
	}
	is_str(date_text(DATE_NONE, text), "", "no date has no text");
	is_str(date_text(DATE_MAX + 1, text), "", "nor has one beyond the last");
}

static void test_strict(void)
{
	static const char *const bad[] = { "",		 "2026-1-1",   "2026-11-21 ", " 2026-11-21",
					   "2026/11/21", "20261121",   "2026-11-31",  "26-11-21",
					   "2026-11",	 "2026-11-2x", "0000-01-01",  "12026-01-01",
					   "-026-01-01", "２026-01-01" };
	date_days d = 7;

	for (size_t i = 0; i < COUNT(bad); i++)
		is_int(date_parse(bad[i], &d), -EINVAL, "refused: \"%s\"", bad[i]);
	is_int(d, 7, "and nothing was written");
	is_int(date_parse("1970-01-01", &d), 0, "the epoch");
	is_int(d, 0, "is day 0");
}

static void test_typed(void)
{
	static const char *const same[] = {
		"2026-11-21", "2026/11/21",	"20261121",	      "11-21",	   "11/21",
		"2026.11.21", "2026年11月21日", "11月21日",	      "today",	   "TODAY",
		"今天",	      " 2026-11-21\t",	"２０２６-１１-２１", "2026-11-21"
	};
	static const char *const bad[] = { "",
					   "   ",
					   "21",
					   "2026",
					   "2026-11",
					   "2026-13-01",
					   "26-11-21",
					   "2026-11-21-1",
					   "11--21",
					   "-11-21",
					   "11-21-",
					   "2026日11月21",
					   "someday",
					   "2026112",
					   "202611211",
					   "99999999999999999999",
					   "2026-11-21x",
					   "\xff\xfe",
					   "1e9-1" };
	date_days today, d;

	date_parse("2026-11-21", &today);
	for (size_t i = 0; i < COUNT(same); i++) {
		d = 0;
		is_int(date_parse_typed(same[i], today, &d), 0, "taken: \"%s\"", same[i]);
		is_int(d, today, "as the day meant");
	}
	d = 7;
	for (size_t i = 0; i < COUNT(bad); i++)
		is_int(date_parse_typed(bad[i], today, &d), -EINVAL, "refused: number %zu", i);
	is_int(d, 7, "and nothing was written");
	is_int(date_parse_typed("昨天", today, &d), 0, "yesterday in Chinese");
	is_int(d, today - 1, "is one less");
	is_int(date_parse_typed("tomorrow", today, &d), 0, "tomorrow");
	is_int(d, today + 1, "is one more");
	is_int(date_parse_typed("2026-1-5", today, &d), 0, "a person need not type zeros");
}

static void test_instants(void)
{
	static const struct {
		const char *text;
		int64_t utc;
	} good[] = { { "1970-01-01T00:00:00Z", 0 },
		     { "2026-11-21T20:54:44+08:00", 1795265684 },
		     { "2026-11-21T12:54:44Z", 1795265684 },
		     { "2026-11-21t12:54:44.999999999z", 1795265684 },
		     { "2026-11-21T04:24:44-08:30", 1795265684 },
		     { "1969-12-31T23:59:59Z", -1 } };
	static const char *const bad[] = { "",
					   "2026-11-21",
					   "2026-11-21T12:54:44",
					   "2026-11-21 12:54:44Z",
					   "2026-11-21T24:00:00Z",
					   "2026-11-21T12:60:00Z",
					   "2026-11-21T12:54:60Z",
					   "2026-11-21T12:54:44+24:00",
					   "2026-11-21T12:54:44+0800",
					   "2026-11-21T12:54:44.Z",
					   "2026-11-21T12:54:44Zx",
					   "2026-11-21T12:54Z",
					   "2026-02-30T12:54:44Z",
					   "2026-11-21T12:54:44+08:60" };
	char text[INSTANT_TEXT_MAX];
	int64_t utc = 9;

	for (size_t i = 0; i < COUNT(bad); i++)
		is_int(instant_parse(bad[i], &utc), -EINVAL, "refused: \"%s\"", bad[i]);
	is_int(utc, 9, "and nothing was written");
	for (size_t i = 0; i < COUNT(good); i++) {
		is_int(instant_parse(good[i].text, &utc), 0, "taken: %s", good[i].text);
		is_int(utc, good[i].utc, "as the second meant");
	}
	is_str(instant_text(1795265684, ZONE_CHINA, text), "2026-11-21T20:54:44+08:00",
	       "written in China's zone");
	is_str(instant_text(1795265684, 0, text), "2026-11-21T12:54:44Z", "and in UTC");
	is_str(instant_text(1795265684, -30600, text), "2026-11-21T04:24:44-08:30",
	       "and west of it");
	is_str(instant_show(-1, 0, text), "1969-12-31 23:59:59", "before the epoch");
	is_int(instant_date(-1, 0), -1, "the day before the epoch");
	is_int(instant_date(57600, ZONE_CHINA), 1, "midnight in China is a new day");
	is_int(instant_date(57599, ZONE_CHINA), 0, "and not one second sooner");
	is_int(instant_second_of_day(-1, 0), 86399, "its last second");
	is_int(instant_from(1, 0, ZONE_CHINA), 57600, "and back");
	is_int(instant_date(INT64_MAX, ZONE_CHINA), DATE_MAX, "the far future is the last day");
	is_int(instant_date(INT64_MIN, -ZONE_CHINA), DATE_MIN, "the far past the first");
}

int main(void)
{
	test_every_day();
	test_impossible();
	test_months();
	test_strict();
	test_typed();
	test_instants();
	return done();
}
