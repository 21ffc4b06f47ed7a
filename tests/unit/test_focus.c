/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Moving about pages and editing fields by keys alone. */
#include <stdlib.h>

#include "app/edit.h"
#include "app/focus.h"
#include "base/text.h"
#include "page/key.h"
#include "tests/tap.h"

static int rows_in_sight(struct front *f, const char *block)
{
	(void)f;
	(void)block;
	return 10;
}

static struct front front = { .visible = rows_in_sight };
static struct page page;
static struct focus focus;
static struct inputs inputs;
static struct place_view at = { .page = &page, .focus = &focus, .inputs = &inputs, .front = &front };

static void fresh(void)
{
	page_release(&page);
	inputs_release(&inputs);
	focus = (struct focus){ .count = 0 };
	page_init(&page, "Test");
}

static int64_t count_100(void *data)
{
	(void)data;
	return 100;
}

static bool row_any(void *data, int64_t i, struct row *ret)
{
	(void)data;
	(void)i;
	*ret = (struct row){ .text = { "x" } };
	return true;
}

static void build_form_page(void)
{
	struct block *b = page_form(&page, "form", "Form");

	form_add(&page, b, &(struct field){ .name = "name", .input = FIELD_TEXT, .title = "Name", .max = 5 });
	form_add(&page, b, &(struct field){ .name = "bank", .input = FIELD_CHOICE, .title = "Bank" });
	form_add(&page, b, &(struct field){ .name = "fast", .input = FIELD_SWITCH, .title = "Fast" });
	form_add(&page, b, &(struct field){ .name = "amount", .input = FIELD_AMOUNT, .title = "Amount" });
	b = page_actions(&page, "actions");
	block_item(&page, b, &(struct item){ .id = "cancel", .title = "Cancel" });
	block_item(&page, b, &(struct item){ .id = "go", .title = "Go", .flags = ITEM_DEFAULT, .key = 'g' });
	focus_settle(&at);
}

static const char *place(void)
{
	static char text[140];

	snprintf(text, sizeof(text), "%s/%s", focus.block,
		 focus.block[0] ? focus_place(&focus, focus.block)->item : "");
	return text;
}

static enum deed_kind key(int k)
{
	return focus_key(&at, k).kind;
}

static void type(const char *s)
{
	for (; *s; s++)
		key((unsigned char)*s);
}

static void test_forms(void)
{
	struct deed deed;

	fresh();
	build_form_page();
	is_str(place(), "form/name", "a form begins at its first field");
	type("Anna");
	is_str(inputs_text(&inputs, "form", "name"), "Anna", "letters reach the field");
	is_int(key(K_ENTER), DEED_MOVED, "Enter goes on");
	is_str(place(), "form/bank", "to the next field");
	is_int(key(K_ENTER), DEED_PICK, "Enter in an empty choice opens its picker");
	deed = focus_key(&at, 'b');
	ok(deed.kind == DEED_PICK && deed.key == 'b', "a letter opens the picker with itself");
	is_int(key(':'), DEED_NONE, "a colon is left to the app");
	inputs_set(&inputs, "form", "bank", "icbc");
	is_int(key(K_ENTER), DEED_MOVED, "Enter in a filled choice goes on");
	is_str(place(), "form/fast", "to the switch");
	is_int(key(K_SPACE), DEED_SWITCHED, "Space switches");
	is_str(inputs_text(&inputs, "form", "fast"), SWITCH_ON, "on");
	key(K_SPACE);
	is_str(inputs_text(&inputs, "form", "fast"), SWITCH_OFF, "and off");
	key(K_DOWN);
	is_str(place(), "form/amount", "Down goes to the next field as well");
	type("12");
	deed = focus_key(&at, K_ENTER);
	ok(deed.kind == DEED_SUBMIT && !strcmp(deed.block->id, "form"), "Enter in the last field submits");
	key(K_TAB);
	is_str(place(), "actions/cancel", "Tab goes on to the buttons");
	key(K_TAB);
	is_str(place(), "actions/go", "each of them a stop");
	deed = focus_key(&at, K_ENTER);
	ok(deed.kind == DEED_ITEM && !strcmp(deed.item->id, "go"), "Enter chooses it");
	key(K_TAB);
	is_str(place(), "form/name", "Tab goes around");
	key(K_BACK_TAB);
	is_str(place(), "actions/go", "Shift-Tab goes back around, to the last");
	deed = focus_key(&at, 'G');
	ok(deed.kind == DEED_ITEM && !strcmp(deed.item->id, "go"), "a shortcut works in either case");
	focus_target(&at, "form", "name", -1);
	is_int(key('g'), DEED_EDITED, "but in a field it is a letter");
}

