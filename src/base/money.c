/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/money.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/macros.h"

/* ISO 4217, the currencies a bank of this size keeps accounts in. */
static const struct currency {
	char code[4];
	int digits;
	const char *sign;
} currencies[] = {
	{ "AUD", 2, "A$" }, { "CAD", 2, "C$" },	 { "CHF", 2, "CHF" }, { "CNY", 2, "¥" },
	{ "EUR", 2, "€" },  { "GBP", 2, "£" },	 { "HKD", 2, "HK$" }, { "JPY", 0, "JP¥" },
	{ "KRW", 0, "₩" },  { "KWD", 3, "KWD" }, { "MOP", 2, "MOP" }, { "NZD", 2, "NZ$" },
	{ "SGD", 2, "S$" }, { "THB", 2, "฿" },	 { "TWD", 2, "NT$" }, { "USD", 2, "$" },
};

static const uint64_t powers[] = { 1, 10, 100, 1000, 10000 }; /* by minor digits */

static const struct currency *currency_find(const char *code)
{
	for (size_t i = 0; i < COUNT(currencies); i++)
		if (!strcmp(currencies[i].code, code))
			return &currencies[i];
	return NULL;
}

int money_digits(const char *currency)
{
	const struct currency *c = currency_find(currency);

	return c ? c->digits : -ENOENT;
}

const char *money_sign(const char *currency)
{
	const struct currency *c = currency_find(currency);

	return c ? c->sign : NULL;
}

static size_t digits_at(const char *s)
{
	return strspn(s, "0123456789");
}

int money_parse(const char *text, const char *currency, struct money *ret)
{
	const struct currency *c = currency_find(currency);
	size_t whole = digits_at(text), decimals = 0;
	const char *end = text + whole;
	struct money m = { 0 };

	if (!c)
		return -ENOENT;
	if (whole == 0 || (whole > 1 && *text == '0'))
		return -EINVAL;
	if (*end == '.') {
		decimals = digits_at(end + 1);
		end += 1 + decimals;
		if (decimals == 0 || decimals > (size_t)c->digits)
			return -EINVAL;
	}
	if (*end)
		return -EINVAL;
	if (whole > MONEY_INPUT_DIGITS)
		return -ERANGE;
	for (const char *s = text; s < end; s++) /* at most 13 + 4 digits: below 2^63 */
		if (*s != '.')
			m.minor = m.minor * 10 + (*s - '0');
	m.minor *= (int64_t)powers[(size_t)c->digits - decimals];
	memcpy(m.currency, c->code, sizeof(m.currency));
	*ret = m;
	return 0;
}

static int sum(const struct money *a, const struct money *b, bool is_minus, struct money *ret)
{
	struct money m = *a;
	bool overflows;

	if (strcmp(a->currency, b->currency) != 0)
		return -EDOM;
	if (is_minus)
		overflows = __builtin_sub_overflow(a->minor, b->minor, &m.minor);
	else
		overflows = __builtin_add_overflow(a->minor, b->minor, &m.minor);
	if (overflows)
		return -ERANGE;
	*ret = m;
	return 0;
}

int money_add(const struct money *a, const struct money *b, struct money *ret)
{
	return sum(a, b, /* is_minus */ false, ret);
}

int money_sub(const struct money *a, const struct money *b, struct money *ret)
{
	return sum(a, b, /* is_minus */ true, ret);
}

int money_mul_ratio(const struct money *a, int64_t numerator, int64_t denominator,
		    struct money *ret)
{
	__int128 product = (__int128)a->minor * numerator, quotient, rest;
	struct money m = *a;

	if (denominator <= 0)
		return -EINVAL;
	quotient = product / denominator;
	rest = product % denominator;
	if (rest < 0)
		rest = -rest;
	if (rest >= denominator - rest)
		quotient += product < 0 ? -1 : 1;
	if (quotient > INT64_MAX || quotient < INT64_MIN)
		return -ERANGE;
	m.minor = (int64_t)quotient;
	*ret = m;
	return 0;
}

static uint64_t magnitude(int64_t minor)
{
	return minor < 0 ? -(uint64_t)minor : (uint64_t)minor;
}

/* Digits behind the point; a zeroed struct has no currency and none. */
static int digits_of(const struct money *a)
{
	int digits = money_digits(a->currency);

	return digits < 0 ? 0 : digits;
}

char *money_wire(const struct money *a, char buf[MONEY_TEXT_MAX])
{
	int digits = digits_of(a);
	uint64_t minor = magnitude(a->minor), rest = minor % powers[digits];
	size_t n = (size_t)snprintf(buf, MONEY_TEXT_MAX, "%" PRIu64, minor / powers[digits]);

	if (digits == 0)
		return buf;
	buf[n++] = '.';
	for (int i = digits - 1; i >= 0; i--)
		buf[n++] = (char)('0' + rest / powers[i] % 10);
	buf[n] = '\0';
	return buf;
}

char *money_show(const struct money *a, char buf[MONEY_TEXT_MAX])
{
	char plain[MONEY_TEXT_MAX], *out = buf;
	size_t whole;

	money_wire(a, plain);
	whole = digits_at(plain);
	if (a->minor < 0)
		*out++ = '-';
	for (size_t i = 0; i < whole; i++) {
		if (i > 0 && (whole - i) % 3 == 0)
			*out++ = ',';
		*out++ = plain[i];
	}
	memcpy(out, plain + whole, strlen(plain + whole) + 1);
	return buf;
}

char *money_show_sign(const struct money *a, char buf[MONEY_TEXT_MAX])
{
	char text[MONEY_TEXT_MAX];
	const char *sign = money_sign(a->currency);
	bool is_negative = *money_show(a, text) == '-';

	if (sign)
		snprintf(buf, MONEY_TEXT_MAX, "%s%s%s", is_negative ? "-" : "", sign, text + is_negative);
	else
		snprintf(buf, MONEY_TEXT_MAX, "%.35s %s", text, a->currency);
	return buf;
}
