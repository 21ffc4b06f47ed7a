/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Calendar dates and instants.
 *
 * A date is days since 1970-01-01 (proleptic Gregorian), an instant is UTC seconds. Neither depends
 * on the process's TZ: zones are passed as seconds east of UTC (the demo bank's is +28800).
 */
#ifndef BASE_DATE_H
#define BASE_DATE_H

#include <stdbool.h>
#include <stdint.h>

typedef int32_t date_days; /* days since 1970-01-01; the one typedef: a plain number with a unit */

#define DATE_MIN (-719162) /* 0001-01-01 */
#define DATE_MAX 2932896   /* 9999-12-31 */
#define DATE_NONE INT32_MIN
#define DATE_TEXT_MAX 16    /* "2026-11-21" */
#define INSTANT_TEXT_MAX 32 /* "2026-11-21T20:54:44+08:00" */
#define ZONE_CHINA 28800

enum weekday { WEEKDAY_MONDAY = 1, WEEKDAY_TUESDAY, WEEKDAY_WEDNESDAY, WEEKDAY_THURSDAY, WEEKDAY_FRIDAY,
	       WEEKDAY_SATURDAY, WEEKDAY_SUNDAY };

/* 0, or -EINVAL for a day that does not exist. month 1-12, day 1-31. */
int date_from_ymd(int year, int month, int day, date_days *ret);
void date_to_ymd(date_days d, int *ret_year, int *ret_month, int *ret_day);
enum weekday date_weekday(date_days d);
date_days date_add_months(date_days d, int months); /* clamps to the last day of the month, and to DATE_MIN..DATE_MAX */

/* Strict "YYYY-MM-DD"; -EINVAL. */
int date_parse(const char *text, date_days *ret);
/*
 * What people type: 2026-11-21, 2026/11/21, 2026年11月21日, 20261121, 11-21 (year of today), full-width digits,
 * today/今天, yesterday/昨天, tomorrow/明天; surrounding spaces. -EINVAL.
 */
int date_parse_typed(const char *text, date_days today, date_days *ret);
char *date_text(date_days d, char buf[DATE_TEXT_MAX]); /* returns buf; "" outside DATE_MIN..DATE_MAX */

/* RFC 3339 with zone required: "...Z" or "+08:00"; fractions accepted and cut, second 60 refused. -EINVAL. */
int instant_parse(const char *text, int64_t *ret);
char *instant_text(int64_t utc, int zone_seconds, char buf[INSTANT_TEXT_MAX]);           /* RFC 3339 */
char *instant_show(int64_t utc, int zone_seconds, char buf[INSTANT_TEXT_MAX]);           /* "2026-11-21 20:54:44" */
date_days instant_date(int64_t utc, int zone_seconds);
int instant_second_of_day(int64_t utc, int zone_seconds);                                /* 0..86399 */
int64_t instant_from(date_days d, int second_of_day, int zone_seconds);

#endif
