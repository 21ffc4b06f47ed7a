/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The paper receipt: every line fits, nothing is left out, and an order that was not booked has none. */
#include <errno.h>
#include <string.h>

#include "base/text.h"
#include "paper/receipt.h"
#include "tests/tap.h"

static struct review_line review[] = {
	{ .name = (char *)"creditor", .label = (char *)"收款人", .text = (char *)"*小明", .kind = REVIEW_KIND_NAME },
	{ .name = (char *)"amount", .label = (char *)"Amount", .text = (char *)"1,409.50 CNY",
	  .kind = REVIEW_KIND_AMOUNT, .amount = { 140950, "CNY" } },
	{ .name = (char *)"note", .label = (char *)"Message to the payee",
	  .text = (char *)"for the music lessons in September and October, with thanks", .kind = REVIEW_KIND_TEXT },
};

static struct order order = {
	.id = (char *)"0123456789abcdef0123456789abcdef", .type = (char *)"transfer", .title = (char *)"Transfer",
	.state = ORDER_STATE_DONE, .state_title = (char *)"Done", .created = 1763702400, .business_date = 20413,
	.review = review, .review_count = COUNT(review), .receipt = (char *)"2025-11-21-00000001",
	.interaction = (char *)"11111111-2222-4333-8444-555555555555", .context = { .terminal = (char *)"Counter 3" },
};

static bool every_line_fits(const char *text)
{
	while (*text) {
		size_t length = strcspn(text, "\n");
		_cleanup_(free_ptr) char *line = strndup(text, length);

		if (!line || text_columns(line) > RECEIPT_COLUMNS)
			return false;
		text += length + (text[length] == '\n');
	}
	return true;
}

static void test_language(const char *language, const char *words)
{
	struct receipt_facts facts = { .order = &order, .bank_name = "同舟示范银行", .payer = "王建国", .language = language,
				       .zone_seconds = ZONE_CHINA };
	_cleanup_(buf_release) struct buf out;

	buf_init(&out, 0);
	is_int(receipt_write(&facts, &out), 0, "%s: is written", language);
	ok(every_line_fits(out.data), "%s: no line is wider than the paper", language);
	ok(strstr(out.data, "同舟示范银行") && strstr(out.data, "王建国") && strstr(out.data, "*小明"),
	   "%s: who paid whom", language);
	ok(strstr(out.data, "1,409.50 CNY") && strstr(out.data, words), "%s: how much, in figures and words", language);
	ok(strstr(out.data, order.receipt) && strstr(out.data, order.id), "%s: its numbers", language);
	ok(strstr(out.data, "October") && strstr(out.data, "thanks"), "%s: a long note goes on below", language);
}

int main(void)
{
	struct receipt_facts facts = { .order = &order, .bank_name = "", .payer = "", .language = "en" };
	_cleanup_(buf_release) struct buf out;

	text_locale_init();
	test_language("en", "one thousand four hundred");
	test_language("zh_CN", "壹仟肆佰零玖元伍角");
	buf_init(&out, 0);
	order.receipt = NULL;
	is_int(receipt_write(&facts, &out), -ENOENT, "an order that was not booked has no receipt");
	is_int((long long)out.len, 0, "and nothing is written");
	return done();
}
