/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "page/page_text.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/catalogue.h"
#include "base/text.h"
#include "page/columns.h"

/* One call of page_text_write or page_text_block. */
struct lines {
	const struct page *page;
	const struct view *view;
	int columns;
	struct buf *out;
};

const char *tone_sign(enum tone tone, const char *text)
{
	if (tone != TONE_CREDIT && tone != TONE_DEBIT)
		return "";
	if (!text || !*text || *text == '+' || *text == '-' || !strncmp(text, "\xe2\x88\x92", 3))
		return "";
	return tone == TONE_CREDIT ? "+" : "-";
}

const char *tone_word(enum tone tone)
{
	switch (tone) {
	case TONE_ERROR:
		return _("Error");
	case TONE_WARNING:
		return _("Warning");
	case TONE_SUCCESS:
		return _("Done");
	default:
		return _("Note");
	}
}

const char *count_text(int64_t n, char buf[COUNT_TEXT_MAX])
{
	char digits[COUNT_TEXT_MAX];
	int len = snprintf(digits, sizeof(digits), "%" PRId64, n), used = 0;

	for (int i = 0; i < len; i++) {
		buf[used++] = digits[i];
		if (digits[i] != '-' && i + 1 < len && (len - i - 1) % 3 == 0)
			buf[used++] = ',';
	}
	buf[used] = '\0';
	return buf;
}

static const char *choice_title(const struct field *f, const char *value)
{
	for (size_t i = 0; i < f->choice_count; i++)
		if (!strcmp(f->choices[i].value, value))
			return f->choices[i].title;
	return value;
}

int field_shown(const struct block *form, const struct field *f, const struct inputs *in,
		struct buf *out)
{
	const struct secret *s;
	const char *text;

	if (!in)
		return 0;
	if (f->input == FIELD_SECRET || f->input == FIELD_PIN) {
		s = inputs_secret(in, form->id, f->name);
		for (size_t n = s ? secret_characters(s) : 0; n; n--)
			buf_puts(out, "•");
		return out->failed ? -ENOMEM : 0;
	}
	text = inputs_text(in, form->id, f->name);
	if (f->input == FIELD_SWITCH)
		return buf_puts(out, !strcmp(text, "true") ? _("yes") : _("no"));
	return text_gate(out, choice_title(f, text), strlen(choice_title(f, text)), GATE_ONE_LINE);
}

/* s wrapped, the first line after `first`, others after as many spaces. */
static void wrapped(struct lines *l, const char *first, const char *s)
{
	int indent = text_columns(first), room = l->columns - indent;
	bool is_first = true;

	if (room < PAGE_TEXT_MIN / 2) {
		room = l->columns - 2;
		indent = 2;
	}
	do {
		size_t skip = 0, n = text_wrap(s, room, &skip);

		if (is_first)
			buf_puts(l->out, first);
		else
			buf_pad(l->out, ' ', (size_t)indent);
		buf_add(l->out, s, n);
		buf_putc(l->out, '\n');
		is_first = false;
		if (!n && !skip)
			break;
		s += n + skip;
	} while (*s && !l->out->failed);
}

/* "label: value", wrapped under the value when that leaves room. */
static void labelled(struct lines *l, const char *label, const char *value)
{
	char first[256];

	snprintf(first, sizeof(first), _("%s: "), label);
	if (text_columns(first) > l->columns / 2) {
		wrapped(l, "", label);
		wrapped(l, "  ", value);
	} else {
		wrapped(l, first, value);
	}
}

static void heading_lines(struct lines *l, const struct block *b)
{
	if (l->out->len)
		buf_putc(l->out, '\n');
	wrapped(l, "", b->text);
}

static void text_lines(struct lines *l, const struct block *b)
{
	wrapped(l, "", b->text);
}

static void figure_lines(struct lines *l, const struct block *b)
{
	labelled(l, b->label, b->text);
	if (b->words)
		wrapped(l, "  ", b->words);
}

static void details_lines(struct lines *l, const struct block *b)
{
	if (*b->label)
		wrapped(l, "", b->label);
	for (size_t i = 0; i < b->detail_count; i++) {
		const struct detail *d = &b->details[i];
		char value[512];

		snprintf(value, sizeof(value), "%s%s", tone_sign(d->tone, d->value), d->value);
		labelled(l, d->label, value);
	}
}

static bool is_choosable(const struct item *item)
{
	return !(item->flags & ITEM_DISABLED);
}

