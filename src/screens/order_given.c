/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The order screen after the confirmation: sent, proofs, result. */
#include <stdio.h>
#include <string.h>

#include "base/catalogue.h"
#include "screens/order_result.h"
#include "screens/order_visit.h"
#include "screens/show.h"

/* ---- given ---- */

static int proof_wanted(const struct order *order)
{
	const struct need *need = order_open_proof(order);

	return order->state == ORDER_STATE_WAITING && need ? need->by : NEED_BY_NONE;
}

/* News that changes nothing moves neither focus nor what is being typed. */
void order_take(struct visit *v, struct order *order)
{
	struct order_visit *s = v->state;
	int before = s->step == STEP_PROOF ? proof_wanted(&s->order) : NEED_BY_NONE;
	enum step step = s->step;

	json_release(&s->order, &order_json);
	s->order = *order;
	memset(order, 0, sizeof(*order));
	s->step = proof_wanted(&s->order) ? STEP_PROOF : STEP_RESULT;
	if (s->step != step || proof_wanted(&s->order) != before) {
		inputs_clear(&v->inputs, "proof", "proof");
		v->host->focus(v, s->step == STEP_PROOF ? "proof" : "result", s->step == STEP_PROOF ? "proof" : "done");
	}
	v->host->changed(v);
}

static void take_entry(struct visit *v, const struct outbox_entry *entry)
{
	struct order_visit *s = v->state;
	struct order copy = { 0 };

	if (strcmp(entry->key, s->key) != 0 || s->step != STEP_SENT)
		return;
	if (entry->state == OUTBOX_KNOWN && entry->order && json_copy(entry->order, &order_json, &copy) == 0) {
		order_take(v, &copy);
	} else if (entry->state == OUTBOX_REFUSED) {
		s->step = STEP_FORM;
		order_set_problem(s, entry->text);
		s->wants_review = false;
		order_ask_quote(v);
	}
	v->host->changed(v);
}

static void entry_changed(void *data, const struct outbox_entry *entry)
{
	take_entry(data, entry);
}

void order_watch(struct visit *v)
{
	struct order_visit *s = v->state;

	outbox_watch(v->client, s->key, entry_changed, v);
}

void order_build_sent(struct visit *v, struct page *p)
{
	struct order_visit *s = v->state;
	const struct outbox_entry *entry = outbox_find(v->client, s->key);
	struct block *actions;
	char when[SHOW_MAX];

	if (!entry || entry->state == OUTBOX_SENDING) {
		page_progress(p, REGION_MAIN, _("Sending to the bank..."), 0, 0);
		return;
	}
	page_heading(p, REGION_MAIN,
		     entry->state == OUTBOX_VOIDING ? _("Withdrawing")
						    : _("The bank has not answered yet"));
	page_notice(p, REGION_MAIN, TONE_WARNING,
		    entry->state == OUTBOX_VOIDING
			    ? _("The bank is being told to forget this order.")
			    : _("We do not know whether the order arrived. Please do not give it "
				"again: it is kept safe and asked for until the bank answers."),
		    entry->text);
	if (entry->next_try)
		page_textf(p, REGION_MAIN, TONE_MUTED, _("Tried %d times. Next try %s."), entry->tries,
			   show_time(v, entry->next_try, when));
	page_textf(p, REGION_MAIN, TONE_MUTED, _("Order number %s"), s->key);
	actions = page_actions(p, "sent");
	block_item(p, actions, &(struct item){ .id = "retry", .title = _("Ask again now") });
	if (entry->state != OUTBOX_VOIDING)
		block_item(p, actions,
			   &(struct item){ .id = "void",
					   .title = _("Withdraw the order"),
					   .flags = ITEM_DANGER });
	block_item(p, actions, &(struct item){ .id = "leave", .title = _("Leave; keep asking") });
}

void order_sent_event(struct visit *v, const struct event_ui *e)
{
	struct order_visit *s = v->state;
	struct err err;

	if (event_is(e, "sent", "retry"))
		outbox_retry(v->client, s->key);
	else if (event_is(e, "sent", "leave"))
		v->host->home(v);
	else if (event_is(e, "sent", "void") && outbox_void(v->client, s->key, &err) < 0)
		order_set_problem(s, err.text);
	if (e->kind == EVENT_ACTION || e->kind == EVENT_TICK)
		v->host->changed(v);
}

/* ---- proofs ---- */

/* What was wrong, and how many tries are left. */
static void set_proof_problem(struct order_visit *s, const struct answer *a)
{
	int left = a->problem ? a->problem->attempts_left : 0;
	char text[ERR_TEXT_MAX];

	if (left > 0)
		snprintf(text, sizeof(text), ngettext("%s %d try left.", "%s %d tries left.", (unsigned long)left),
			 a->text, left);
	order_set_problem(s, left > 0 ? text : a->text);
}

/* The order read again. What came in the meantime is newer; what goes wrong changes nothing. */
static void order_read_done(void *data, struct answer *a)
{
	struct visit *v = data;
	struct order_visit *s = v->state;

	if (a->outcome == ANSWER_OK && !s->is_busy && ((struct order *)a->body)->updated >= s->order.updated)
		order_take(v, a->body);
}

