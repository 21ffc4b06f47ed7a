/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/date.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/macros.h"
#include "base/text.h"

#define DAY_SECONDS	  86400
#define DAYS_OF_400_YEARS 146097
#define DAYS_TO_EPOCH \
	719468 /* from 0000-03-01, where years of this arithmetic begin, to 1970-01-01 */

static bool is_leap(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int days_in_month(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

	return days[month - 1] + (month == 2 && is_leap(year));
}

int date_from_ymd(int year, int month, int day, date_days *ret)
{
	int y, era, year_of_era, day_of_year, day_of_era;

	if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 ||
	    day > days_in_month(year, month))
		return -EINVAL;
	/* The year begins in March, so that the leap day is its last. */
	y = month <= 2 ? year - 1 : year;
	era = y / 400;
	year_of_era = y % 400;
	day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
	day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
	*ret = era * DAYS_OF_400_YEARS + day_of_era - DAYS_TO_EPOCH;
	return 0;
}

static date_days clamp(date_days d)
{
	return d < DATE_MIN ? DATE_MIN : d > DATE_MAX ? DATE_MAX : d;
}

void date_to_ymd(date_days d, int *ret_year, int *ret_month, int *ret_day)
{
	int z = clamp(d) + DAYS_TO_EPOCH;
	int era = z / DAYS_OF_400_YEARS, day_of_era = z % DAYS_OF_400_YEARS;
	int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 -
			   day_of_era / (DAYS_OF_400_YEARS - 1)) /
			  365;
	int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	int shifted = (5 * day_of_year + 2) / 153;

	*ret_day = day_of_year - (153 * shifted + 2) / 5 + 1;
	*ret_month = shifted < 10 ? shifted + 3 : shifted - 9;
	*ret_year = year_of_era + era * 400 + (*ret_month <= 2);
}

enum weekday date_weekday(date_days d)
{
	int from_monday = (clamp(d) - DATE_MIN) % 7; /* 0001-01-01 was a Monday */

	return WEEKDAY_MONDAY + from_monday;
}

date_days date_add_months(date_days d, int months)
{
	int year, month, day, last;
	int64_t total;
	date_days result = DATE_MAX;

	date_to_ymd(d, &year, &month, &day);
	total = (int64_t)year * 12 + month - 1 + months;
	if (total < 12)
		return DATE_MIN;
	if (total >= 10000 * 12)
		return DATE_MAX;
	year = (int)(total / 12);
	month = (int)(total % 12) + 1;
	last = days_in_month(year, month);
	date_from_ymd(year, month, day < last ? day : last, &result);
	return result;
}

/* Exactly n digits at *s, which moves behind them; -1 when they are not there. */
static int take_number(const char **s, int n)
{
	int value = 0;

	for (int i = 0; i < n; i++, (*s)++) {
		if (**s < '0' || **s > '9')
			return -1;
		value = value * 10 + (**s - '0');
	}
	return value;
}

static bool take_char(const char **s, char c)
{
	if (**s != c)
		return false;
	(*s)++;
	return true;
}

/* YYYY-MM-DD at *s, which moves behind it. */
static int take_date(const char **s, date_days *ret)
{
	int year, month, day;

	year = take_number(s, 4);
	if (year < 0 || !take_char(s, '-') || (month = take_number(s, 2)) < 0 ||
	    !take_char(s, '-') || (day = take_number(s, 2)) < 0)
		return -EINVAL;
	return date_from_ymd(year, month, day, ret);
}

int date_parse(const char *text, date_days *ret)
{
	date_days d;

	if (take_date(&text, &d) < 0 || *text)
		return -EINVAL;
	*ret = d;
	return 0;
}

char *date_text(date_days d, char buf[DATE_TEXT_MAX])
{
	int year, month, day;

	buf[0] = '\0';
	if (d < DATE_MIN || d > DATE_MAX)
		return buf;
	date_to_ymd(d, &year, &month, &day);
	/* the remainders tell the compiler the widths */
	snprintf(buf, DATE_TEXT_MAX, "%04u-%02u-%02u", (unsigned)year % 10000,
		 (unsigned)month % 100, (unsigned)day % 100);
	return buf;
}

