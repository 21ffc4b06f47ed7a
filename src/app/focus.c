/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/focus.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "app/edit.h"
#include "page/key.h"

static const struct deed nothing = { .kind = DEED_NONE };
static const struct deed moved = { .kind = DEED_MOVED };
static const struct deed refused = { .kind = DEED_REFUSED };

static bool has_items(const struct block *b)
{
	return b->kind == BLOCK_MENU || b->kind == BLOCK_ACTIONS;
}

static bool scrolls(const struct block *b)
{
	return b->kind == BLOCK_TABLE || b->kind == BLOCK_DOCUMENT;
}

static bool takes_focus(const struct block *b)
{
	if (!b->id || !*b->id)
		return false;
	if (has_items(b))
		return b->item_count > 0;
	return scrolls(b) || (b->kind == BLOCK_FORM && b->field_count > 0);
}

/* ---- parts of a block: fields or items, by name ---- */

static size_t part_count(const struct block *b)
{
	return b->kind == BLOCK_FORM ? b->field_count : has_items(b) ? b->item_count : 0;
}

static const char *part_id(const struct block *b, size_t i)
{
	return b->kind == BLOCK_FORM ? b->fields[i].name : b->items[i].id;
}

static size_t part_find(const struct block *b, const char *id)
{
	size_t i;

	for (i = 0; i < part_count(b); i++)
		if (!strcmp(part_id(b, i), id))
			break;
	return i;
}

static void part_set(const struct block *b, struct focus_place *place, size_t i)
{
	snprintf(place->item, sizeof(place->item), "%s", part_id(b, i));
	place->row = (int64_t)i;
}

/* The button that is meant first, else the first that can be chosen. */
static size_t part_first(const struct block *b)
{
	size_t first = 0;

	if (b->kind != BLOCK_ACTIONS)
		return 0;
	for (size_t i = b->item_count; i-- > 0;) {
		if (b->items[i].flags & ITEM_DISABLED)
			continue;
		if (b->items[i].flags & ITEM_DEFAULT)
			return i;
		first = i;
	}
	return first;
}

/* ---- rows ---- */

static int64_t row_count(const struct block *b)
{
	int64_t lines = 1;

	if (b->kind == BLOCK_TABLE)
		return b->source.count ? b->source.count(b->source.data) : 0;
	for (const char *c = b->text ? b->text : ""; *c; c++)
		lines += *c == '\n' && c[1];
	return lines;
}

static int rows_in_sight(const struct place_view *at, const struct block *b)
{
	int n = at->front && at->front->visible ? at->front->visible(at->front, b->id) : 1;

	return n > 1 ? n : 1;
}

/* A document has no cursor: its first line in sight is its row. */
static int64_t row_last(const struct place_view *at, const struct block *b)
{
	int64_t last = row_count(b) - (b->kind == BLOCK_DOCUMENT ? rows_in_sight(at, b) : 1);

	return last > 0 ? last : 0;
}

static void row_set(const struct place_view *at, const struct block *b, struct focus_place *place, int64_t row)
{
	int64_t last = row_last(at, b);

	place->row = row < 0 ? 0 : row > last ? last : row;
	if (b->kind == BLOCK_DOCUMENT)
		place->top = place->row;
}

/* ---- order of blocks ---- */

static const struct block *block_step(const struct page *page, const struct block *from, int step)
{
	/* Regions in their order, blocks of each in theirs; from NULL: the first or last. */
	const struct block *best = NULL;

	for (size_t i = 0; i < page->block_count; i++) {
		const struct block *b = &page->blocks[i];
		long key = (long)b->region * 100000 + (long)i;
		long from_key = from ? (long)from->region * 100000 + (from - page->blocks) : step > 0 ? -1 : 10000000;
		long best_key = best ? (long)best->region * 100000 + (best - page->blocks) : 0;

		if (!takes_focus(b) || (step > 0 ? key <= from_key : key >= from_key))
			continue;
		if (!best || (step > 0 ? key < best_key : key > best_key))
			best = b;
	}
	return best;
}

static void enter_block(const struct place_view *at, const struct block *b, int step)
{
	struct focus_place *place = focus_place(at->focus, b->id);
	size_t n = part_count(b);

	snprintf(at->focus->block, sizeof(at->focus->block), "%s", b->id);
	if (!n)
		return;
	if (b->kind == BLOCK_MENU && part_find(b, place->item) < n)
		return;
	part_set(b, place, step < 0 && b->kind != BLOCK_MENU ? n - 1 : b->kind == BLOCK_MENU ? part_first(b) : 0);
}

