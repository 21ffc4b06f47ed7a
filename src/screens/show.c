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

static bool is_figure(const struct review_line *line)
{
	return line->kind == REVIEW_KIND_AMOUNT && line->amount.currency[0];
}

void show_review(struct visit *v, struct page *p, const struct review_line *lines, size_t count)
{
	struct block *details;

	for (size_t i = 0; i < count; i++)
		if (is_figure(&lines[i])) {
			_cleanup_(free_ptr) char *words = show_words(v, &lines[i].amount);

			page_figure(p, REGION_MAIN, lines[i].label, &lines[i].amount, words);
		}
	details = page_details(p, REGION_MAIN, "");
	for (size_t i = 0; i < count; i++) {
		bool is_strong = lines[i].kind == REVIEW_KIND_NAME || lines[i].kind == REVIEW_KIND_TOTAL;

		if (!is_figure(&lines[i]))
			details_add(p, details, lines[i].label, lines[i].text, is_strong ? TONE_STRONG : TONE_PLAIN);
	}
}

bool event_is(const struct event_ui *e, const char *block, const char *item)
{
	return e->kind == EVENT_ACTION && strcmp(e->block, block) == 0 && strcmp(e->item, item) == 0;
}
