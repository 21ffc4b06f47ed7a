/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What may leave for a terminal, a receipt, a log or speech; and what of it others may see. */
#include <locale.h>
#include <pthread.h>
#include <string.h>
#include <utf8proc.h>
#include <wctype.h>

#include "base/text.h"

#define REPLACEMENT	 0xfffd
#define REPLACEMENT_UTF8 "\xef\xbf\xbd"
#define MARKS_MAX	 4

enum gate_class { GATE_REFUSED, GATE_SPACE, GATE_DROPPED, GATE_MARK, GATE_BASE };

/* Only what a category is listed for passes: a new Unicode version adds nothing by itself. */
static const unsigned char gate_by_category[] = {
	[UTF8PROC_CATEGORY_CN] = GATE_REFUSED, [UTF8PROC_CATEGORY_LU] = GATE_BASE,
	[UTF8PROC_CATEGORY_LL] = GATE_BASE,    [UTF8PROC_CATEGORY_LT] = GATE_BASE,
	[UTF8PROC_CATEGORY_LM] = GATE_BASE,    [UTF8PROC_CATEGORY_LO] = GATE_BASE,
	[UTF8PROC_CATEGORY_MN] = GATE_MARK,    [UTF8PROC_CATEGORY_MC] = GATE_MARK,
	[UTF8PROC_CATEGORY_ME] = GATE_MARK,    [UTF8PROC_CATEGORY_ND] = GATE_BASE,
	[UTF8PROC_CATEGORY_NL] = GATE_BASE,    [UTF8PROC_CATEGORY_NO] = GATE_BASE,
	[UTF8PROC_CATEGORY_PC] = GATE_BASE,    [UTF8PROC_CATEGORY_PD] = GATE_BASE,
	[UTF8PROC_CATEGORY_PS] = GATE_BASE,    [UTF8PROC_CATEGORY_PE] = GATE_BASE,
	[UTF8PROC_CATEGORY_PI] = GATE_BASE,    [UTF8PROC_CATEGORY_PF] = GATE_BASE,
	[UTF8PROC_CATEGORY_PO] = GATE_BASE,    [UTF8PROC_CATEGORY_SM] = GATE_BASE,
	[UTF8PROC_CATEGORY_SC] = GATE_BASE,    [UTF8PROC_CATEGORY_SK] = GATE_BASE,
	[UTF8PROC_CATEGORY_SO] = GATE_BASE,    [UTF8PROC_CATEGORY_ZS] = GATE_SPACE,
	[UTF8PROC_CATEGORY_ZL] = GATE_REFUSED, [UTF8PROC_CATEGORY_ZP] = GATE_REFUSED,
	[UTF8PROC_CATEGORY_CC] = GATE_REFUSED, [UTF8PROC_CATEGORY_CF] = GATE_REFUSED,
	[UTF8PROC_CATEGORY_CS] = GATE_REFUSED, [UTF8PROC_CATEGORY_CO] = GATE_REFUSED,
};

static bool is_conjoining(uint32_t cp) /* Hangul vowels and finals: no width of their own */
{
	return (cp >= 0x1160 && cp <= 0x11ff) || (cp >= 0xd7b0 && cp <= 0xd7ff);
}

static locale_t utf8_locale;

static void utf8_locale_init(void)
{
	utf8_locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
}

/*
 * utf8proc may know a newer Unicode than the C library, and so than ncurses, which then has no
 * width for a character. The answer does not depend on the process's locale: bankd and the client
 * gate alike.
 */
static bool is_drawable(uint32_t cp)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	pthread_once(&once, utf8_locale_init);
	return !utf8_locale || iswprint_l((wint_t)cp, utf8_locale);
}

static enum gate_class classify_ascii(uint32_t cp)
{
	if (cp > ' ' && cp < 0x7f)
		return GATE_BASE;
	return cp && strchr(" \t\n\v\f\r", (int)cp) ? GATE_SPACE : GATE_REFUSED;
}

static enum gate_class classify(uint32_t cp)
{
	const utf8proc_property_t *property;
	enum gate_class class;

	if (cp < 0x80)
		return classify_ascii(cp);
	if (cp == 0x3000)
		return GATE_BASE; /* the ideographic space is a full cell of Chinese layout */
	if ((cp >= 0xfe00 && cp <= 0xfe0f) || (cp >= 0xe0100 && cp <= 0xe01ef))
		return GATE_DROPPED;
	property = utf8proc_get_property((utf8proc_int32_t)cp);
	class = gate_by_category[property->category];
	/* ignorable is invisible, whatever its category: Hangul fillers, joiners, tags */
	if (property->ignorable || ((class == GATE_BASE || class == GATE_MARK) && !is_drawable(cp)))
		return GATE_REFUSED;
	return class == GATE_BASE && is_conjoining(cp) ? GATE_MARK : class;
}

