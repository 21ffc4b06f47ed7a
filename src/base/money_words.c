/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Amounts in words. */
#include <errno.h>
#include <string.h>

#include "base/macros.h"
#include "base/money.h"

#define WORDS_LIMIT INT64_C(1000000000000000) /* minor units */

static int check(const struct money *a)
{
	if (strcmp(a->currency, "CNY") != 0)
		return -EDOM;
	return a->minor < 0 || a->minor >= WORDS_LIMIT ? -ERANGE : 0;
}

static const char *const capitals[] = {
	"零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"
};

/* 1 to 9999: any run of zeros between two digits is one 零. */
static void add_section(struct buf *out, int64_t n)
{
	static const struct {
		int value;
		const char *unit;
	} places[] = { { 1000, "仟" }, { 100, "佰" }, { 10, "拾" }, { 1, "" } };
	bool has_started = false, has_gap = false;

	for (size_t i = 0; i < COUNT(places); i++) {
		int64_t digit = n / places[i].value % 10;

		if (digit == 0) {
			has_gap = has_started;
			continue;
		}
		if (has_gap)
			buf_puts(out, capitals[0]);
		buf_puts(out, capitals[digit]);
		buf_puts(out, places[i].unit);
		has_started = true;
		has_gap = false;
	}
}

/* Sections of four digits: 万 within, 亿 between. A section below its thousand takes a 零 behind a
 * larger one. */
static void add_number(struct buf *out, int64_t n, int64_t base, const char *unit)
{
	int64_t high = n / base, low = n % base;

	if (high > 0) {
		if (high >= 10000)
			add_number(out, high, 10000, "万");
		else
			add_section(out, high);
		buf_puts(out, unit);
		if (low > 0 && low < base / 10)
			buf_puts(out, capitals[0]);
	}
	if (low >= 10000)
		add_number(out, low, 10000, "万");
	else if (low > 0)
		add_section(out, low);
}

int money_capitals_zh(const struct money *a, struct buf *ret)
{
	int64_t yuan = a->minor / 100, jiao = a->minor / 10 % 10, fen = a->minor % 10;
	int r = check(a);

	if (r < 0)
		return r;
	buf_puts(ret, "人民币");
	if (a->minor == 0)
		return buf_puts(ret, "零元整");
	if (yuan > 0) {
		add_number(ret, yuan, 100000000, "亿");
		buf_puts(ret, "元");
	}
	if (jiao == 0 && fen == 0)
		return buf_puts(ret, "整");
	if (yuan > 0 && (jiao == 0 || yuan % 10 == 0))
		buf_puts(ret, capitals[0]);
	if (jiao > 0) {
		buf_puts(ret, capitals[jiao]);
		buf_puts(ret, "角");
	}
	if (fen > 0) {
		buf_puts(ret, capitals[fen]);
		buf_puts(ret, "分");
	}
	return buf_puts(ret, "");
}

static const char *const small_words[] = {
	"zero",	    "one",     "two",	  "three",     "four",	   "five",     "six",
	"seven",    "eight",   "nine",	  "ten",       "eleven",   "twelve",   "thirteen",
	"fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
};
static const char *const tens_words[] = {
	"", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
};

static void add_below_hundred(struct buf *out, int64_t n)
{
	if (n < 20) {
		buf_puts(out, small_words[n]);
		return;
	}
	buf_puts(out, tens_words[n / 10]);
	if (n % 10)
		buf_printf(out, "-%s", small_words[n % 10]);
}

static void add_below_thousand(struct buf *out, int64_t n)
{
	if (n >= 100)
		buf_printf(out, "%s hundred%s", small_words[n / 100], n % 100 ? " and " : "");
	if (n % 100)
		add_below_hundred(out, n % 100);
}

static void add_english(struct buf *out, int64_t n)
{
	static const struct {
		int64_t value;
		const char *name;
	} scales[] = {
		{ INT64_C(1000000000000), "trillion" },
		{ 1000000000, "billion" },
		{ 1000000, "million" },
		{ 1000, "thousand" },
	};
	bool has_started = false;

	for (size_t i = 0; i < COUNT(scales); i++) {
		if (n < scales[i].value)
			continue;
		if (has_started)
			buf_putc(out, ' ');
		add_below_thousand(out, n / scales[i].value);
		buf_printf(out, " %s", scales[i].name);
		n %= scales[i].value;
		has_started = true;
	}
	if (has_started && n > 0)
		buf_puts(out, n < 100 ? " and " : " ");
	if (n > 0)
		add_below_thousand(out, n);
}

int money_words_en(const struct money *a, struct buf *ret)
{
	int64_t yuan = a->minor / 100, fen = a->minor % 100;
	int r = check(a);

	if (r < 0)
		return r;
	if (yuan > 0) {
		add_english(ret, yuan);
		buf_puts(ret, " yuan");
	} else if (fen == 0) {
		buf_puts(ret, "zero yuan");
	}
	if (yuan > 0 && fen > 0)
		buf_puts(ret, " and ");
	if (fen > 0) {
		add_below_hundred(ret, fen);
		buf_puts(ret, " fen");
	}
	return buf_puts(ret, "");
}
