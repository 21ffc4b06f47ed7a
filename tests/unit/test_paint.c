/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the painter writes, read by a terminal (libvterm): it must show the grid, cell by cell,
 * after any changes. */
#include <vterm.h>

#include "base/text.h"
#include "tests/tap.h"
#include "tests/ui/samples.h"
#include "ui/layout.h"
#include "ui/paint.h"

struct screen {
	VTerm *vt;
	VTermScreen *screen;
	struct painter painter;
	struct buf out;
};

static struct edition standard;

static void screen_init(struct screen *s, const struct terminal_facts *facts, int rows, int cols)
{
	s->vt = vterm_new(rows, cols);
	vterm_set_utf8(s->vt, 1);
	s->screen = vterm_obtain_screen(s->vt);
	vterm_screen_reset(s->screen, 1);
	painter_init(&s->painter, facts);
	buf_init(&s->out, 0);
}

static void screen_release(struct screen *s)
{
	vterm_free(s->vt);
	painter_release(&s->painter);
	buf_release(&s->out);
}

static size_t screen_paint(struct screen *s, const struct layout *l)
{
	buf_clear(&s->out);
	painter_paint(&s->painter, &l->grid, l->cursor_row < 0 ? 0 : l->cursor_row,
		      l->cursor_col < 0 ? 0 : l->cursor_col, &standard, &s->out);
	vterm_input_write(s->vt, s->out.data, s->out.len);
	return s->out.len;
}

static bool same_text(const VTermScreenCell *got, const struct cell *want)
{
	char text[VTERM_MAX_CHARS_PER_CELL * 4 + 1] = "";
	size_t n = 0;

	for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && got->chars[i]; i++)
		n += text_encode(got->chars[i], text + n);
	if (!n)
		text[n++] = ' ';
	return n == want->length && !memcmp(text, want->bytes, n);
}

static bool same_colour(const VTermColor *got, int want, bool is_default)
{
	return want < 0 ? is_default : VTERM_COLOR_IS_INDEXED(got) && got->indexed.idx == want;
}

static bool same_cell(const VTermScreenCell *got, const struct cell *want, const struct style *s)
{
	bool is_blank = want->length == 1 && want->bytes[0] == ' ';

	if (!same_text(got, want) || got->width != want->width)
		return false;
	if (!same_colour(&got->bg, s->background, VTERM_COLOR_IS_DEFAULT_BG(&got->bg)))
		return false;
	if (!!got->attrs.reverse != !!(s->attrs & STYLE_REVERSE) ||
	    !!got->attrs.underline != !!(s->attrs & STYLE_UNDERLINE))
		return false;
	return is_blank ||
	       (same_colour(&got->fg, s->foreground, VTERM_COLOR_IS_DEFAULT_FG(&got->fg)) &&
		!!got->attrs.bold == !!(s->attrs & STYLE_BOLD));
}

/* Cells of the terminal that are not the grid's. */
static int count_wrong(const struct screen *s, const struct layout *l)
{
	const struct grid *g = &l->grid;
	VTermPos cursor;
	int wrong = 0;

	for (int row = 0; row < g->rows; row++)
		for (int col = 0; col < g->cols; col++) {
			const struct cell *want = grid_cell(g, row, col);
			VTermScreenCell got;

			if (!want->width)
				continue;
			vterm_screen_get_cell(s->screen, (VTermPos){ row, col }, &got);
			wrong += !same_cell(&got, want, &s->painter.styles[want->role]);
		}
	vterm_state_get_cursorpos(vterm_obtain_state(s->vt), &cursor);
	return wrong + (cursor.row != (l->cursor_row < 0 ? 0 : l->cursor_row)) +
	       (cursor.col != (l->cursor_col < 0 ? 0 : l->cursor_col));
}

static const struct {
	const char *name;
	struct terminal_facts facts;
} terminals[] = {
	{ "xterm-256color", { true, true, true, true } },
	{ "tmux without bce", { true, false, true, true } },
	{ "no colours", { false, false, false, true } },
};

