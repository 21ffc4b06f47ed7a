/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Habits: what regularly happens on the demo accounts, one row each; demo_history.c turns them into
 * movements. */
#ifndef BANK_DEMO_HABITS_H
#define BANK_DEMO_HABITS_H

#include <stddef.h>
#include <stdint.h>

enum demo_when {
	EVERY_DAY,
	EVERY_WORKDAY,
	EVERY_WEEKEND,
	EVERY_WEEK,	    /* `day` is a weekday, 1 Monday */
	EVERY_MONTH,	    /* `day` of the month */
	EVERY_MONTH_BEFORE, /* `day` of the month, or the working day before */
	EVERY_YEAR,	    /* `day` is month * 100 + day */
	NEW_YEARS_EVE,	    /* the eve of the Spring Festival */
};

struct demo_habit {
	const char *account; /* key; the money leaves it unless is_income */
	const char *other;   /* key of the other account; NULL: `internal` */
	int internal;	     /* enum demo_internal */
	int is_income;
	enum demo_when when;
	int day;
	int permille; /* how likely on such a day; over 1000: so many thousandths of times */
	int from_hour, to_hour;
	int64_t least, most, step; /* fen: least + k * step */
	const char *kind;
	const char *const *parties; /* one is drawn; NULL for transfers between accounts */
	const char *text;
};
extern const struct demo_habit demo_habits[];
extern const size_t demo_habits_count;

#endif
