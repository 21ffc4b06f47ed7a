/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Moving about a page by keys.
 *
 * A stop is a place that Tab reaches: a field, a button of actions, a whole menu, table or document. The focus is kept
 * by id (page/focus.h); here keys move it, edit the focused field, and say what a key means for the page.
 */
#ifndef APP_FOCUS_H
#define APP_FOCUS_H

#include "page/focus.h"
#include "page/front.h"
#include "page/inputs.h"
#include "page/page.h"

struct place_view {
	const struct page *page;
	struct focus *focus;
	struct inputs *inputs;
	struct front *front; /* tells how many rows of a block are in sight; NULL: one */
};

enum deed_kind {
	DEED_NONE,    /* the key means nothing here */
	DEED_MOVED,   /* the focus, a cursor or a scroll position moved, or stands at its end */
	DEED_EDITED,  /* the focused field changed */
	DEED_REFUSED, /* the field takes no such key */
	DEED_ITEM,    /* choose item of block */
	DEED_ROW,     /* row of block was chosen */
	DEED_SUBMIT,  /* Enter in the last field of block */
	DEED_PICK,    /* field of block wants its picker; key is the character that began it, 0 none */
	DEED_SWITCHED, /* field of block was switched */
};

/* What a key means; pointers live as long as the page. */
struct deed {
	enum deed_kind kind;
	const struct block *block;
	const struct item *item;
	const struct field *field;
	int64_t row;
	int key;
};

/* Put the focus on something that exists, keeping it where it is when that still does. */
void focus_settle(const struct place_view *at);
struct deed focus_key(const struct place_view *at, int key);
struct deed focus_paste(const struct place_view *at, const char *text);
/* A click or touch on a block, an item or field of it ("" none), or a row (-1 none). */
struct deed focus_target(const struct place_view *at, const char *block, const char *item, int64_t row);
void focus_scroll(const struct place_view *at, const char *block, int rows);

/* The focused block, field or item; NULL when there is none. */
const struct block *focus_block(const struct place_view *at);
const struct field *focus_field(const struct place_view *at);
/* True for a character that belongs to the focused field, whatever else it means on the page. */
bool focus_takes_key(const struct place_view *at, int key);
/* The row focused in the page's table, -1 when it has none. */
int64_t focus_row(const struct place_view *at);
/* True when the page has something a person could choose or fill now. */
bool focus_has_stop(const struct page *page);

/* The input of a field, of its sort; NULL when memory is short. */
struct input *focus_input(struct inputs *inputs, const struct block *block, const struct field *field);

/* A switch is on when its text is this. */
#define SWITCH_ON "true"
#define SWITCH_OFF "false"

#endif
