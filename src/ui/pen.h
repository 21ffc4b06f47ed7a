/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What block kinds draw with. A pen stands in a column of the screen and moves down; a dry pen
 * moves without writing, so that one function per kind both measures and draws.
 */
#ifndef UI_PEN_H
#define UI_PEN_H

#include "ui/layout.h"

#define PEN_GUTTER   2	/* columns at the left of pen->col, for the marker */
#define PEN_TEXT_MAX 96 /* longer lines of running text are hard to read */

struct pen {
	struct layout *layout;
	bool is_dry;
	struct rect clip;	     /* nothing is written outside */
	int row;		     /* the next row of the screen; may be outside clip */
	int col, cols;		     /* the left edge and the width of texts */
	int rows;		     /* of an elastic block: what it may take; 0: what it wants */
	bool is_spaced;		     /* there is room for air */
	int focus_first, focus_last; /* rows of the focused item; -1 until drawn */
};

/* Columns it took. row and col are the screen's. */
int pen_put(struct pen *p, int row, int col, int columns, enum role role, const char *text);
/* Exactly `columns` wide, cut with "…" or padded. */
void pen_put_aligned(struct pen *p, int row, int col, int columns, bool is_right, enum role role,
		     const char *text);
void pen_fill(struct pen *p, int row, int col, int columns, enum role role);
/* A line at the pen, cut to fit; the pen moves down. */
void pen_line(struct pen *p, enum role role, const char *text);
/* Wrapped into at most `most` lines (0: any number), indented; the pen moves down. Returns the
 * lines. */
int pen_wrap(struct pen *p, int indent, int most, enum role role, const char *text);

/* Note the focused item's rows first..last; draw the marker there and put the cursor on it. */
void pen_focus(struct pen *p, int first, int last, int marker_col);
/* Put the cursor elsewhere: where one types. */
void pen_cursor(struct pen *p, int row, int col);
void pen_target(struct pen *p, struct rect where, const char *block, const char *item, int64_t row);

/* The role that colours a tone. */
enum role tone_role(enum tone tone);
/* True when the view's focus is in this block. */
bool block_is_focused(const struct pen *p, const struct block *b);
/* The place of the person in this block; NULL when the view has no focus. */
struct focus_place *block_place(const struct pen *p, const struct block *b);
/* The index of the focused item or field name in a block: the place's, else 0. */
size_t block_focused_item(const struct pen *p, const struct block *b);

/*
 * Draw b from p->row on and leave p->row behind it. One row of this table, one file at most, per
 * kind. `least` tells that a block is elastic: the fewest rows it needs when it does not get those
 * it wants.
 */
struct block_ops {
	void (*draw)(struct pen *p, const struct block *b);
	int least; /* 0: not elastic */
};
extern const struct block_ops block_ops[BLOCK_KIND_COUNT];

void draw_heading(struct pen *p, const struct block *b);
void draw_text(struct pen *p, const struct block *b);
void draw_figure(struct pen *p, const struct block *b);
void draw_details(struct pen *p, const struct block *b);
void draw_menu(struct pen *p, const struct block *b);
void draw_actions(struct pen *p, const struct block *b);
void draw_table(struct pen *p, const struct block *b);
void draw_form(struct pen *p, const struct block *b);
void draw_notice(struct pen *p, const struct block *b);
void draw_progress(struct pen *p, const struct block *b);
void draw_document(struct pen *p, const struct block *b);

#endif
