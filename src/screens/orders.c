/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Orders: first those whose fate the bank has not told yet, then everything given, newest first. */
#include <stdio.h>
#include <string.h>

#include "base/catalogue.h"
#include "client/outbox.h"
#include "screens/load.h"
#include "screens/show.h"

struct orders {
	struct load load;
	struct order_list list;
	bool open_only;
	struct call *call;
	bool is_more; /* the call under way asks for older orders */
	struct visit *visit;
	char cells[2][SHOW_MAX];
};

static bool entry_matters(const struct outbox_entry *entry)
{
	return entry->state != OUTBOX_KNOWN && entry->state != OUTBOX_REFUSED;
}

static const struct outbox_entry *unknown_at(struct orders *s, int64_t *index)
{
	const struct outbox_entry *const *entries;
	size_t count = outbox_list(s->visit->client, &entries);

	for (size_t i = 0; i < count; i++)
		if (entry_matters(entries[i]) && (*index)-- == 0)
			return entries[i];
	return NULL;
}

static void append_orders(struct orders *s, struct order_list *more)
{
	struct order *all = reallocarray(s->list.orders, s->list.orders_count + more->orders_count + 1, sizeof(*all));

	if (!all)
		return;
	memcpy(all + s->list.orders_count, more->orders, more->orders_count * sizeof(*all));
	s->list.orders = all;
	s->list.orders_count += more->orders_count;
	free(s->list.older);
	s->list.older = TAKE_PTR(more->older);
	free(TAKE_PTR(more->orders));
	more->orders_count = 0;
}

static void orders_done(void *data, struct answer *a)
{
	struct visit *v = data;
	struct orders *s = v->state;

	s->call = NULL;
	if (load_finish(&s->load, a)) {
		if (!s->is_more)
			json_release(&s->list, &order_list_json);
		append_orders(s, a->body);
	}
	v->host->changed(v);
}

static void orders_ask(struct visit *v, bool more)
{
	struct orders *s = v->state;
	struct call_args args = { .query = { { "state", s->open_only ? "open" : "all" },
					     { "cursor", more ? s->list.older : NULL } } };

	call_cancel(s->call);
	s->is_more = more;
	if (s->load.state != LOAD_READY)
		load_start(&s->load);
	s->call = v->host->call(v, &call_list_orders, &args, orders_done, v);
}

static void outbox_moved(void *data, const struct outbox_entry *entry)
{
	struct visit *v = data;

	if (!entry_matters(entry))
		orders_ask(v, false);
	v->host->changed(v);
}

static int orders_open(struct visit *v, const char *arg)
{
	struct orders *s = v->state;

	s->visit = v;
	s->open_only = arg && strcmp(arg, "open") == 0;
	outbox_watch(v->client, NULL, outbox_moved, v);
	orders_ask(v, false);
	return 0;
}

static int64_t rows_count(void *data)
{
	struct orders *s = data;
	int64_t unknown = INT64_MAX;

	unknown_at(s, &unknown);
	return INT64_MAX - unknown + (int64_t)s->list.orders_count;
}

static const char *const outbox_titles[] = {
	[OUTBOX_SENDING] = N_("Sending"), [OUTBOX_UNKNOWN] = N_("No answer yet"), [OUTBOX_VOIDING] = N_("Withdrawing"),
	[OUTBOX_PARKED] = N_("Waits for login"), [OUTBOX_KNOWN] = "", [OUTBOX_REFUSED] = "",
};

/* Whom it pays: the payee's name, or of one's own accounts the one that receives. */
static const char *order_name(const struct order *order)
{
	const char *account = "";

	for (size_t i = 0; i < order->review_count; i++) {
		const struct review_line *line = &order->review[i];

		if (line->kind == REVIEW_KIND_NAME)
			return line->text;
		if (line->kind == REVIEW_KIND_ACCOUNT && strcmp(line->name, "creditorAccount") == 0)
			account = line->text;
	}
	return account;
}

/* What the payee gets, as the review named it; what leaves the account adds the fee. */
static const struct money *order_amount(const struct order *order)
{
	for (size_t i = 0; i < order->review_count; i++)
		if (order->review[i].kind == REVIEW_KIND_AMOUNT)
			return &order->review[i].amount;
	return &order->total;
}

