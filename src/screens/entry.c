/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One entry of a statement, whole. arg: the entry as JSON, because entries never change. */
#include <string.h>

#include "base/catalogue.h"
#include "model/entry.h"
#include "screens/show.h"

static int entry_open(struct visit *v, const char *arg)
{
	return arg ? json_read_text(arg, strlen(arg), &entry_json, JSON_LAX, v->state, NULL) : -1;
}

static void add(struct page *p, struct block *b, const char *label, const char *value)
{
	if (value && *value)
		details_add(p, b, label, value, TONE_PLAIN);
}

static void entry_build(struct visit *v, struct page *p)
{
	const struct entry *entry = v->state;
	char text[SHOW_MAX];
	struct block *b;

	page_figure(p, REGION_MAIN, entry->side == SIDE_DEBIT ? _("Paid out") : _("Received"), &entry->amount, NULL);
	b = page_details(p, REGION_MAIN, _("Entry"));
	add(p, b, _("What"), entry->title);
	add(p, b, _("With"), entry->party);
	add(p, b, _("Their account"), entry->party_account);
	add(p, b, _("Reference"), entry->text);
	add(p, b, _("Booked at"), show_time(v, entry->booked, text));
	add(p, b, _("Business date"), show_date(entry->business_date, text));
	add(p, b, _("Balance after"), show_amount(&entry->balance, entry->balance_side, text));
	if (entry->order_id) {
		b = page_actions(p, "entry-actions");
		block_item(p, b, &(struct item){ .id = "receipt", .title = _("Receipt"), .flags = ITEM_DEFAULT });
	}
	p->is_private = true;
}

static void entry_event(struct visit *v, const struct event_ui *e)
{
	const struct entry *entry = v->state;

	if (event_is(e, "entry-actions", "receipt"))
		v->host->open(v, "receipt", entry->order_id);
}

static void entry_close(struct visit *v)
{
	json_release(v->state, &entry_json);
}

const struct screen screen_entry = {
	.name = "entry",
	.title = N_("Entry"),
	.summary = N_("One entry of a statement"),
	.state_size = sizeof(struct entry),
	.open = entry_open,
	.build = entry_build,
	.event = entry_event,
	.close = entry_close,
};
