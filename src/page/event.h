/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What reaches a screen. Answers of the bank come through the callbacks of its calls instead. */
#ifndef PAGE_EVENT_H
#define PAGE_EVENT_H

#include <stdint.h>

enum event_kind_ui {
	EVENT_ACTION,  /* an item was chosen: block ("" for a key of the screen), item */
	EVENT_CHANGED, /* a field was left after a change: block, item = field name */
	EVENT_SUBMIT,  /* Enter in the last field or the default action of a form: block */
	EVENT_ROW,     /* Enter on a table row: block, row */
	EVENT_ROWS,    /* rows row..last of a table are in sight: load them */
	EVENT_SEARCH,  /* a picker asks for choices: block, item = field name, text */
	EVENT_RESUMED, /* the page above closed (text = its result, NULL none), or the bank answers again */
	EVENT_TICK,    /* about once a second */
	EVENT_NEWS,    /* the bank says something changed: item = kind of event, text = subject id */
};

/*
 * block and item are never NULL ("" when they say nothing). row is the focused row of the page's table for
 * EVENT_ACTION from a key, the row in question for EVENT_ROW and EVENT_ROWS, and -1 otherwise.
 */
struct event_ui {
	enum event_kind_ui kind;
	const char *block;
	const char *item;
	const char *text;
	int64_t row;
	int64_t last;
};

#endif