const struct block *focus_block(const struct place_view *at)
{
	const struct block *b = at->focus->block[0] ? page_block(at->page, at->focus->block) : NULL;

	return b && takes_focus(b) ? b : NULL;
}

const struct field *focus_field(const struct place_view *at)
{
	const struct block *b = focus_block(at);
	size_t i;

	if (!b || b->kind != BLOCK_FORM)
		return NULL;
	i = part_find(b, focus_place(at->focus, b->id)->item);
	return i < b->field_count ? &b->fields[i] : NULL;
}

/* A letter or digit begins the search in a picker; signs keep their meaning. */
static bool begins_search(int key)
{
	return key >= 0x80 ? key < K_FIRST : isalnum(key);
}

bool focus_takes_key(const struct place_view *at, int key)
{
	const struct field *field = focus_field(at);
	bool is_letter = key >= K_SPACE && key < K_FIRST && key != K_BACKSPACE;

	if (!field || !is_letter)
		return false;
	return edit_is_typed(field) || (field->input == FIELD_CHOICE && begins_search(key));
}

int64_t focus_row(const struct place_view *at)
{
	const struct block *b = focus_block(at);

	for (size_t i = 0; (!b || b->kind != BLOCK_TABLE) && i < at->page->block_count; i++)
		b = &at->page->blocks[i];
	if (!b || b->kind != BLOCK_TABLE || !row_count(b))
		return -1;
	return focus_place(at->focus, b->id)->row;
}

bool focus_has_stop(const struct page *page)
{
	return block_step(page, NULL, 1) != NULL;
}

void focus_settle(const struct place_view *at)
{
	const struct block *b = focus_block(at);
	struct focus_place *place;
	bool is_new = !b;
	size_t n;

	if (!b)
		b = block_step(at->page, NULL, 1);
	if (!b) {
		at->focus->block[0] = '\0';
		return;
	}
	place = focus_place(at->focus, b->id);
	snprintf(at->focus->block, sizeof(at->focus->block), "%s", b->id);
	n = part_count(b);
	if (scrolls(b)) {
		row_set(at, b, place, place->row);
	} else if (part_find(b, place->item) == n) {
		/* What was focused went away: what took its place, or the natural first. */
		bool was_here = !is_new && place->item[0];

		part_set(b, place, !was_here ? part_first(b) : (size_t)place->row < n ? (size_t)place->row : n - 1);
	}
}

/* ---- stops ---- */

/* To the next (1) or previous (-1) part of the block or, past its end, block. Around: from the last to the first. */
static struct deed step_stop(const struct place_view *at, const struct block *b, int step, bool around)
{
	struct focus_place *place = focus_place(at->focus, b->id);
	const struct block *next;

	if (b->kind == BLOCK_FORM || b->kind == BLOCK_ACTIONS) {
		size_t i = part_find(b, place->item);

		if (step > 0 ? i + 1 < part_count(b) : i > 0) {
			part_set(b, place, step > 0 ? i + 1 : i - 1);
			return moved;
		}
	}
	next = block_step(at->page, b, step);
	if (!next && around)
		next = block_step(at->page, NULL, step);
	if (next)
		enter_block(at, next, step);
	return moved;
}

static struct deed step_item(const struct place_view *at, const struct block *b, int step)
{
	struct focus_place *place = focus_place(at->focus, b->id);
	size_t i = part_find(b, place->item);

	if (step > 0 ? i + 1 < b->item_count : i > 0) {
		part_set(b, place, step > 0 ? i + 1 : i - 1);
		return moved;
	}
	return step_stop(at, b, step, false);
}

/* ---- keys of each kind of block ---- */

static struct deed key_rows(const struct place_view *at, const struct block *b, int key)
{
	struct focus_place *place = focus_place(at->focus, b->id);
	int64_t before = place->row, page = rows_in_sight(at, b), to;

