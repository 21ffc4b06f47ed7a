/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"

#include <utf8proc.h>
#include <wchar.h>

#include "base/macros.h"
#include "tests/tap.h"

#define FFFD "\xef\xbf\xbd"

/* Every sequence of 1-4 bytes against the table of the Unicode standard, by decoding what encoding
 * made. */
static void test_utf8(void)
{
	int wrong = 0;
	uint32_t back;
	char s[4];

	for (uint32_t cp = 0; cp <= 0x110010; cp++) {
		bool is_scalar = cp <= 0x10ffff && !(cp >= 0xd800 && cp <= 0xdfff);
		size_t n = text_encode(cp, s);

		if (!is_scalar)
			wrong += n != 0;
		else if (n == 0 || !text_is_utf8(s, n) || text_decode(s, n, &back) != n ||
			 back != cp)
			wrong++;
		for (size_t cut = 1; cut < n; cut++)
			wrong += text_is_utf8(s, cut) || text_decode(s, cut, &back) != 1 ||
				 back != 0xfffd;
	}
	is_int(wrong, 0, "each code point goes and comes back, whole only");
}

/* How many sequences of n bytes are well-formed as one character must equal how many code points
 * take n. */
static void test_invalid_forms(void)
{
	static const int scalars[] = { 0, 0x80, 0x780, 0xf000 };
	int found[4] = { 0 }, wrong = 0;
	unsigned char s[4];
	uint32_t cp;

	for (unsigned v = 0; v < 0x1000000; v++) {
		s[0] = (unsigned char)(v >> 16);
		s[1] = (unsigned char)(v >> 8);
		s[2] = (unsigned char)v;
		size_t n = text_decode((const char *)s, 3, &cp);

		if (n == 3)
			found[3]++;
		else if (n == 2 && s[2] == 0)
			found[2]++;
		else if (n == 1 && s[1] == 0 && s[2] == 0 && s[0] < 0x80)
			found[1]++;
		else if (n == 1 && s[0] >= 0x80)
			wrong += cp != 0xfffd;
	}
	for (size_t i = 1; i < COUNT(found); i++)
		is_int(found[i], scalars[i], "forms of %zu bytes", i);
	is_int(wrong, 0, "everything else is one byte of U+FFFD");
}

static void test_invalid_four(void)
{
	int found = 0;
	unsigned char s[4];
	uint32_t cp;

	for (unsigned first = 0xf0; first <= 0xff; first++)
		for (unsigned v = 0; v < 0x10000; v++) {
			/* the last two bytes stand for all: both good, one good, none */
			for (unsigned tail = 0; tail < 4; tail++) {
				s[0] = (unsigned char)first;
				s[1] = (unsigned char)(v >> 8);
				s[2] = (unsigned char)v;
				s[3] = tail == 0   ? 0x80
				       : tail == 1 ? 0xbf
				       : tail == 2 ? 0x7f
						   : 0xc0;
				found += text_decode((const char *)s, 4, &cp) == 4;
			}
		}
	/* 16 planes of 65536, 64 per last byte, two of which were tried */
	is_int(found, 16 * 65536 / 64 * 2,
	       "forms of four bytes: none beyond U+10FFFF, none overlong");
}

static bool is_forbidden(utf8proc_category_t category)
{
	return category == UTF8PROC_CATEGORY_CC || category == UTF8PROC_CATEGORY_CF ||
	       category == UTF8PROC_CATEGORY_ZL || category == UTF8PROC_CATEGORY_ZP ||
	       category == UTF8PROC_CATEGORY_CO || category == UTF8PROC_CATEGORY_CS ||
	       category == UTF8PROC_CATEGORY_CN;
}

/* Each code point between two letters, as a hostile payee would place it. */
static void test_gate_every_code_point(void)
{
	int passed = 0, unsafe = 0, unstable = 0, unprintable = 0;
	char s[6] = "a";
	struct buf once, twice;
	uint32_t cp, got;

	buf_init(&once, 0);
	buf_init(&twice, 0);
	for (cp = 0; cp <= 0x10ffff; cp++) {
		size_t n = text_encode(cp, s + 1);

		if (n == 0)
			continue;
		s[1 + n] = 'b';
		buf_clear(&once);
		buf_clear(&twice);
		text_gate(&once, s, n + 2, GATE_ONE_LINE);
		text_gate(&twice, once.data, once.len, GATE_ONE_LINE);
		unstable += strcmp(once.data, twice.data) != 0;
		for (size_t at = 0; at < once.len;) {
			at += text_decode(once.data + at, once.len - at, &got);
			unsafe += is_forbidden(utf8proc_category((utf8proc_int32_t)got));
			unprintable += wcwidth((wchar_t)got) < 0;
		}
		passed += once.len == n + 2 && !memcmp(once.data, s, n + 2);
	}
	is_int(unsafe, 0, "no Cc, Cf, Zl, Zp, Co, Cs or Cn comes out");
	is_int(unprintable, 0, "nor anything that the terminal has no width for");
	is_int(unstable, 0, "a second pass changes nothing");
	ok(passed > 130000 && passed < 150000, "letters, ideographs and signs pass whole (%d)",
	   passed);
	buf_release(&once);
	buf_release(&twice);
}

