/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/paint.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#define ERASE_END_FROM	 4  /* blanks from which CSI K is shorter */
#define ERASE_FROM	 10 /* blanks from which CSI n X and CSI n C are shorter */
#define SCROLL_ROWS_MOST 256
#define SCROLL_FROM	 4  /* rows from which moving them is shorter */
#define MOVE_MAX	 32 /* bytes of any cursor movement */

struct job {
	struct painter *painter;
	const struct grid *want;
	struct buf *out;
};

void painter_init(struct painter *p, const struct terminal_facts *facts)
{
	*p = (struct painter){ .facts = *facts, .row = -1, .cursor = -1 };
}

void painter_release(struct painter *p)
{
	grid_release(&p->shown);
}

void painter_forget(struct painter *p)
{
	p->is_known = false;
}

static bool style_equal(const struct style *a, const struct style *b)
{
	return a->foreground == b->foreground && a->background == b->background &&
	       a->attrs == b->attrs;
}

static bool is_blank(const struct cell *c)
{
	return c->length == 1 && c->bytes[0] == ' ';
}

/* A blank shows nothing but its background, unless it is underlined or reversed. */
static bool blank_style_equal(const struct style *a, const struct style *b)
{
	return a->background == b->background &&
	       !((a->attrs | b->attrs) & (STYLE_REVERSE | STYLE_UNDERLINE));
}

static bool looks_equal(const struct painter *p, const struct cell *a, const struct cell *b)
{
	if (cell_equal(a, b))
		return true;
	return is_blank(a) && is_blank(b) &&
	       blank_style_equal(&p->styles[a->role], &p->styles[b->role]);
}

/* The styles that an edition means on this terminal. */
static void styles_of(const struct painter *p, const struct edition *e,
		      struct style ret[ROLE_COUNT])
{
	bool has_colour = p->facts.has_colours && e && e->has_colour;

	for (int i = 0; i < ROLE_COUNT; i++) {
		struct style s = { .foreground = -1, .background = -1 };

		if (has_colour)
			s = (struct style){ e->styles[i].foreground, e->styles[i].background,
					    e->styles[i].attrs, 0 };
		else if (e)
			s.attrs = e->styles[i].mono;
		ret[i] = s;
	}
}

static void add_colour(char *codes, size_t size, int base, int index)
{
	size_t used = strlen(codes);

	if (index < 0)
		snprintf(codes + used, size - used, "%s%d", used ? ";" : "", base + 9);
	else
		snprintf(codes + used, size - used, "%s%d;5;%d", used ? ";" : "", base + 8, index);
}

static void add_code(char *codes, size_t size, const char *code)
{
	size_t used = strlen(codes);

	snprintf(codes + used, size - used, "%s%s", used ? ";" : "", code);
}

static const struct {
	unsigned attr;
	const char *on, *off;
} attr_codes[] = {
	{ STYLE_BOLD, "1", "22" },
	{ STYLE_DIM, "2", "22" },
	{ STYLE_UNDERLINE, "4", "24" },
	{ STYLE_REVERSE, "7", "27" },
};

/* SGR codes that lead from one style to another. 22 ends bold and dim at once, so both are set
 * again after it. */
static void codes_between(const struct style *from, const struct style *to, char *codes,
			  size_t size)
{
	unsigned off = from->attrs & ~to->attrs, on = to->attrs & ~from->attrs;

	if (off & (STYLE_BOLD | STYLE_DIM)) {
		off = (off & ~(unsigned)STYLE_DIM) | STYLE_BOLD;
		on |= to->attrs & (STYLE_BOLD | STYLE_DIM);
	}
	for (size_t i = 0; i < COUNT(attr_codes); i++)
		if (off & attr_codes[i].attr)
			add_code(codes, size, attr_codes[i].off);
	for (size_t i = 0; i < COUNT(attr_codes); i++)
		if (on & attr_codes[i].attr)
			add_code(codes, size, attr_codes[i].on);
	if (from->foreground != to->foreground)
		add_colour(codes, size, 30, to->foreground);
	if (from->background != to->background)
		add_colour(codes, size, 40, to->background);
}

