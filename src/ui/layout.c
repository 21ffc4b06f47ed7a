/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/layout.h"

#include <stdio.h>
#include <string.h>

#include "base/macros.h"
#include "ui/chrome.h"
#include "ui/pen.h"
#include "ui/ui.h"

#define SIDE_LEAST  32
#define SIDE_MOST   48
#define SHORT_ROWS  16
#define MARGIN_FROM 60 /* columns from which the right edge stays free */

/* The blocks of one column of the screen, from top to bottom. */
struct stack {
	struct rect where;
	const struct block *blocks[PAGE_BLOCKS_MAX];
	int heights[PAGE_BLOCKS_MAX];
	size_t count;
	int total;		     /* rows of all, with gaps */
	int gap;		     /* blank rows between two blocks */
	bool is_spaced;		     /* air inside blocks */
	bool is_short;		     /* not all could have what it wants */
	int focus_first, focus_last; /* rows from the top of the stack; -1 none */
};

static const struct view no_view;

void layout_release(struct layout *l)
{
	grid_release(&l->grid);
	free(l->targets);
	*l = (struct layout){ 0 };
}

static void stack_add(struct stack *s, const struct page *page, enum region region)
{
	for (size_t i = 0; i < page->block_count; i++) {
		const struct block *b = &page->blocks[i];

		if (b->region == region && !(region == REGION_STATUS && b->kind == BLOCK_TEXT) &&
		    s->count < PAGE_BLOCKS_MAX)
			s->blocks[s->count++] = b;
	}
}

static struct pen stack_pen(struct layout *l, const struct stack *s)
{
	int margin = s->where.cols >= MARGIN_FROM ? 1 : 0;

	return (struct pen){
		.layout = l,
		.is_dry = true,
		.clip = s->where,
		.col = s->where.col + PEN_GUTTER,
		.cols = s->where.cols - PEN_GUTTER - margin,
		.is_spaced = s->is_spaced,
		.focus_first = -1,
		.focus_last = -1,
	};
}

/* A heading of its own, as menus, forms, tables and details may have. */
static bool has_own_heading(const struct block *b)
{
	return *b->label && (b->kind == BLOCK_MENU || b->kind == BLOCK_FORM ||
			     b->kind == BLOCK_TABLE || b->kind == BLOCK_DETAILS);
}

/* Headings stay with what they head; figures and paragraphs keep together. */
static int gap_after(const struct stack *s, size_t i)
{
	enum block_kind kind = s->blocks[i]->kind;

	if (i + 1 == s->count)
		return 0;
	if (kind == BLOCK_HEADING && !has_own_heading(s->blocks[i + 1]))
		return 0;
	if (kind == s->blocks[i + 1]->kind && (kind == BLOCK_FIGURE || kind == BLOCK_TEXT))
		return 0;
	return s->gap;
}

/* Heights as wanted, elastic blocks at their least; *ret_more is what these would still take. */
static void stack_measure(struct layout *l, struct stack *s, int *ret_more)
{
	*ret_more = 0;
	s->total = 0;
	for (size_t i = 0; i < s->count; i++) {
		const struct block_ops *ops = &block_ops[s->blocks[i]->kind];
		struct pen p = stack_pen(l, s);

		ops->draw(&p, s->blocks[i]);
		s->heights[i] = p.row;
		if (ops->least && p.row > ops->least) {
			*ret_more += p.row - ops->least;
			s->heights[i] = ops->least;
		}
		s->total += s->heights[i] + gap_after(s, i);
	}
}

/* Give elastic blocks `rows` more than their least, the first as much as it wants. */
static void stack_stretch(struct layout *l, struct stack *s, int rows)
{
	for (size_t i = 0; i < s->count && rows > 0; i++) {
		const struct block_ops *ops = &block_ops[s->blocks[i]->kind];
		struct pen p = stack_pen(l, s);
		int more;

		if (!ops->least)
			continue;
		ops->draw(&p, s->blocks[i]);
		more = p.row - s->heights[i] < rows ? p.row - s->heights[i] : rows;
		s->heights[i] += more;
		s->total += more;
		rows -= more;
	}
}

/* As much air as there is room for; then the elastic blocks take what is left, or fill the screen
 * when all scrolls. */
