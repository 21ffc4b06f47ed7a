/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Random pages on screens of random sizes: nothing outside the grid, no half of a wide character
 * alone, the cursor inside, the page as text too. The input is a list of orders to the page's
 * builders; what is left over is their text.
 */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "page/page_text.h"
#include "tests/fuzz/fuzz.h"
#include "ui/layout.h"
#include "ui/paint.h"

struct source {
	const uint8_t *data;
	size_t size;
};

static int byte(struct source *s)
{
	if (!s->size)
		return 0;
	s->size--;
	return *s->data++;
}

/* Up to 63 bytes as a string; any bytes, for the gate to see to. */
static const char *text(struct source *s, char out[64])
{
	size_t n = (size_t)byte(s) % 64;

	if (n > s->size)
		n = s->size;
	if (n)
		memcpy(out, s->data, n);
	s->data += n;
	s->size -= n;
	out[n] = '\0';
	return out;
}

static int64_t row_count(void *data)
{
	return (*(uint8_t *)data) * 997;
}

static bool row_at(void *data, int64_t index, struct row *ret)
{
	(void)data;
	if (index % 7 == 3)
		return false;
	*ret = (struct row){ .text = { "元e\xcc\x81", "12,345.00", NULL, "" },
			     .tone = { TONE_DEBIT, TONE_CREDIT } };
	return true;
}

static void add_table(struct page *p, struct source *s, uint8_t *rows)
{
	struct table_source source = { .count = row_count, .row = row_at, .data = rows };
	struct column columns[TABLE_COLUMNS_MAX];
	size_t count = (size_t)byte(s) % TABLE_COLUMNS_MAX;
	char title[64];

	*rows = (uint8_t)byte(s);
	text(s, title);
	for (size_t i = 0; i < count; i++) {
		int b = byte(s);

		columns[i] = (struct column){ .title = title,
					      .align = b & 1,
					      .min = b % 40,
					      .max = b & 2 ? b % 60 : 0,
					      .priority = b % 3 };
	}
	page_table(p, "table", title, columns, count, &source, title);
}

static void add_items(struct page *p, struct source *s, struct block *b)
{
	char title[64], detail[64];

	for (int i = byte(s) % 20; i > 0; i--) {
		int flags = byte(s);

		block_item(p, b,
			   &(struct item){ .id = flags & 16 ? "a" : "b",
					   .title = text(s, title),
					   .detail = flags & 32 ? text(s, detail) : NULL,
					   .badge = flags & 64 ? "12" : NULL,
					   .flags = (unsigned)flags & 15 });
	}
}

static void add_fields(struct page *p, struct source *s, struct block *b)
{
	char title[64], more[64];

	for (int i = byte(s) % 12; i > 0; i--) {
		int flags = byte(s);

		form_add(p, b,
			 &(struct field){ .name = flags & 16 ? "x" : "y",
					  .input = (enum field_input)(flags % 8),
					  .title = text(s, title),
					  .hint = flags & 32 ? text(s, more) : NULL,
					  .error = flags & 64 ? title : NULL,
					  .display = flags & 128 ? title : NULL,
					  .max = byte(s) });
	}
}

