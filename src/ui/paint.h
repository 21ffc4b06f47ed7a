/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From cells to bytes: a painter remembers what the terminal shows and writes only what differs, one
 * style after another: coming back to a row costs less than changing a colour. The row of the cursor
 * goes out last and from left to right, so that screen readers, which follow the cursor, read that
 * row.
 */
#ifndef UI_PAINT_H
#define UI_PAINT_H

#include "base/buf.h"
#include "ui/grid.h"
#include "ui/terminal.h"

struct painter {
	struct terminal_facts facts;
	struct grid shown;
	bool is_known;			 /* shown is what the terminal shows */
	struct style styles[ROLE_COUNT]; /* of shown */
	struct style style;		 /* the terminal's now */
	bool is_style_known;
	int row, col; /* the cursor; col may be shown.cols just after the last cell; row -1: unknown
		       */
	int cursor;   /* 1 shown, 0 hidden, -1 unknown */
};

void painter_init(struct painter *p, const struct terminal_facts *facts);
void painter_release(struct painter *p);
/* Something else wrote on the terminal: paint all the next time. */
void painter_forget(struct painter *p);
/*
 * Append to out what makes the terminal show `want`, with the cursor at row, col (-1: none).
 * edition may be NULL: the terminal's own colours. 0, or -ENOMEM and everything is painted the next
 * time.
 */
int painter_paint(struct painter *p, const struct grid *want, int row, int col,
		  const struct edition *edition, struct buf *out);

#endif