struct gate {
	struct buf *out;
	enum gate_flags flags;
	int marks; /* on the current base; MARKS_MAX when there is no base yet */
};

static int gate_one(struct gate *g, uint32_t cp, const char *bytes, size_t n)
{
	enum gate_class class = classify(cp);

	if (cp == '\n' && (g->flags & GATE_LINES)) {
		g->marks = MARKS_MAX;
		return buf_putc(g->out, '\n');
	}
	if (class == GATE_DROPPED)
		return 0;
	if (class == GATE_MARK && g->marks < MARKS_MAX) {
		g->marks++;
		return buf_add(g->out, bytes, n);
	}
	g->marks = 0;
	if (class == GATE_SPACE)
		return buf_putc(g->out, ' ');
	if (class == GATE_BASE && cp != REPLACEMENT)
		return buf_add(g->out, bytes, n);
	return buf_puts(g->out, REPLACEMENT_UTF8);
}

int text_gate(struct buf *out, const char *s, size_t n, enum gate_flags flags)
{
	struct gate g = { .out = out, .flags = flags, .marks = MARKS_MAX };
	size_t length;
	uint32_t cp;
	int r;

	for (; n > 0; s += length, n -= length) {
		length = text_decode(s, n, &cp);
		r = gate_one(&g, cp, s, length);
		if (r < 0)
			return r;
	}
	return 0;
}

char *text_gated(const char *s, enum gate_flags flags)
{
	struct buf out;

	buf_init(&out, 0);
	text_gate(&out, s, strlen(s), flags);
	return buf_detach(&out);
}

/* What a search sees as the same: ASCII letters of both cases, full-width and half-width forms. */
static size_t folded(const char *s, uint32_t *ret)
{
	size_t n = text_decode(s, strnlen(s, 4), ret);

	if (*ret >= 0xff01 && *ret <= 0xff5e)
		*ret -= 0xff01 - '!';
	else if (*ret == 0x3000)
		*ret = ' ';
	if (*ret >= 'A' && *ret <= 'Z')
		*ret += 'a' - 'A';
	return n;
}

bool text_begins(const char *s, const char *prefix)
{
	uint32_t a, b;

	while (*prefix) {
		if (!*s)
			return false;
		s += folded(s, &a);
		prefix += folded(prefix, &b);
		if (a != b)
			return false;
	}
	return true;
}

bool text_contains(const char *haystack, const char *needle)
{
	uint32_t cp;

	while (!text_begins(haystack, needle)) {
		if (!*haystack)
			return false;
		haystack += text_decode(haystack, strnlen(haystack, 4), &cp);
	}
	return true;
}

char *text_mask_tail(const char *s, int tail)
{
	size_t at = strlen(s);
	struct buf out;

	for (int left = tail; left > 0 && at > 0;) {
		do
			at--;
		while (at > 0 && ((unsigned char)s[at] & 0xc0) == 0x80);
		left -= s[at] != ' ';
	}
	buf_init(&out, 0);
	buf_puts(&out, "****");
	if (at > 0 && tail > 0) {
		buf_putc(&out, ' ');
		for (const char *rest = s + at; *rest; rest++)
			if (*rest != ' ')
				buf_putc(&out, *rest);
	}
	return buf_detach(&out);
}

static bool is_ideograph(uint32_t cp)
{
	return cp >= 0x2e80 && utf8proc_charwidth((utf8proc_int32_t)cp) == 2;
}

char *text_mask_name(const char *s)
{
	bool is_first = true, is_cjk = false, keeps;
	uint32_t cp, next;
	struct buf out;
	size_t n;

	buf_init(&out, 0);
	text_decode(s, strnlen(s, 4) + 1, &cp);
	is_cjk = is_ideograph(cp);
	for (; *s; s += n) {
		n = text_decode(s, strnlen(s, 4), &cp);
		next = (unsigned char)s[n];
		/* Chinese hides the first character; elsewhere each word keeps its first, unless
		 * that is all of it. */
		keeps = is_cjk ? !is_first : cp == ' ' || (is_first && next && next != ' ');
		if (keeps)
			buf_add(&out, s, n);
		else
			buf_putc(&out, '*');
		is_first = !is_cjk && cp == ' ';
	}
	return buf_detach(&out);
}