static void test_settling(void)
{
	struct block *b;

	fresh();
	b = page_actions(&page, "actions");
	block_item(&page, b, &(struct item){ .id = "a", .title = "A", .flags = ITEM_DISABLED });
	block_item(&page, b, &(struct item){ .id = "b", .title = "B" });
	block_item(&page, b, &(struct item){ .id = "c", .title = "C" });
	focus_settle(&at);
	is_str(place(), "actions/b", "the first button that can be chosen");
	key(K_RIGHT);
	is_str(place(), "actions/c", "Right goes on");
	page_release(&page);
	page_init(&page, "Test");
	b = page_actions(&page, "actions");
	block_item(&page, b, &(struct item){ .id = "x", .title = "X" });
	block_item(&page, b, &(struct item){ .id = "c", .title = "C" });
	focus_settle(&at);
	is_str(place(), "actions/c", "an update does not move the focus");
	page_release(&page);
	page_init(&page, "Test");
	b = page_actions(&page, "actions");
	block_item(&page, b, &(struct item){ .id = "x", .title = "X" });
	focus_settle(&at);
	is_str(place(), "actions/x", "unless what was focused went away");
	page_release(&page);
	page_init(&page, "Test");
	focus_settle(&at);
	is_str(focus.block, "", "nothing to focus");
	ok(!focus_has_stop(&page), "and no stop");
	is_int(key(K_ENTER), DEED_NONE, "and keys mean nothing");
}

static void test_menus(void)
{
	struct block *b;
	struct deed deed;

	fresh();
	b = page_menu(&page, REGION_MAIN, "menu", "Menu");
	for (int i = 0; i < 12; i++) {
		char id[16];

		snprintf(id, sizeof(id), "i%d", i + 1);
		block_item(&page, b, &(struct item){ .id = id, .title = id });
	}
	b = page_actions(&page, "actions");
	block_item(&page, b, &(struct item){ .id = "back", .title = "Back" });
	focus_settle(&at);
	is_str(place(), "menu/i1", "a menu begins at its first item");
	deed = focus_key(&at, '7');
	ok(deed.kind == DEED_ITEM && !strcmp(deed.item->id, "i7"), "a digit chooses");
	is_str(place(), "menu/i7", "and moves there");
	key(K_END);
	is_str(place(), "menu/i12", "End goes to the last");
	key(K_DOWN);
	is_str(place(), "actions/back", "Down at the end leaves the menu");
	key(K_UP);
	is_str(place(), "menu/i12", "and Up comes back to where one was");
	key(K_TAB);
	is_str(place(), "actions/back", "Tab leaves a menu at once");
	deed = focus_key(&at, '2');
	ok(deed.kind == DEED_ITEM && !strcmp(deed.item->id, "i2"), "a digit finds the menu from elsewhere");
	is_int(key('0'), DEED_NONE, "0 is no item");
}

static void test_tables(void)
{
	const struct column columns[] = { { .title = "A", .min = 3 } };
	struct deed deed;

	fresh();
	page_table(&page, "rows", "Rows", columns, 1, &(struct table_source){ count_100, row_any, NULL }, "none");
	focus_settle(&at);
	is_str(focus.block, "rows", "a table takes the focus");
	key(K_DOWN);
	is_int(focus_row(&at), 1, "Down goes a row down");
	key(K_PAGE_DOWN);
	is_int(focus_row(&at), 11, "PgDn goes by what is in sight");
	key(K_END);
	is_int(focus_row(&at), 99, "End to the last");
	key(K_PAGE_DOWN);
	is_int(focus_row(&at), 99, "and no further");
	deed = focus_key(&at, K_ENTER);
	ok(deed.kind == DEED_ROW && deed.row == 99, "Enter opens it");
	is_int(focus_target(&at, "rows", "", 5).kind, DEED_MOVED, "the first click on a row points at it");
	is_int(focus_target(&at, "rows", "", 5).kind, DEED_ROW, "the second opens it");
	is_int(focus_target(&at, "rows", "", 100).kind, DEED_MOVED, "beside the rows is nothing");
	focus_scroll(&at, "rows", -3);
	is_int(focus_row(&at), 2, "the wheel moves it");
}