static void add_block(struct page *p, struct source *s, uint8_t *rows)
{
	int kind = byte(s);
	enum region r = (enum region)(kind >> 4 & 3);
	char a[64], b[64];
	struct money m = { (int64_t)byte(s) << 40, "CNY" };
	struct block *block;

	r = r > REGION_STATUS ? REGION_MAIN : r;
	switch (kind % BLOCK_KIND_COUNT) {
	case BLOCK_HEADING:
		page_heading(p, r, text(s, a));
		break;
	case BLOCK_TEXT:
		page_text(p, r, (enum tone)(kind % TONE_COUNT), text(s, a));
		break;
	case BLOCK_FIGURE:
		page_figure(p, r, text(s, a), &m, text(s, b));
		break;
	case BLOCK_NOTICE:
		page_notice(p, r, TONE_ERROR, text(s, a), kind & 64 ? text(s, b) : NULL);
		break;
	case BLOCK_PROGRESS:
		page_progress(p, r, text(s, a), byte(s) - 9, byte(s));
		break;
	case BLOCK_DOCUMENT:
		page_document(p, "doc", text(s, a));
		break;
	case BLOCK_MENU:
		add_items(p, s, page_menu(p, r, "menu", text(s, a)));
		break;
	case BLOCK_ACTIONS:
		add_items(p, s, page_actions(p, "do"));
		break;
	case BLOCK_FORM:
		add_fields(p, s, page_form(p, "form", text(s, a)));
		break;
	case BLOCK_TABLE:
		add_table(p, s, rows);
		break;
	default:
		block = page_details(p, r, text(s, a));
		for (int i = byte(s) % 9; i > 0; i--)
			details_add(p, block, text(s, a), text(s, b), (enum tone)(i % TONE_COUNT));
	}
}

static void check(const struct layout *l)
{
	const struct grid *g = &l->grid;

	for (int i = 0; i < g->rows * g->cols; i++) {
		const struct cell *c = &g->cells[i];
		int col = i % g->cols;

		if (c->width > 2 || (c->width && !c->length) || c->length > CELL_BYTES ||
		    c->role >= ROLE_COUNT)
			abort();
		if (c->width == 2 && (col + 1 == g->cols || c[1].width))
			abort();
		if (!c->width && (!col || c[-1].width != 2))
			abort();
		if (!text_is_utf8(c->bytes, c->length))
			abort();
	}
	if (l->cursor_row >= g->rows || l->cursor_col >= g->cols || l->cursor_row < -1)
		abort();
	for (size_t i = 0; i < l->target_count; i++) {
		const struct rect *r = &l->targets[i].where;

		if (r->row < 0 || r->col < 0 || r->row + r->rows > g->rows ||
		    r->col + r->cols > g->cols)
			abort();
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const blocks[] = { "menu", "do", "form", "table", "doc", "" };
	static const struct terminal_facts facts = { true, true, true, true };
	struct source s = { data, size };
	struct inputs inputs = { 0 };
	struct focus focus = { 0 };
	struct view view = { .focus = &focus, .inputs = &inputs };
	struct layout l = { 0 };
	struct painter painter;
	struct buf out;
	struct page p;
	uint8_t rows = 0;
	char words[64];

	text_locale_init();
	buf_init(&out, 0);
	painter_init(&painter, &facts);
	page_init(&p, text(&s, words));
	for (int i = byte(&s) % 10; i > 0; i--)
		add_block(&p, &s, &rows);
	page_add_key(&p, 'x', "x", text(&s, words));
	inputs_set(&inputs, "form", "x", page_string(&p, text(&s, words)));
	for (int i = 0; i < 4; i++) {
		snprintf(focus.block, sizeof(focus.block), "%s", blocks[byte(&s) % 6]);
		focus_place(&focus, focus.block)->row = byte(&s) * 1001 - 9;
		focus.page_top = byte(&s) - 5;
		view.toast = i & 1 ? page_string(&p, text(&s, words)) : NULL;
		view.demo_phone = i & 2 ? page_string(&p, text(&s, words)) : NULL;
		if (layout_show(&l, byte(&s) % 80, byte(&s), &p, &view) == 0 && l.grid.cells) {
			check(&l);
			buf_clear(&out);
			painter_paint(&painter, &l.grid, l.cursor_row, l.cursor_col, NULL, &out);
		}
	}
	buf_clear(&out);
	if (page_text_write(&p, &view, byte(&s), &out) == 0 && !text_is_utf8(out.data, out.len))
		abort();
	page_release(&p);
	inputs_release(&inputs);
	layout_release(&l);
	painter_release(&painter);
	buf_release(&out);
	return 0;
}
