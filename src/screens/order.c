/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The one order screen: form -> review -> (sent) -> proofs -> result, for every order type of the bank.
 * arg: "TYPE" or "TYPE field=value field=value" to fill the form, or "resume ORDERID" to go on with a waiting order.
 */
#include <cjson/cJSON.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/catalogue.h"
#include "base/text.h"
#include "screens/order_form.h"
#include "screens/order_visit.h"
#include "screens/show.h"

void order_set_problem(struct order_visit *s, const char *text)
{
	free(s->problem);
	s->problem = text && *text ? strdup(text) : NULL;
}

/* ---- the form ---- */

static void begin_review(struct visit *v)
{
	struct order_visit *s = v->state;

	s->step = STEP_REVIEW;
	v->host->focus(v, "review", "confirm");
}

static void quote_done(void *data, struct answer *a)
{
	struct visit *v = data;
	struct order_visit *s = v->state;
	const char *obstacle;

	s->asking = NULL;
	if (a->outcome != ANSWER_OK && s->load.state == LOAD_READY) {
		s->wants_review = false;
		order_set_problem(s, a->text);
	} else if (load_finish(&s->load, a)) {
		json_release(&s->quote, &quote_json);
		s->quote = *(struct quote *)a->body;
		memset(a->body, 0, sizeof(struct quote));
		order_form_take(v, &s->quote);
		cJSON_Delete(TAKE_PTR(s->prefill));
		obstacle = order_form_obstacle(v, &s->quote);
		if (s->wants_review && s->quote.is_complete && s->quote.terms && !obstacle) {
			begin_review(v);
		} else if (s->wants_review && obstacle) {
			s->step = STEP_FORM;
			v->host->focus(v, "order", obstacle);
		}
		s->wants_review = false;
	}
	v->host->changed(v);
}

void order_ask_quote(struct visit *v)
{
	struct order_visit *s = v->state;
	struct quote_request request = { .type = s->type };
	const char *bad = NULL;
	cJSON *instruction = NULL;

	if (s->prefill)
		instruction = cJSON_Duplicate(s->prefill, 1);
	else if (order_form_read(v, &s->quote, &instruction, &bad) < 0)
		return;
	if (bad && s->wants_review) {
		s->wants_review = false;
		v->host->focus(v, "order", bad);
	}
	call_cancel(s->asking);
	request.instruction = instruction;
	if (s->load.state != LOAD_READY)
		load_start(&s->load);
	s->asking = v->host->call(v, &call_create_quote, &(struct call_args){ .body = &request }, quote_done, v);
	cJSON_Delete(instruction);
}

static void go_on(struct visit *v)
{
	struct order_visit *s = v->state;

	order_set_problem(s, NULL);
	s->show_missing = true;
	s->wants_review = true;
	order_ask_quote(v);
	v->host->changed(v);
}

static void build_form(struct visit *v, struct page *p)
{
	struct order_visit *s = v->state;
	struct block *actions;

	if (!load_build(&s->load, p, _("Asking the bank for the form...")))
		return;
	order_form_build(v, p, &s->quote, s->show_missing);
	actions = page_actions(p, "form-actions");
	block_item(p, actions, &(struct item){ .id = "review", .title = _("Continue"), .flags = ITEM_DEFAULT });
	block_item(p, actions, &(struct item){ .id = "cancel", .title = _("Cancel") });
	for (size_t i = 0; i < s->quote.warnings_count; i++)
		page_notice(p, REGION_SIDE, TONE_WARNING, s->quote.warnings[i].text, NULL);
	if (s->quote.is_complete && s->quote.fee.currency[0]) {
		char text[SHOW_MAX];

		page_textf(p, REGION_SIDE, TONE_PLAIN, _("Fee: %s"), show_amount(&s->quote.fee, SIDE_CREDIT, text));
	}
}

/* ---- the review ---- */

