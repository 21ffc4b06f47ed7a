/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Whatever a person types, pastes, clicks or answers in lines: fields stay within their length, their sort and the
 * output gate, cursors stand on characters, and the focus on something that exists.
 */
#include <stdlib.h>
#include <string.h>

#include "app/edit.h"
#include "app/focus.h"
#include "base/money.h"
#include "base/text.h"
#include "page/key.h"
#include "plain/answer.h"
#include "tests/fuzz/fuzz.h"

#define ROWS 1000

static int64_t count(void *data)
{
	(void)data;
	return ROWS;
}

static bool row(void *data, int64_t i, struct row *ret)
{
	(void)data;
	(void)i;
	*ret = (struct row){ .text = { "row" } };
	return true;
}

static const struct field fields[] = {
	{ .name = "text", .input = FIELD_TEXT, .title = "Text", .max = 7 },
	{ .name = "amount", .input = FIELD_AMOUNT, .title = "Amount" },
	{ .name = "date", .input = FIELD_DATE, .title = "Date" },
	{ .name = "digits", .input = FIELD_DIGITS, .title = "Digits", .max = 6 },
	{ .name = "pin", .input = FIELD_PIN, .title = "PIN", .max = 6 },
	{ .name = "switch", .input = FIELD_SWITCH, .title = "Switch" },
	{ .name = "choice", .input = FIELD_CHOICE, .title = "Choice" },
	{ .name = "free", .input = FIELD_TEXT, .title = "Free" },
};

static void build(struct page *p)
{
	const struct column columns[] = { { .title = "Column", .min = 3 } };
	struct block *b;

	page_init(p, "Page");
	b = page_form(p, "form", "Form");
	for (size_t i = 0; i < COUNT(fields); i++)
		form_add(p, b, &fields[i]);
	b = page_menu(p, REGION_MAIN, "menu", "Menu");
	block_item(p, b, &(struct item){ .id = "one", .title = "One" });
	block_item(p, b, &(struct item){ .id = "two", .title = "Two", .key = 't', .flags = ITEM_DISABLED });
	b = page_actions(p, "actions");
	block_item(p, b, &(struct item){ .id = "confirm", .title = "Confirm", .flags = ITEM_CONFIRM });
	p->barrier = "terms";
	p->confirm_total = "1.00";
	page_table(p, "table", "Table", columns, 1, &(struct table_source){ count, row, NULL }, "none");
	page_add_key(p, 'd', "details", "Details");
}

static void must(bool holds)
{
	if (!holds)
		abort();
}

static void check_input(const struct field *f, const struct input *in)
{
	struct buf gated;
	size_t characters = 0;

	if (in->secret) {
		must(!f->max || secret_characters(in->secret) <= (size_t)f->max);
		return;
	}
	must(text_is_utf8(in->text, strlen(in->text)));
	must(in->cursor <= strlen(in->text) && ((unsigned char)in->text[in->cursor] & 0xc0) != 0x80);
	for (const char *c = in->text; *c; c++)
		characters += ((unsigned char)*c & 0xc0) != 0x80;
	must(!f->max || characters <= (size_t)f->max);
	must(f->input != FIELD_DIGITS || strspn(in->text, "0123456789") == strlen(in->text));
	must(f->input != FIELD_AMOUNT || strspn(in->text, "0123456789.,") == strlen(in->text));
	buf_init(&gated, 0);
	text_gate(&gated, in->text, strlen(in->text), GATE_ONE_LINE);
	must(!gated.len || !strcmp(gated.data, in->text));
	buf_release(&gated);
}

static void check_all(const struct place_view *at)
{
	const struct block *form = page_block(at->page, "form");
	int64_t r = focus_row(at);

	must(focus_block(at) != NULL);
	must(r >= 0 && r < ROWS);
	for (size_t i = 0; i < COUNT(fields); i++)
		check_input(&fields[i], focus_input(at->inputs, form, &form->fields[i]));
}

/* Two bytes make a key: what there is on a keyboard, and what there is not. */
static int key_of(const uint8_t *b)
{
	static const int rare[] = { K_UP, K_DOWN, K_LEFT, K_RIGHT, K_HOME, K_END, K_PAGE_UP, K_PAGE_DOWN, K_DELETE,
				    K_BACK_TAB, K_TAB, K_ENTER, K_F1, K_INSERT };

	if (b[0] < 0x80)
		return b[0];
	return b[0] < 0xc0 ? rare[b[1] % COUNT(rare)] : (b[0] & 0x3f) << 8 | b[1];
}

static void type(const struct place_view *at, const uint8_t *data, size_t size)
{
	static const char *const places[] = { "form", "menu", "table", "actions", "nowhere", "" };

	for (size_t i = 0; i + 1 < size; i += 2) {
		if (data[i] == 0xff)
			focus_target(at, places[data[i + 1] % COUNT(places)], fields[data[i + 1] % COUNT(fields)].name,
				     data[i + 1] - 1);
		else if (data[i] == 0xfe)
			focus_scroll(at, places[data[i + 1] % COUNT(places)], data[i + 1] - 128);
		else
			focus_key(at, key_of(&data[i]));
	}
}

static void answer(const struct place_view *at, char *lines)
{
	struct asking asking = { .question = ASK_CHOICE };
	struct view view = { .focus = at->focus, .inputs = at->inputs };
	struct buf out;
	char *line;

	buf_init(&out, 1 << 20);
	while ((line = strsep(&lines, "\n"))) {
		struct front_input in = { .row = -1 };

		asking_follow(&asking, at->page, &view, &out);
		if (asking_pending(&asking, &in))
			must(in.kind == INPUT_CHOOSE);
		else if (asking_answer(&asking, line, &in, &out))
			must(in.kind == INPUT_CHOOSE || in.kind == INPUT_FILL || in.kind == INPUT_SCROLL);
		must(in.kind != INPUT_FILL || in.text);
	}
	buf_release(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct page page;
	struct focus focus = { .count = 0 };
	struct inputs inputs = { .count = 0 };
	struct place_view at = { .page = &page, .focus = &focus, .inputs = &inputs };
	char *text = malloc(size + 1);

	if (!text)
		return 0;
	memcpy(text, data, size);
	text[size] = '\0';
	text_locale_init();
	build(&page);
	focus_settle(&at);
	type(&at, data, size);
	check_all(&at);
	focus_paste(&at, text);
	check_all(&at);
	answer(&at, text);
	free(text);
	inputs_release(&inputs);
	page_release(&page);
	return 0;
}