/* The shorter of changing what differs and starting from nothing. */
static void set_style(struct job *j, const struct style *to)
{
	static const struct style none = { .foreground = -1, .background = -1 };
	struct painter *p = j->painter;
	char delta[80] = "", fresh[80] = "0";

	if (p->is_style_known && style_equal(&p->style, to))
		return;
	codes_between(&none, to, fresh, sizeof(fresh));
	if (p->is_style_known)
		codes_between(&p->style, to, delta, sizeof(delta));
	if (!*delta || strlen(fresh) < strlen(delta))
		buf_printf(j->out, "\033[%sm", strcmp(fresh, "0") ? fresh : "");
	else
		buf_printf(j->out, "\033[%sm", delta);
	p->style = *to;
	p->is_style_known = true;
}

static void set_cell_style(struct job *j, const struct cell *c)
{
	const struct style *to = &j->painter->styles[c->role];

	if (is_blank(c) && j->painter->is_style_known && blank_style_equal(&j->painter->style, to))
		return;
	set_style(j, to);
}

/* Within a row to the right: over unchanged cells that need no more bytes than the movement. */
static bool step_over(struct job *j, int row, int col)
{
	struct painter *p = j->painter;
	size_t bytes = 0;

	if (p->row != row || p->col > col || p->col >= j->want->cols || col - p->col > MOVE_MAX)
		return false;
	for (int i = p->col; i < col; i++) {
		const struct cell *c = grid_cell(j->want, row, i);

		bytes += c->length;
		if (!style_equal(&p->styles[c->role], &p->style) &&
		    !(is_blank(c) && blank_style_equal(&p->styles[c->role], &p->style)))
			return false;
	}
	if (bytes > 4 || !p->is_style_known)
		return false;
	for (int i = p->col; i < col; i++)
		buf_add(j->out, grid_cell(j->want, row, i)->bytes,
			grid_cell(j->want, row, i)->length);
	p->col = col;
	return true;
}

static void move_to(struct job *j, int row, int col)
{
	struct painter *p = j->painter;
	char best[MOVE_MAX], other[MOVE_MAX] = "";

	if (p->row == row && p->col == col)
		return;
	if (step_over(j, row, col))
		return;
	if (col)
		snprintf(best, sizeof(best), "\033[%d;%dH", row + 1, col + 1);
	else
		snprintf(best, sizeof(best), "\033[%dH", row + 1);
	if (p->row == row && col > p->col)
		snprintf(other, sizeof(other), col - p->col == 1 ? "\033[C" : "\033[%dC",
			 col - p->col);
	else if (p->row == row && col == 0)
		snprintf(other, sizeof(other), "\r");
	else if (p->row == row)
		snprintf(other, sizeof(other), "\033[%dG", col + 1);
	else if (p->row >= 0 && p->row + 1 == row && col == 0)
		snprintf(other, sizeof(other), "\r\n");
	else if (p->row >= 0 && p->row + 1 == row)
		snprintf(other, sizeof(other), "\r\n\033[%dC", col);
	buf_puts(j->out, *other && strlen(other) < strlen(best) ? other : best);
	p->row = row;
	p->col = col;
}

/* Blanks of one look from col on. */
static int blank_run(const struct job *j, int row, int col)
{
	const struct cell *first = grid_cell(j->want, row, col);
	const struct style *style = &j->painter->styles[first->role];
	int n = 0;

	for (; col + n < j->want->cols; n++) {
		const struct cell *c = grid_cell(j->want, row, col + n);

		if (!is_blank(c) || (c->role != first->role &&
				     !blank_style_equal(&j->painter->styles[c->role], style)))
			break;
	}
	return n;
}

