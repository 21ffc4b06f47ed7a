/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/macros.h"
#include "tests/fuzz/fuzz.h"

static void require(bool holds)
{
	if (!holds)
		abort();
}

static void check_date(date_days d)
{
	char text[DATE_TEXT_MAX];
	date_days again = DATE_NONE;

	require(d >= DATE_MIN && d <= DATE_MAX);
	require(date_parse(date_text(d, text), &again) == 0 && again == d);
	require(date_parse_typed(text, 0, &again) == 0 && again == d);
}

/* The first and last days may be written in a zone where they are outside of the calendar. */
static void check_instant(int64_t utc)
{
	char text[INSTANT_TEXT_MAX];
	int64_t again = 0;

	instant_show(utc, ZONE_CHINA, text);
	if (instant_date(utc, 0) == DATE_MIN || instant_date(utc, ZONE_CHINA) == DATE_MAX)
		return;
	require(instant_parse(instant_text(utc, ZONE_CHINA, text), &again) == 0 && again == utc);
	require(instant_from(instant_date(utc, ZONE_CHINA), instant_second_of_day(utc, ZONE_CHINA),
			     ZONE_CHINA) == utc);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = strndup((const char *)data, size);
	date_days d;
	int64_t utc;

	if (!text)
		return 0;
	if (date_parse(text, &d) == 0)
		check_date(d);
	if (date_parse_typed(text, 20000, &d) == 0)
		check_date(d);
	if (instant_parse(text, &utc) == 0)
		check_instant(utc);
	free(text);
	return 0;
}