static void build_review(struct visit *v, struct page *p)
{
	struct order_visit *s = v->state;
	char total[MONEY_TEXT_MAX];
	struct block *actions;

	page_heading(p, REGION_MAIN, _("Please check before you confirm"));
	for (size_t i = 0; i < s->quote.warnings_count; i++)
		page_notice(p, REGION_MAIN, TONE_WARNING, s->quote.warnings[i].text, NULL);
	show_review(v, p, s->quote.review, s->quote.review_count);
	actions = page_actions(p, "review");
	block_item(p, actions, &(struct item){ .id = "confirm", .title = _("Confirm"), .flags = ITEM_CONFIRM });
	block_item(p, actions, &(struct item){ .id = "change", .title = _("Change") });
	block_item(p, actions, &(struct item){ .id = "cancel", .title = _("Cancel") });
	page_add_key(p, K_ESC, "change", _("Change"));
	p->barrier = page_string(p, s->quote.terms);
	if (s->quote.total.currency[0])
		p->confirm_total = page_string(p, money_wire(&s->quote.total, total));
}

static void summary_of(const struct order_visit *s, char *buf, size_t size)
{
	const char *name = "";
	char amount[SHOW_MAX] = "";

	for (size_t i = 0; i < s->quote.review_count; i++) {
		const struct review_line *line = &s->quote.review[i];

		if (line->kind == REVIEW_KIND_NAME)
			name = line->text;
		if (line->kind == REVIEW_KIND_AMOUNT && !amount[0])
			show_amount(&line->amount, SIDE_CREDIT, amount);
	}
	snprintf(buf, size, "%s %s %s", s->quote.title, amount, name);
}

static void give(struct visit *v)
{
	struct order_visit *s = v->state;
	struct order_request request = { .type = s->type, .terms = s->quote.terms };
	const char *bad = NULL;
	char summary[200];
	struct err err;
	int r = order_form_read(v, &s->quote, &request.instruction, &bad);

	summary_of(s, summary, sizeof(summary));
	if (r == 0)
		r = outbox_give(v->client, &request, summary, s->key, &err);
	cJSON_Delete(request.instruction);
	if (r < 0) {
		order_set_problem(s, r == -ENOMEM ? _("There is not enough memory. Nothing was sent.") : err.text);
	} else {
		s->step = STEP_SENT;
		order_set_problem(s, NULL);
		order_watch(v);
	}
	v->host->changed(v);
}

static void review_event(struct visit *v, const struct event_ui *e)
{
	struct order_visit *s = v->state;

	if (event_is(e, "review", "confirm")) {
		give(v);
	} else if (event_is(e, "review", "change") || event_is(e, "", "change")) {
		s->step = STEP_FORM;
		if (s->quote.fields_count)
			v->host->focus(v, "order", s->quote.fields[0].name);
		v->host->changed(v);
	} else if (event_is(e, "review", "cancel")) {
		v->host->back(v, NULL);
	} else if (e->kind == EVENT_TICK && s->quote.valid_until &&
		   client_now(v->client) >= s->quote.valid_until && !s->asking) {
		s->wants_review = true;
		order_ask_quote(v);
	}
}

/* ---- the screen ---- */

static int take_prefill(struct order_visit *s, const char *words)
{
	while (*words) {
		size_t length = strcspn(words, " "), name = strcspn(words, "=");
		_cleanup_(free_ptr) char *key = NULL, *value = NULL;

		if (name < length) {
			key = strndup(words, name);
			value = strndup(words + name + 1, length - name - 1);
			if (!key || !value || !cJSON_AddStringToObject(s->prefill, key, value))
				return -ENOMEM;
		}
		words += length;
		words += strspn(words, " ");
	}
	return 0;
}

static void resume_done(void *data, struct answer *a)
{
	struct visit *v = data;
	struct order_visit *s = v->state;

	if (load_finish(&s->load, a))
		order_take(v, a->body);
	v->host->changed(v);
}

static int order_open(struct visit *v, const char *arg)
{
	struct order_visit *s = v->state;
	size_t length = arg ? strcspn(arg, " ") : 0;

	if (!length)
		return -EINVAL;
	s->type = strndup(arg, length);
	s->prefill = cJSON_CreateObject();
	if (!s->type || !s->prefill)
		return -ENOMEM;
	if (strcmp(s->type, "resume") == 0) {
		snprintf(s->key, sizeof(s->key), "%s", arg + length + strspn(arg + length, " "));
		load_start(&s->load);
		v->host->call(v, &call_get_order, &(struct call_args){ .path = { s->key } }, resume_done, v);
		return 0;
	}
	if (take_prefill(s, arg + length) < 0)
		return -ENOMEM;
	order_ask_quote(v);
	return 0;
}