	switch (key) {
	case K_UP:
		to = before - 1;
		break;
	case K_DOWN:
		to = before + 1;
		break;
	case K_PAGE_UP:
		to = before - page;
		break;
	case K_PAGE_DOWN:
	case K_SPACE:
		to = before + page;
		break;
	case K_HOME:
		to = 0;
		break;
	case K_END:
		to = row_last(at, b);
		break;
	case K_ENTER:
		if (b->kind == BLOCK_DOCUMENT || !row_count(b))
			return nothing;
		return (struct deed){ .kind = DEED_ROW, .block = b, .row = before };
	default:
		return nothing;
	}
	row_set(at, b, place, to);
	if (place->row == before && (key == K_UP || key == K_DOWN))
		return step_stop(at, b, key == K_DOWN ? 1 : -1, false);
	return moved;
}

static struct deed key_items(const struct place_view *at, const struct block *b, int key)
{
	struct focus_place *place = focus_place(at->focus, b->id);
	size_t i = part_find(b, place->item);

	switch (key) {
	case K_UP:
	case K_LEFT:
		return step_item(at, b, -1);
	case K_DOWN:
	case K_RIGHT:
		return step_item(at, b, 1);
	case K_HOME:
		part_set(b, place, 0);
		return moved;
	case K_END:
		part_set(b, place, b->item_count - 1);
		return moved;
	case K_ENTER:
	case K_SPACE:
		if (i == b->item_count)
			return nothing;
		return (struct deed){ .kind = DEED_ITEM, .block = b, .item = &b->items[i] };
	default:
		return nothing;
	}
}

struct input *focus_input(struct inputs *inputs, const struct block *block, const struct field *field)
{
	return inputs_get(inputs, block->id, field->name, field->input == FIELD_SECRET || field->input == FIELD_PIN);
}

static struct deed switch_field(const struct place_view *at, const struct block *b, const struct field *field)
{
	bool is_on = !strcmp(inputs_text(at->inputs, b->id, field->name), SWITCH_ON);

	if (inputs_set(at->inputs, b->id, field->name, is_on ? SWITCH_OFF : SWITCH_ON) < 0)
		return refused;
	focus_input(at->inputs, b, field)->is_touched = true;
	return (struct deed){ .kind = DEED_SWITCHED, .block = b, .field = field };
}

static struct deed enter_field(const struct place_view *at, const struct block *b, const struct field *field)
{
	if (field->input == FIELD_CHOICE && !*inputs_text(at->inputs, b->id, field->name))
		return (struct deed){ .kind = DEED_PICK, .block = b, .field = field };
	if (!field->submits && field != &b->fields[b->field_count - 1])
		return step_stop(at, b, 1, false);
	return (struct deed){ .kind = DEED_SUBMIT, .block = b, .field = field };
}

static struct deed key_field(const struct place_view *at, const struct block *b, int key)
{
	const struct field *field = focus_field(at);
	struct input *in = field ? focus_input(at->inputs, b, field) : NULL;

	if (!in)
		return nothing;
	switch (edit_key(in, field, key)) {
	case EDIT_CHANGED:
		return (struct deed){ .kind = DEED_EDITED, .block = b, .field = field };
	case EDIT_MOVED:
		return moved;
	case EDIT_REFUSED:
		return refused;
	case EDIT_UNUSED:
		break;
	}
	if (key == K_ENTER)
		return enter_field(at, b, field);
	if (key == K_UP || key == K_DOWN)
		return step_stop(at, b, key == K_DOWN ? 1 : -1, false);
	if (field->input == FIELD_SWITCH && key == K_SPACE)
		return switch_field(at, b, field);
	if (field->input == FIELD_CHOICE && (key == K_SPACE || begins_search(key)))
		return (struct deed){ .kind = DEED_PICK, .block = b, .field = field,
				      .key = key == K_SPACE ? 0 : key };
	return nothing;
}

/* ---- shortcuts: item keys anywhere on the page, digits for the menu ---- */

static bool is_shortcut(const struct item *item, int key)
{
	if (!item->key)
		return false;
	return item->key == key || (key < 0x80 && item->key < 0x80 && tolower(item->key) == tolower(key));
}

static struct deed key_shortcut(const struct place_view *at, int key)
{
	const struct page *page = at->page;
	const struct block *focused = focus_block(at);

