/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/paint.h"

#include <errno.h>
#include <string.h>

#include "ui/csi.h"

#define ERASE_END_FROM	 4  /* blanks from which CSI K is shorter */
#define ERASE_FROM	 10 /* blanks from which CSI n X and CSI n C are shorter */
#define SCROLL_FROM	 4  /* rows from which moving them is shorter */
#define BY_STYLE_FROM	 4  /* rows from which coming back to them is shorter than changing colours */
#define ROWS_MOST	 256 /* of a screen that is painted by what differs */
#define RETYPED_MOST	 8  /* bytes */
#define LINES_FED_MOST	 4

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

static void set_style(struct job *j, const struct style *to)
{
	struct painter *p = j->painter;
	char bytes[CSI_MAX];

	buf_add(j->out, bytes, csi_style(bytes, p->is_style_known ? &p->style : NULL, to));
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

/* The bytes of unchanged cells up to col, if typing them again is shorter than passing over them. */
static size_t retype(const struct job *j, int row, int from, int col, char *out)
{
	const struct painter *p = j->painter;
	size_t n = 0;

	for (int i = from; i < col; i++) {
		const struct cell *c = grid_cell(j->want, row, i);
		const struct style *s = &p->styles[c->role];

		if (n + c->length > RETYPED_MOST || !cell_equal(c, grid_cell(&p->shown, row, i)) ||
		    !(style_equal(s, &p->style) || (is_blank(c) && blank_style_equal(s, &p->style))))
			return 0;
		memcpy(out + n, c->bytes, c->length);
		n += c->length;
	}
	return n;
}

/* Down or up from where the cursor is, then along the row. 0: not that way. */
static size_t relative(const struct job *j, int row, int col, char *out)
{
	const struct painter *p = j->painter;
	int down = row - p->row, from = p->col;
	char along[CSI_MAX];
	size_t n = 0, typed = 0, moved;

	if (p->row < 0 || down > LINES_FED_MOST)
		return 0;
	if (from >= j->want->cols) { /* no cell: it cannot be left backwards */
		out[n++] = '\r';
		from = 0;
	}
	if (down < 0)
		n += csi(out + n, -down, 'A');
	for (; down > 0; down--)
		out[n++] = '\n';
	if (p->is_style_known && from < col)
		typed = retype(j, row, from, col, along);
	moved = csi_along(out + n, from, col);
	if (typed && typed <= moved)
		memcpy(out + n, along, moved = typed);
	return n + moved;
}

static void move_to(struct job *j, int row, int col)
{
	struct painter *p = j->painter;
	char best[CSI_MAX], other[CSI_MAX];
	size_t n, m;

	if (p->row == row && p->col == col)
		return;
	n = csi_place(best, row, col);
	m = relative(j, row, col, other);
	buf_add(j->out, m && m < n ? other : best, m && m < n ? m : n);
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
	char bytes[CSI_MAX];

	if (n < ERASE_END_FROM || (!is_end && (n < ERASE_FROM || !j->painter->facts.has_erase)))
		return 0;
	move_to(j, row, col);
	set_cell_style(j, c);
	buf_add(j->out, bytes, is_end ? csi(bytes, 1, 'K') : csi(bytes, n, 'X'));
	memcpy(grid_cell(&j->painter->shown, row, col), c, (size_t)n * sizeof(*c));
	return n;
}

static int put_cell(struct job *j, int row, int col)
{
	const struct cell *c = grid_cell(j->want, row, col);
	struct painter *p = j->painter;
	int n = c->width ? c->width : 1;

	memcpy(grid_cell(&p->shown, row, col), c, (size_t)n * sizeof(*c));
	/* Where the last cell would scroll the screen, it stays empty. */
	if (!p->facts.keeps_last && row + 1 == j->want->rows && col + n >= j->want->cols)
		return n;
	move_to(j, row, col);
	set_cell_style(j, c);
	buf_add(j->out, c->bytes, c->length);
	p->col += c->width;
	return n;
}

static bool is_shown(const struct job *j, int row, int col, int n)
{
	const struct painter *p = j->painter;

	while (p->is_known && n > 0 &&
	       looks_equal(p, grid_cell(j->want, row, col), grid_cell(&p->shown, row, col))) {
		col++;
		n--;
	}
	return !n;
}

/* A blank is painted with what stands before it when that saves coming back. */
static bool suits(const struct painter *p, int row, int col, const struct cell *c,
		  const struct style *style)
{
	const struct style *own = &p->styles[c->role];

	return style_equal(own, style) || (is_blank(c) && p->row == row && p->col == col &&
					   blank_style_equal(own, style));
}

/* What differs in a row and suits one style (NULL: any). Returns a style that is left over, or NULL. */
static const struct style *paint_row(struct job *j, int row, const struct style *only)
{
	struct painter *p = j->painter;
	const struct style *left = NULL;
	int n;

	for (int col = 0; col < j->want->cols; col += n) {
		const struct cell *now = grid_cell(j->want, row, col);

		n = now->width == 2 ? 2 : 1;
		if (is_shown(j, row, col, n))
			continue;
		if (only && !suits(p, row, col, now, only)) {
			left = left ? left : &p->styles[now->role];
			continue;
		}
		n = erase(j, row, col);
		if (!n)
			n = put_cell(j, row, col);
	}
	return left;
}

/* Rows that differ, but the cursor's: when they are many, all of one style, then all of the next. */
static void paint_rows(struct job *j, const bool *is_same, int differing, int cursor_row)
{
	struct style only = j->painter->style;
	const struct style *left;

	do {
		left = NULL;
		for (int row = 0; row < j->want->rows; row++) {
			const struct style *style = NULL;

			if (row != cursor_row && !is_same[row])
				style = paint_row(j, row, differing < BY_STYLE_FROM ? NULL : &only);
			left = left ? left : style;
		}
		if (left)
			only = *left;
	} while (left);
}

static bool row_looks_equal(const struct painter *p, const struct grid *want, int row,
			    int shown_row)
{
	const struct cell *a = grid_cell(want, row, 0), *b = grid_cell(&p->shown, shown_row, 0);
	int cols = want->cols;

	if (!memcmp(a, b, (size_t)cols * sizeof(*a)))
		return true;
	while (cols > 0 && looks_equal(p, a, b)) {
		a++;
		b++;
		cols--;
	}
	return !cols;
}

/* The longest run of rows that differ and look like those shown `by` rows below (negative: above). */
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
	grid_fill(&p->shown, &whole, &empty, ROLE_NORMAL, " ");
}

