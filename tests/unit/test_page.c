/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"
#include "page/columns.h"
#include "page/key.h"
#include "page/page_text.h"
#include "tests/tap.h"

static int64_t many(void *data)
{
	return *(int64_t *)data;
}

static bool row_of(void *data, int64_t index, struct row *ret)
{
	static char date[32], amount[32];

	(void)data;
	if (index == 2)
		return false;
	snprintf(date, sizeof(date), "2026-03-%02d", (int)(index % 28) + 1);
	snprintf(amount, sizeof(amount), "%d.00", (int)index * 1000);
	*ret = (struct row){ .text = { date, "Rent", amount }, .tone = { 0, 0, TONE_DEBIT } };
	return true;
}

static const struct column columns[] = {
	{ .title = "Date", .min = 10, .max = 10 },
	{ .title = "Text", .min = 6, .priority = 1 },
	{ .title = "Amount", .align = COLUMN_RIGHT, .min = 12, .max = 14 },
};

static void test_gate(void)
{
	struct page p;
	struct block *menu;

	page_init(&p, "Ti\x1b[31mtle");
	is_str(p.title, "Ti\xef\xbf\xbd[31mtle", "a title passes the gate");
	menu = page_menu(&p, REGION_MAIN, "menu", "Menu");
	page_text(&p, REGION_MAIN, TONE_PLAIN, "a\nb\x7f");
	is_str(p.blocks[1].text, "a\nb\xef\xbf\xbd", "a text keeps its lines and nothing else");
	page_heading(&p, REGION_MAIN, "a\nb");
	is_str(p.blocks[2].text, "a b", "a heading is one line");
	for (int i = 0; i < 100; i++)
		block_item(&p, menu, &(struct item){ .id = "x", .title = "t\xe2\x80\xae" });
	is_int(menu->item_count, 100, "items are added to a block that is no longer the last");
	is_str(menu->items[99].title, "t\xef\xbf\xbd", "no bidi control in an item");
	ok(page_block(&p, "menu") == menu && !page_block(&p, "absent") && !page_block(&p, ""),
	   "blocks by id");
	ok(!p.failed, "nothing failed");
	page_release(&p);
}

static void test_full(void)
{
	struct page p;
	struct block *b = NULL;
	_cleanup_(buf_release) struct buf out;

	buf_init(&out, 0);
	page_init(&p, "Full");
	for (int i = 0; i <= PAGE_BLOCKS_MAX; i++)
		b = page_actions(&p, "a");
	ok(!b && p.failed, "a block too many is left out");
	block_item(&p, b, &(struct item){ .id = "x", .title = "x" });
	page_text_write(&p, NULL, 80, &out);
	ok(strstr(out.data, "parts of this page are missing"), "and the page says so");
	page_release(&p);
}

static void test_money(void)
{
	struct page p;
	struct money m = { -123450, "CNY" };

	page_init(&p, "");
	is_str(page_amount(&p, &m), "-¥1,234.50", "the sign stands before the currency's");
	m.minor = 5;
	is_str(page_amount(&p, &m), "¥0.05", "five fen");
	page_release(&p);
}

static void test_inputs(void)
{
	struct inputs in = { 0 };
	struct input *pin, *text;
	char longer[400];

	is_str(inputs_text(&in, "f", "absent"), "", "an absent input is empty");
	ok(!inputs_secret(&in, "f", "pin"), "and no secret");
	pin = inputs_get(&in, "f", "pin", true);
	text = inputs_get(&in, "f", "text", false);
	ok(pin && pin->secret && text && !text->secret, "both sorts");
	for (int i = 0; i < 50; i++) {
		snprintf(longer, sizeof(longer), "field%d", i);
		inputs_get(&in, "f", longer, false);
	}
	ok(inputs_get(&in, "f", "pin", true) == pin, "addresses stay");
	secret_append(pin->secret, "123456", 6);
	is_str(pin->text, "", "a secret leaves nothing in the text");
	inputs_clear(&in, "f", "pin");
	is_int(secret_length(pin->secret), 0, "cleared");
	memset(longer, 'x', sizeof(longer) - 1);
	longer[sizeof(longer) - 1] = '\0';
	memcpy(longer + 255, "元", 3);
	is_int(inputs_set(&in, "f", "text", longer), 0, "set");
	is_int(strlen(text->text), 255, "cut before the character that does not fit");
	is_int(text->cursor, 255, "the cursor at the end");
	ok(!text->is_touched, "untouched");
	inputs_release(&in);
}

static void test_focus(void)
{
	struct focus f = { .block = "0" };
	char name[8];

	for (int i = 0; i < FOCUS_BLOCKS_MAX; i++) {
		snprintf(name, sizeof(name), "%d", i);
		focus_place(&f, name)->row = i;
	}
	focus_place(&f, "new")->row = 99;
	is_int(focus_place(&f, "0")->row, 0, "the focused place stays, though it is the oldest");
	is_int(focus_place(&f, "2")->row, 2, "others stay");
	is_int(focus_place(&f, "new")->row, 99, "the new one too");
	is_int(f.count, FOCUS_BLOCKS_MAX, "no more than fit");
}

static void test_keys(void)
{
	char buf[KEY_NAME_MAX];

	is_str(key_name(K_F12, buf), "F12", "F12");
	is_str(key_name(K_CTRL('L'), buf), "Ctrl-L", "Ctrl-L");
	is_str(key_name(K_ENTER, buf), "Enter", "Enter is not Ctrl-M");
	is_str(key_name('/', buf), "/", "a character is its own name");
	is_str(key_name(0x5143, buf), "元", "in UTF-8");
	is_str(key_name(K_FIRST, buf), "", "no key, no name");
}

