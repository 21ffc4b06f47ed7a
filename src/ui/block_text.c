/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Blocks that are only read: heading, text, figure, notice, progress. */
#include <stdio.h>
#include <string.h>

#include "base/catalogue.h"
#include "base/text.h"
#include "page/page_text.h"
#include "ui/pen.h"

void draw_heading(struct pen *p, const struct block *b)
{
	pen_line(p, ROLE_HEADING, b->text);
}

void draw_text(struct pen *p, const struct block *b)
{
	pen_wrap(p, 0, 0, tone_role(b->tone), b->text);
}

void draw_figure(struct pen *p, const struct block *b)
{
	int label = text_columns(b->label), amount = text_columns(b->text);

	if (label + 2 + amount <= p->cols) {
		pen_put(p, p->row, p->col, label, ROLE_MUTED, b->label);
		pen_put(p, p->row, p->col + label + 2, amount, ROLE_FIGURE, b->text);
		p->row++;
	} else {
		pen_wrap(p, 0, 0, ROLE_MUTED, b->label);
		pen_line(p, ROLE_FIGURE, b->text);
	}
	if (b->words)
		pen_wrap(p, 0, 0, ROLE_MUTED, b->words);
}

/* "! Error: text": a sign and a word beside the colour. */
void draw_notice(struct pen *p, const struct block *b)
{
	char text[1024];

	snprintf(text, sizeof(text), _("%s: %s"), tone_word(b->tone), b->text);
	pen_put(p, p->row, p->col - PEN_GUTTER, 1, tone_role(b->tone),
		b->tone == TONE_SUCCESS ? "*" : "!");
	pen_wrap(p, 0, 0, tone_role(b->tone), text);
	if (b->words)
		pen_wrap(p, 0, 0, ROLE_NORMAL, b->words);
}

#define PROGRESS_COLUMNS 30

void draw_progress(struct pen *p, const struct block *b)
{
	int columns = p->cols < PROGRESS_COLUMNS ? p->cols : PROGRESS_COLUMNS, full;
	char line[PROGRESS_COLUMNS + 1], count[80];

	pen_wrap(p, 0, 0, tone_role(b->tone), b->text);
	if (!b->total)
		return;
	columns = columns > 2 ? columns : 2;
	full = (int)((int64_t)(columns - 2) * b->done / b->total);
	memset(line, '-', (size_t)columns);
	memset(line + 1, '#', (size_t)full);
	line[0] = '[';
	line[columns - 1] = ']';
	line[columns] = '\0';
	pen_put(p, p->row, p->col, columns, ROLE_STRONG, line);
	snprintf(count, sizeof(count), _("%d of %d"), b->done, b->total);
	pen_put(p, p->row, p->col + columns + 1, p->cols - columns - 1, ROLE_MUTED, count);
	p->row++;
}