/* "hh:mm:ss", a fraction, and the zone: seconds of the day as UTC, which may lie outside 0..86399.
 */
static int take_time(const char **s, int *ret)
{
	int hour, minute, second, zone = 0, sign = 1;

	hour = take_number(s, 2);
	if (hour < 0 || hour > 23 || !take_char(s, ':') || (minute = take_number(s, 2)) < 0 ||
	    minute > 59 || !take_char(s, ':') || (second = take_number(s, 2)) < 0 || second > 59)
		return -EINVAL;
	if (take_char(s, '.')) {
		if (take_number(s, 1) < 0)
			return -EINVAL;
		*s += strspn(*s, "0123456789");
	}
	*ret = hour * 3600 + minute * 60 + second;
	if (take_char(s, 'Z') || take_char(s, 'z'))
		return 0;
	if (take_char(s, '-'))
		sign = -1;
	else if (!take_char(s, '+'))
		return -EINVAL;
	hour = take_number(s, 2);
	if (hour < 0 || hour > 23 || !take_char(s, ':') || (minute = take_number(s, 2)) < 0 ||
	    minute > 59)
		return -EINVAL;
	zone = sign * (hour * 3600 + minute * 60);
	*ret -= zone;
	return 0;
}

int instant_parse(const char *text, int64_t *ret)
{
	date_days d;
	int seconds;

	if (take_date(&text, &d) < 0 || (!take_char(&text, 'T') && !take_char(&text, 't')) ||
	    take_time(&text, &seconds) < 0 || *text)
		return -EINVAL;
	*ret = (int64_t)d * DAY_SECONDS + seconds;
	return 0;
}

date_days instant_date(int64_t utc, int zone_seconds)
{
	int64_t days, local;

	if (__builtin_add_overflow(utc, (int64_t)zone_seconds, &local))
		local = utc;
	days = local / DAY_SECONDS - (local % DAY_SECONDS < 0);
	return days < DATE_MIN ? DATE_MIN : days > DATE_MAX ? DATE_MAX : (date_days)days;
}

int instant_second_of_day(int64_t utc, int zone_seconds)
{
	int64_t second = (utc % DAY_SECONDS + zone_seconds) % DAY_SECONDS;

	return (int)(second < 0 ? second + DAY_SECONDS : second);
}

int64_t instant_from(date_days d, int second_of_day, int zone_seconds)
{
	return (int64_t)d * DAY_SECONDS + second_of_day - zone_seconds;
}

/* "2026-11-21" + separator + "20:54:44"; returns the length. */
static size_t local_text(int64_t utc, int zone_seconds, char separator, char buf[INSTANT_TEXT_MAX])
{
	unsigned second = (unsigned)instant_second_of_day(utc, zone_seconds) % DAY_SECONDS;
	char date[DATE_TEXT_MAX];

	return (size_t)snprintf(buf, INSTANT_TEXT_MAX, "%.10s%c%02u:%02u:%02u",
				date_text(instant_date(utc, zone_seconds), date), separator,
				second / 3600, second / 60 % 60, second % 60);
}

char *instant_text(int64_t utc, int zone_seconds, char buf[INSTANT_TEXT_MAX])
{
	size_t n = local_text(utc, zone_seconds, 'T', buf);
	unsigned minutes = (unsigned)(zone_seconds < 0 ? -zone_seconds : zone_seconds) / 60;

	if (zone_seconds == 0)
		snprintf(buf + n, INSTANT_TEXT_MAX - n, "Z");
	else
		snprintf(buf + n, INSTANT_TEXT_MAX - n, "%c%02u:%02u", zone_seconds < 0 ? '-' : '+',
			 minutes / 60 % 24, minutes % 60);
	return buf;
}

char *instant_show(int64_t utc, int zone_seconds, char buf[INSTANT_TEXT_MAX])
{
	local_text(utc, zone_seconds, ' ', buf);
	return buf;
}
