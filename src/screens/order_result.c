/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/order_result.h"

#include <stdio.h>

#include "base/catalogue.h"
#include "screens/show.h"

static const char *const state_texts[] = {
	[ORDER_STATE_NONE] = "",
	[ORDER_STATE_WAITING] = N_("Not done yet: the order waits for something from you."),
	[ORDER_STATE_SCHEDULED] = N_("Not done yet: the order will be carried out later. The money is set aside."),
	[ORDER_STATE_ACCEPTED] = N_("The bank has sent it. The other bank has not confirmed yet."),
	[ORDER_STATE_DONE] = N_("The order was carried out."),
	[ORDER_STATE_REJECTED] = N_("Not carried out."),
	[ORDER_STATE_VOIDED] = N_("Withdrawn. Nothing was paid."),
	[ORDER_STATE_EXPIRED] = N_("Too late: the time to confirm has passed. Nothing was paid."),
};

const struct need *order_open_proof(const struct order *order)
{
	for (size_t i = 0; i < order->needs_count; i++) {
		const struct need *need = &order->needs[i];

		if (need->kind == NEED_KIND_PROOF && need->status == NEED_STATUS_OPEN &&
		    (need->by == NEED_BY_PIN || need->by == NEED_BY_CODE))
			return need;
	}
	return NULL;
}

static void add(struct page *p, struct block *b, const char *label, const char *value)
{
	if (value && *value)
		details_add(p, b, label, value, TONE_MUTED);
}

void order_result_build_state(struct page *p, const struct order *order)
{
	page_heading(p, REGION_MAIN, order->title);
	page_notice(p, REGION_MAIN, order_tone(order->state), _(state_texts[order->state]),
		    order->reason ? order->reason->detail : NULL);
}

void order_result_build_details(struct visit *v, struct page *p, const struct order *order)
{
	char text[SHOW_MAX];
	struct block *b;

	if (order->state == ORDER_STATE_SCHEDULED && order->execution)
		page_textf(p, REGION_MAIN, TONE_STRONG, _("Will be sent at %s."), show_time(v, order->execution, text));
	show_review(v, p, order->review, order->review_count);
	b = page_details(p, REGION_MAIN, _("Order"));
	details_add(p, b, _("Status"), order->state_title, order_tone(order->state));
	add(p, b, _("Receipt number"), order->receipt);
	add(p, b, _("Given at"), show_time(v, order->created, text));
	add(p, b, _("Booked on"), show_date(order->business_date, text));
	add(p, b, _("Order number"), order->id);
	add(p, b, _("Terminal"), order->context.terminal);
	add(p, b, _("Reference for the bank"), order->interaction);
}
