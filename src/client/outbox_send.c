/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How an entry comes to its end: give, ask, give again under the same key, or void. */
#include <stdlib.h>
#include <string.h>

#include "base/catalogue.h"
#include "client/outbox_state.h"
#include "client/state.h"

#define WAIT_MOST_S	  60
#define TRIES_BEFORE_HELP 6 /* from then on the text says whom to call */

/* What a refusal means for the key. */
enum verdict {
	VERDICT_LATER,	      /* not decided: ask again */
	VERDICT_REMEMBERED,   /* the bank keeps this answer with the key, for late copies too */
	VERDICT_UNREMEMBERED, /* refused before the key was looked at: a late copy may fare better
			       */
	VERDICT_LOGIN,	      /* nobody is logged in */
};

static const struct {
	int status;
	const char *code; /* NULL any */
	enum verdict verdict;
} verdicts[] = {
	{ 401, NULL, VERDICT_LOGIN },	     { 409, "order-running", VERDICT_LATER },
	{ 409, NULL, VERDICT_REMEMBERED },   { 422, NULL, VERDICT_REMEMBERED },
	{ 400, NULL, VERDICT_UNREMEMBERED }, { 403, NULL, VERDICT_UNREMEMBERED },
	{ 404, NULL, VERDICT_UNREMEMBERED }, { 405, NULL, VERDICT_UNREMEMBERED },
	{ 413, NULL, VERDICT_UNREMEMBERED }, { 415, NULL, VERDICT_UNREMEMBERED },
};

static enum verdict judge(const struct answer *a)
{
	for (size_t i = 0; a->outcome == ANSWER_PROBLEM && i < COUNT(verdicts); i++)
		if (verdicts[i].status == a->status &&
		    (!verdicts[i].code || !strcmp(verdicts[i].code, a->problem->code)))
			return verdicts[i].verdict;
	return VERDICT_LATER;
}

bool outbox_is_final(const struct outbox_item *item)
{
	return item->step == OUTBOX_STEP_NONE;
}

void outbox_finish(struct client *c, struct outbox_item *item, enum outbox_state state,
		   const char *text)
{
	/* A file that cannot be removed is asked for again after a restart, and ends as now. */
	outbox_file_remove(&c->outbox->files, item->entry.key);
	item->step = OUTBOX_STEP_NONE;
	item->entry.next_try = 0;
	outbox_set(item, state, text);
}

/* The session may have ended in the same answer, and the call been forgotten then. */
static void forget_call(struct outbox_item *item)
{
	const struct call *call = TAKE_PTR(item->call);

	item->is_maybe_sent |= call && item->step == OUTBOX_STEP_GIVE && call_was_sent(call);
}

void outbox_stop(struct outbox_item *item)
{
	struct call *call = item->call;

	forget_call(item);
	call_cancel(call);
}

void outbox_park(struct outbox_item *item, const char *text)
{
	outbox_stop(item);
	if (item->step == OUTBOX_STEP_GIVE && item->is_maybe_sent)
		item->step = OUTBOX_STEP_ASK;
	item->entry.next_try = 0;
	item->entry.summary = (char *)"";
	item->entry.type = (char *)"";
	outbox_set(item, OUTBOX_PARKED, text);
}

static void known(struct client *c, struct outbox_item *item, struct answer *a)
{
	struct order *order = malloc(sizeof(*order));

	if (order) {
		*order = *(struct order *)a->body;
		json_init(a->body, &order_json);
	}
	item->entry.order = order;
	outbox_finish(c, item, OUTBOX_KNOWN, "");
}

static void try_later(struct client *c, struct outbox_item *item, const char *text)
{
	int shift = item->entry.tries < TRIES_BEFORE_HELP ? item->entry.tries : TRIES_BEFORE_HELP;
	int64_t wait_s = (int64_t)1 << shift;

	if (wait_s > WAIT_MOST_S)
		wait_s = WAIT_MOST_S;
	item->entry.tries++;
	item->due_ms = client_ms(c) + wait_s * 1000;
	item->entry.next_try = client_now(c) + wait_s;
	if (item->entry.tries >= TRIES_BEFORE_HELP)
		text = _("The bank still gives no answer. It is asked again and again; you need "
			 "not stay. If it is urgent, call the bank.");
	outbox_set(item, item->step == OUTBOX_STEP_VOID ? OUTBOX_VOIDING : OUTBOX_UNKNOWN, text);
}

