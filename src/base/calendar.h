/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Working days: Monday to Friday, minus holidays, plus make-up working weekends.
 * The exceptions are data (the bank keeps them as parameters); this only answers questions.
 */
#ifndef BASE_CALENDAR_H
#define BASE_CALENDAR_H

#include <stdbool.h>
#include <stddef.h>

#include "base/date.h"

struct calendar_exception {
	date_days date;
	bool is_working; /* true: a make-up working day; false: a holiday */
};

/* exceptions sorted by date, borrowed for the calendar's life. A zeroed calendar knows weekends only. */
struct calendar {
	const struct calendar_exception *exceptions;
	size_t count;
};

bool calendar_is_working(const struct calendar *c, date_days d);
/* The first working day on or after d. */
date_days calendar_working_from(const struct calendar *c, date_days d);
/* The n-th working day after d (n >= 1; d itself for less). */
date_days calendar_add_working(const struct calendar *c, date_days d, int n);

#endif
