/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/show.h"

#include <stdio.h>
#include <string.h>

#include "base/catalogue.h"
#include "model/entry.h"

char *show_amount(const struct money *amount, int side, char buf[SHOW_MAX])
{
	char text[MONEY_TEXT_MAX];
	const char *sign = money_sign(amount->currency);
	struct money positive = *amount;

	if (positive.minor < 0) {
		positive.minor = -positive.minor;
		side = SIDE_DEBIT;
	}
	snprintf(buf, SHOW_MAX, "%s%s%s", side == SIDE_DEBIT ? "-" : "", sign ? sign : "", money_show(&positive, text));
	return buf;
}

char *show_signed(const struct money *amount, int side, char buf[SHOW_MAX])
{
	char text[MONEY_TEXT_MAX];

	snprintf(buf, SHOW_MAX, "%s%s", side == SIDE_DEBIT ? "-" : "+", money_show(amount, text));
	return buf;
}

static int zone_of(const struct visit *v)
{
	const struct config *config = client_config(v->client);

	return config ? config->zone_seconds : ZONE_CHINA;
}

char *show_time(const struct visit *v, int64_t utc, char buf[SHOW_MAX])
{
	char text[INSTANT_TEXT_MAX];

	buf[0] = '\0';
	if (utc)
		snprintf(buf, SHOW_MAX, "%.16s", instant_show(utc, zone_of(v), text));
	return buf;
}

char *show_date(date_days d, char buf[SHOW_MAX])
{
	char text[DATE_TEXT_MAX];

	buf[0] = '\0';
	if (d != DATE_NONE)
		snprintf(buf, SHOW_MAX, "%s", date_text(d, text));
	return buf;
}

char *show_words(struct visit *v, const struct money *amount)
{
	bool chinese = strcmp(v->host->language(v), "zh_CN") == 0;
	struct buf words;
	int r;

	buf_init(&words, 1024);
	r = chinese ? money_capitals_zh(amount, &words) : money_words_en(amount, &words);
	if (r < 0) {
		buf_release(&words);
		return NULL;
	}
	return buf_detach(&words);
}

enum tone order_tone(int state)
{
	switch ((enum order_state)state) {
	case ORDER_STATE_DONE:
		return TONE_SUCCESS;
	case ORDER_STATE_REJECTED:
	case ORDER_STATE_EXPIRED:
		return TONE_ERROR;
	case ORDER_STATE_VOIDED:
		return TONE_MUTED;
	case ORDER_STATE_WAITING:
	case ORDER_STATE_SCHEDULED:
	case ORDER_STATE_ACCEPTED:
		return TONE_WARNING;
	case ORDER_STATE_NONE:
		break;
	}
	return TONE_PLAIN;
}

void show_review(struct visit *v, struct page *p, const struct review_line *lines, size_t count)
{
	struct block *details = page_details(p, REGION_MAIN, "");

	for (size_t i = 0; i < count; i++) {
		const struct review_line *line = &lines[i];
		_cleanup_(free_ptr) char *words = NULL;

		if (line->kind != REVIEW_KIND_AMOUNT || !line->amount.currency[0]) {
			enum tone tone = line->kind == REVIEW_KIND_NAME || line->kind == REVIEW_KIND_TOTAL ?
						 TONE_STRONG : TONE_PLAIN;
			details_add(p, details, line->label, line->text, tone);
			continue;
		}
		words = show_words(v, &line->amount);
		page_figure(p, REGION_MAIN, line->label, &line->amount, words);
		if (i + 1 < count)
			details = page_details(p, REGION_MAIN, "");
	}
}

bool event_is(const struct event_ui *e, const char *block, const char *item)
{
	return e->kind == EVENT_ACTION && strcmp(e->block, block) == 0 && strcmp(e->item, item) == 0;
}
