/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"
#include "speech/say.h"
#include "tests/tap.h"
#include "tests/ui/samples.h"

static struct buf out;

static const char *amount(int64_t minor, const char *currency, bool is_chinese)
{
	struct money m = { .minor = minor };

	snprintf(m.currency, sizeof(m.currency), "%s", currency);
	buf_clear(&out);
	say_amount(&m, is_chinese, &out);
	return out.data;
}

static const struct {
	int64_t n;
	const char *said;
} numbers[] = {
	{ 0, "零" },
	{ 7, "七" },
	{ 10, "十" },
	{ 11, "十一" },
	{ 20, "二十" },
	{ 101, "一百零一" },
	{ 110, "一百一十" },
	{ 1001, "一千零一" },
	{ 1010, "一千零一十" },
	{ 10000, "一万" },
	{ 10010, "一万零一十" },
	{ 12345, "一万二千三百四十五" },
	{ 100000, "十万" },
	{ 1200000, "一百二十万" },
	{ 100000000, "一亿" },
	{ 100000001, "一亿零一" },
	{ 100001234, "一亿零一千二百三十四" },
	{ 1000000000000, "一万亿" },
	{ 9999999999999, "九万亿九千九百九十九亿九千九百九十九万九千九百九十九" },
};

static void test_amounts(void)
{
	for (size_t i = 0; i < COUNT(numbers); i++) {
		buf_clear(&out);
		say_number_zh(numbers[i].n, &out);
		is_str(out.data, numbers[i].said, "%lld", (long long)numbers[i].n);
	}
	is_str(amount(1234567, "CNY", true), "一万二千三百四十五元六角七分", "with jiao and fen");
	is_str(amount(100005, "CNY", true), "一千元零五分", "without jiao");
	is_str(amount(50, "CNY", true), "五角", "less than a yuan");
	is_str(amount(5, "CNY", true), "五分", "less than a jiao");
	is_str(amount(0, "CNY", true), "零元", "nothing");
	is_str(amount(-120000, "CNY", true), "负一千二百元", "a debt");
	is_str(amount(1234567, "CNY", false), "12,345 yuan and 67 fen", "English");
	is_str(amount(-5, "CNY", false), "minus 5 fen", "less than a yuan");
	is_str(amount(INT64_MIN, "CNY", true), "-92,233,720,368,547,758.08 CNY",
	       "no words for that");
	is_str(amount(1234, "USD", true), "12.34 USD", "nor for other money");
}

static void test_digits(void)
{
	buf_clear(&out);
	say_digits("6222 **08", true, &out);
	is_str(out.data, "六二二二星星零八", "digit by digit");
	buf_clear(&out);
	say_digits("138-00", false, &out);
	is_str(out.data, "1 3 8 - 0 0", "in English");
}

static const char *page_said(const char *name, bool only_focus)
{
	static char text[4096];
	struct sample s;

	sample_init(&s, name);
	buf_clear(&out);
	if (only_focus)
		say_focus(&s.page, &s.view, strstr(name, "-zh") != NULL, &out);
	else
		say_page(&s.page, &s.view, strstr(name, "-zh") != NULL, &out);
	snprintf(text, sizeof(text), "%s", out.data);
	sample_release(&s);
	return text;
}

static void test_pages(void)
{
	const char *said;
	struct sample s;

	is_str(page_said("home", false),
	       "Home. Good morning, Xiaoming. Available in all accounts, 123,456 yuan and 78 fen. "
	       "What would you like to do? Transfer, To own accounts and to others. 2 of 6. ",
	       "a page and its focus");
	is_str(page_said("statement", true),
	       "Date, 2026-11-17. Text, Lianhua supermarket. Amount, -88.50. Balance, 112,407.11. "
	       "Channel, Mobile. 12 of 2041. ",
	       "a row by its columns");
	said = page_said("review-zh", false);
	ok(strstr(said, "付款金额，一千二百五十元。") != NULL, "an amount as one says it");
	ok(strstr(said, "账号，六二二二星星星星星星星星九零零八。") != NULL,
	   "an account digit by digit");
	ok(strstr(said, "手续费，") != NULL && strstr(said, "确认付款") != NULL,
	   "details and the button");
	sample_init(&s, "transfer");
	snprintf(focus_place(&s.focus, "form")->item, FOCUS_ID_MAX, "pin");
	buf_clear(&out);
	say_focus(&s.page, &s.view, false, &out);
	is_str(out.data, "Payment PIN, 4 characters typed. ", "a secret is counted");
	snprintf(focus_place(&s.focus, "form")->item, FOCUS_ID_MAX, "memo");
	buf_clear(&out);
	say_focus(&s.page, &s.view, false, &out);
	is_str(out.data, "Message, Thank you for dinner. Error, At most 60 characters. ",
	       "a field with its error");
	*s.focus.block = '\0';
	buf_clear(&out);
	say_focus(&s.page, &s.view, false, &out);
	is_str(out.data, "", "no focus, nothing said");
	sample_release(&s);
}

int main(void)
{
	text_locale_init();
	buf_init(&out, 0);
	test_amounts();
	test_digits();
	test_pages();
	buf_release(&out);
	return done();
}