static bool has_items(const struct block *b)
{
	return b->kind == BLOCK_MENU || b->kind == BLOCK_ACTIONS;
}

bool page_text_item(const struct page *p, int number, const struct block **ret_block,
		    const struct item **ret_item)
{
	for (size_t i = 0; i < p->block_count; i++) {
		const struct block *b = &p->blocks[i];

		for (size_t k = 0; has_items(b) && k < b->item_count; k++)
			if (is_choosable(&b->items[k]) && --number == 0) {
				*ret_block = b;
				*ret_item = &b->items[k];
				return true;
			}
	}
	return false;
}

static int numbers_before(const struct page *p, const struct block *upto)
{
	int n = 0;

	for (const struct block *b = p->blocks; b < upto; b++)
		for (size_t k = 0; has_items(b) && k < b->item_count; k++)
			n += is_choosable(&b->items[k]);
	return n;
}

static void items_lines(struct lines *l, const struct block *b)
{
	int number = numbers_before(l->page, b);

	if (*b->label)
		wrapped(l, "", b->label);
	if (!b->item_count && b->empty)
		wrapped(l, "", b->empty);
	for (size_t i = 0; i < b->item_count; i++) {
		const struct item *item = &b->items[i];
		char first[24] = "-  ", line[1024];

		if (is_choosable(item))
			snprintf(first, sizeof(first), "%d. ", ++number);
		snprintf(line, sizeof(line), "%s%s%s%s%s%s", item->title, item->badge ? " [" : "",
			 item->badge ? item->badge : "", item->badge ? "]" : "",
			 item->detail ? " - " : "", item->detail ? item->detail : "");
		wrapped(l, first, line);
	}
}

static void row_aligned(struct lines *l, const struct block *b, const char *first,
			const char *const *text, const enum tone *tones, const int *widths)
{
	char value[512];
	bool is_later = false;

	buf_puts(l->out, first);
	for (size_t c = 0; c < b->column_count; c++) {
		if (!widths[c])
			continue;
		if (is_later)
			buf_pad(l->out, ' ', COLUMNS_GAP);
		is_later = true;
		snprintf(value, sizeof(value), "%s%s", tones ? tone_sign(tones[c], text[c]) : "",
			 text[c] ? text[c] : "");
		text_add_padded(l->out, value, widths[c],
				b->columns[c].align == COLUMN_RIGHT ? TEXT_RIGHT : TEXT_LEFT);
	}
	while (l->out->len && l->out->data[l->out->len - 1] == ' ')
		l->out->data[--l->out->len] = '\0';
	buf_putc(l->out, '\n');
}

/* A row that is too long for one line: its values one after another. */
static void row_joined(struct lines *l, const struct block *b, const char *first,
		       const struct row *row)
{
	_cleanup_(buf_release) struct buf line;

	buf_init(&line, 0);
	for (size_t c = 0; c < b->column_count; c++)
		if (row->text[c] && *row->text[c])
			buf_printf(&line, "%s%s %s%s", line.len ? "; " : "", b->columns[c].title,
				   tone_sign(row->tone[c], row->text[c]), row->text[c]);
	wrapped(l, first, line.data);
}

static void table_rows(struct lines *l, const struct block *b, int64_t top, int64_t count)
{
	int64_t last = top + PAGE_TEXT_ROWS < count ? top + PAGE_TEXT_ROWS : count;
	char number[COUNT_TEXT_MAX], first[COUNT_TEXT_MAX + 4], blank[COUNT_TEXT_MAX + 4];
	int widths[TABLE_COLUMNS_MAX];
	int indent = snprintf(blank, sizeof(blank), "#%" PRId64 "  ", last);
	bool is_wide = columns_fit(b->columns, b->column_count, l->columns - indent, widths) == 0;
	const char *titles[TABLE_COLUMNS_MAX];

	for (size_t c = 0; c < b->column_count; c++)
		titles[c] = b->columns[c].title;
	memset(blank, ' ', (size_t)indent);
	if (is_wide)
		row_aligned(l, b, blank, titles, NULL, widths);
	for (int64_t i = top; i < last; i++) {
		struct row row = { 0 };

		snprintf(number, sizeof(number), "#%" PRId64, i + 1);
		snprintf(first, sizeof(first), "%-*s", indent, number);
		if (!b->source.row(b->source.data, i, &row))
			wrapped(l, first, "…");
		else if (is_wide)
			row_aligned(l, b, first, row.text, row.tone, widths);
		else
			row_joined(l, b, first, &row);
	}
	if (count > last - top)
		buf_printf(l->out, _("Rows %" PRId64 " to %" PRId64 " of %s\n"), top + 1, last,
			   count_text(count, number));
}

