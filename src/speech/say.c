/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "speech/say.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/catalogue.h"
#include "base/text.h"
#include "page/page_text.h"

static const char *const numerals[10] = {
	"零", "一", "二", "三", "四", "五", "六", "七", "八", "九"
};

#define ZH_AMOUNT_MAX 1000000000000000 /* minor units; more has no everyday reading */

/* One group of four digits; needs_zero: a higher group stands before it. */
static void say_group_zh(int n, bool needs_zero, struct buf *out)
{
	static const char *const units[4] = { "千", "百", "十", "" };
	bool is_pending = needs_zero && n < 1000, has_said = false;

	for (int i = 0, by = 1000; i < 4; i++, by /= 10) {
		int digit = n / by % 10;

		if (!digit) {
			is_pending |= has_said;
			continue;
		}
		if (is_pending)
			buf_puts(out, numerals[0]);
		is_pending = false;
		/* 十, not 一十, at the beginning of a number. */
		if (!(digit == 1 && by == 10 && !has_said && !needs_zero))
			buf_puts(out, numerals[digit]);
		buf_puts(out, units[i]);
		has_said = true;
	}
}

int say_number_zh(int64_t n, struct buf *out)
{
	static const struct {
		int64_t size;
		const char *unit;
	} groups[] = { { 1000000000000, "万亿" }, { 100000000, "亿" }, { 10000, "万" }, { 1, "" } };
	bool has_said = false, was_empty = false;

	if (n == 0)
		return buf_puts(out, numerals[0]);
	for (size_t i = 0; i < COUNT(groups); i++) {
		int group = (int)(n / groups[i].size % 10000);

		if (!group) {
			was_empty = has_said;
			continue;
		}
		if (was_empty && group >= 1000)
			buf_puts(out, numerals[0]);
		say_group_zh(group, has_said, out);
		buf_puts(out, groups[i].unit);
		has_said = true;
		was_empty = false;
	}
	return out->failed ? -EMSGSIZE : 0;
}

static int say_yuan_zh(int64_t fen, struct buf *out)
{
	int jiao = (int)(fen / 10 % 10), rest = (int)(fen % 10);

	if (fen >= 100 || fen == 0) {
		say_number_zh(fen / 100, out);
		buf_puts(out, "元");
	}
	if (jiao) {
		buf_puts(out, numerals[jiao]);
		buf_puts(out, "角");
	} else if (rest && fen >= 100) {
		buf_puts(out, numerals[0]);
	}
	if (rest) {
		buf_puts(out, numerals[rest]);
		buf_puts(out, "分");
	}
	return out->failed ? -EMSGSIZE : 0;
}

static int say_yuan_en(int64_t fen, struct buf *out)
{
	char yuan[COUNT_TEXT_MAX];
	int rest = (int)(fen % 100);

	if (fen >= 100 || fen == 0)
		buf_printf(out, "%s yuan", count_text(fen / 100, yuan));
	if (rest)
		buf_printf(out, "%s%d fen", fen >= 100 ? " and " : "", rest);
	return out->failed ? -EMSGSIZE : 0;
}

int say_amount(const struct money *m, bool is_chinese, struct buf *out)
{
	char shown[MONEY_TEXT_MAX];
	int64_t fen;

	if (strcmp(m->currency, "CNY") != 0 || m->minor <= -ZH_AMOUNT_MAX ||
	    m->minor >= ZH_AMOUNT_MAX)
		return buf_printf(out, "%s %s", money_show(m, shown), m->currency);
	fen = m->minor < 0 ? -m->minor : m->minor;
	if (m->minor < 0)
		buf_puts(out, is_chinese ? "负" : "minus ");
	return is_chinese ? say_yuan_zh(fen, out) : say_yuan_en(fen, out);
}

int say_digits(const char *s, bool is_chinese, struct buf *out)
{
	bool is_first = true;

	while (*s) {
		int columns;
		size_t n = text_cluster(s, &columns);

		if (*s != ' ') {
			if (!is_chinese && !is_first)
				buf_putc(out, ' ');
			is_first = false;
			if (*s >= '0' && *s <= '9' && is_chinese)
				buf_puts(out, numerals[*s - '0']);
			else if (*s == '*')
				buf_puts(out, is_chinese ? "星" : "star");
			else
				buf_add(out, s, n);
		}
		s += n;
	}
	return out->failed ? -EMSGSIZE : 0;
}