	for (size_t i = 0; i < page->block_count; i++) {
		const struct block *b = &page->blocks[i];

		for (size_t k = 0; takes_focus(b) && has_items(b) && k < b->item_count; k++)
			if (is_shortcut(&b->items[k], key))
				return (struct deed){ .kind = DEED_ITEM, .block = b, .item = &b->items[k] };
	}
	if (key < '1' || key > '9')
		return nothing;
	if (!focused || focused->kind != BLOCK_MENU)
		for (focused = block_step(page, NULL, 1); focused && focused->kind != BLOCK_MENU;)
			focused = block_step(page, focused, 1);
	if (!focused || (size_t)(key - '1') >= focused->item_count)
		return nothing;
	part_set(focused, focus_place(at->focus, focused->id), (size_t)(key - '1'));
	snprintf(at->focus->block, sizeof(at->focus->block), "%s", focused->id);
	return (struct deed){ .kind = DEED_ITEM, .block = focused, .item = &focused->items[key - '1'] };
}

/* A page longer than the screen scrolls by what its focused block leaves unused. */
static struct deed key_page(const struct place_view *at, int key)
{
	int rows = at->front && at->front->visible ? at->front->visible(at->front, "") : 1;
	int step = rows > 2 ? rows - 1 : 1;
	int top = at->focus->page_top;

	switch (key) {
	case K_PAGE_UP:
		top -= step;
		break;
	case K_PAGE_DOWN:
		top += step;
		break;
	case K_UP:
		top--;
		break;
	case K_DOWN:
		top++;
		break;
	default:
		return nothing;
	}
	at->focus->page_top = top > 0 ? top : 0;
	return moved;
}

struct deed focus_key(const struct place_view *at, int key)
{
	const struct block *b = focus_block(at);
	struct deed deed = nothing;

	if (b && (key == K_TAB || key == K_BACK_TAB))
		return step_stop(at, b, key == K_TAB ? 1 : -1, true);
	if (b && b->kind == BLOCK_FORM)
		deed = key_field(at, b, key);
	else if (b && has_items(b))
		deed = key_items(at, b, key);
	else if (b)
		deed = key_rows(at, b, key);
	if (deed.kind == DEED_NONE)
		deed = key_shortcut(at, key);
	return deed.kind == DEED_NONE ? key_page(at, key) : deed;
}

struct deed focus_paste(const struct place_view *at, const char *text)
{
	const struct field *field = focus_field(at);
	const struct block *b = focus_block(at);
	struct input *in = field ? focus_input(at->inputs, b, field) : NULL;
	enum edit_result r = in ? edit_paste(in, field, text) : EDIT_REFUSED;

	return r == EDIT_CHANGED ? (struct deed){ .kind = DEED_EDITED, .block = b, .field = field } : refused;
}

struct deed focus_target(const struct place_view *at, const char *block, const char *item, int64_t row)
{
	const struct block *b = page_block(at->page, block);
	struct focus_place *place;
	bool was_there;
	size_t i;

	if (!b || !takes_focus(b))
		return nothing;
	place = focus_place(at->focus, b->id);
	was_there = !strcmp(at->focus->block, b->id) && row == place->row;
	snprintf(at->focus->block, sizeof(at->focus->block), "%s", b->id);
	if (scrolls(b)) {
		if (b->kind == BLOCK_DOCUMENT || row < 0 || row >= row_count(b))
			return moved;
		row_set(at, b, place, row);
		/* The first click on a row points at it, the second opens it. */
		return was_there ? (struct deed){ .kind = DEED_ROW, .block = b, .row = row } : moved;
	}
	i = part_find(b, item);
	if (i == part_count(b))
		return moved;
	part_set(b, place, i);
	if (has_items(b))
		return (struct deed){ .kind = DEED_ITEM, .block = b, .item = &b->items[i] };
	if (b->fields[i].input == FIELD_CHOICE)
		return (struct deed){ .kind = DEED_PICK, .block = b, .field = &b->fields[i] };
	return b->fields[i].input == FIELD_SWITCH ? switch_field(at, b, &b->fields[i]) : moved;
}

void focus_scroll(const struct place_view *at, const char *block, int rows)
{
	const struct block *b = *block ? page_block(at->page, block) : NULL;
	struct focus_place *place;

	if (!b || !scrolls(b)) {
		int top = at->focus->page_top + rows;

		at->focus->page_top = top > 0 ? top : 0;
		return;
	}
	place = focus_place(at->focus, b->id);
	row_set(at, b, place, place->row + rows);
}
