/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "paper/receipt.h"

#include <errno.h>
#include <string.h>

#include "base/catalogue.h"
#include "base/text.h"

static void add_rule(struct buf *out)
{
	buf_pad(out, '-', RECEIPT_COLUMNS);
	buf_putc(out, '\n');
}

static void add_centred(struct buf *out, const char *text)
{
	text_add_padded(out, text, RECEIPT_COLUMNS, TEXT_CENTRE);
	buf_putc(out, '\n');
}

/* A value that does not fit beside its label goes below, at the right, over as many lines as it needs. */
static void add_line(struct buf *out, const char *label, const char *value)
{
	int room = RECEIPT_COLUMNS - text_columns(label) - 1;
	size_t skip, n;

	if (!value || !*value)
		return;
	buf_puts(out, label);
	if (text_columns(value) <= room) {
		buf_pad(out, ' ', (size_t)(room + 1 - text_columns(value)));
		buf_puts(out, value);
		buf_putc(out, '\n');
		return;
	}
	buf_putc(out, '\n');
	for (; *value; value += n + skip) {
		_cleanup_(free_ptr) char *part = NULL;

		n = text_wrap(value, RECEIPT_COLUMNS, &skip);
		part = strndup(value, n);
		text_add_padded(out, part ? part : "", RECEIPT_COLUMNS, TEXT_RIGHT);
		buf_putc(out, '\n');
		if (n + skip == 0)
			break;
	}
}

static void add_words(const struct receipt_facts *facts, const struct money *amount, struct buf *out)
{
	_cleanup_(buf_release) struct buf words;
	int r;

	buf_init(&words, 1024);
	r = strcmp(facts->language, "zh_CN") == 0 ? money_capitals_zh(amount, &words) : money_words_en(amount, &words);
	if (r == 0)
		add_line(out, _("In words"), words.data);
}

static void add_review(const struct receipt_facts *facts, struct buf *out)
{
	const struct order *order = facts->order;

	for (size_t i = 0; i < order->review_count; i++) {
		const struct review_line *line = &order->review[i];

		add_line(out, line->label, line->text);
		if (line->kind == REVIEW_KIND_AMOUNT && line->amount.currency[0])
			add_words(facts, &line->amount, out);
	}
}

int receipt_write(const struct receipt_facts *facts, struct buf *out)
{
	const struct order *order = facts->order;
	char text[INSTANT_TEXT_MAX];

	if (!order->receipt)
		return -ENOENT;
	add_centred(out, facts->bank_name);
	add_centred(out, order->title);
	add_rule(out);
	add_line(out, _("Receipt number"), order->receipt);
	add_line(out, _("Status"), order->state_title);
	add_line(out, _("Given at"), instant_show(order->created, facts->zone_seconds, text));
	if (order->business_date != DATE_NONE)
		add_line(out, _("Booked on"), date_text(order->business_date, text));
	add_rule(out);
	add_line(out, _("Payer"), facts->payer);
	add_review(facts, out);
	add_rule(out);
	add_line(out, _("Order number"), order->id);
	add_line(out, _("Terminal"), order->context.terminal);
	add_line(out, _("Reference for the bank"), order->interaction);
	return out->failed ? -EMSGSIZE : 0;
}