/*
 * Amounts as pages show them ("¥1,234.50", "-12.00 CNY"): their money, when the whole text is one.
 * Only yuan: a voice reads other currencies' digits well enough.
 */
static bool find_amount(const char *s, struct money *ret)
{
	char digits[MONEY_TEXT_MAX];
	size_t n = 0, len = strlen(s);
	bool is_negative = false, is_yuan = false;

	if (len >= 4 && !strcmp(s + len - 4, " CNY")) {
		len -= 4;
		is_yuan = true;
	}
	for (size_t i = 0; i < len; i++) {
		if ((s[i] == '+' || s[i] == '-') && !n && !is_negative)
			is_negative = s[i] == '-';
		else if (!n && !strncmp(s + i, "¥", strlen("¥"))) {
			is_yuan = true;
			i += strlen("¥") - 1;
		} else if (((s[i] >= '0' && s[i] <= '9') || s[i] == '.') && n + 1 < sizeof(digits))
			digits[n++] = s[i];
		else if (s[i] != ',' || !n)
			return false;
	}
	digits[n] = '\0';
	if (!is_yuan || money_parse(digits, "CNY", ret) < 0)
		return false;
	if (is_negative)
		ret->minor = -ret->minor;
	return true;
}

/* "6222 **** **** 9008", 13800138000: many digits with no point are no number that one reads as a
 * whole. */
static bool is_code(const char *s)
{
	size_t digits = 0;

	for (const char *at = s; *at; at++) {
		if (!strchr("0123456789* ", *at))
			return false;
		digits += *at != ' ';
	}
	return digits > 4;
}

static void say_value(const char *s, bool is_chinese, struct buf *out)
{
	struct money m;

	if (find_amount(s, &m))
		say_amount(&m, is_chinese, out);
	else if (is_code(s))
		say_digits(s, is_chinese, out);
	else
		buf_puts(out, s);
}

/* Sentences are kept apart by a full stop, so that voices pause; a text that has its own gets no
 * second. */
static void stop(bool is_chinese, struct buf *out)
{
	static const char *const ends[] = { ".", "?", "!", ":", "。", "？", "！", "：" };

	for (size_t i = 0; i < COUNT(ends); i++) {
		size_t n = strlen(ends[i]);

		if (out->len >= n && !memcmp(out->data + out->len - n, ends[i], n)) {
			buf_puts(out, is_chinese ? "" : " ");
			return;
		}
	}
	buf_puts(out, is_chinese ? "。" : ". ");
}

static void say_pair(const char *label, const char *value, bool is_chinese, struct buf *out)
{
	buf_puts(out, label);
	buf_puts(out, is_chinese ? "，" : ", ");
	say_value(value, is_chinese, out);
	stop(is_chinese, out);
}

static void say_place(size_t at, size_t count, bool is_chinese, struct buf *out)
{
	char text[80];

	snprintf(text, sizeof(text), _("%zu of %zu"), at + 1, count);
	buf_puts(out, text);
	stop(is_chinese, out);
}

static void say_item(const struct block *b, const struct focus_place *place, bool is_chinese,
		     struct buf *out)
{
	size_t at = 0;

	for (size_t i = 0; i < b->item_count; i++)
		if (!strcmp(b->items[i].id, place->item))
			at = i;
	buf_puts(out, b->items[at].title);
	if (b->items[at].flags & ITEM_DISABLED)
		buf_printf(out, "%s%s", is_chinese ? "，" : ", ", _("cannot be chosen"));
	if (b->items[at].detail)
		buf_printf(out, "%s%s", is_chinese ? "，" : ", ", b->items[at].detail);
	stop(is_chinese, out);
	say_place(at, b->item_count, is_chinese, out);
}

/* What a field holds: a secret says only how much was typed. */
static void say_input(const struct block *b, const struct field *f, const struct inputs *in,
		      bool is_chinese, struct buf *out)
{
	_cleanup_(buf_release) struct buf shown;
	char text[80];

	buf_init(&shown, 0);
	if (f->input == FIELD_SECRET || f->input == FIELD_PIN) {
		const struct secret *s = in ? inputs_secret(in, b->id, f->name) : NULL;
		size_t n = s ? secret_characters(s) : 0;

		snprintf(text, sizeof(text),
			 ngettext("%zu character typed", "%zu characters typed", n), n);
		buf_puts(out, text);
		return;
	}
	field_shown(b, f, in, &shown);
	if (*shown.data)
		say_value(shown.data, is_chinese, out);
	else
		buf_puts(out, _("empty"));
}

