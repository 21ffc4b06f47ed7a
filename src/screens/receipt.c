/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One order as it stands, its receipt once booked, and what can still be done about it. arg: the order id. */
#include <stdio.h>
#include <string.h>

#include "base/catalogue.h"
#include "client/outbox.h"
#include "paper/receipt.h"
#include "screens/load.h"
#include "screens/order_result.h"
#include "screens/show.h"

struct receipt {
	char key[33];
	struct load load;
	struct order order;
	bool asks_void; /* "really withdraw?" is shown */
	char *problem;
};

static void order_done(void *data, struct answer *a)
{
	struct visit *v = data;
	struct receipt *s = v->state;

	if (load_finish(&s->load, a)) {
		json_release(&s->order, &order_json);
		s->order = *(struct order *)a->body;
		memset(a->body, 0, sizeof(struct order));
	}
	v->host->changed(v);
}

static void receipt_load(struct visit *v)
{
	struct receipt *s = v->state;

	if (s->load.state != LOAD_READY)
		load_start(&s->load);
	v->host->call(v, &call_get_order, &(struct call_args){ .path = { s->key } }, order_done, v);
}

static void outbox_moved(void *data, const struct outbox_entry *entry)
{
	struct visit *v = data;

	if (entry->state == OUTBOX_KNOWN || entry->state == OUTBOX_REFUSED)
		receipt_load(v);
	v->host->changed(v);
}

static int receipt_open(struct visit *v, const char *arg)
{
	struct receipt *s = v->state;

	if (!arg)
		return -1;
	snprintf(s->key, sizeof(s->key), "%s", arg);
	outbox_watch(v->client, s->key, outbox_moved, v);
	receipt_load(v);
	return 0;
}

/* An order that only the outbox knows: the bank has not said anything about it. */
static void build_unknown(struct visit *v, struct page *p, const struct outbox_entry *entry)
{
	struct block *b;
	char text[SHOW_MAX];

	page_heading(p, REGION_MAIN, entry->summary);
	page_notice(p, REGION_MAIN, TONE_WARNING, _("The bank has not said yet how this order stands."), entry->text);
	b = page_details(p, REGION_MAIN, _("Order"));
	details_add(p, b, _("Given at"), show_time(v, entry->created, text), TONE_PLAIN);
	if (entry->next_try)
		details_add(p, b, _("Next try"), show_time(v, entry->next_try, text), TONE_PLAIN);
	details_add(p, b, _("Order number"), entry->key, TONE_MUTED);
	b = page_actions(p, "unknown");
	block_item(p, b, &(struct item){ .id = "retry", .title = _("Ask again now"), .flags = ITEM_DEFAULT });
	block_item(p, b, &(struct item){ .id = "void", .title = _("Withdraw the order"), .flags = ITEM_DANGER });
}

static void build_actions(struct visit *v, struct page *p)
{
	struct receipt *s = v->state;
	struct block *b;

	(void)v;
	if (s->asks_void) {
		page_notice(p, REGION_MAIN, TONE_WARNING, _("Withdraw this order?"),
			    _("The money set aside becomes free again."));
		b = page_actions(p, "sure");
		block_item(p, b, &(struct item){ .id = "yes", .title = _("Yes, withdraw"), .flags = ITEM_DANGER });
		block_item(p, b, &(struct item){ .id = "no", .title = _("No, keep it") });
		return;
	}
	b = page_actions(p, "receipt");
	block_item(p, b, &(struct item){ .id = "back", .title = _("Back"), .flags = ITEM_DEFAULT });
	if (order_open_proof(&s->order))
		block_item(p, b, &(struct item){ .id = "go-on", .title = _("Continue this order") });
	if (s->order.can_void)
		block_item(p, b,
			   &(struct item){ .id = "withdraw",
					   .title = _("Withdraw the order"),
					   .flags = ITEM_DANGER });
}

static int zone_of(const struct visit *v)
{
	const struct config *config = client_config(v->client);

	return config ? config->zone_seconds : ZONE_CHINA;
}

/* The receipt as it would be printed; an order that is not booked has none yet and shows its details. */
static void build_paper(struct visit *v, struct page *p)
{
	const struct receipt *s = v->state;
	const struct config *config = client_config(v->client);
	const struct session *session = client_session(v->client);
	struct receipt_facts facts = {
		.order = &s->order,
		.bank_name = config ? config->bank_name : "",
		.payer = session ? session->customer.name : "",
		.language = v->host->language(v),
		.zone_seconds = zone_of(v),
	};
	_cleanup_(buf_release) struct buf text;

	buf_init(&text, 0);
	if (receipt_write(&facts, &text) == 0)
		page_document(p, "paper", text.data);
	else
		order_result_build_details(v, p, &s->order);
}

static void receipt_build(struct visit *v, struct page *p)
{
	struct receipt *s = v->state;
	const struct outbox_entry *entry = outbox_find(v->client, s->key);

	p->is_private = true;
	if (s->problem)
		page_notice(p, REGION_MAIN, TONE_ERROR, s->problem, NULL);
	if (entry && entry->state != OUTBOX_KNOWN && entry->state != OUTBOX_REFUSED) {
		build_unknown(v, p, entry);
		return;
	}
	if (!load_build(&s->load, p, _("Asking for the order...")))
		return;
	order_result_build_state(p, &s->order);
	build_actions(v, p);
	build_paper(v, p);
}

static void withdraw(struct visit *v)
{
	struct receipt *s = v->state;
	struct err err;

	s->asks_void = false;
	free(s->problem);
	s->problem = outbox_void(v->client, s->key, &err) < 0 ? strdup(err.text) : NULL;
	v->host->changed(v);
}

static void receipt_event(struct visit *v, const struct event_ui *e)
{
	struct receipt *s = v->state;
	char arg[64];

	if (load_wants_retry(e) || (e->kind == EVENT_NEWS && strcmp(e->text, s->key) == 0)) {
		receipt_load(v);
	} else if (event_is(e, "receipt", "back")) {
		v->host->back(v, NULL);
	} else if (event_is(e, "receipt", "go-on")) {
		snprintf(arg, sizeof(arg), "resume %s", s->key);
		v->host->replace(v, "order", arg);
	} else if (event_is(e, "receipt", "withdraw") || event_is(e, "sure", "no")) {
		s->asks_void = strcmp(e->item, "withdraw") == 0;
		v->host->changed(v);
	} else if (event_is(e, "sure", "yes") || event_is(e, "unknown", "void")) {
		withdraw(v);
	} else if (event_is(e, "unknown", "retry")) {
		outbox_retry(v->client, s->key);
	}
}

static void receipt_close(struct visit *v)
{
	struct receipt *s = v->state;

	outbox_unwatch(v->client, v);
	free(s->problem);
	load_release(&s->load);
	json_release(&s->order, &order_json);
}

const struct screen screen_receipt = {
	.name = "receipt",
	.title = N_("Receipt"),
	.summary = N_("One order as it stands"),
	.state_size = sizeof(struct receipt),
	.open = receipt_open,
	.build = receipt_build,
	.event = receipt_event,
	.close = receipt_close,
};