/* Erasing shows the background only, and that only where the terminal erases with it. */
static bool can_erase(const struct painter *p, const struct cell *c)
{
	const struct style *s = &p->styles[c->role];

	return !(s->attrs & (STYLE_REVERSE | STYLE_UNDERLINE)) &&
	       (p->facts.erases_colour || s->background < 0);
}

/* Blanks at col by erasing them; how many, 0 when writing them is as good. The cursor stays. */
static int erase(struct job *j, int row, int col)
{
	const struct cell *c = grid_cell(j->want, row, col);
	int n = is_blank(c) && can_erase(j->painter, c) ? blank_run(j, row, col) : 0;
	bool is_end = col + n == j->want->cols;

	if (n < ERASE_END_FROM || (!is_end && (n < ERASE_FROM || !j->painter->facts.has_erase)))
		return 0;
	move_to(j, row, col);
	set_cell_style(j, c);
	if (is_end)
		buf_puts(j->out, "\033[K");
	else
		buf_printf(j->out, "\033[%dX", n);
	return n;
}

static void put_cell(struct job *j, int row, int col)
{
	const struct cell *c = grid_cell(j->want, row, col);
	struct painter *p = j->painter;

	/* Where the last cell would scroll the screen, it stays empty. */
	if (!p->facts.keeps_last && row + 1 == j->want->rows && col + c->width >= j->want->cols)
		return;
	move_to(j, row, col);
	set_cell_style(j, c);
	buf_add(j->out, c->bytes, c->length);
	p->col += c->width;
}

static void paint_row(struct job *j, int row)
{
	struct painter *p = j->painter;
	int col = 0;

	while (col < j->want->cols) {
		const struct cell *now = grid_cell(j->want, row, col);
		int n = 1;

		if (p->is_known && now->width == 2)
			n = 2;
		if (p->is_known && looks_equal(p, now, grid_cell(&p->shown, row, col)) &&
		    (n == 1 || looks_equal(p, now + 1, grid_cell(&p->shown, row, col + 1)))) {
			col += n;
			continue;
		}
		n = erase(j, row, col);
		if (!n) {
			put_cell(j, row, col);
			n = now->width ? now->width : 1;
		}
		col += n;
	}
}

static bool row_looks_equal(const struct painter *p, const struct grid *want, int row,
			    int shown_row)
{
	for (int col = 0; col < want->cols; col++)
		if (!looks_equal(p, grid_cell(want, row, col),
				 grid_cell(&p->shown, shown_row, col)))
			return false;
	return true;
}

/*
 * Rows that differ from what is shown in their place, but are shown `by` rows further down (up when
 * negative). is_same tells of each row whether it does not differ.
 */
static struct rect moved_band(const struct painter *p, const struct grid *want, const bool *is_same,
			      int by)
{
	struct rect best = { 0 }, now = { 0 };

	for (int row = by < 0 ? -by : 0; row < want->rows && row + by < want->rows; row++) {
		if (is_same[row] || !row_looks_equal(p, want, row, row + by)) {
			now.rows = 0;
			continue;
		}
		if (!now.rows++)
			now.row = row;
		if (now.rows > best.rows)
			best = now;
	}
	return best;
}

/* Let the terminal move the rows of a list that scrolled: a scrolling region costs less than a few
 * rows. */
static void scroll(struct job *j, const struct rect *band, int by)
{
	struct painter *p = j->painter;
	int n = by < 0 ? -by : by, top = by > 0 ? band->row : band->row - n, rows = band->rows + n;
	size_t row_cells = (size_t)p->shown.cols;
	struct rect whole = { 0, 0, p->shown.rows, p->shown.cols };
	struct rect empty = { by > 0 ? band->row + band->rows : top, 0, n, p->shown.cols };

	set_style(j, &p->styles[ROLE_NORMAL]);
	buf_printf(j->out, "\033[%d;%dr\033[%dH", top + 1, top + rows,
		   by > 0 ? top + rows : top + 1);
	for (int i = 0; i < n; i++)
		buf_puts(j->out, by > 0 ? "\n" : "\033M");
	buf_puts(j->out, "\033[r");
	p->row = p->col = 0;
	memmove(grid_cell(&p->shown, by > 0 ? top : top + n, 0),
		grid_cell(&p->shown, by > 0 ? top + n : top, 0),
		(size_t)band->rows * row_cells * sizeof(struct cell));
	grid_fill(&p->shown, &whole, &empty, ROLE_NORMAL);
}