static void order_read(struct visit *v)
{
	struct order_visit *s = v->state;

	v->host->call(v, &call_get_order, &(struct call_args){ .path = { s->key } }, order_read_done, v);
}

static void proof_done(void *data, struct answer *a)
{
	struct visit *v = data;
	struct order_visit *s = v->state;

	s->is_busy = false;
	inputs_clear(&v->inputs, "proof", "proof");
	if (a->outcome == ANSWER_OK) {
		order_set_problem(s, NULL);
		order_take(v, a->body);
		return;
	}
	set_proof_problem(s, a);
	v->host->focus(v, "proof", "proof");
	v->host->changed(v);
	/* Whatever became of the proof, the bank knows how the order stands. */
	if (a->outcome == ANSWER_NO_REPLY || a->status == 409)
		order_read(v);
}

static void send_proof(struct visit *v)
{
	struct order_visit *s = v->state;
	const struct need *need = order_open_proof(&s->order);
	const struct secret *proof = inputs_secret(&v->inputs, "proof", "proof");
	struct authorisation_request request = { .kind = NEED_KIND_PROOF,
						 .proof = (struct secret *)proof,
						 .terms = s->order.terms };

	if (!need || s->is_busy)
		return;
	if (!proof || secret_length(proof) == 0) {
		order_set_problem(s, need->by == NEED_BY_CODE ? _("Please type the code from the text message.") :
							  _("Please type your payment PIN."));
	} else {
		request.by = need->by;
		s->is_busy =
			v->host->call(v, &call_authorise_order,
				      &(struct call_args){ .path = { s->key }, .body = &request },
				      proof_done, v) != NULL;
	}
	v->host->changed(v);
}

void order_build_proof(struct visit *v, struct page *p)
{
	struct order_visit *s = v->state;
	const struct need *need = order_open_proof(&s->order);
	bool is_code = need->by == NEED_BY_CODE;
	char hint[120] = "";
	struct block *form, *actions;

	page_heading(p, REGION_MAIN, is_code ? _("Type the code from the text message") : _("Type your payment PIN"));
	show_review(v, p, s->order.review, s->order.review_count);
	if (need->hint)
		page_text(p, REGION_MAIN, TONE_MUTED, need->hint);
	if (need->attempts_left)
		snprintf(hint, sizeof(hint),
			 ngettext("%d try left", "%d tries left",
				  (unsigned long)need->attempts_left),
			 need->attempts_left);
	form = page_form(p, "proof", "");
	form_add(p, form,
		 &(struct field){ .name = "proof",
				  .input = FIELD_PIN,
				  .title = is_code ? _("Code") : _("Payment PIN"),
				  .hint = hint[0] ? hint : NULL,
				  .is_required = true,
				  .max = 6 });
	if (s->is_busy)
		page_progress(p, REGION_MAIN, _("Checking..."), 0, 0);
	actions = page_actions(p, "proof-actions");
	block_item(p, actions, &(struct item){ .id = "send", .title = _("Continue"),
					       .flags = ITEM_DEFAULT | (s->is_busy ? ITEM_DISABLED : 0) });
	if (is_code)
		block_item(p, actions, &(struct item){ .id = "code", .title = _("Send a new code") });
	block_item(p, actions, &(struct item){ .id = "void", .title = _("Withdraw the order"), .flags = ITEM_DANGER });
}

void order_proof_event(struct visit *v, const struct event_ui *e)
{
	struct order_visit *s = v->state;
	struct err err;

	if (event_is(e, "proof-actions", "send") || e->kind == EVENT_SUBMIT) {
		send_proof(v);
	} else if (event_is(e, "proof-actions", "code")) {
		v->host->call(v, &call_send_code, &(struct call_args){ .path = { s->key } }, proof_done, v);
	} else if (event_is(e, "proof-actions", "void")) {
		s->step = STEP_SENT;
		if (outbox_void(v->client, s->key, &err) < 0) {
			s->step = STEP_PROOF;
			order_set_problem(s, err.text);
		}
		order_watch(v);
		v->host->changed(v);
	} else if (e->kind == EVENT_NEWS && strcmp(e->text, s->key) == 0 && !s->is_busy) {
		order_read(v);
	}
}

/* ---- the result ---- */

void order_result_event(struct visit *v, const struct event_ui *e)
{
	struct order_visit *s = v->state;

	if (event_is(e, "result", "done"))
		v->host->home(v);
	else if (event_is(e, "result", "another"))
		v->host->replace(v, "order", s->order.type);
	else if (event_is(e, "result", "receipt"))
		v->host->replace(v, "receipt", s->key);
	else if (e->kind == EVENT_NEWS && strcmp(e->text, s->key) == 0)
		order_read(v);
}

void order_build_result(struct visit *v, struct page *p)
{
	struct order_visit *s = v->state;
	struct block *actions;

	order_result_build_state(p, &s->order);
	actions = page_actions(p, "result");
	block_item(p, actions, &(struct item){ .id = "done", .title = _("Done"), .flags = ITEM_DEFAULT });
	if (s->order.receipt)
		block_item(p, actions, &(struct item){ .id = "receipt", .title = _("Receipt") });
	block_item(p, actions, &(struct item){ .id = "another", .title = _("One more") });
	order_result_build_details(v, p, &s->order);
}
