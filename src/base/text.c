/* SPDX-License-Identifier: GPL-3.0-or-later */
/* UTF-8, columns and lines; the gate is text_gate.c. */
#include "base/text.h"

#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <string.h>
#include <utf8proc.h>
#include <wchar.h>

#define REPLACEMENT 0xfffd
#define ELLIPSIS    "\xe2\x80\xa6"

/* The lengths of UTF-8 by RFC 3629, table 3-7 of Unicode: the second byte's range depends on the
 * first. */
static const struct utf8_form {
	unsigned char first_low, first_high, second_low, second_high;
	unsigned char length;
} utf8_forms[] = {
	{ 0xc2, 0xdf, 0x80, 0xbf, 2 }, { 0xe0, 0xe0, 0xa0, 0xbf, 3 }, { 0xe1, 0xec, 0x80, 0xbf, 3 },
	{ 0xed, 0xed, 0x80, 0x9f, 3 }, { 0xee, 0xef, 0x80, 0xbf, 3 }, { 0xf0, 0xf0, 0x90, 0xbf, 4 },
	{ 0xf1, 0xf3, 0x80, 0xbf, 4 }, { 0xf4, 0xf4, 0x80, 0x8f, 4 },
};

static const struct utf8_form *form_of(unsigned char first)
{
	for (size_t i = 0; i < COUNT(utf8_forms); i++)
		if (first >= utf8_forms[i].first_low && first <= utf8_forms[i].first_high)
			return &utf8_forms[i];
	return NULL;
}

/* Length of the well-formed sequence at s, 0 when there is none. */
static size_t decode(const char *s, size_t n, uint32_t *ret)
{
	const unsigned char *u = (const unsigned char *)s;
	const struct utf8_form *form;
	uint32_t cp;

	if (u[0] < 0x80) {
		*ret = u[0];
		return 1;
	}
	form = form_of(u[0]);
	if (!form || form->length > n || u[1] < form->second_low || u[1] > form->second_high)
		return 0;
	cp = u[0] & (0x7fu >> form->length);
	for (size_t i = 1; i < form->length; i++) {
		if ((u[i] & 0xc0) != 0x80)
			return 0;
		cp = cp << 6 | (u[i] & 0x3f);
	}
	*ret = cp;
	return form->length;
}

bool text_is_utf8(const char *s, size_t n)
{
	uint32_t cp;
	size_t length;

	for (; n > 0; s += length, n -= length) {
		length = decode(s, n, &cp);
		if (length == 0)
			return false;
	}
	return true;
}

size_t text_decode(const char *s, size_t n, uint32_t *ret)
{
	size_t length = decode(s, n, ret);

	if (length == 0) {
		*ret = REPLACEMENT;
		return 1;
	}
	return length;
}

size_t text_encode(uint32_t cp, char out[4])
{
	utf8proc_ssize_t n;

	if (cp > 0x10ffff || (cp >= 0xd800 && cp <= 0xdfff))
		return 0;
	n = utf8proc_encode_char((utf8proc_int32_t)cp, (utf8proc_uint8_t *)out);
	return n > 0 ? (size_t)n : 0;
}

/* What wcwidth does not know is drawn by terminals in one cell; controls never get here but '\n'.
 */
static int columns_of(uint32_t cp)
{
	int columns;

	if (cp < 0x7f)
		return cp >= ' ';
	columns = wcwidth((wchar_t)cp);
	return columns >= 0 ? columns : 1;
}

/* Like strlen, but no further than any cluster or line needs to look for the next code point. */
static size_t bytes_ahead(const char *s)
{
	return strnlen(s, 4);
}

/* U+4000 to U+9FFF. Between two of these, and between one and ASCII, a cluster always ends. */
static bool is_ideograph(const char *s)
{
	return (unsigned char)*s >= 0xe4 && (unsigned char)*s <= 0xe9;
}

/* Nothing combines two ASCII characters, and most clusters are one: this is every painted cell. */
static bool is_single(const char *s)
{
	return *s >= ' ' && *s < 0x7f && (signed char)s[1] >= 0;
}

size_t text_cluster(const char *s, int *ret_columns)
{
	utf8proc_int32_t state = 0;
	uint32_t cp, next;
	size_t length, n;
	int columns;

	if (!*s) {
		*ret_columns = 0;
		return 0;
	}
	if (is_single(s)) {
		*ret_columns = 1;
		return 1;
	}
	length = text_decode(s, bytes_ahead(s), &cp);
	columns = columns_of(cp);
	if (is_ideograph(s) && (is_ideograph(s + length) || (signed char)s[length] >= 0)) {
		*ret_columns = columns;
		return length;
	}
	while (s[length]) {
		n = text_decode(s + length, bytes_ahead(s + length), &next);
		if (utf8proc_grapheme_break_stateful((utf8proc_int32_t)cp, (utf8proc_int32_t)next,
						     &state))
			break;
		/* ncurses draws each spacing character by itself: no more of them than a cell pair
		 * holds */
		if (columns + columns_of(next) > 2)
			break;
		columns += columns_of(next);
		length += n;
		cp = next;
	}
	*ret_columns = columns;
	return length;
}

