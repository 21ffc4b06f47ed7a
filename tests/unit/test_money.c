/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/money.h"

#include <errno.h>

#include "base/macros.h"
#include "tests/tap.h"

static struct money cny(int64_t minor)
{
	return (struct money){ .minor = minor, .currency = "CNY" };
}

static void test_wire(void)
{
	static const struct {
		const char *text, *currency;
		int code;
		int64_t minor;
	} rows[] = {
		{ "12.50", "CNY", 0, 1250 },
		{ "12.5", "CNY", 0, 1250 },
		{ "12", "CNY", 0, 1200 },
		{ "0", "CNY", 0, 0 },
		{ "0.01", "CNY", 0, 1 },
		{ "9999999999999.99", "CNY", 0, 999999999999999 },
		{ "10000000000000", "CNY", -ERANGE, 0 },
		{ "99999999999999999999999", "CNY", -ERANGE, 0 },
		{ "12", "JPY", 0, 12 },
		{ "12.0", "JPY", -EINVAL, 0 },
		{ "1.234", "KWD", 0, 1234 },
		{ "0.001", "CNY", -EINVAL, 0 },
		{ "", "CNY", -EINVAL, 0 },
		{ ".5", "CNY", -EINVAL, 0 },
		{ "5.", "CNY", -EINVAL, 0 },
		{ "007", "CNY", -EINVAL, 0 },
		{ "00", "CNY", -EINVAL, 0 },
		{ "-1", "CNY", -EINVAL, 0 },
		{ "+1", "CNY", -EINVAL, 0 },
		{ "1e9", "CNY", -EINVAL, 0 },
		{ " 1", "CNY", -EINVAL, 0 },
		{ "1 ", "CNY", -EINVAL, 0 },
		{ "1,000", "CNY", -EINVAL, 0 },
		{ "1.2.3", "CNY", -EINVAL, 0 },
		{ "0x10", "CNY", -EINVAL, 0 },
		{ "١٢", "CNY", -EINVAL, 0 },
		{ "１２", "CNY", -EINVAL, 0 },
		{ "1", "XXX", -ENOENT, 0 },
		{ "1", "cny", -ENOENT, 0 },
		{ "1", "", -ENOENT, 0 },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct money m = { .minor = -77 };

		is_int(money_parse(rows[i].text, rows[i].currency, &m), rows[i].code, "\"%s\" %s",
		       rows[i].text, rows[i].currency);
		is_int(m.minor, rows[i].code ? -77 : rows[i].minor,
		       "its minor units, untouched when refused");
	}
}

static void test_typed(void)
{
	static const struct {
		const char *text;
		int code;
		int64_t minor;
	} rows[] = {
		{ " 1,234.5 ", 0, 123450 },
		{ "1,234,567", 0, 123456700 },
		{ "¥12", 0, 1200 },
		{ "￥ 12.30", 0, 1230 },
		{ "１２３．４５", 0, 12345 },
		{ "１，２３４", 0, 123400 },
		{ "12。5", 0, 1250 },
		{ "\xe3\x80\x80"
		  "8",
		  0, 800 },
		{ "12", 0, 1200 },
		{ "12,34", -EINVAL, 0 },
		{ "1234,567", -EINVAL, 0 },
		{ ",123", -EINVAL, 0 },
		{ "1,234,56", -EINVAL, 0 },
		{ "1,23 4", -EINVAL, 0 },
		{ "$12", -EINVAL, 0 },
		{ "-1", -EINVAL, 0 },
		{ "1e9", -EINVAL, 0 },
		{ "0.001", -EINVAL, 0 },
		{ "١٢٣", -EINVAL, 0 },
		{ "", -EINVAL, 0 },
		{ "¥", -EINVAL, 0 },
		{ "１２\xff", -EINVAL, 0 },
		{ "1 2", -EINVAL, 0 },
		{ "12345678901234", -ERANGE, 0 },
		{ "10,000,000,000,000", -ERANGE, 0 },
		{ "1111111111111111111111111111111111111111111111111111111111111111111111111",
		  -EINVAL, 0 },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct money m = { .minor = -77 };
		struct err err = { 0 };

		is_int(money_parse_typed(rows[i].text, "CNY", &m, &err), rows[i].code,
		       "typed: \"%s\"", rows[i].text);
		is_int(m.minor, rows[i].code ? -77 : rows[i].minor, "its minor units");
		ok(!err.text[0] == !rows[i].code, "a refusal says what to type: %s", err.text);
	}
}

static void test_advice(void)
{
	struct err err;
	struct money m;

	money_parse_typed("0.001", "CNY", &m, &err);
	ok(strstr(err.text, "2 decimals"), "too many decimals are named: %s", err.text);
	money_parse_typed("0.1", "JPY", &m, &err);
	ok(strstr(err.text, "whole"), "so is a currency without: %s", err.text);
	money_parse_typed("-1", "CNY", &m, &err);
	ok(strstr(err.text, "sign"), "and a sign: %s", err.text);
	money_parse_typed("1", "ZZZ", &m, &err);
	ok(strstr(err.text, "ZZZ"), "and an unknown currency: %s", err.text);
	is_int(money_parse_typed("x", "CNY", &m, NULL), -EINVAL, "nobody need listen");
}