/* What the connection says of this try is not true of the order when an earlier try may have arrived. */
static const char *text_of(const struct outbox_item *item, const struct answer *a)
{
	if (a->outcome != ANSWER_NOT_SENT || !item->is_maybe_sent)
		return a->text;
	return _("The bank cannot be reached at the moment. It is asked again by itself.");
}

static void next_step(struct outbox_item *item, enum outbox_step step)
{
	item->step = step;
	item->due_ms = 0;
}

static void needs_login(struct outbox_item *item)
{
	outbox_park(item, _("You were logged out before the bank answered. Log in again, and it "
			    "will be asked how this order stands."));
}

/*
 * A refusal that the bank does not remember ends the order only when no copy can still be on its
 * way; else the key is voided first.
 */
static void refused(struct client *c, struct outbox_item *item, const struct answer *a,
		    bool was_maybe_sent)
{
	if (judge(a) == VERDICT_REMEMBERED || !was_maybe_sent) {
		outbox_finish(c, item, OUTBOX_REFUSED, a->text);
		return;
	}
	free(item->refusal);
	item->refusal = strdup(a->text);
	next_step(item, OUTBOX_STEP_VOID);
	outbox_set(item, OUTBOX_VOIDING, a->text);
}

static void given(void *data, struct answer *a)
{
	struct outbox_item *item = data;
	struct client *c = item->client;
	bool was_maybe_sent = item->is_maybe_sent;

	forget_call(item);
	if (a->outcome == ANSWER_OK && a->body && ((struct order *)a->body)->id) {
		known(c, item, a);
	} else if (judge(a) == VERDICT_LOGIN) {
		needs_login(item);
	} else if (judge(a) != VERDICT_LATER) {
		refused(c, item, a, was_maybe_sent);
	} else {
		/* Nothing left: there is nothing to ask for yet. */
		next_step(item, item->is_maybe_sent ? OUTBOX_STEP_ASK : OUTBOX_STEP_GIVE);
		try_later(c, item, text_of(item, a));
	}
}

static void asked(void *data, struct answer *a)
{
	struct outbox_item *item = data;
	struct client *c = item->client;

	forget_call(item);
	if (a->outcome == ANSWER_OK && a->body)
		known(c, item, a);
	else if (judge(a) == VERDICT_LOGIN)
		needs_login(item);
	else if (a->outcome == ANSWER_PROBLEM && a->status == 404)
		/* "Not found" may mean "not yet arrived": the same key makes that harmless. */
		next_step(item, item->record.is_voiding || item->refusal ? OUTBOX_STEP_VOID
									 : OUTBOX_STEP_GIVE);
	else
		try_later(c, item, text_of(item, a));
}

static void voided(void *data, struct answer *a)
{
	struct outbox_item *item = data;
	struct client *c = item->client;

	forget_call(item);
	if (a->outcome == ANSWER_OK && a->status == 204) {
		outbox_finish(c, item, OUTBOX_REFUSED,
			      item->refusal ? item->refusal
					    : _("The order is withdrawn. The bank will refuse it "
						"should it still arrive."));
	} else if (a->outcome == ANSWER_OK && a->body) {
		known(c, item, a);
	} else if (judge(a) == VERDICT_LOGIN) {
		needs_login(item);
	} else if (judge(a) == VERDICT_REMEMBERED) {
		next_step(item, OUTBOX_STEP_ASK); /* too late to withdraw: see how it stands */
	} else {
		try_later(c, item, text_of(item, a));
	}
}

static const struct {
	const struct call_type *type;
	call_done *done;
} steps[] = {
	[OUTBOX_STEP_GIVE] = { &call_create_order, given },
	[OUTBOX_STEP_ASK] = { &call_get_order, asked },
	[OUTBOX_STEP_VOID] = { &call_void_order, voided },
};

void outbox_step(struct client *c, struct outbox_item *item)
{
	bool is_give = item->step == OUTBOX_STEP_GIVE;
	struct call_args args = { .path = { is_give ? NULL : item->entry.key },
				  .idempotency_key = is_give ? item->entry.key : NULL };
	struct buf body = { .data = item->record.body, .len = strlen(item->record.body) };
	struct call_start start = { .args = &args,
				    .body = is_give ? &body : NULL,
				    .is_background = true };

	item->entry.next_try = 0;
	item->call = call_start(c, steps[item->step].type, &start, steps[item->step].done, item);
	if (!item->call)
		try_later(c, item,
			  _("This terminal is short of memory. Close other programs; the order is "
			    "kept."));
}