static void say_field(const struct block *b, const struct focus_place *place,
		      const struct inputs *in, bool is_chinese, struct buf *out)
{
	const struct field *f = &b->fields[0];

	for (size_t i = 0; i < b->field_count; i++)
		if (!strcmp(b->fields[i].name, place->item))
			f = &b->fields[i];
	buf_puts(out, f->title);
	buf_puts(out, is_chinese ? "，" : ", ");
	say_input(b, f, in, is_chinese, out);
	stop(is_chinese, out);
	if (f->error)
		say_pair(tone_word(TONE_ERROR), f->error, is_chinese, out);
	if (f->hint) {
		buf_puts(out, f->hint);
		stop(is_chinese, out);
	}
}

static void say_row(const struct block *b, const struct focus_place *place, bool is_chinese,
		    struct buf *out)
{
	int64_t count = b->source.count(b->source.data);
	struct row row = { 0 };

	if (place->row < 0 || place->row >= count ||
	    !b->source.row(b->source.data, place->row, &row))
		return;
	for (size_t c = 0; c < b->column_count; c++) {
		char value[512];

		if (!row.text[c] || !*row.text[c])
			continue;
		snprintf(value, sizeof(value), "%s%s", tone_sign(row.tone[c], row.text[c]),
			 row.text[c]);
		say_pair(b->columns[c].title, value, is_chinese, out);
	}
	say_place((size_t)place->row, (size_t)count, is_chinese, out);
}

/* The document's line where the person is. */
static void say_line(const struct block *b, const struct focus_place *place, struct buf *out)
{
	const char *at = b->text;

	for (int64_t i = 0; i < place->row && strchr(at, '\n'); i++)
		at = strchr(at, '\n') + 1;
	buf_add(out, at, strcspn(at, "\n"));
}

int say_focus(const struct page *p, const struct view *view, bool is_chinese, struct buf *out)
{
	const struct block *b = view->focus ? page_block(p, view->focus->block) : NULL;
	const struct focus_place *place = b ? focus_place(view->focus, b->id) : NULL;

	if (!b || !block_takes_focus(b))
		return 0;
	if (b->kind == BLOCK_MENU || b->kind == BLOCK_ACTIONS)
		say_item(b, place, is_chinese, out);
	else if (b->kind == BLOCK_FORM)
		say_field(b, place, view->inputs, is_chinese, out);
	else if (b->kind == BLOCK_TABLE)
		say_row(b, place, is_chinese, out);
	else
		say_line(b, place, out);
	return out->failed ? -EMSGSIZE : 0;
}

static void say_block(const struct block *b, bool is_chinese, struct buf *out)
{
	switch (b->kind) {
	case BLOCK_HEADING:
	case BLOCK_TEXT:
	case BLOCK_PROGRESS:
		buf_puts(out, b->text);
		stop(is_chinese, out);
		break;
	case BLOCK_NOTICE:
		say_pair(tone_word(b->tone), b->text, is_chinese, out);
		if (b->words) {
			buf_puts(out, b->words);
			stop(is_chinese, out);
		}
		break;
	case BLOCK_FIGURE:
		say_pair(b->label, b->text, is_chinese, out);
		break;
	case BLOCK_DETAILS:
		for (size_t i = 0; i < b->detail_count; i++)
			say_pair(b->details[i].label, b->details[i].value, is_chinese, out);
		break;
	default:
		/* What takes focus is said when it has it. */
		if (*b->label) {
			buf_puts(out, b->label);
			stop(is_chinese, out);
		}
		break;
	}
}

int say_page(const struct page *p, const struct view *view, bool is_chinese, struct buf *out)
{
	buf_puts(out, p->title);
	stop(is_chinese, out);
	for (size_t i = 0; i < p->block_count; i++)
		if (p->blocks[i].region == REGION_MAIN)
			say_block(&p->blocks[i], is_chinese, out);
	return say_focus(p, view, is_chinese, out);
}