static void test_arithmetic(void)
{
	struct money a = cny(INT64_MAX), b = cny(1), c = cny(-1), low = cny(INT64_MIN),
		     ret = cny(5);
	struct money usd = { 1, "USD" };

	is_int(money_add(&a, &b, &ret), -ERANGE, "beyond the largest");
	is_int(money_sub(&low, &b, &ret), -ERANGE, "below the smallest");
	is_int(money_add(&b, &usd, &ret), -EDOM, "two currencies");
	is_int(ret.minor, 5, "failures write nothing");
	is_int(money_add(&a, &c, &ret), 0, "up to the edge");
	is_int(ret.minor, INT64_MAX - 1, "exactly");
	is_int(money_sub(&b, &c, &ret), 0, "minus a minus");
	is_int(ret.minor, 2, "is plus");
	is_str(ret.currency, "CNY", "the currency stays");
	is_int(money_add(&b, &b, &b), 0, "the result may be an operand");
	is_int(b.minor, 2, "and is right");
}

static void test_ratio(void)
{
	static const struct {
		int64_t minor, numerator, denominator;
		int code;
		int64_t want;
	} rows[] = {
		{ 100, 1, 3, 0, 33 },
		{ 100, 2, 3, 0, 67 },
		{ 1, 1, 2, 0, 1 },
		{ -1, 1, 2, 0, -1 },
		{ 5, 1, 10, 0, 1 },
		{ 4, 1, 10, 0, 0 },
		{ -5, 1, 10, 0, -1 },
		{ 5, -1, 10, 0, -1 },
		{ 7, 1, 1, 0, 7 },
		{ 0, 5, 7, 0, 0 },
		{ INT64_MAX, INT64_MAX, INT64_MAX, 0, INT64_MAX },
		{ INT64_MIN, 1, 1, 0, INT64_MIN },
		{ INT64_MIN, -1, 1, -ERANGE, 0 },
		{ INT64_MAX, 2, 1, -ERANGE, 0 },
		{ INT64_MAX, INT64_MIN, 1, -ERANGE, 0 },
		{ 1, 1, 0, -EINVAL, 0 },
		{ 1, 1, -1, -EINVAL, 0 },
		{ 3, 1, INT64_MAX, 0, 0 },
		{ INT64_MAX, 1, 2, 0, INT64_C(4611686018427387904) },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct money a = cny(rows[i].minor), ret = cny(-99);

		is_int(money_mul_ratio(&a, rows[i].numerator, rows[i].denominator, &ret),
		       rows[i].code, "ratio %zu", i);
		is_int(ret.minor, rows[i].code ? -99 : rows[i].want, "rounds half away from zero");
	}
}

static void test_text(void)
{
	static const struct {
		struct money m;
		const char *wire, *show;
	} rows[] = {
		{ { 0, "CNY" }, "0.00", "0.00" },
		{ { 5, "CNY" }, "0.05", "0.05" },
		{ { -123450, "CNY" }, "1234.50", "-1,234.50" },
		{ { 123456, "JPY" }, "123456", "123,456" },
		{ { 1234567, "KWD" }, "1234.567", "1,234.567" },
		{ { 99900, "CNY" }, "999.00", "999.00" },
		{ { 100000, "CNY" }, "1000.00", "1,000.00" },
		{ { INT64_MIN, "CNY" }, "92233720368547758.08", "-92,233,720,368,547,758.08" },
		{ { INT64_MIN, "JPY" }, "9223372036854775808", "-9,223,372,036,854,775,808" },
		{ { 0, "" }, "0", "0" },
	};
	char text[MONEY_TEXT_MAX];

	for (size_t i = 0; i < COUNT(rows); i++) {
		is_str(money_wire(&rows[i].m, text), rows[i].wire, "on the wire");
		is_str(money_show(&rows[i].m, text), rows[i].show, "for people");
	}
	is_str(money_show_sign(&(struct money){ -123450, "CNY" }, text), "-¥1,234.50", "with its sign");
	is_str(money_show_sign(&(struct money){ INT64_MIN, "JPY" }, text), "-JP¥9,223,372,036,854,775,808", "yen");
	is_str(money_show_sign(&(struct money){ 5, "XYZ" }, text), "5 XYZ", "or its code");
	is_int(money_digits("CNY"), 2, "fen");
	is_int(money_digits("JPY"), 0, "yen have none");
	is_int(money_digits("XYZ"), -ENOENT, "unknown");
	is_str(money_sign("CNY"), "¥", "sign");
	is_str(money_sign("XYZ"), NULL, "none for the unknown");
}

