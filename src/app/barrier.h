/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The review barrier: what was typed before a person could read a review never confirms it.
 *
 * A page whose barrier text is new closes the barrier. Once it is painted the terminal is asked to answer (the fence);
 * keys read before the answer were typed before the paint and are dropped. After the answer, or BARRIER_FENCE_MS
 * without one, the barrier opens when nothing was typed for BARRIER_QUIET_MS: a held or hasty Enter keeps it shut.
 * Times are milliseconds of a clock that never steps back.
 */
#ifndef APP_BARRIER_H
#define APP_BARRIER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/hex.h"
#include "page/page.h"

#define BARRIER_FENCE_MS 250
#define BARRIER_QUIET_MS 200
/* Letters that mean nothing on a review were meant for a form: the person has not seen it yet. Silence after them. */
#define BARRIER_STRAY_MS 1000
/* A key so close behind another was not pressed by a person: a paste without brackets confirms nothing either. */
#define BARRIER_BURST_MS 20

enum barrier_state {
	BARRIER_NONE,    /* the page is no review */
	BARRIER_BUILT,   /* not painted yet */
	BARRIER_FENCED,  /* painted; the terminal has not answered */
	BARRIER_QUIET,   /* it answered; waiting for silence */
	BARRIER_OPEN,
};

struct barrier {
	enum barrier_state state;
	char terms[SHA256_HEX]; /* digest of the text that closed it */
	int64_t painted;
	int64_t quiet_since;
	bool was_stray;         /* the silence asked for is BARRIER_STRAY_MS */
	int fences;             /* asked and not answered */
	int64_t typed;          /* when something was typed last, and how long after what came before it */
	int64_t gap;
};

/* The page that a person is about to see; text NULL when it is no review. True when the barrier closed just now. */
bool barrier_built(struct barrier *b, const char *text);
/* It is painted: true when the front is to be asked for a fence now; barrier_fence_asked() takes what came of it. */
bool barrier_painted(struct barrier *b, int64_t now);
void barrier_fence_asked(struct barrier *b, bool can, int64_t now);
void barrier_fence_answered(struct barrier *b, int64_t now);
/* Something was typed, clicked or pasted: true when it may act on the page, false when it is dropped. */
bool barrier_pass(struct barrier *b, int64_t now);
/* A key that means nothing on the page: true when it shut the barrier again. */
bool barrier_stray(struct barrier *b, int64_t now);
/* True when an item that commits money may be chosen now by a key or click. A paste never asks. */
bool barrier_may_confirm(const struct barrier *b);
/* Moves with time. Milliseconds until it would move again, -1 when it waits for nothing. */
int barrier_turn(struct barrier *b, int64_t now);

/* In lines a person types the total instead: true when typed is that amount ("1000", "1000.00" and "1,000" count). */
bool barrier_total_is(const struct page *page, const char *typed);

#endif
