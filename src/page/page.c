/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "page/page.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/secret.h"
#include "base/text.h"

#define CHUNK_BYTES	4096
#define ARENA_BYTES_MAX ((size_t)8 << 20) /* a page larger than this is a mistake */

struct chunk {
	struct chunk *next;
	size_t used, size;
	alignas(max_align_t) char bytes[];
};

/* Everything a page points to: freed and wiped at once. */
struct arena {
	struct chunk *chunks;
	size_t total;
	struct buf scratch; /* where texts are gated */
};

static struct arena *arena_new(void)
{
	struct arena *a = calloc(1, sizeof(*a));

	if (a)
		buf_init(&a->scratch, ARENA_BYTES_MAX);
	return a;
}

static void arena_free(struct arena *a)
{
	if (!a)
		return;
	while (a->chunks) {
		struct chunk *c = a->chunks;

		a->chunks = c->next;
		secret_wipe(c->bytes, c->used);
		free(c);
	}
	buf_wipe(&a->scratch);
	free(a);
}

/* Zeroed memory until the arena is freed; NULL when memory is short. */
static void *arena_get(struct arena *a, size_t n)
{
	struct chunk *c = a->chunks;
	size_t size;
	void *p;

	n = (n + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
	if (!c || c->size - c->used < n) {
		size = n > CHUNK_BYTES ? n : CHUNK_BYTES;
		if (a->total + size > ARENA_BYTES_MAX)
			return NULL;
		c = calloc(1, sizeof(*c) + size);
		if (!c)
			return NULL;
		*c = (struct chunk){ .next = a->chunks, .size = size };
		a->chunks = c;
		a->total += size;
	}
	p = c->bytes + c->used;
	c->used += n;
	return p;
}

/* As arena_get, for the page: notes the failure. */
static void *page_get(struct page *p, size_t n)
{
	void *got = p->arena ? arena_get(p->arena, n) : NULL;

	if (!got)
		p->failed = true;
	return got;
}

/*
 * Room for one more element behind *list, which holds count of capacity *cap. The arena keeps what
 * was outgrown: lists double, so that this is at most as much again.
 */
static void *list_add(struct page *p, void *list, size_t count, size_t *cap, size_t size)
{
	size_t want = *cap ? *cap * 2 : 8;
	void *grown;

	if (count < *cap)
		return list;
	grown = page_get(p, want * size);
	if (!grown)
		return NULL;
	if (count)
		memcpy(grown, list, count * size);
	*cap = want;
	return grown;
}

static const char *gated(struct page *p, const char *s, enum gate_flags flags)
{
	struct buf *b;
	char *copy;

	if (!s || !*s || !p->arena)
		return "";
	b = &p->arena->scratch;
	buf_clear(b);
	copy = text_gate(b, s, strlen(s), flags) < 0 ? NULL : page_get(p, b->len + 1);
	if (!copy) {
		p->failed = true;
		return "";
	}
	memcpy(copy, b->data, b->len + 1);
	return copy;
}

static const char *gated_or_null(struct page *p, const char *s)
{
	return s ? gated(p, s, GATE_ONE_LINE) : NULL;
}

const char *page_string(struct page *p, const char *s)
{
	return gated(p, s, GATE_ONE_LINE);
}

void page_init(struct page *p, const char *title)
{
	*p = (struct page){ .title = "", .trail = "" };
	p->arena = arena_new();
	if (p->arena)
		p->blocks = arena_get(p->arena, PAGE_BLOCKS_MAX * sizeof(*p->blocks));
	if (!p->blocks) {
		p->failed = true;
		return;
	}
	p->block_cap = PAGE_BLOCKS_MAX;
	p->title = page_string(p, title);
}

void page_release(struct page *p)
{
	arena_free(p->arena);
	*p = (struct page){ .title = "", .trail = "" };
}

static struct block *block_add(struct page *p, enum block_kind kind, enum region r, const char *id)
{
	struct block *b;

	if (p->block_count == p->block_cap) {
		p->failed = true;
		return NULL;
	}
	b = &p->blocks[p->block_count++];
	*b = (struct block){ .kind = kind, .region = r, .label = "", .text = "" };
	b->id = page_string(p, id);
	return b;
}

void page_heading(struct page *p, enum region r, const char *text)
{
	struct block *b = block_add(p, BLOCK_HEADING, r, NULL);

	if (b)
		b->label = b->text = page_string(p, text);
}

void page_text(struct page *p, enum region r, enum tone tone, const char *text)
{
	struct block *b = block_add(p, BLOCK_TEXT, r, NULL);

	if (!b)
		return;
	b->tone = tone;
	b->label = b->text = gated(p, text, GATE_LINES);
}

void page_textf(struct page *p, enum region r, enum tone tone, const char *fmt, ...)
{
	va_list args;
	char *text = NULL;
	int n;

	va_start(args, fmt);
	n = vasprintf(&text, fmt, args);
	va_end(args);
	if (n < 0) {
		p->failed = true;
		return;
	}
	page_text(p, r, tone, text);
	secret_wipe(text, (size_t)n);
	free(text);
}

void page_notice(struct page *p, enum region r, enum tone tone, const char *text,
		 const char *what_to_do)
{
	struct block *b = block_add(p, BLOCK_NOTICE, r, NULL);

	if (!b)
		return;
	b->tone = tone;
	b->label = b->text = page_string(p, text);
	b->words = gated_or_null(p, what_to_do);
}

const char *page_amount(struct page *p, const struct money *amount)
{
	const char *sign = money_sign(amount->currency);
	char digits[MONEY_TEXT_MAX], text[MONEY_TEXT_MAX + 16];
	const char *shown = money_show(amount, digits);
	bool is_negative = *shown == '-';

	snprintf(text, sizeof(text), "%s%s%s%s", is_negative ? "-" : "",
		 sign ? sign : amount->currency, sign ? "" : " ", shown + is_negative);
	return page_string(p, text);
}

void page_figure(struct page *p, enum region r, const char *label, const struct money *amount,
		 const char *words)
{
	struct block *b = block_add(p, BLOCK_FIGURE, r, NULL);

	if (!b)
		return;
	b->label = page_string(p, label);
	b->text = page_amount(p, amount);
	b->words = gated_or_null(p, words);
}

void page_progress(struct page *p, enum region r, const char *text, int done, int total)
{
	struct block *b = block_add(p, BLOCK_PROGRESS, r, NULL);

	if (!b)
		return;
	b->label = b->text = page_string(p, text);
	b->total = total > 0 ? total : 0;
	b->done = done < 0 ? 0 : b->total && done > b->total ? b->total : done;
}

struct block *page_document(struct page *p, const char *id, const char *lines)
{
	struct block *b = block_add(p, BLOCK_DOCUMENT, REGION_MAIN, id);

	if (b)
		b->text = gated(p, lines, GATE_LINES);
	return b;
}

struct block *page_details(struct page *p, enum region r, const char *label)
{
	struct block *b = block_add(p, BLOCK_DETAILS, r, NULL);

	if (b)
		b->label = page_string(p, label);
	return b;
}

void details_add(struct page *p, struct block *b, const char *label, const char *value,
		 enum tone tone)
{
	struct detail *list =
		b ? list_add(p, b->details, b->detail_count, &b->detail_cap, sizeof(*list)) : NULL;

	if (!list)
		return;
	b->details = list;
	list[b->detail_count++] = (struct detail){
		.label = page_string(p, label),
		.value = page_string(p, value),
		.tone = tone,
	};
}

struct block *page_menu(struct page *p, enum region r, const char *id, const char *label)
{
	struct block *b = block_add(p, BLOCK_MENU, r, id);

	if (b)
		b->label = page_string(p, label);
	return b;
}

struct block *page_actions(struct page *p, const char *id)
{
	return block_add(p, BLOCK_ACTIONS, REGION_MAIN, id);
}

void block_item(struct page *p, struct block *b, const struct item *item)
{
	struct item *list =
		b ? list_add(p, b->items, b->item_count, &b->item_cap, sizeof(*list)) : NULL;

	if (!list)
		return;
	b->items = list;
	list[b->item_count++] = (struct item){
		.id = page_string(p, item->id),
		.title = page_string(p, item->title),
		.detail = gated_or_null(p, item->detail),
		.badge = gated_or_null(p, item->badge),
		.key = item->key,
		.flags = item->flags,
	};
}

struct block *page_table(struct page *p, const char *id, const char *label,
			 const struct column *columns, size_t count,
			 const struct table_source *source, const char *empty)
{
	struct block *b = block_add(p, BLOCK_TABLE, REGION_MAIN, id);

	if (!b)
		return NULL;
	b->label = page_string(p, label);
	b->empty = gated_or_null(p, empty);
	b->source = *source;
	if (count > TABLE_COLUMNS_MAX)
		count = TABLE_COLUMNS_MAX;
	b->columns = page_get(p, count * sizeof(*columns));
	if (!b->columns)
		return b;
	for (size_t i = 0; i < count; i++) {
		b->columns[i] = columns[i];
		b->columns[i].title = page_string(p, columns[i].title);
	}
	b->column_count = count;
	return b;
}

struct block *page_form(struct page *p, const char *id, const char *label)
{
	struct block *b = block_add(p, BLOCK_FORM, REGION_MAIN, id);

	if (b)
		b->label = page_string(p, label);
	return b;
}

void form_add(struct page *p, struct block *form, const struct field *field)
{
	struct field *list =
		form ? list_add(p, form->fields, form->field_count, &form->field_cap, sizeof(*list))
		     : NULL;
	struct choice_view *choices = NULL;
	struct field *f;

	if (!list)
		return;
	form->fields = list;
	f = &list[form->field_count++];
	*f = *field;
	f->name = page_string(p, field->name);
	f->title = page_string(p, field->title);
	f->hint = gated_or_null(p, field->hint);
	f->display = gated_or_null(p, field->display);
	f->error = gated_or_null(p, field->error);
	f->lookup = gated_or_null(p, field->lookup);
	if (field->choice_count)
		choices = page_get(p, field->choice_count * sizeof(*choices));
	f->choices = choices;
	f->choice_count = choices ? field->choice_count : 0;
	for (size_t i = 0; i < f->choice_count; i++)
		choices[i] = (struct choice_view){
			.value = page_string(p, field->choices[i].value),
			.title = page_string(p, field->choices[i].title),
			.detail = gated_or_null(p, field->choices[i].detail),
		};
}

void page_add_key(struct page *p, int key, const char *action, const char *title)
{
	struct page_key *list = list_add(p, p->keys, p->key_count, &p->key_cap, sizeof(*list));

	if (!list)
		return;
	p->keys = list;
	list[p->key_count++] = (struct page_key){
		.key = key,
		.action = page_string(p, action),
		.title = page_string(p, title),
	};
}

const struct block *page_block(const struct page *p, const char *id)
{
	for (size_t i = 0; *id && i < p->block_count; i++)
		if (!strcmp(p->blocks[i].id, id))
			return &p->blocks[i];
	return NULL;
}

bool block_takes_focus(const struct block *b)
{
	switch (b->kind) {
	case BLOCK_MENU:
	case BLOCK_ACTIONS:
		return b->item_count > 0;
	case BLOCK_FORM:
		return b->field_count > 0;
	case BLOCK_TABLE:
		return b->source.count && b->source.count(b->source.data) > 0;
	case BLOCK_DOCUMENT:
		return *b->id && *b->text;
	default:
		return false;
	}
}
