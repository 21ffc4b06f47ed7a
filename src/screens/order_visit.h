/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the order screen share: order.c has the form and the review, order_given.c what follows. */
#ifndef SCREENS_ORDER_VISIT_H
#define SCREENS_ORDER_VISIT_H

#include "client/outbox.h"
#include "model/quote.h"
#include "screens/load.h"

#define FIELD_NAME_MAX 64

enum step {
	STEP_FORM,   /* filling in */
	STEP_REVIEW, /* reading what would happen */
	STEP_SENT,   /* given; the bank has not said yet how it stands */
	STEP_PROOF,  /* the order waits for a PIN or a code */
	STEP_RESULT, /* it stands as it stands */
};

struct order_visit {
	enum step step;
	char *type;
	struct cJSON *prefill;      /* instruction given by arg, until the first quote has shown its fields */
	struct load load;
	struct quote quote;
	struct call *asking; /* the quote under way */
	bool show_missing;   /* the person has tried to go on */
	bool wants_review;   /* go to the review when the quote comes back complete */
	char *problem;       /* one notice above the step */
	char key[33];        /* the order's id, once given */
	struct order order;  /* once known */
	bool is_busy;        /* a proof is on its way */
	struct call *looking_up;
	char look_up_field[FIELD_NAME_MAX]; /* whose choices are being asked for */
};

/* One notice above the step; NULL or "" takes it away. */
void order_set_problem(struct order_visit *s, const char *text);
/* Ask for the quote of what is filled in now; s->wants_review goes on to the review when it comes back complete. */
void order_ask_quote(struct visit *v);

/* The order was given or resumed: follow it. */
void order_watch(struct visit *v);
/* Take over (and zero) an order of the bank and go to the step that its state asks for. */
void order_take(struct visit *v, struct order *order);

void order_build_sent(struct visit *v, struct page *p);
void order_sent_event(struct visit *v, const struct event_ui *e);
void order_build_proof(struct visit *v, struct page *p);
void order_proof_event(struct visit *v, const struct event_ui *e);
void order_build_result(struct visit *v, struct page *p);
void order_result_event(struct visit *v, const struct event_ui *e);

#endif
