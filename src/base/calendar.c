/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/calendar.h"

#include <stdlib.h>

static int compare(const void *key, const void *element)
{
	date_days date = *(const date_days *)key;
	const struct calendar_exception *exception = element;

	return (date > exception->date) - (date < exception->date);
}

bool calendar_is_working(const struct calendar *c, date_days d)
{
	const struct calendar_exception *exception = NULL;

	if (c->count)
		exception = bsearch(&d, c->exceptions, c->count, sizeof(*c->exceptions), compare);
	return exception ? exception->is_working : date_weekday(d) <= WEEKDAY_FRIDAY;
}

date_days calendar_working_from(const struct calendar *c, date_days d)
{
	while (d < DATE_MAX && !calendar_is_working(c, d))
		d++;
	return d;
}

date_days calendar_add_working(const struct calendar *c, date_days d, int n)
{
	for (; n > 0 && d < DATE_MAX; n--)
		d = calendar_working_from(c, d + 1);
	return d;
}
