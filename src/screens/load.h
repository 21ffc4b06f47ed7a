/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The life of something that a screen asks the bank for, and how a page shows it while it is not there. */
#ifndef SCREENS_LOAD_H
#define SCREENS_LOAD_H

#include <stdbool.h>

#include "screens/screen.h"

enum load_state { LOAD_NONE, LOAD_BUSY, LOAD_READY, LOAD_FAILED };

struct load {
	enum load_state state;
	char *text; /* LOAD_FAILED: what happened and what to do */
};

void load_start(struct load *l);
/* Take over an answer: true when its body can be used. */
bool load_finish(struct load *l, const struct answer *a);
void load_release(struct load *l);

/*
 * True when the content can be shown. Otherwise puts a progress block, or a notice with the action "retry" (block
 * "load"), on the page.
 */
bool load_build(const struct load *l, struct page *p, const char *busy_text);
/* True for the event of that action. */
bool load_wants_retry(const struct event_ui *e);

#endif