/* How many differ. */
static int compare_rows(const struct job *j, bool *ret_is_same)
{
	int differing = 0;

	for (int row = 0; row < j->want->rows; row++) {
		ret_is_same[row] = row_looks_equal(j->painter, j->want, row, row);
		differing += !ret_is_same[row];
	}
	return differing;
}

/* True when it did. */
static bool scroll_where_moved(struct job *j, const bool *is_same)
{
	static const int steps[] = { 1, -1, 3, -3 };
	struct painter *p = j->painter;

	/* The rows that come in must have the background that we say they have. */
	if (!p->facts.erases_colour && p->styles[ROLE_NORMAL].background >= 0)
		return false;
	for (size_t i = 0; i < COUNT(steps); i++) {
		struct rect band = moved_band(p, j->want, is_same, steps[i]);

		if (band.rows >= SCROLL_FROM) {
			scroll(j, &band, steps[i]);
			return true;
		}
	}
	return false;
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

/* Also what only looks equal becomes so: rows are first compared as bytes. */
static void remember(struct job *j)
{
	struct painter *p = j->painter;
	size_t n = (size_t)j->want->cols * sizeof(*j->want->cells);

	for (int row = 0; row < j->want->rows; row++)
		if (memcmp(grid_cell(&p->shown, row, 0), grid_cell(j->want, row, 0), n) != 0)
			memcpy(grid_cell(&p->shown, row, 0), grid_cell(j->want, row, 0), n);
	p->is_known = true;
}

static void paint_changes(struct job *j, int cursor_row)
{
	bool is_same[ROWS_MOST];
	int differing = compare_rows(j, is_same);

	if (differing >= SCROLL_FROM && scroll_where_moved(j, is_same))
		differing = compare_rows(j, is_same);
	paint_rows(j, is_same, differing, cursor_row);
}

int painter_paint(struct painter *p, const struct grid *want, int row, int col,
		  const struct edition *edition, struct buf *out)
{
	struct job j = { .painter = p, .want = want, .out = out };
	struct style styles[ROLE_COUNT];
	bool is_fresh;

	styles_of(p, edition, styles);
	is_fresh = !p->is_known || p->shown.rows != want->rows || p->shown.cols != want->cols ||
		   want->rows > ROWS_MOST || memcmp(styles, p->styles, sizeof(styles)) != 0;
	memcpy(p->styles, styles, sizeof(styles));
	if (!want->cells)
		return 0;
	if (is_fresh) {
		buf_puts(out, "\033[?25l");
		if (start_over(&j) < 0)
			return -ENOMEM;
		p->cursor = 0;
	} else {
		paint_changes(&j, row);
	}
	for (int r = 0; is_fresh && r < want->rows; r++)
		if (r != row)
			paint_row(&j, r, NULL);
	if (row >= 0 && row < want->rows)
		paint_row(&j, row, NULL);
	set_cursor(&j, row, col);
	remember(&j);
	if (out->failed) {
		p->is_known = false;
		return -ENOMEM;
	}
	return 0;
}