static void scroll_where_moved(struct job *j)
{
	static const int steps[] = { 1, -1, 3, -3 };
	struct painter *p = j->painter;
	bool is_same[SCROLL_ROWS_MOST];
	int differing = 0;

	/* The rows that come in must have the background that we say they have. */
	if (!p->facts.erases_colour && p->styles[ROLE_NORMAL].background >= 0)
		return;
	if (j->want->rows > SCROLL_ROWS_MOST)
		return;
	for (int row = 0; row < j->want->rows; row++) {
		is_same[row] = row_looks_equal(p, j->want, row, row);
		differing += !is_same[row];
	}
	for (size_t i = 0; differing >= SCROLL_FROM && i < COUNT(steps); i++) {
		struct rect band = moved_band(p, j->want, is_same, steps[i]);

		if (band.rows >= SCROLL_FROM) {
			scroll(j, &band, steps[i]);
			return;
		}
	}
}

/* Everything from nothing: the screen is cleared in the normal style first. */
static int start_over(struct job *j)
{
	struct painter *p = j->painter;

	if (grid_resize(&p->shown, j->want->rows, j->want->cols) < 0)
		return -ENOMEM;
	p->is_style_known = false;
	set_style(j, &p->styles[ROLE_NORMAL]);
	buf_puts(j->out, "\033[H\033[2J");
	p->row = p->col = 0;
	p->cursor = -1;
	/* Without bce the cleared screen has the terminal's own background: then every blank is
	 * written. */
	p->is_known = p->facts.erases_colour || p->styles[ROLE_NORMAL].background < 0;
	return 0;
}

static void set_cursor(struct job *j, int row, int col)
{
	struct painter *p = j->painter;
	int want = row >= 0;

	if (want)
		move_to(j, row, col);
	if (p->cursor != want)
		buf_puts(j->out, want ? "\033[?25h" : "\033[?25l");
	p->cursor = want;
}

static void remember(struct job *j)
{
	struct painter *p = j->painter;

	memcpy(p->shown.cells, j->want->cells,
	       (size_t)j->want->rows * (size_t)j->want->cols * sizeof(*j->want->cells));
	p->is_known = true;
}

int painter_paint(struct painter *p, const struct grid *want, int row, int col,
		  const struct edition *edition, struct buf *out)
{
	struct job j = { .painter = p, .want = want, .out = out };
	struct style styles[ROLE_COUNT];
	bool is_fresh;

	styles_of(p, edition, styles);
	is_fresh = !p->is_known || p->shown.rows != want->rows || p->shown.cols != want->cols ||
		   memcmp(styles, p->styles, sizeof(styles)) != 0;
	memcpy(p->styles, styles, sizeof(styles));
	if (!want->cells)
		return 0;
	if (is_fresh) {
		buf_puts(out, "\033[?25l");
		if (start_over(&j) < 0)
			return -ENOMEM;
		p->cursor = 0;
	}
	if (!is_fresh)
		scroll_where_moved(&j);
	for (int r = 0; r < want->rows; r++)
		if (r != row)
			paint_row(&j, r);
	if (row >= 0 && row < want->rows)
		paint_row(&j, row);
	set_cursor(&j, row, col);
	remember(&j);
	if (out->failed) {
		p->is_known = false;
		return -ENOMEM;
	}
	return 0;
}