int text_columns(const char *s)
{
	int columns = 0;
	uint32_t cp;

	while (*s) {
		s += text_decode(s, bytes_ahead(s), &cp);
		columns += columns_of(cp);
	}
	return columns;
}

size_t text_fit(const char *s, int columns, int *ret_columns)
{
	size_t bytes = 0, n;
	int used = 0, width = 1;

	for (;;) {
		n = is_single(s + bytes) ? 1 : text_cluster(s + bytes, &width);
		if (!n || used + width > columns)
			break;
		bytes += n;
		used += width;
		width = 1;
	}
	if (ret_columns)
		*ret_columns = used;
	return bytes;
}

int text_add_padded(struct buf *out, const char *s, int columns, enum text_align align)
{
	int used, gap, before;
	size_t bytes = text_fit(s, columns, &used);
	bool is_cut = s[bytes] != '\0' && columns > 0;

	if (is_cut) {
		bytes = text_fit(s, columns - 1, &used);
		used++;
	}
	gap = columns > used ? columns - used : 0;
	before = align == TEXT_LEFT ? 0 : align == TEXT_RIGHT ? gap : gap / 2;
	buf_pad(out, ' ', (size_t)before);
	buf_add(out, s, bytes);
	if (is_cut)
		buf_puts(out, ELLIPSIS);
	return buf_pad(out, ' ', (size_t)(gap - before));
}

/* No line begins with one of these, none ends with one of those (the core of JIS X 4051 and GB/T
 * 15834). */
static const char closing[] = "、。，．：；？！）】》〉」』〕〗”’％…—·,.:;?!)]}%";
static const char opening[] = "（【《〈「『〔〖“‘￥([{";

static bool is_among(const char *set, const char *s, size_t n)
{
	return memmem(set, strlen(set), s, n) != NULL;
}

/* A line may break beside these anywhere: CJK ideographs, kana and full-width forms. */
static bool is_wide(uint32_t cp)
{
	return cp >= 0x2e80 && utf8proc_charwidth((utf8proc_int32_t)cp) == 2;
}

struct wrap {
	const char *s;
	size_t at;    /* behind the last cluster taken */
	size_t last;  /* where the last cluster begins */
	size_t bytes; /* the last place to break, 0 for none yet, and where the next line begins */
	size_t next;
};

/* May a line end between the cluster at `last` and the one of n bytes at `at`? */
static bool breaks_between(const struct wrap *w, size_t n)
{
	uint32_t before, after;

	text_decode(w->s + w->last, bytes_ahead(w->s + w->last), &before);
	text_decode(w->s + w->at, bytes_ahead(w->s + w->at), &after);
	if (!is_wide(before) && !is_wide(after))
		return false;
	return !is_among(opening, w->s + w->last, w->at - w->last) &&
	       !is_among(closing, w->s + w->at, n);
}

static size_t behind_spaces(const char *s, size_t at)
{
	at += strspn(s + at, " ");
	return s[at] == '\n' ? at + 1 : at;
}

size_t text_wrap(const char *s, int columns, size_t *ret_skip)
{
	struct wrap w = { .s = s };
	int used = 0, width;
	size_t n;

	*ret_skip = 0;
	while ((n = text_cluster(s + w.at, &width)) > 0) {
		if (s[w.at] == '\n') {
			*ret_skip = 1;
			return w.at;
		}
		if (s[w.at] == ' ') {
			if (w.at > 0 && s[w.last] != ' ') {
				w.bytes = w.at;
				w.next = behind_spaces(s, w.at);
			}
		} else if (w.at > 0 && s[w.last] != ' ' && breaks_between(&w, n)) {
			w.bytes = w.next = w.at;
		}
		if (used + width > columns && w.at > 0) {
			*ret_skip = w.bytes ? w.next - w.bytes : 0;
			return w.bytes ? w.bytes : w.at;
		}
		used += width;
		w.last = w.at;
		w.at += n;
	}
	return w.at;
}

void text_locale_init(void)
{
	if (!setlocale(LC_ALL, "") || strcmp(nl_langinfo(CODESET), "UTF-8") != 0)
		setlocale(LC_ALL, "C.UTF-8");
}