static void table_lines(struct lines *l, const struct block *b)
{
	int64_t count = b->source.count ? b->source.count(b->source.data) : 0, top = 0;

	if (*b->label)
		wrapped(l, "", b->label);
	if (l->view && l->view->focus)
		top = focus_place(l->view->focus, b->id)->top;
	if (top < 0 || top >= count)
		top = 0;
	if (count > 0)
		table_rows(l, b, top, count);
	else if (b->empty)
		wrapped(l, "", b->empty);
}

static void form_lines(struct lines *l, const struct block *b)
{
	if (*b->label)
		wrapped(l, "", b->label);
	for (size_t i = 0; i < b->field_count; i++) {
		const struct field *f = &b->fields[i];
		_cleanup_(buf_release) struct buf shown;

		buf_init(&shown, 0);
		field_shown(b, f, l->view ? l->view->inputs : NULL, &shown);
		labelled(l, f->title, shown.data);
		if (f->display)
			wrapped(l, "  ", f->display);
		if (f->error)
			wrapped(l, "  ! ", f->error);
	}
}

static void notice_lines(struct lines *l, const struct block *b)
{
	labelled(l, tone_word(b->tone), b->text);
	if (b->words)
		wrapped(l, "  ", b->words);
}

static void progress_lines(struct lines *l, const struct block *b)
{
	char text[512];

	snprintf(text, sizeof(text), _("%s (%d of %d)"), b->text, b->done, b->total);
	wrapped(l, "", b->total ? text : b->text);
}

/* Fixed lines: never wrapped, a receipt stays as it is printed. */
static void document_lines(struct lines *l, const struct block *b)
{
	buf_puts(l->out, b->text);
	if (*b->text && b->text[strlen(b->text) - 1] != '\n')
		buf_putc(l->out, '\n');
}

static void (*const writers[BLOCK_KIND_COUNT])(struct lines *l, const struct block *b) = {
	[BLOCK_HEADING] = heading_lines,   [BLOCK_TEXT] = text_lines,
	[BLOCK_FIGURE] = figure_lines,	   [BLOCK_DETAILS] = details_lines,
	[BLOCK_MENU] = items_lines,	   [BLOCK_ACTIONS] = items_lines,
	[BLOCK_TABLE] = table_lines,	   [BLOCK_FORM] = form_lines,
	[BLOCK_NOTICE] = notice_lines,	   [BLOCK_PROGRESS] = progress_lines,
	[BLOCK_DOCUMENT] = document_lines,
};

int page_text_block(const struct page *p, const struct block *b, const struct view *view,
		    int columns, struct buf *out)
{
	struct lines l = {
		.page = p,
		.view = view,
		.columns = columns < PAGE_TEXT_MIN ? PAGE_TEXT_MIN : columns,
		.out = out,
	};

	writers[b->kind](&l, b);
	return out->failed ? -EMSGSIZE : 0;
}

static void head_lines(struct lines *l)
{
	const struct page *p = l->page;

	wrapped(l, "", *p->trail ? p->trail : p->title);
	if (l->view && l->view->is_offline)
		wrapped(l, "! ", _("The bank does not answer. Work goes on; nothing is lost."));
	if (p->failed)
		wrapped(l, "! ", _("Memory is short: parts of this page are missing."));
}

int page_text_write(const struct page *p, const struct view *view, int columns, struct buf *out)
{
	static const enum region order[] = { REGION_MAIN, REGION_SIDE, REGION_STATUS };
	struct lines l = {
		.page = p,
		.view = view,
		.columns = columns < PAGE_TEXT_MIN ? PAGE_TEXT_MIN : columns,
		.out = out,
	};

	head_lines(&l);
	for (size_t r = 0; r < COUNT(order); r++)
		for (size_t i = 0; i < p->block_count; i++)
			if (p->blocks[i].region == order[r])
				writers[p->blocks[i].kind](&l, &p->blocks[i]);
	if (view && view->toast)
		labelled(&l, tone_word(view->toast_tone), view->toast);
	if (view && view->demo_phone)
		labelled(&l, _("Demo phone"), view->demo_phone);
	return out->failed ? -EMSGSIZE : 0;
}