/* Page after page on one screen: each paint starts from what the last one left. */
static void test_pages(size_t terminal, int rows, int cols)
{
	struct layout l = { 0 };
	struct screen s;
	int wrong = 0, paints = 0;

	screen_init(&s, &terminals[terminal].facts, rows, cols);
	for (int round = 0; round < 3; round++)
		for (size_t i = 0; i < sample_count; i++) {
			struct sample sample;

			sample_init(&sample, sample_names[(i * 7 + (size_t)round) % sample_count]);
			for (int row = 0; row < 8; row++) {
				focus_place(&sample.focus, sample.focus.block)->row += row == 5 ? 3
										       : row == 6
											       ? -3
											       : 1;
				layout_show(&l, rows, cols, &sample.page, &sample.view);
				screen_paint(&s, &l);
				wrong += count_wrong(&s, &l);
				paints++;
			}
			sample_release(&sample);
		}
	is_int(wrong, 0, "%s, %dx%d: all cells right after %d paints", terminals[terminal].name,
	       cols, rows, paints);
	screen_release(&s);
	layout_release(&l);
}

/* In a list's middle, and at its edge where all rows move. */
static void test_bytes(const char *name, int64_t from, int64_t step, size_t most)
{
	struct layout l = { 0 };
	struct sample sample;
	struct screen s;
	size_t worst = 0;

	screen_init(&s, &terminals[0].facts, 24, 80);
	sample_init(&sample, name);
	focus_place(&sample.focus, "entries")->row = from;
	for (int i = 0; i < 9; i++) {
		size_t n;

		layout_show(&l, 24, 80, &sample.page, &sample.view);
		n = screen_paint(&s, &l);
		if (i > 1 && n > worst)
			worst = n;
		focus_place(&sample.focus, "entries")->row += step;
	}
	ok(worst <= most, "%s: a step of the focus takes at most %zu bytes: %zu", name, most,
	   worst);
	layout_show(&l, 24, 80, &sample.page, &sample.view);
	screen_paint(&s, &l);
	is_int(screen_paint(&s, &l), 0, "nothing changed, nothing is written");
	sample_release(&sample);
	screen_release(&s);
	layout_release(&l);
}

/* Control: a cell that the painter believes to be right already stays wrong, and is seen. */
static void test_control(void)
{
	struct layout l = { 0 };
	struct sample sample;
	struct screen s;

	screen_init(&s, &terminals[0].facts, 24, 80);
	sample_init(&sample, "home");
	layout_show(&l, 24, 80, &sample.page, &sample.view);
	screen_paint(&s, &l);
	is_int(count_wrong(&s, &l), 0, "control: right at first");
	grid_cell(&l.grid, 2, 2)->bytes[0] = 'X';
	grid_cell(&s.painter.shown, 2, 2)->bytes[0] = 'X';
	screen_paint(&s, &l);
	is_int(count_wrong(&s, &l), 1, "control: a wrong cell is counted");
	sample_release(&sample);
	screen_release(&s);
	layout_release(&l);
}

int main(void)
{
	char themes[4096];
	struct err err = { 0 };

	text_locale_init();
	snprintf(themes, sizeof(themes), "%s/themes", getenv("srcdir") ? getenv("srcdir") : ".");
	if (!ok(edition_load_from(themes, "standard", &standard, &err) == 0, "a theme: %s",
		err.text))
		return done();
	for (size_t i = 0; i < COUNT(terminals); i++) {
		test_pages(i, 24, 80);
		test_pages(i, 12, 40);
		test_pages(i, 40, 120);
	}
	/* 160 cells change: two rows; and the counter. */
	test_bytes("statement", 12, -1, 160 + 3 + 48);
	test_bytes("statement", 100, 1, 160 + 3 + 64);
	test_control();
	edition_release(&standard);
	return done();
}