static void (*const step_builds[])(struct visit *v, struct page *p) = {
	[STEP_FORM] = build_form,
	[STEP_REVIEW] = build_review,
	[STEP_SENT] = order_build_sent,
	[STEP_PROOF] = order_build_proof,
	[STEP_RESULT] = order_build_result,
};

static void order_build(struct visit *v, struct page *p)
{
	struct order_visit *s = v->state;

	p->is_private = true;
	if (s->quote.title || s->order.title)
		p->title = page_string(p, s->quote.title ? s->quote.title : s->order.title);
	/* Keys typed behind a "Continue" or a PIN are meant for the page that follows. */
	p->is_waiting = s->is_busy || (s->wants_review && s->asking);
	if (s->problem)
		page_notice(p, REGION_MAIN, TONE_ERROR, s->problem, NULL);
	step_builds[s->step](v, p);
}

/* A picker asks for choices as one types: they replace the field's own until the next quote. */
static void look_up_done(void *data, struct answer *a)
{
	struct visit *v = data;
	struct order_visit *s = v->state;

	s->looking_up = NULL;
	for (size_t i = 0; a->outcome == ANSWER_OK && i < s->quote.fields_count; i++) {
		struct form_field *field = &s->quote.fields[i];
		struct choice_page *found = a->body;

		if (strcmp(field->name, s->look_up_field) != 0)
			continue;
		for (size_t k = 0; k < field->choices_count; k++)
			json_release(&field->choices[k], &choice_json);
		free(field->choices);
		field->choices = TAKE_PTR(found->choices);
		field->choices_count = found->choices_count;
		found->choices_count = 0;
	}
	v->host->changed(v);
}

static void look_up(struct visit *v, const char *name, const char *text)
{
	struct order_visit *s = v->state;

	for (size_t i = 0; i < s->quote.fields_count; i++) {
		const struct form_field *field = &s->quote.fields[i];

		if (strcmp(field->name, name) != 0 || !field->lookup)
			continue;
		snprintf(s->look_up_field, sizeof(s->look_up_field), "%s", name);
		call_cancel(s->looking_up);
		s->looking_up = v->host->call(v, &call_look_up,
					      &(struct call_args){ .path = { field->lookup },
								   .query = { { "q", text } } },
					      look_up_done, v);
	}
}

static void form_event(struct visit *v, const struct event_ui *e)
{
	struct order_visit *s = v->state;

	if (load_wants_retry(e) || e->kind == EVENT_CHANGED) {
		order_ask_quote(v);
		v->host->changed(v);
	} else if (event_is(e, "form-actions", "review") || e->kind == EVENT_SUBMIT) {
		go_on(v);
	} else if (event_is(e, "form-actions", "cancel")) {
		v->host->back(v, NULL);
	} else if (e->kind == EVENT_SEARCH) {
		look_up(v, e->item, e->text);
	} else if (e->kind == EVENT_TICK && s->problem && !s->asking && client_is_offline(v->client)) {
		order_ask_quote(v);
	}
}

static void (*const step_events[])(struct visit *v, const struct event_ui *e) = {
	[STEP_FORM] = form_event,
	[STEP_REVIEW] = review_event,
	[STEP_SENT] = order_sent_event,
	[STEP_PROOF] = order_proof_event,
	[STEP_RESULT] = order_result_event,
};

static void order_event(struct visit *v, const struct event_ui *e)
{
	struct order_visit *s = v->state;

	step_events[s->step](v, e);
}

static void order_close(struct visit *v)
{
	struct order_visit *s = v->state;

	outbox_unwatch(v->client, v);
	free(s->type);
	free(s->problem);
	cJSON_Delete(s->prefill);
	load_release(&s->load);
	json_release(&s->quote, &quote_json);
	json_release(&s->order, &order_json);
}

const struct screen screen_order = {
	.name = "order",
	.title = N_("Order"),
	.summary = N_("Fill in, check, confirm"),
	.state_size = sizeof(struct order_visit),
	.open = order_open,
	.build = order_build,
	.event = order_event,
	.close = order_close,
};
