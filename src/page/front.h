/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A front shows pages to a person and brings what the person does: src/ui on a screen of cells, src/plain as lines.
 * The app knows only this interface.
 */
#ifndef PAGE_FRONT_H
#define PAGE_FRONT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "edition/edition.h"
#include "page/focus.h"
#include "page/inputs.h"
#include "page/page.h"

enum input_kind {
	INPUT_NONE,   /* nothing waits */
	INPUT_KEY,    /* key */
	INPUT_PASTE,  /* text: bracketed paste; never confirms anything */
	INPUT_TARGET, /* a click or touch: block, item or row */
	INPUT_SCROLL, /* wheel: block, amount in rows */
	INPUT_RESIZE,
	INPUT_FENCE,  /* the terminal answered front->fence(): all keys read before it were typed before the paint */
	INPUT_CHOOSE, /* plain: an item was chosen: block, item */
	INPUT_FILL,   /* plain: a field was answered: block, item (the field), text or secret */
	INPUT_END,    /* the terminal is gone */
};

struct front_input {
	enum input_kind kind;
	int key;
	char block[FOCUS_ID_MAX];
	char item[FOCUS_ID_MAX];
	int64_t row;
	int amount;
	const char *text; /* until the next read */
};

/* The line at the bottom where commands are typed; shown when not NULL. */
struct command_line {
	const char *prompt;
	const char *text;
	int cursor; /* bytes in text */
	const char *const *candidates; /* completions to show; NULL none */
	size_t candidate_count;
};

/* Everything beside the page that decides what is seen. */
struct view {
	const struct edition *edition;
	struct focus *focus;          /* the layout writes row tops back */
	struct inputs *inputs;
	const struct command_line *command;
	const char *toast;            /* one short line about what just happened; NULL none */
	enum tone toast_tone;
	int toast_number;             /* counts toasts: the same words again are another */
	const char *demo_phone;       /* the demo's text message, shown apart from the bank's page; NULL none */
	bool is_busy;                 /* an answer of the bank for this page is under way */
	bool is_offline;              /* the bank does not answer: say so, keep working */
};

struct front {
	const char *name;
	void (*close)(struct front *f); /* restores the terminal; frees */
	int (*fd)(struct front *f);     /* to poll for reading */
	void (*show)(struct front *f, const struct page *page, const struct view *view);
	/* The next thing the person did; false when nothing waits. Never blocks. */
	bool (*read)(struct front *f, struct front_input *ret);
	/* Ask the terminal to answer after everything painted so far. False when it cannot. */
	bool (*fence)(struct front *f);
	/* Rows of a scrolling block in sight at the last show, for page keys; 1 when unknown. */
	int (*visible)(struct front *f, const char *block);
	void (*bell)(struct front *f);
	void (*redraw)(struct front *f); /* forget what the terminal shows; paint all at the next show */
	/* Give the terminal back while the program is stopped (true), and take it again (false). NULL: it cannot. */
	void (*suspend)(struct front *f, bool is_stopped);
	/* Ctrl-C came as a signal: false when it is to end the program. NULL: it does. */
	bool (*interrupt)(struct front *f);
	bool is_linear;                  /* true: INPUT_CHOOSE and INPUT_FILL come, not keys */
};

#endif