static void test_columns(void)
{
	int w[TABLE_COLUMNS_MAX];

	is_int(columns_fit(columns, 3, 60, w), 0, "all fit in 60");
	is_int(w[0] + w[1] + w[2] + 2 * COLUMNS_GAP, 60, "and fill it");
	is_int(w[2], 14, "an amount takes its most");
	is_int(columns_fit(columns, 3, 30, w), 1, "in 30 one is dropped");
	ok(w[0] == 10 && w[1] == 0 && w[2] == 14, "the one of lowest importance");
	is_int(columns_fit(columns, 3, 12, w), 1, "in 12 those that must stay");
	ok(w[0] > 0 && w[2] > 0 && w[0] + w[2] + COLUMNS_GAP == 12, "shrink");
	columns_fit(columns, 3, 0, w);
	ok(w[0] == 1 && w[2] == 1, "down to one each");
}

static void build_all(struct page *p, int64_t *count)
{
	struct table_source source = { .count = many, .row = row_of, .data = count };
	struct money m = { 1234567, "CNY" };
	struct block *b;

	page_init(p, "Everything");
	page_heading(p, REGION_MAIN, "Heading");
	page_textf(p, REGION_MAIN, TONE_PLAIN, "A text of %d words that goes over one line", 10);
	page_figure(p, REGION_SIDE, "Balance", &m, "in words");
	b = page_details(p, REGION_SIDE, "Details");
	details_add(p, b, "Fee", "5.00", TONE_DEBIT);
	b = page_menu(p, REGION_MAIN, "menu", "Menu");
	block_item(p, b,
		   &(struct item){ .id = "a", .title = "First", .detail = "why", .badge = "3" });
	block_item(p, b, &(struct item){ .id = "b", .title = "Closed", .flags = ITEM_DISABLED });
	page_table(p, "table", "Table", columns, 3, &source, "No rows");
	b = page_form(p, "form", "Form");
	form_add(p, b,
		 &(struct field){
			 .name = "pin", .input = FIELD_PIN, .title = "PIN", .error = "wrong" });
	form_add(p, b,
		 &(struct field){
			 .name = "to",
			 .input = FIELD_CHOICE,
			 .title = "To",
			 .choice_count = 1,
			 .choices = &(struct choice_view){ .value = "v", .title = "Shown" } });
	b = page_actions(p, "actions");
	block_item(p, b, &(struct item){ .id = "ok", .title = "Confirm" });
	page_notice(p, REGION_MAIN, TONE_ERROR, "It failed", "Try again");
	page_progress(p, REGION_STATUS, "Working", 3, 9);
	page_document(p, "doc", "LINE 1\n  LINE 2");
}

static const char everything[] = "Everything\n"
				 "\n"
				 "Heading\n"
				 "A text of 10 words that goes over one\n"
				 "line\n"
				 "Menu\n"
				 "1. First [3] - why\n"
				 "-  Closed\n"
				 "Table\n"
				 "    Date        Text              Amount\n"
				 "#1  2026-03-01  Rent               -0.00\n"
				 "#2  2026-03-02  Rent            -1000.00\n"
				 "#3  …\n"
				 "Form\n"
				 "PIN: ••••\n"
				 "  ! wrong\n"
				 "To: Shown\n"
				 "2. Confirm\n"
				 "Error: It failed\n"
				 "  Try again\n"
				 "LINE 1\n"
				 "  LINE 2\n"
				 "Balance: ¥12,345.67\n"
				 "  in words\n"
				 "Details\n"
				 "Fee: -5.00\n"
				 "Working (3 of 9)\n"
				 "Error: Just now\n";

static void test_lines(void)
{
	struct page p;
	int64_t count = 3;
	struct inputs in = { 0 };
	struct focus f = { 0 };
	struct view view = {
		.inputs = &in, .focus = &f, .toast = "Just now", .toast_tone = TONE_ERROR
	};
	const struct block *block;
	const struct item *item;
	_cleanup_(buf_release) struct buf out;

	buf_init(&out, 0);
	build_all(&p, &count);
	secret_append(inputs_get(&in, "form", "pin", true)->secret, "7304", 4);
	inputs_set(&in, "form", "to", "v");
	is_int(page_text_write(&p, &view, 40, &out), 0, "a page with every block");
	is_str(out.data, everything, "as lines");
	ok(page_text_item(&p, 2, &block, &item) && !strcmp(item->id, "ok"),
	   "number 2 skips the closed item");
	ok(!page_text_item(&p, 3, &block, &item) && !page_text_item(&p, 0, &block, &item),
	   "no others");
	count = 100000;
	focus_place(&f, "table")->top = 99990;
	buf_clear(&out);
	page_text_block(&p, page_block(&p, "table"), &view, 80, &out);
	ok(strstr(out.data, "#100000") && strstr(out.data, "Rows 99991 to 100000 of 100,000"),
	   "a long table's end");
	count = 0;
	buf_clear(&out);
	page_text_block(&p, page_block(&p, "table"), &view, 80, &out);
	is_str(out.data, "Table\nNo rows\n", "an empty table says so");
	count = 1;
	buf_clear(&out);
	page_text_block(&p, page_block(&p, "table"), &view, 20, &out);
	ok(strstr(out.data, "Date 2026-03-01;"), "a narrow table names its values");
	inputs_release(&in);
	page_release(&p);
}

int main(void)
{
	text_locale_init();
	test_gate();
	test_full();
	test_money();
	test_inputs();
	test_focus();
	test_keys();
	test_columns();
	test_lines();
	is_str(tone_sign(TONE_CREDIT, "5"), "+", "a credit has a sign");
	is_str(tone_sign(TONE_CREDIT, "+5"), "", "one");
	is_str(tone_sign(TONE_PLAIN, "5"), "", "others have none");
	return done();
}
