/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/csi.h"

#include <string.h>

#include "base/macros.h"

#define BACKSPACES_MOST 3 /* more are longer than CSI n D */

static char *add_number(char *at, int n)
{
	if (n >= 10)
		at = add_number(at, n / 10);
	*at = (char)('0' + n % 10);
	return at + 1;
}

size_t csi(char *out, int n, char final)
{
	char *at = out;

	*at++ = '\033';
	*at++ = '[';
	if (n != 1)
		at = add_number(at, n);
	*at++ = final;
	return (size_t)(at - out);
}

size_t csi_place(char *out, int row, int col)
{
	size_t n;

	if (!col)
		return csi(out, row + 1, 'H');
	n = csi(out, row + 1, ';');
	n += (size_t)(add_number(out + n, col + 1) - (out + n));
	out[n++] = 'H';
	return n;
}

size_t csi_along(char *out, int from, int to)
{
	if (to > from)
		return csi(out, to - from, 'C');
	if (from - to > BACKSPACES_MOST)
		return to ? csi(out, from - to, 'D') : (*out = '\r', 1);
	memset(out, '\b', (size_t)(from - to));
	return (size_t)(from - to);
}

bool style_equal(const struct style *a, const struct style *b)
{
	return a->foreground == b->foreground && a->background == b->background &&
	       a->attrs == b->attrs;
}

static const struct {
	unsigned attr;
	int on, off;
} attr_codes[] = {
	{ STYLE_BOLD, 1, 22 },
	{ STYLE_DIM, 2, 22 },
	{ STYLE_UNDERLINE, 4, 24 },
	{ STYLE_REVERSE, 7, 27 },
};

static char *add_code(char *at, int code)
{
	at = add_number(at, code);
	*at = ';';
	return at + 1;
}

static char *add_colour(char *at, int base, int index)
{
	if (index < 0)
		return add_code(at, base + 9);
	return add_code(add_code(add_code(at, base + 8), 5), index);
}

/* Codes, each with a ';' behind it. 22 ends bold and dim at once, so both are set again after it. */
static char *add_difference(char *at, const struct style *from, const struct style *to)
{
	unsigned off = from->attrs & ~to->attrs, on = to->attrs & ~from->attrs;

	if (off & (STYLE_BOLD | STYLE_DIM)) {
		off = (off & ~(unsigned)STYLE_DIM) | STYLE_BOLD;
		on |= to->attrs & (STYLE_BOLD | STYLE_DIM);
	}
	for (size_t i = 0; i < COUNT(attr_codes); i++)
		if (off & attr_codes[i].attr)
			at = add_code(at, attr_codes[i].off);
	for (size_t i = 0; i < COUNT(attr_codes); i++)
		if (on & attr_codes[i].attr)
			at = add_code(at, attr_codes[i].on);
	if (from->foreground != to->foreground)
		at = add_colour(at, 30, to->foreground);
	if (from->background != to->background)
		at = add_colour(at, 40, to->background);
	return at;
}

/* The shorter of changing what differs and starting from nothing. */
size_t csi_style(char *out, const struct style *from, const struct style *to)
{
	static const struct style none = { .foreground = -1, .background = -1 };
	char fresh[CSI_MAX] = "\033[", *end;
	size_t n, fresh_n;

	if (from && style_equal(from, to))
		return 0;
	end = fresh + 2;
	if (!style_equal(to, &none))
		end = add_difference(add_code(end, 0), &none, to);
	else
		*end++ = ';';
	fresh_n = (size_t)(end - fresh);
	memcpy(out, fresh, 2);
	n = from ? (size_t)(add_difference(out + 2, from, to) - out) : fresh_n;
	if (!from || fresh_n <= n)
		memcpy(out, fresh, n = fresh_n);
	out[n - 1] = 'm'; /* over the last ';' */
	return n;
}