static bool rows_row(void *data, int64_t index, struct row *ret)
{
	struct orders *s = data;
	const struct outbox_entry *entry = unknown_at(s, &index);
	const struct order *order;
	const struct money *amount;

	if (entry) {
		ret->text[0] = show_time(s->visit, entry->created, s->cells[0]);
		ret->text[1] = entry->summary;
		ret->text[2] = "";
		ret->text[3] = "";
		ret->text[4] = _(outbox_titles[entry->state]);
		ret->tone[4] = TONE_WARNING;
		return true;
	}
	order = &s->list.orders[index];
	amount = order_amount(order);
	ret->text[0] = show_time(s->visit, order->created, s->cells[0]);
	ret->tone[0] = TONE_MUTED;
	ret->text[1] = order->title;
	ret->text[2] = order_name(order);
	ret->text[3] = amount->currency[0] ? show_amount(amount, SIDE_CREDIT, s->cells[1]) : "";
	ret->text[4] = order->state_title;
	ret->tone[4] = order_tone(order->state);
	return true;
}

static void orders_build(struct visit *v, struct page *p)
{
	struct orders *s = v->state;
	const struct column columns[] = {
		{ .title = _("Given at"), .min = 16, .max = 16, .priority = 2 },
		{ .title = _("Order"), .min = 10, .max = 30 },
		{ .title = _("Paid to"), .min = 18, .priority = 3 }, /* an account keeps its last digits */
		{ .title = _("Amount"), .align = COLUMN_RIGHT, .min = 12, .max = 18, .priority = 1 },
		{ .title = _("Status"), .min = 10, .max = 18 },
	};

	p->is_private = true;
	if (s->load.state == LOAD_FAILED || rows_count(s) == 0)
		if (!load_build(&s->load, p, _("Asking for your orders...")) && rows_count(s) == 0)
			return;
	page_table(p, "orders", s->open_only ? _("Orders in progress") : _("Orders"), columns, COUNT(columns),
		   &(struct table_source){ rows_count, rows_row, s },
		   s->open_only ? _("No order is in progress.") : _("You have not given any order yet."));
}

static void open_row(struct visit *v, int64_t row)
{
	struct orders *s = v->state;
	const struct outbox_entry *entry = unknown_at(s, &row);

	if (entry)
		v->host->open(v, "receipt", entry->key);
	else if (row >= 0 && (size_t)row < s->list.orders_count)
		v->host->open(v, "receipt", s->list.orders[row].id);
}

static void orders_event(struct visit *v, const struct event_ui *e)
{
	struct orders *s = v->state;

	if (load_wants_retry(e) || e->kind == EVENT_RESUMED || e->kind == EVENT_NEWS || event_is(e, "", "refresh")) {
		orders_ask(v, false);
	} else if (event_is(e, "", "open")) {
		s->open_only = !s->open_only;
		orders_ask(v, false);
		v->host->changed(v);
	} else if (e->kind == EVENT_ROW) {
		open_row(v, e->row);
	} else if (e->kind == EVENT_ROWS && e->last + 10 >= rows_count(s) && s->list.older && !s->call) {
		orders_ask(v, true);
	}
}

static void orders_close(struct visit *v)
{
	struct orders *s = v->state;

	outbox_unwatch(v->client, v);
	load_release(&s->load);
	json_release(&s->list, &order_list_json);
}

static const struct screen_key orders_keys[] = {
	{ 'o', "open", N_("In progress/all"), N_("Only orders in progress, or all") },
	{ K_F5, "refresh", N_("Refresh"), N_("Ask the bank again") },
	{ 0, NULL, NULL, NULL },
};

const struct screen screen_orders = {
	.name = "orders",
	.code = "OR",
	.title = N_("Orders"),
	.summary = N_("In progress, unanswered and done"),
	.flags = SCREEN_IN_HOME | SCREEN_SINGLE,
	.state_size = sizeof(struct orders),
	.keys = orders_keys,
	.open = orders_open,
	.build = orders_build,
	.event = orders_event,
	.close = orders_close,
};