static void stack_arrange(struct layout *l, struct stack *s)
{
	static const struct {
		int gap;
		bool is_spaced;
	} airs[] = { { 1, true }, { 1, false }, { 0, false } };
	int more = 0, left;

	for (size_t i = 0; i < COUNT(airs); i++) {
		s->gap = airs[i].gap;
		s->is_spaced = airs[i].is_spaced;
		stack_measure(l, s, &more);
		/* On a short screen rows of a list are worth more than air. */
		left = s->where.rows - s->total;
		if (left >= more || (left >= 0 && s->where.rows >= SHORT_ROWS))
			break;
	}
	left = s->where.rows - s->total;
	s->is_short = left < more;
	if (left < 0 && more) {
		int least = 0;

		for (size_t i = 0; i < s->count; i++)
			if (block_ops[s->blocks[i]->kind].least && s->heights[i] > least)
				least = s->heights[i];
		left = s->where.rows - least;
	}
	stack_stretch(l, s, left < more ? left : more);
}

/* What must not go unnoticed because the page is longer than the screen. */
static bool is_urgent(const struct block *b)
{
	return b->kind == BLOCK_NOTICE && (b->tone == TONE_ERROR || b->tone == TONE_WARNING);
}

/* Draw, or only find the focus when dry; the stack's first row is `top` rows above the region. */
static void stack_draw(struct layout *l, struct stack *s, int top, bool is_dry)
{
	int row = s->where.row - top;

	s->focus_first = s->focus_last = -1;
	for (size_t i = 0; i < s->count; i++) {
		struct pen p = stack_pen(l, s);

		p.is_dry = is_dry;
		p.row = row;
		p.rows = s->heights[i];
		block_ops[s->blocks[i]->kind].draw(&p, s->blocks[i]);
		if (p.focus_first >= 0 || p.focus_last >= 0) {
			s->focus_first = p.focus_first - s->where.row + top;
			s->focus_last = p.focus_last - s->where.row + top;
		}
		if (!is_dry && is_urgent(s->blocks[i]) &&
		    (row < s->where.row || row >= s->where.row + s->where.rows))
			l->unseen = s->blocks[i];
		row += s->heights[i] + gap_after(s, i);
	}
}

/* The top that keeps the focus in sight with as little movement as can be, the page's beginning
 * preferred. */
static int stack_follow(const struct stack *s, int top, bool is_free)
{
	int most = s->total > s->where.rows ? s->total - s->where.rows : 0;

	if (s->focus_first >= 0 && !is_free) {
		if (s->focus_last < s->where.rows)
			top = 0;
		if (s->focus_last >= top + s->where.rows)
			top = s->focus_last - s->where.rows + 1;
		if (s->focus_first < top)
			top = s->focus_first;
	}
	return top < 0 ? 0 : top > most ? most : top;
}

static size_t typed_in(const struct view *v, const char *block, const char *item)
{
	for (size_t i = 0; v->inputs && i < v->inputs->count; i++) {
		const struct input *in = v->inputs->list[i];

		if (!strcmp(in->block, block) && !strcmp(in->field, item))
			return in->secret ? secret_length(in->secret)
					  : strlen(in->text) * 1000 + in->cursor;
	}
	return 0;
}

static size_t digest(size_t d, const char *s)
{
	for (; s && *s; s++)
		d = d * 31 + (unsigned char)*s;
	return d;
}

/* A new page whose focus is on its buttons is read from the top: nobody is to confirm what was
 * never in sight. */
static bool starts_at_top(const struct layout *l, const char *block)
{
	const struct block *b = page_block(l->page, block);

	return b && b->kind == BLOCK_ACTIONS;
}

/* Compare with what was shown last: true when the person scrolled the page and has done nothing
 * else since. */
static bool is_free(struct layout *l, int rows, int cols)
{
	const struct focus *f = l->view->focus;
	struct seen now = { .rows = rows, .cols = cols }, *seen = &l->seen;

	now.page = digest(digest((size_t)f, l->page->title), l->page->barrier);
	if (f) {
		const struct focus_place *place = focus_place(l->view->focus, f->block);

		snprintf(now.block, sizeof(now.block), "%s", f->block);
		snprintf(now.item, sizeof(now.item), "%s", place->item);
		now.row = place->row;
		now.typed = typed_in(l->view, now.block, now.item);
		now.page_top = f->page_top;
	}
	if (now.page != seen->page)
		now.is_free = starts_at_top(l, now.block);
	else
		now.is_free = !strcmp(now.block, seen->block) && !strcmp(now.item, seen->item) &&
			      now.row == seen->row && now.typed == seen->typed &&
			      now.rows == seen->rows && now.cols == seen->cols &&
			      (seen->is_free || now.page_top != seen->page_top);
	*seen = now;
	return now.is_free;
}