static void is_gated(const char *in, size_t n, enum gate_flags flags, const char *want,
		     const char *what)
{
	struct buf b;

	buf_init(&b, 0);
	text_gate(&b, in, n, flags);
	is_str(b.data, want, "%s", what);
	buf_release(&b);
}

static void test_gate(void)
{
	static const struct {
		const char *in, *want, *what;
	} rows[] = {
		{ "王小明 Anna Schmidt é", "王小明 Anna Schmidt é", "names pass" },
		{ "e\xcc\x81", "e\xcc\x81", "a combining accent passes" },
		{ "a\x1b[31mb", "a" FFFD "[31mb", "an escape sequence" },
		{ "a\x1b]0;title\x07z", "a" FFFD "]0;title" FFFD "z", "a title sequence" },
		{ "a\xc2\x9b"
		  "31m",
		  "a" FFFD "31m", "C1 in UTF-8" },
		{ "a\x9b"
		  "31m",
		  "a" FFFD "31m", "C1 as a raw byte" },
		{ "a\rb\tc\nd\be\x7f", "a b c d" FFFD "e" FFFD, "movements" },
		{ "a\xe2\x80\xae"
		  "b",
		  "a" FFFD "b", "a bidi override" },
		{ "pay\xe2\x80\x8b"
		  "ee",
		  "pay" FFFD "ee", "a zero-width space" },
		{ "a\xe2\x80\xa8"
		  "b",
		  "a" FFFD "b", "a line separator" },
		{ "\xe3\x85\xa4", FFFD, "an invisible Hangul filler" },
		{ "\xee\x80\x80", FFFD, "private use" },
		{ "\xef\xbf\xbf", FFFD, "a noncharacter" },
		{ "\xed\xa0\x80", FFFD FFFD FFFD, "a surrogate" },
		{ "\xc0\x80", FFFD FFFD, "an overlong NUL" },
		{ "a\xc2\xa0"
		  "b",
		  "a b", "a no-break space becomes a space" },
		{ "a\xe3\x80\x80"
		  "b",
		  "a\xe3\x80\x80"
		  "b",
		  "an ideographic space stays" },
		{ "\xe2\x9d\xa4\xef\xb8\x8f", "\xe2\x9d\xa4", "a variation selector goes" },
		{ "\xcc\x81x", FFFD "x", "an accent without a base" },
		{ "a\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81",
		  "a\xcc\x81\xcc\x81\xcc\x81\xcc\x81" FFFD "\xcc\x81", "the fifth accent" },
		{ FFFD, FFFD, "the replacement itself" },
		{ "", "", "nothing" },
	};

	for (size_t i = 0; i < COUNT(rows); i++)
		is_gated(rows[i].in, strlen(rows[i].in), GATE_ONE_LINE, rows[i].want, rows[i].what);
	is_gated("a\0b", 3, GATE_ONE_LINE, "a" FFFD "b", "NUL");
	is_gated("a\nb\x1b", 4, GATE_LINES, "a\nb" FFFD, "lines, if asked for");
	is_gated("a\n\xcc\x81", 4, GATE_LINES, "a\n" FFFD, "no accent on a newline");
	char *gated = text_gated("x\x1b", GATE_ONE_LINE);

	is_str(gated, "x" FFFD, "into a string");
	free(gated);
}

