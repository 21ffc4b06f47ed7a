/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Label and value lines: labels in one column, values in the next, amounts right-aligned among
 * themselves. */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "page/page_text.h"
#include "ui/pen.h"

#define VALUE_LEAST 16 /* columns for values beside labels; less, and they go below */

/* "¥1,234.50", "-12.00", "CNY 1.00": digits with two decimals and what stands before them. */
static bool is_amount(const char *s)
{
	size_t n = strlen(s), digits = strspn(s, "+-¥$€£ABCDEFGHIJKLMNOPQRSTUVWXYZ 0123456789,.");

	return n > 3 && digits == n && s[n - 3] == '.' && s[n - 4] >= '0' && s[n - 4] <= '9';
}

static void shown_value(const struct detail *d, char *out, size_t size)
{
	snprintf(out, size, "%s%s", tone_sign(d->tone, d->value), d->value);
}

struct details_shape {
	int label, amount; /* the widest of each, in columns */
};

static struct details_shape shape_of(const struct block *b)
{
	struct details_shape shape = { 0 };
	char value[1024];

	for (size_t i = 0; i < b->detail_count; i++) {
		int label = text_columns(b->details[i].label), columns;

		shown_value(&b->details[i], value, sizeof(value));
		columns = is_amount(value) ? text_columns(value) : 0;
		if (label > shape.label)
			shape.label = label;
		if (columns > shape.amount)
			shape.amount = columns;
	}
	return shape;
}

void draw_details(struct pen *p, const struct block *b)
{
	struct details_shape shape = shape_of(b);
	int indent = shape.label + 2;
	bool is_beside = p->cols - indent >= VALUE_LEAST;

	if (*b->label)
		pen_line(p, ROLE_HEADING, b->label);
	for (size_t i = 0; i < b->detail_count; i++) {
		const struct detail *d = &b->details[i];
		char value[1024];
		int columns, at = is_beside ? indent : 2;

		shown_value(d, value, sizeof(value));
		columns = text_columns(value);
		if (is_amount(value) && at + shape.amount <= p->cols)
			at += shape.amount - columns;
		if (is_beside)
			pen_put(p, p->row, p->col, shape.label, ROLE_MUTED, d->label);
		else
			pen_wrap(p, 0, 0, ROLE_MUTED, d->label);
		pen_wrap(p, at, 0, tone_role(d->tone), value);
	}
}
