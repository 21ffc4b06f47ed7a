/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Saved payees: pay, add, remove. Adding and removing are orders. */
#include <stdio.h>
#include <string.h>

#include "base/catalogue.h"
#include "model/payee.h"
#include "screens/load.h"
#include "screens/show.h"

struct payees {
	struct load load;
	struct payee_list list;
};

static void payees_done(void *data, struct answer *a)
{
	struct visit *v = data;
	struct payees *s = v->state;

	if (load_finish(&s->load, a)) {
		json_release(&s->list, &payee_list_json);
		s->list = *(struct payee_list *)a->body;
		memset(a->body, 0, sizeof(struct payee_list));
	}
	v->host->changed(v);
}

static void payees_load(struct visit *v)
{
	struct payees *s = v->state;

	if (s->load.state != LOAD_READY)
		load_start(&s->load);
	v->host->call(v, &call_list_payees, NULL, payees_done, v);
}

static int payees_open(struct visit *v, const char *arg)
{
	(void)arg;
	payees_load(v);
	return 0;
}

static int64_t rows_count(void *data)
{
	return (int64_t)((struct payees *)data)->list.payees_count;
}

static bool rows_row(void *data, int64_t index, struct row *ret)
{
	struct payees *s = data;
	const struct payee *payee = &s->list.payees[index];

	ret->text[0] = payee->name;
	ret->tone[0] = TONE_STRONG;
	ret->text[1] = payee->alias ? payee->alias : "";
	ret->text[2] = payee->agent_name;
	ret->text[3] = payee->account;
	return true;
}

static void payees_build(struct visit *v, struct page *p)
{
	struct payees *s = v->state;
	const struct column columns[] = {
		{ .title = _("Name"), .min = 8, .max = 24 },
		{ .title = _("Called"), .min = 6, .max = 16, .priority = 2 },
		{ .title = _("Bank"), .min = 10, .max = 28, .priority = 1 },
		{ .title = _("Account"), .min = 9, .max = 24 },
	};

	p->is_private = true;
	if (load_build(&s->load, p, _("Asking for your payees...")))
		page_table(p, "payees", _("Payees"), columns, COUNT(columns),
			   &(struct table_source){ rows_count, rows_row, s }, _("No payees yet. Press a to add one."));
}

static void open_order(struct visit *v, const char *format, int64_t row)
{
	struct payees *s = v->state;
	char arg[200];

	if (row < 0 || (size_t)row >= s->list.payees_count)
		return;
	snprintf(arg, sizeof(arg), "%s%s", format, s->list.payees[row].id);
	v->host->open(v, "order", arg);
}

static void payees_event(struct visit *v, const struct event_ui *e)
{
	if (load_wants_retry(e) || e->kind == EVENT_RESUMED || e->kind == EVENT_NEWS)
		payees_load(v);
	else if (e->kind == EVENT_ROW || event_is(e, "", "pay"))
		open_order(v, "transfer creditor=payee:", e->row);
	else if (event_is(e, "", "remove"))
		open_order(v, "payee-remove payee=payee:", e->row);
	else if (event_is(e, "", "add"))
		v->host->open(v, "order", "payee-add");
}

static void payees_close(struct visit *v)
{
	struct payees *s = v->state;

	load_release(&s->load);
	json_release(&s->list, &payee_list_json);
}

static const struct screen_key payees_keys[] = {
	{ 't', "pay", N_("Transfer"), N_("Transfer to this payee") },
	{ 'a', "add", N_("Add"), N_("Add a payee") },
	{ 'd', "remove", N_("Remove"), N_("Remove this payee") },
	{ 0, NULL, NULL, NULL },
};

const struct screen screen_payees = {
	.name = "payees",
	.code = "PY",
	.title = N_("Payees"),
	.summary = N_("People and firms you pay"),
	.flags = SCREEN_IN_HOME | SCREEN_SINGLE,
	.state_size = sizeof(struct payees),
	.keys = payees_keys,
	.open = payees_open,
	.build = payees_build,
	.event = payees_event,
	.close = payees_close,
};
