/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Amounts as a person types them. */
#include <errno.h>
#include <string.h>

#include "base/catalogue.h"
#include "base/macros.h"
#include "base/money.h"
#include "base/text.h"

#define TYPED_MAX 64

/* What an input method for Chinese leaves where ASCII is meant. */
static const struct {
	uint32_t typed;
	char meant;
} half_width[] = {
	{ 0xff0e, '.' }, { 0x3002, '.' }, { 0xff0c, ',' },
	{ 0x3000, ' ' }, { 0xff0d, '-' }, { 0xff0b, '+' },
};

static char half_width_of(uint32_t cp)
{
	if (cp < 0x80)
		return (char)cp;
	if (cp >= 0xff10 && cp <= 0xff19)
		return (char)('0' + (cp - 0xff10));
	for (size_t i = 0; i < COUNT(half_width); i++)
		if (half_width[i].typed == cp)
			return half_width[i].meant;
	return '?'; /* no amount has it: the parser refuses */
}

static const char *skip_spaces(const char *s)
{
	for (;;) {
		if (*s == ' ' || *s == '\t')
			s++;
		else if (!strncmp(s, "\xe3\x80\x80", 3)) /* ideographic space */
			s += 3;
		else
			return s;
	}
}

static const char *skip_sign(const char *s, const char *currency)
{
	const char *sign = money_sign(currency);

	if (sign && !strncmp(s, sign, strlen(sign)))
		return s + strlen(sign);
	if (!strcmp(currency, "CNY") && !strncmp(s, "￥", strlen("￥")))
		return s + strlen("￥");
	return s;
}

/* ASCII without surrounding spaces, or -EINVAL when it is longer than any amount. */
static int to_half_width(const char *text, char out[TYPED_MAX])
{
	size_t n = 0;
	uint32_t cp;

	while (*text) {
		if (n == TYPED_MAX - 1)
			return -EINVAL;
		text += text_decode(text, strnlen(text, 4), &cp);
		out[n++] = half_width_of(cp);
	}
	while (n > 0 && (out[n - 1] == ' ' || out[n - 1] == '\t'))
		n--;
	out[n] = '\0';
	return 0;
}

/* Take out thousands separators, which stand between a first group of 1-3 digits and groups of
 * exactly 3. */
static int remove_separators(char *s)
{
	size_t group = strspn(s, "0123456789");
	char *out = s + group;
	const char *in = out;

	if (*in == ',' && (group < 1 || group > 3))
		return -EINVAL;
	while (*in == ',') {
		if (strspn(in + 1, "0123456789") != 3)
			return -EINVAL;
		memmove(out, in + 1, 3);
		out += 3;
		in += 4;
	}
	memmove(out, in, strlen(in) + 1);
	return 0;
}

static int explain(struct err *err, int code, const char *typed, const char *currency)
{
	int digits = money_digits(currency);
	const char *point = strchr(typed, '.');

	if (code == -ENOENT)
		return err_set(err, code, _("The currency %s is not known here"), currency);
	if (code == -ERANGE)
		return err_set(
			err, code,
			_("The amount is too large: type at most %d digits before the point"),
			MONEY_INPUT_DIGITS);
	if (!*typed)
		return err_set(err, code, _("Type an amount, for example 1234.50"));
	if (*typed == '-' || *typed == '+')
		return err_set(err, code, _("Type the amount without a sign, for example 1234.50"));
	if (point && (int)strspn(point + 1, "0123456789") > digits && digits == 0)
		return err_set(err, code, _("%s has no decimals: type a whole number"), currency);
	if (point && (int)strspn(point + 1, "0123456789") > digits)
		return err_set(err, code, _("%s has %d decimals at most, for example 1234.50"),
			       currency, digits);
	return err_set(err, code, _("Type the amount in digits, for example 1234.50 or 1,234.50"));
}

int money_parse_typed(const char *text, const char *currency, struct money *ret, struct err *err)
{
	char typed[TYPED_MAX] = "?";
	int r;

	text = skip_spaces(skip_sign(skip_spaces(text), currency));
	r = to_half_width(text, typed);
	if (r == 0)
		r = remove_separators(typed);
	if (r == 0)
		r = money_parse(typed, currency, ret);
	return r < 0 ? explain(err, r, typed, currency) : 0;
}