static void test_columns(void)
{
	int columns = -1, used = 0;
	struct buf b;

	is_int(text_columns("abc"), 3, "ASCII");
	is_int(text_columns("人民币"), 6, "Chinese takes two each");
	is_int(text_columns("e\xcc\x81"), 1, "an accent takes none");
	is_int(text_columns("a\nb"), 2, "a newline takes none");
	is_int(text_columns("ﾊﾟ"), 2, "half-width kana");
	is_int((long long)text_cluster("e\xcc\x81x", &columns), 3,
	       "an accented letter is one cluster");
	is_int(columns, 1, "of one column");
	is_int((long long)text_cluster("王x", &columns), 3, "an ideograph");
	is_int(columns, 2, "of two");
	is_int((long long)text_cluster("\xf0\x9f\x87\xa9\xf0\x9f\x87\xaa!", &columns), 8,
	       "a flag is one cluster");
	is_int(columns, 2, "of two");
	is_int((long long)text_cluster("\xf0\x9f\x91\x8d\xf0\x9f\x8f\xbd", &columns), 4,
	       "an emoji without its tone");
	is_int(columns, 2, "never more than two");
	is_int((long long)text_cluster("", &columns), 0, "the end");
	is_int((long long)text_fit("人民币", 3, &used), 3, "three columns hold one ideograph");
	is_int(used, 2, "and one stays free");
	is_int((long long)text_fit("abc", 0, NULL), 0, "none hold nothing");
	buf_init(&b, 0);
	text_add_padded(&b, "人民币", 5, TEXT_LEFT);
	buf_putc(&b, '|');
	text_add_padded(&b, "人民币", 4, TEXT_LEFT);
	buf_putc(&b, '|');
	text_add_padded(&b, "12", 5, TEXT_RIGHT);
	buf_putc(&b, '|');
	text_add_padded(&b, "ab", 5, TEXT_CENTRE);
	buf_putc(&b, '|');
	text_add_padded(&b, "abc", 1, TEXT_LEFT);
	buf_putc(&b, '|');
	text_add_padded(&b, "abc", 0, TEXT_LEFT);
	is_str(b.data, "人民…|人… |   12| ab  |…|", "cut and padded to the column");
	buf_release(&b);
}

static void is_wrapped(const char *s, int columns, const char *want)
{
	struct buf b;
	size_t skip, n;
	const char *at = s;

	buf_init(&b, 0);
	while (*at) {
		n = text_wrap(at, columns, &skip);
		if (n + skip == 0)
			break;
		buf_add(&b, at, n);
		at += n + skip;
		if (*at)
			buf_putc(&b, '|');
	}
	is_str(b.data, want, "\"%s\" in %d columns", s, columns);
	buf_release(&b);
}

static void test_wrap(void)
{
	is_wrapped("pay the rent today", 8, "pay the|rent|today");
	is_wrapped("pay  the", 4, "pay|the");
	is_wrapped("abcdefgh", 3, "abc|def|gh");
	is_wrapped("a abcdefgh", 4, "a|abcd|efgh");
	is_wrapped("one\ntwo", 10, "one|two");
	is_wrapped("one\n\ntwo", 10, "one||two");
	is_wrapped("one\ntwo", 3, "one|two");
	is_wrapped("one \ntwo", 3, "one|two");
	is_wrapped("人民币账户", 4, "人民|币账|户");
	is_wrapped("人民币账户", 5, "人民|币账|户");
	is_wrapped("中文。好", 4, "中|文。|好");
	is_wrapped("好（中）", 4, "好|（中|）");
	is_wrapped("转账abc到", 7, "转账abc|到");
	is_wrapped("转账abc到", 6, "转账|abc到");
	is_wrapped("。。。", 2, "。|。|。");
	is_wrapped("王", 1, "王");
	is_wrapped("", 5, "");
}

static void is_masked(char *got, const char *want)
{
	is_str(got, want, "masked as %s", want);
	free(got);
}

static void test_search_and_masks(void)
{
	ok(text_contains("Rent March", "rent"), "without case");
	ok(text_contains("Ｒｅｎｔ　３", "rent 3"), "full-width is the same");
	ok(text_contains("房租三月", "租"), "Chinese");
	ok(!text_contains("房租", "水"), "what is not there");
	ok(text_begins("Ｒｅｎｔ March", "rent"), "at the beginning");
	ok(!text_begins("rent", "rent march") && !text_begins("the rent", "rent"), "no less and no later");
	ok(text_contains("abc", ""), "nothing is everywhere");
	ok(!text_contains("", "a"), "nowhere in nothing");
	is_masked(text_mask_tail("6228480000003456", 4), "**** 3456");
	is_masked(text_mask_tail("6228 4800 0000 34 56", 4), "**** 3456");
	is_masked(text_mask_tail("3456", 4), "****");
	is_masked(text_mask_tail("", 4), "****");
	is_masked(text_mask_tail("13800001234", 0), "****");
	is_masked(text_mask_name("王小明"), "*小明");
	is_masked(text_mask_name("张三"), "*三");
	is_masked(text_mask_name("王"), "*");
	is_masked(text_mask_name("Anna Schmidt"), "A*** S******");
	is_masked(text_mask_name("X Æon"), "* Æ**");
	is_masked(text_mask_name(""), "");
}

int main(void)
{
	text_locale_init();
	test_utf8();
	test_invalid_forms();
	test_invalid_four();
	test_gate_every_code_point();
	test_gate();
	test_columns();
	test_wrap();
	test_search_and_masks();
	return done();
}
