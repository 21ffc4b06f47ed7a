/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a page asks in lines, and what an answer means: a conversation that knows nothing of how lines come and go.
 */
#ifndef PLAIN_ANSWER_H
#define PLAIN_ANSWER_H

#include <stdbool.h>

#include "base/buf.h"
#include "page/front.h"

enum question {
	ASK_CHOICE, /* what to do on this page */
	ASK_FIELD,  /* the value of a field */
	ASK_TOTAL,  /* the total, before committing money */
};

struct asking {
	enum question question;
	const struct page *page;    /* as followed last; both outlive the next answer */
	struct focus *focus;
	struct inputs *inputs;
	char title[256];            /* where the page is and what it is headed, to notice another */
	char form[FOCUS_ID_MAX];    /* being filled; "" none */
	char field[FOCUS_ID_MAX];   /* asked now; "" the form is through */
	char filled[FOCUS_ID_MAX];  /* answered last */
	bool must_advance;          /* what follows `filled` is to be asked when the page stands */
	bool was_given;             /* `filled` got a new value, which may turn out to be wrong */
	bool must_submit;           /* every field was answered; see asking_pending() */
	bool was_submitted;
	char block[FOCUS_ID_MAX], item[FOCUS_ID_MAX]; /* ASK_TOTAL: what it would confirm */
	char announced[FOCUS_ID_MAX]; /* field whose hint and choices were printed */
	char prompt[512];
	bool is_secret;
	bool wants_all;             /* the answer was: show the whole page again */
	char value[257];            /* behind the last input's text */
};

/* The page is shown: settle what to ask; *out gets what is to be printed before the prompt. */
void asking_follow(struct asking *a, const struct page *page, const struct view *view, struct buf *out);
/* An input that follows without a line: a form whose last field was answered. After asking_follow(). */
bool asking_pending(struct asking *a, struct front_input *ret);
/*
 * A line was typed. True with an input for the app (its text points into `line` or the asking); otherwise *out says
 * why not, or explains.
 */
bool asking_answer(struct asking *a, char *line, struct front_input *ret, struct buf *out);

#endif