static void is_words(int (*words)(const struct money *, struct buf *), int64_t minor,
		     const char *want)
{
	struct money m = cny(minor);
	struct buf b;

	buf_init(&b, 0);
	is_int(words(&m, &b), 0, "%lld fen in words", (long long)minor);
	is_str(b.data, want, "as written");
	buf_release(&b);
}

static void test_capitals(void)
{
	static const struct {
		int64_t minor;
		const char *want;
	} rows[] = {
		/* the examples of the annex to the Payment and Settlement Measures */
		{ 140950, "人民币壹仟肆佰零玖元伍角" },
		{ 600714, "人民币陆仟零柒元壹角肆分" },
		{ 168032, "人民币壹仟陆佰捌拾元零叁角贰分" },
		{ 10700053, "人民币壹拾万柒仟元零伍角叁分" },
		{ 1640902, "人民币壹万陆仟肆佰零玖元零贰分" },
		{ 32504, "人民币叁佰贰拾伍元零肆分" },
		{ 0, "人民币零元整" },
		{ 1, "人民币壹分" },
		{ 10, "人民币壹角" },
		{ 35, "人民币叁角伍分" },
		{ 100, "人民币壹元整" },
		{ 101, "人民币壹元零壹分" },
		{ 1000, "人民币壹拾元整" },
		{ 1010, "人民币壹拾元零壹角" },
		{ 100000, "人民币壹仟元整" },
		{ 1000000, "人民币壹万元整" },
		{ 1000100, "人民币壹万零壹元整" },
		{ 1001000, "人民币壹万零壹拾元整" },
		{ 1100000, "人民币壹万壹仟元整" },
		{ 100000000, "人民币壹佰万元整" },
		{ 10000000000, "人民币壹亿元整" },
		{ 10000000100, "人民币壹亿零壹元整" },
		{ 10001000000, "人民币壹亿零壹万元整" },
		{ 10001000100, "人民币壹亿零壹万零壹元整" },
		{ 11000000000, "人民币壹亿壹仟万元整" },
		{ 10000100000, "人民币壹亿零壹仟元整" },
		{ 100000000000000, "人民币壹万亿元整" },
		{ 100010000000000, "人民币壹万零壹亿元整" },
		{ 100000000000100, "人民币壹万亿零壹元整" },
		{ 123456789012345,
		  "人民币壹万贰仟叁佰肆拾伍亿陆仟柒佰捌拾玖万零壹佰贰拾叁元肆角伍分" },
		{ 999999999999999,
		  "人民币玖万玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分" },
	};

	for (size_t i = 0; i < COUNT(rows); i++)
		is_words(money_capitals_zh, rows[i].minor, rows[i].want);
}

static void test_english(void)
{
	static const struct {
		int64_t minor;
		const char *want;
	} rows[] = {
		{ 0, "zero yuan" },
		{ 1, "one fen" },
		{ 50, "fifty fen" },
		{ 100, "one yuan" },
		{ 2199, "twenty-one yuan and ninety-nine fen" },
		{ 10000, "one hundred yuan" },
		{ 11900, "one hundred and nineteen yuan" },
		{ 140950, "one thousand four hundred and nine yuan and fifty fen" },
		{ 100900, "one thousand and nine yuan" },
		{ 100000000, "one million yuan" },
		{ 100000100, "one million and one yuan" },
		{ 120000000, "one million two hundred thousand yuan" },
		{ 999999999999999,
		  "nine trillion nine hundred and ninety-nine billion nine hundred and ninety-nine "
		  "million "
		  "nine hundred and ninety-nine thousand nine hundred and ninety-nine yuan and "
		  "ninety-nine fen" },
	};

	for (size_t i = 0; i < COUNT(rows); i++)
		is_words(money_words_en, rows[i].minor, rows[i].want);
}

static void test_words_refuse(void)
{
	int (*const words[])(const struct money *, struct buf *) = { money_capitals_zh,
								     money_words_en };
	struct money usd = { 1, "USD" }, minus = cny(-1), huge = cny(1000000000000000);
	struct buf b;

	for (size_t i = 0; i < COUNT(words); i++) {
		buf_init(&b, 4);
		is_int(words[i](&usd, &b), -EDOM, "only yuan");
		is_int(words[i](&minus, &b), -ERANGE, "nothing negative");
		is_int(words[i](&huge, &b), -ERANGE, "nor too large");
		is_int((long long)b.len, 0, "nothing was written");
		usd = cny(12345);
		ok(words[i](&usd, &b) < 0, "a full buffer is told");
		buf_release(&b);
		usd = (struct money){ 1, "USD" };
	}
}

int main(void)
{
	test_wire();
	test_typed();
	test_advice();
	test_arithmetic();
	test_ratio();
	test_text();
	test_capitals();
	test_english();
	test_words_refuse();
	return done();
}
