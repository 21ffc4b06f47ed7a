/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/edit.h"

#include <errno.h>
#include <stdint.h>
#include <string.h>

#include "base/money.h"
#include "base/text.h"
#include "page/key.h"

bool edit_is_typed(const struct field *field)
{
	return field->input != FIELD_CHOICE && field->input != FIELD_SWITCH;
}

static bool is_digits(const struct field *field)
{
	return field->input == FIELD_DIGITS || field->input == FIELD_PIN;
}

/* What input methods give for digits, point and comma becomes ASCII where only those make sense. */
static uint32_t half_width(uint32_t cp)
{
	if (cp >= 0xff01 && cp <= 0xff5e)
		return cp - 0xff01 + '!';
	return cp == 0x3002 ? '.' : cp;
}

static bool accepts(const struct field *field, uint32_t cp)
{
	if (cp < ' ' || cp == K_BACKSPACE || cp >= K_FIRST)
		return false;
	if (is_digits(field))
		return cp >= '0' && cp <= '9';
	if (field->input == FIELD_AMOUNT)
		return (cp >= '0' && cp <= '9') || cp == '.' || cp == ',';
	if (field->input == FIELD_DATE)
		return (cp >= '0' && cp <= '9') || (cp < 0x80 && strchr("-/.+", (int)cp)) || cp == 0x5e74 ||
		       cp == 0x6708 || cp == 0x65e5; /* year, month, day as Chinese writes them */
	return true;
}

/* Digits with separators, at most one point and four digits after it: it can become an amount. */
static bool can_be_amount(const char *s)
{
	const char *point = strchr(s, '.');
	size_t whole = 0;

	for (const char *c = s; *c && c != point; c++)
		whole += *c != ',';
	if (whole > MONEY_INPUT_DIGITS)
		return false;
	return !point || (!strpbrk(point + 1, ".,") && strlen(point + 1) <= 4);
}

static size_t characters(const char *s)
{
	size_t n = 0;

	for (; *s; s++)
		n += ((unsigned char)*s & 0xc0) != 0x80;
	return n;
}

static bool is_gated(const char *s)
{
	struct buf out;
	bool same;

	buf_init(&out, 4 * INPUT_MAX + 4);
	same = text_gate(&out, s, strlen(s), GATE_ONE_LINE) == 0 && !strcmp(out.data, s);
	buf_wipe(&out);
	return same;
}

static enum edit_result insert_secret(struct secret *s, const struct field *field, const char *bytes, size_t n)
{
	size_t max = field->max > 0 ? (size_t)field->max : SECRET_MAX;

	if (secret_characters(s) >= max || secret_append(s, bytes, n) < 0)
		return EDIT_REFUSED;
	return EDIT_CHANGED;
}

static enum edit_result insert(struct input *in, const struct field *field, uint32_t cp)
{
	size_t max = field->max > 0 ? (size_t)field->max : INPUT_MAX;
	char bytes[4], next[INPUT_MAX + 1];
	size_t n, len = strlen(in->text);

	if (field->input == FIELD_AMOUNT || field->input == FIELD_DATE || is_digits(field))
		cp = half_width(cp);
	n = text_encode(cp, bytes);
	if (!n || !accepts(field, cp))
		return EDIT_REFUSED;
	if (in->secret)
		return insert_secret(in->secret, field, bytes, n);
	if (len + n > INPUT_MAX || characters(in->text) >= max)
		return EDIT_REFUSED;
	memcpy(next, in->text, in->cursor);
	memcpy(next + in->cursor, bytes, n);
	memcpy(next + in->cursor + n, in->text + in->cursor, len - in->cursor + 1);
	if ((field->input == FIELD_AMOUNT && !can_be_amount(next)) || (cp >= 0x80 && !is_gated(next)))
		return EDIT_REFUSED;
	memcpy(in->text, next, len + n + 1);
	in->cursor += n;
	return EDIT_CHANGED;
}

/* Where the cluster before `at` begins. */
static size_t cluster_before(const char *s, size_t at)
{
	size_t begin = 0;

	for (;;) {
		int columns;
		size_t n = text_cluster(s + begin, &columns);

		if (!n || begin + n >= at)
			return begin;
		begin += n;
	}
}

static size_t cluster_after(const char *s, size_t at)
{
	int columns;

	return at + text_cluster(s + at, &columns);
}

static size_t word_before(const char *s, size_t at)
{
	while (at > 0 && s[at - 1] == ' ')
		at--;
	while (at > 0 && s[at - 1] != ' ')
		at--;
	return at;
}

static enum edit_result cut(struct input *in, size_t from, size_t to)
{
	size_t len = strlen(in->text);

	if (from >= to)
		return EDIT_MOVED;
	memmove(in->text + from, in->text + to, len - to + 1);
	memset(in->text + len - (to - from), 0, to - from);
	in->cursor = from;
	return EDIT_CHANGED;
}

static enum edit_result move(struct input *in, size_t to)
{
	in->cursor = to;
	return EDIT_MOVED;
}

static enum edit_result edit_secret(struct secret *s, int key)
{
	if (key != K_BACKSPACE && key != K_CTRL('H') && key != K_CTRL('U') && key != K_CTRL('W'))
		return EDIT_UNUSED;
	if (!secret_length(s))
		return EDIT_MOVED;
	if (key == K_BACKSPACE || key == K_CTRL('H'))
		secret_backspace(s);
	else
		secret_clear(s);
	return EDIT_CHANGED;
}

static enum edit_result edit_text(struct input *in, int key)
{
	size_t len = strlen(in->text), at = in->cursor;

	switch (key) {
	case K_LEFT:
		return move(in, cluster_before(in->text, at));
	case K_RIGHT:
		return move(in, cluster_after(in->text, at));
	case K_HOME:
	case K_CTRL('A'):
		return move(in, 0);
	case K_END:
	case K_CTRL('E'):
		return move(in, len);
	case K_BACKSPACE:
	case K_CTRL('H'):
		return at ? cut(in, cluster_before(in->text, at), at) : EDIT_MOVED;
	case K_DELETE:
	case K_CTRL('D'):
		return cut(in, at, cluster_after(in->text, at));
	case K_CTRL('U'):
		return cut(in, 0, at);
	case K_CTRL('K'):
		return cut(in, at, len);
	case K_CTRL('W'):
		return cut(in, word_before(in->text, at), at);
	default:
		return EDIT_UNUSED;
	}
}

enum edit_result edit_key(struct input *in, const struct field *field, int key)
{
	enum edit_result r;

	if (!edit_is_typed(field))
		return EDIT_UNUSED;
	if (in->cursor > strlen(in->text))
		in->cursor = strlen(in->text);
	if (key >= K_SPACE && key < K_FIRST && key != K_BACKSPACE)
		r = insert(in, field, (uint32_t)key);
	else
		r = in->secret ? edit_secret(in->secret, key) : edit_text(in, key);
	if (r == EDIT_CHANGED)
		in->is_touched = true;
	return r;
}

enum edit_result edit_paste(struct input *in, const struct field *field, const char *text)
{
	size_t n = strlen(text), skipped = 0, taken = 0;

	if (!edit_is_typed(field))
		return EDIT_REFUSED;
	while (n) {
		uint32_t cp;
		size_t step = text_decode(text, n, &cp);

		if (cp >= ' ' && cp != K_BACKSPACE) {
			if (insert(in, field, cp) == EDIT_CHANGED)
				taken++;
			else
				skipped++;
		}
		text += step;
		n -= step;
	}
	if (taken)
		in->is_touched = true;
	return skipped || !taken ? EDIT_REFUSED : EDIT_CHANGED;
}
