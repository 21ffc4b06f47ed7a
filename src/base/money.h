/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Money: integer minor units of one currency, checked arithmetic, no floating point.
 *
 * A currency is its ISO 4217 code; its number of minor digits (0-4) comes from one
 * table (CNY 2, USD 2, EUR 2, HKD 2, GBP 2, JPY 0, KWD 3 ...). On the wire an amount is
 * unsigned text such as "12.50" beside a currency, and direction is an indicator of
 * its own; inside, minor may be negative (debit).
 */
#ifndef BASE_MONEY_H
#define BASE_MONEY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"

struct money {
	int64_t minor;    /* minor units: fen, cents */
	char currency[4]; /* ISO 4217 upper case, NUL-terminated; "" only in a zeroed struct */
};

/* Largest amount accepted from outside: 13 digits before the point, as in UK Open Banking. */
#define MONEY_INPUT_DIGITS 13
#define MONEY_TEXT_MAX 40 /* bytes for any formatted amount */

/* Minor digits of a currency; -ENOENT when it is not in the table. */
int money_digits(const char *currency);

/* The local part of a currency's name in words and its sign, e.g. "¥"; NULL if unknown. */
const char *money_sign(const char *currency);

/*
 * Parse strict wire text ^\d{1,13}(\.\d{1,N})?$ where N is the currency's digits.
 * -EINVAL malformed (sign, spaces, separators, exponent, too many decimals, leading
 * zeros such as "007"), -ERANGE too many digits, -ENOENT unknown currency.
 */
int money_parse(const char *text, const char *currency, struct money *ret);

/*
 * Parse what a person typed: also accepts surrounding spaces, thousands separators in
 * their right places ("1,234.5"), full-width digits and point, a leading currency sign.
 * Same errors; the text in err says what to type.
 */
int money_parse_typed(const char *text, const char *currency, struct money *ret, struct err *err);

/* 0; -ERANGE on overflow, -EDOM when currencies differ. *ret untouched on failure. */
int money_add(const struct money *a, const struct money *b, struct money *ret) MUST_CHECK;
int money_sub(const struct money *a, const struct money *b, struct money *ret) MUST_CHECK;

/*
 * a * numerator / denominator, rounded half away from zero; intermediate in 128 bits.
 * -ERANGE on overflow, -EINVAL when denominator <= 0.
 */
int money_mul_ratio(const struct money *a, int64_t numerator, int64_t denominator, struct money *ret) MUST_CHECK;

/* Wire text: "12.50", of |minor|, always with all minor digits. buf of MONEY_TEXT_MAX; returns buf. */
char *money_wire(const struct money *a, char buf[MONEY_TEXT_MAX]);

/* For people: "-1,234.50", grouping by thousands in every language, no currency. Returns buf. */
char *money_show(const struct money *a, char buf[MONEY_TEXT_MAX]);

/* The same with the currency's sign, or its code behind when it has none: "-¥1,234.50". */
char *money_show_sign(const struct money *a, char buf[MONEY_TEXT_MAX]);

/*
 * Append the amount in Chinese capital numerals as written on cheques and vouchers (Payment and Settlement
 * Measures, annex on filling in bills): 1409.50 -> 人民币壹仟肆佰零玖元伍角. `整` follows 元 and is left out after
 * 角 and 分. Where the annex leaves a choice: a section that ends in zeros is followed by 零 only when the next
 * one has no thousands (107000 is 壹拾万柒仟); behind 元, a missing 角 is 零, and so are zero units of yuan before a
 * 角 (1680.32 is 元零叁角). Without yuan nothing stands before 角 or 分 but 人民币; nothing at all is 人民币零元整.
 * 0; -EDOM when not CNY; -ERANGE unless 0 <= minor < 10^15; or the buffer's error.
 */
int money_capitals_zh(const struct money *a, struct buf *ret);

/* In English, as a teller reads it aloud: "one thousand four hundred and nine yuan and fifty fen". Same errors. */
int money_words_en(const struct money *a, struct buf *ret);

#endif