static enum edit_result edit(struct input *in, enum field_input sort, int max, const char *s)
{
	enum edit_result r = EDIT_MOVED;

	for (const char *c = s; *c;) {
		uint32_t cp;

		c += text_decode(c, strlen(c), &cp);
		r = edit_key(in, &(struct field){ .name = "f", .input = sort, .max = max }, (int)cp);
	}
	return r;
}

static const char *typed(enum field_input sort, int max, const char *s)
{
	static struct input in;

	memset(&in, 0, sizeof(in));
	edit(&in, sort, max, s);
	return in.text;
}

static void test_editing(void)
{
	static const struct field name = { .name = "f", .input = FIELD_TEXT, .max = 8 };
	struct input in = { .cursor = 0 };

	is_str(typed(FIELD_AMOUNT, 0, "1,234.50"), "1,234.50", "an amount as people write it");
	is_str(typed(FIELD_AMOUNT, 0, "1e9"), "19", "no exponent");
	is_str(typed(FIELD_AMOUNT, 0, "-1"), "1", "no sign");
	is_str(typed(FIELD_AMOUNT, 0, "1.2.3"), "1.23", "one point");
	is_str(typed(FIELD_AMOUNT, 0, "0.123456"), "0.1234", "no more decimals than a currency has");
	is_str(typed(FIELD_AMOUNT, 0, "１２．５"), "12.5", "full-width digits become half-width");
	is_str(typed(FIELD_AMOUNT, 0, "\xd9\xa1"), "", "digits of other scripts are refused");
	is_str(typed(FIELD_AMOUNT, 0, "12345678901234"), "1234567890123", "13 digits at most");
	is_str(typed(FIELD_DIGITS, 6, "12a3４5678"), "123456", "digits only, up to the field's length");
	is_str(typed(FIELD_TEXT, 3, "王小明华"), "王小明", "length counts characters");
	is_str(typed(FIELD_TEXT, 0, "a\xe2\x80\xaeg"), "ag", "what the output gate would replace is refused");
	is_int(edit(&in, FIELD_TEXT, 8, "小明 ok"), EDIT_CHANGED, "text is taken");
	edit_key(&in, &name, K_LEFT);
	edit_key(&in, &name, K_LEFT);
	edit_key(&in, &name, K_LEFT);
	edit_key(&in, &name, K_BACKSPACE);
	is_str(in.text, "小 ok", "Backspace takes a whole character");
	edit_key(&in, &name, K_CTRL('K'));
	is_str(in.text, "小", "Ctrl-K cuts to the end");
	edit_key(&in, &name, K_HOME);
	edit_key(&in, &name, K_DELETE);
	is_str(in.text, "", "Delete takes the character there");
	is_int(edit_key(&in, &name, K_BACKSPACE), EDIT_MOVED, "nothing left to take");
	edit(&in, FIELD_TEXT, 0, "one two ");
	edit_key(&in, &name, K_CTRL('W'));
	is_str(in.text, "one ", "Ctrl-W takes a word");
	edit_key(&in, &name, K_CTRL('U'));
	is_str(in.text, "", "Ctrl-U takes all before");
	is_int(edit_paste(&in, &name, "a\tb\x1b[31mc\r\n"), EDIT_CHANGED, "a paste without its controls");
	is_str(in.text, "ab[31mc", "and nothing else of them");
	is_int(edit_key(&in, &name, K_ENTER), EDIT_UNUSED, "Enter is not the editor's");
}

static void test_secrets(void)
{
	static const struct field pin = { .name = "pin", .input = FIELD_PIN, .max = 6 };
	struct input *in = inputs_get(&inputs, "form", "pin", true);

	for (const char *c = "73x0418" "99"; *c; c++)
		edit_key(in, &pin, *c);
	is_str(secret_reveal(in->secret), "730418", "a PIN is six digits");
	edit_key(in, &pin, K_BACKSPACE);
	is_int((long long)secret_characters(in->secret), 5, "Backspace");
	edit_key(in, &pin, K_CTRL('U'));
	is_int((long long)secret_characters(in->secret), 0, "Ctrl-U");
	is_str(in->text, "", "never in the text");
}

int main(void)
{
	text_locale_init();
	test_forms();
	test_settling();
	test_menus();
	test_tables();
	test_editing();
	test_secrets();
	fresh();
	page_release(&page);
	return done();
}