static void show_main(struct layout *l, struct stack *s, bool free_scroll)
{
	int top = l->view->focus ? l->view->focus->page_top : 0;

	stack_arrange(l, s);
	stack_draw(l, s, 0, /* is_dry */ true);
	top = stack_follow(s, top, free_scroll);
	stack_draw(l, s, top, /* is_dry */ false);
	l->has_more_above = top > 0;
	l->has_more_below = s->total - top > s->where.rows;
	l->is_focus_hidden = s->focus_first >= 0 &&
			     (s->focus_last < top || s->focus_first >= top + s->where.rows);
	if (l->view->focus) {
		l->view->focus->page_top = top;
		l->seen.page_top = top;
	}
}

static void show_side(struct layout *l, struct stack *s)
{
	struct rect edge = { s->where.row, s->where.col, s->where.rows, 1 };

	grid_fill(&l->grid, &s->where, &edge, ROLE_BORDER, "│");
	s->where.col++;
	s->where.cols--;
	stack_arrange(l, s);
	stack_draw(l, s, 0, /* is_dry */ true);
	stack_draw(l, s, stack_follow(s, 0, /* is_free */ false), /* is_dry */ false);
}

static bool takes_input(const struct stack *s)
{
	for (size_t i = 0; i < s->count; i++)
		if (block_takes_focus(s->blocks[i]))
			return true;
	return false;
}

/* Narrow: the side follows the main region when all fits, or when something in it takes input. */
static void join(struct layout *l, struct stack *main, const struct stack *side)
{
	size_t count = main->count;

	for (size_t i = 0; i < side->count && main->count < PAGE_BLOCKS_MAX; i++)
		main->blocks[main->count++] = side->blocks[i];
	stack_arrange(l, main);
	if (main->is_short && !takes_input(side))
		main->count = count;
}

static void show_regions(struct layout *l, const struct rect *where, bool free_scroll)
{
	struct stack main = { .where = *where }, side = { .where = *where };
	int width = where->cols / 3 < SIDE_LEAST  ? SIDE_LEAST
		    : where->cols / 3 > SIDE_MOST ? SIDE_MOST
						  : where->cols / 3;

	stack_add(&main, l->page, REGION_STATUS);
	stack_add(&main, l->page, REGION_MAIN);
	stack_add(&side, l->page, REGION_SIDE);
	if (side.count && where->cols >= LAYOUT_SIDE_COLUMNS) {
		main.where.cols -= width;
		side.where.col += main.where.cols;
		side.where.cols = width;
		show_side(l, &side);
	} else if (side.count) {
		join(l, &main, &side);
	}
	show_main(l, &main, free_scroll);
}

int layout_show(struct layout *l, int rows, int cols, const struct page *page,
		const struct view *view)
{
	struct rect main;
	bool free_scroll;
	int r = grid_resize(&l->grid, rows, cols);

	l->target_count = l->scroller_count = 0;
	l->main_rows = 1;
	l->cursor_row = l->cursor_col = -1;
	l->hint = NULL;
	l->unseen = NULL;
	l->has_more_above = l->has_more_below = l->is_focus_hidden = false;
	if (r < 0 || !l->grid.cells)
		return r;
	l->page = page;
	l->view = view ? view : &no_view;
	if (rows < UI_ROWS_MIN || cols < UI_COLUMNS_MIN) {
		chrome_too_small(l);
	} else {
		free_scroll = is_free(l, rows, cols);
		chrome_draw(l, &main);
		l->main_rows = main.rows;
		show_regions(l, &main, free_scroll);
		chrome_message(l);
	}
	l->page = NULL;
	l->view = NULL;
	l->hint = NULL;
	l->unseen = NULL;
	return 0;
}

static bool is_in(const struct rect *r, int row, int col)
{
	return row >= r->row && row < r->row + r->rows && col >= r->col && col < r->col + r->cols;
}

const struct target *layout_target(const struct layout *l, int row, int col)
{
	for (size_t i = l->target_count; i > 0; i--)
		if (is_in(&l->targets[i - 1].where, row, col))
			return &l->targets[i - 1];
	return NULL;
}

const struct scroller *layout_scroller(const struct layout *l, int row, int col)
{
	for (size_t i = 0; i < l->scroller_count; i++)
		if (is_in(&l->scrollers[i].where, row, col))
			return &l->scrollers[i];
	return l->scroller_count ? &l->scrollers[0] : NULL;
}
