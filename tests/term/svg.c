/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>
#include <utf8proc.h>

#include "tests/term/term.h"

/*
 * A picture of the screen. Every character has its own x, so that a viewer's fonts cannot
 * shift a column; lines and blocks are drawn, so that they join between cells.
 */
enum {
	CELL_W = 9,
	CELL_H = 19,
	BASELINE = 14,
	MARGIN = 12,
	BAR = 28,		/* the frame's title bar */
	FONT_SIZE = 15,
	WIDE_SIZE = 17,		/* so that Chinese fills its two cells */
};

static const char background[] = "#14161b", foreground[] = "#d5d8de";	/* the terminal's defaults */

static const uint32_t palette[16] = {
	0x1d2026, 0xe06c6c, 0x8cc570, 0xd9b25f, 0x6ea5e8, 0xc08ae0, 0x5fbfc0, 0xc8ccd4,
	0x6b7280, 0xf08a8a, 0xa8dd8e, 0xf0cd80, 0x90bff5, 0xd6a8f0, 0x84d8d8, 0xf4f5f7,
};

/* What a line-drawing character connects: 1 light, 2 heavy or double, by direction. */
static const struct {
	uint16_t c;
	uint8_t up, right, down, left;
} lines[] = {
	{ 0x2500, 0, 1, 0, 1 }, { 0x2501, 0, 2, 0, 2 }, { 0x2502, 1, 0, 1, 0 },
	{ 0x2503, 2, 0, 2, 0 }, { 0x250c, 0, 1, 1, 0 }, { 0x250f, 0, 2, 2, 0 },
	{ 0x2510, 0, 0, 1, 1 }, { 0x2513, 0, 0, 2, 2 }, { 0x2514, 1, 1, 0, 0 },
	{ 0x2517, 2, 2, 0, 0 }, { 0x2518, 1, 0, 0, 1 }, { 0x251b, 2, 0, 0, 2 },
	{ 0x251c, 1, 1, 1, 0 }, { 0x2523, 2, 2, 2, 0 }, { 0x2524, 1, 0, 1, 1 },
	{ 0x252b, 2, 0, 2, 2 }, { 0x252c, 0, 1, 1, 1 }, { 0x2533, 0, 2, 2, 2 },
	{ 0x2534, 1, 1, 0, 1 }, { 0x253b, 2, 2, 0, 2 }, { 0x253c, 1, 1, 1, 1 },
	{ 0x254b, 2, 2, 2, 2 }, { 0x2550, 0, 2, 0, 2 }, { 0x2551, 2, 0, 2, 0 },
	{ 0x2554, 0, 2, 2, 0 }, { 0x2557, 0, 0, 2, 2 }, { 0x255a, 2, 2, 0, 0 },
	{ 0x255d, 2, 0, 0, 2 }, { 0x256d, 0, 1, 1, 0 }, { 0x256e, 0, 0, 1, 1 },
	{ 0x256f, 1, 0, 0, 1 }, { 0x2570, 1, 1, 0, 0 },
};

struct picture {
	FILE *out;
	const struct term *t;
	char ground[8];		/* the colour of the screen's last cell is that of the frame */
};

static void put_char(FILE *out, uint32_t c)
{
	utf8proc_uint8_t bytes[4];

	if (c == '<')
		fputs("&lt;", out);
	else if (c == '&')
		fputs("&amp;", out);
	else
		fwrite(bytes, 1, utf8proc_encode_char(c, bytes), out);
}

static void put_text(FILE *out, const char *text)
{
	utf8proc_int32_t c;
	utf8proc_ssize_t n;

	for (; *text; text += n) {
		n = utf8proc_iterate((const utf8proc_uint8_t *)text, -1, &c);
		if (n <= 0)
			return;
		put_char(out, c);
	}
}

static void color_name(const struct picture *p, VTermColor color, bool is_text, char name[8])
{
	if (is_text ? VTERM_COLOR_IS_DEFAULT_FG(&color) : VTERM_COLOR_IS_DEFAULT_BG(&color)) {
		snprintf(name, 8, "%s", is_text ? foreground : background);
	} else if (VTERM_COLOR_IS_INDEXED(&color) && color.indexed.idx < 16) {
		snprintf(name, 8, "#%06x", (unsigned int)palette[color.indexed.idx]);
	} else {
		vterm_screen_convert_color_to_rgb(p->t->screen, &color);
		snprintf(name, 8, "#%02x%02x%02x", color.rgb.red, color.rgb.green, color.rgb.blue);
	}
}

static void cell_colors(const struct picture *p, const VTermScreenCell *cell, char fg[8], char bg[8])
{
	color_name(p, cell->fg, true, cell->attrs.reverse ? bg : fg);
	color_name(p, cell->bg, false, cell->attrs.reverse ? fg : bg);
}

static void put_rect(FILE *out, int x, int y, int w, int h, const char *fill)
{
	fprintf(out, "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"/>\n", x, y, w, h,
		fill);
}

static bool put_line(FILE *out, uint32_t c, int x, int y, const char *fg)
{
	const int mx = x + CELL_W / 2, my = y + CELL_H / 2;

	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		if (lines[i].c != c)
			continue;
		if (lines[i].up)
			put_rect(out, mx, y, lines[i].up, my - y + 1, fg);
		if (lines[i].down)
			put_rect(out, mx, my, lines[i].down, y + CELL_H - my, fg);
		if (lines[i].left)
			put_rect(out, x, my, mx - x + 1, lines[i].left, fg);
		if (lines[i].right)
			put_rect(out, mx, my, x + CELL_W - mx, lines[i].right, fg);
		return true;
	}
	return false;
}

/* Eighths of a block from below and from the left, halves and shades. */
static bool put_block(FILE *out, uint32_t c, int x, int y, const char *fg)
{
	if (c == 0x2580) {
		put_rect(out, x, y, CELL_W, CELL_H / 2, fg);
	} else if (c >= 0x2581 && c <= 0x2588) {
		int h = (int)(c == 0x2584 ? CELL_H - CELL_H / 2 : CELL_H * (c - 0x2580) / 8);

		put_rect(out, x, y + CELL_H - h, CELL_W, h, fg);
	} else if (c >= 0x2589 && c <= 0x258f) {
		put_rect(out, x, y, (int)(CELL_W * (0x2590 - c) / 8), CELL_H, fg);
	} else if (c == 0x2590) {
		put_rect(out, x + CELL_W / 2, y, CELL_W - CELL_W / 2, CELL_H, fg);
	} else if (c >= 0x2591 && c <= 0x2593) {
		fprintf(out, "<g opacity=\".%u\">", 25 * (unsigned int)(c - 0x2590));
		put_rect(out, x, y, CELL_W, CELL_H, fg);
		fputs("</g>", out);
	} else {
		return false;
	}
	return true;
}

static void put_glyph(FILE *out, const VTermScreenCell *cell, int x, int y, const char *fg)
{
	fprintf(out, "<text x=\"%d\" y=\"%d\"", x, y + BASELINE);
	if (strcmp(fg, foreground))
		fprintf(out, " fill=\"%s\"", fg);
	if (cell->attrs.bold)
		fputs(" font-weight=\"bold\"", out);
	if (cell->attrs.italic)
		fputs(" font-style=\"italic\"", out);
	if (cell->width > 1)
		fprintf(out, " font-size=\"%d\"", WIDE_SIZE);
	fputc('>', out);
	for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell->chars[i]; i++)
		put_char(out, cell->chars[i]);
	fputs("</text>\n", out);
}

static bool is_ascii(const VTermScreenCell *cell)
{
	return cell->width == 1 && cell->chars[0] > ' ' && cell->chars[0] < 0x7f && !cell->chars[1];
}

static bool is_styled_alike(const VTermScreenCell *a, const VTermScreenCell *b)
{
	return a->attrs.bold == b->attrs.bold && a->attrs.italic == b->attrs.italic &&
	       a->attrs.reverse == b->attrs.reverse && vterm_color_is_equal(&a->fg, &b->fg) &&
	       vterm_color_is_equal(&a->bg, &b->bg);
}

/* A run of ASCII in one style is one element, every character with its x. Answers its length. */
static int put_run(const struct picture *p, int row, int col, const VTermScreenCell *first, int y,
		   const char *fg)
{
	VTermScreenCell cell;
	int n = 1;

	fprintf(p->out, "<text x=\"%d", MARGIN + col * CELL_W);
	for (; col + n < p->t->cols; n++) {
		vterm_screen_get_cell(p->t->screen, (VTermPos){ .row = row, .col = col + n }, &cell);
		if (!is_ascii(&cell) || !is_styled_alike(first, &cell))
			break;
		fprintf(p->out, " %d", MARGIN + (col + n) * CELL_W);
	}
	fprintf(p->out, "\" y=\"%d\"", y + BASELINE);
	if (strcmp(fg, foreground))
		fprintf(p->out, " fill=\"%s\"", fg);
	if (first->attrs.bold)
		fputs(" font-weight=\"bold\"", p->out);
	if (first->attrs.italic)
		fputs(" font-style=\"italic\"", p->out);
	fputc('>', p->out);
	for (int x = col; x < col + n; x++) {
		vterm_screen_get_cell(p->t->screen, (VTermPos){ .row = row, .col = x }, &cell);
		put_char(p->out, cell.chars[0]);
	}
	fputs("</text>\n", p->out);
	return n;
}

/* What lies under the characters: neighbours of one colour are one rectangle. */
static void put_ground(const struct picture *p, int row, int y)
{
	char fg[8], bg[8], last_fg[8] = "", last_bg[8] = "";
	bool was_underlined = false;
	VTermScreenCell cell;
	int start = 0;

	for (int col = 0; col <= p->t->cols; col++) {
		if (col < p->t->cols) {
			vterm_screen_get_cell(p->t->screen, (VTermPos){ .row = row, .col = col }, &cell);
			if (cell.chars[0] == (uint32_t)-1)
				continue;	/* the right half of a wide character looks as the left */
			cell_colors(p, &cell, fg, bg);
			if (col > 0 && !strcmp(bg, last_bg) && !strcmp(fg, last_fg) &&
			    !cell.attrs.underline == !was_underlined)
				continue;
		}
		if (col > start && strcmp(last_bg, p->ground))
			put_rect(p->out, MARGIN + start * CELL_W, y, (col - start) * CELL_W, CELL_H, last_bg);
		if (col > start && was_underlined)
			put_rect(p->out, MARGIN + start * CELL_W, y + BASELINE + 2, (col - start) * CELL_W, 1,
				 last_fg);
		start = col;
		memcpy(last_fg, fg, sizeof(last_fg));
		memcpy(last_bg, bg, sizeof(last_bg));
		was_underlined = cell.attrs.underline;
	}
}

static void put_row(const struct picture *p, int row)
{
	const int y = BAR + MARGIN / 2 + row * CELL_H;
	VTermScreenCell cell;
	char fg[8], bg[8];

	put_ground(p, row, y);
	for (int col = 0; col < p->t->cols; col += cell.width > 1 ? 2 : 1) {
		const int x = MARGIN + col * CELL_W;

		vterm_screen_get_cell(p->t->screen, (VTermPos){ .row = row, .col = col }, &cell);
		if (cell.chars[0] <= ' ' || cell.chars[0] == (uint32_t)-1)
			continue;
		cell_colors(p, &cell, fg, bg);
		if (is_ascii(&cell))
			col += put_run(p, row, col, &cell, y, fg) - 1;
		else if (!put_line(p->out, cell.chars[0], x, y, fg) &&
			 !put_block(p->out, cell.chars[0], x, y, fg))
			put_glyph(p->out, &cell, x, y, fg);
	}
}

static void put_frame(const struct picture *p, const char *title)
{
	const int w = p->t->cols * CELL_W + 2 * MARGIN, h = BAR + p->t->rows * CELL_H + MARGIN;
	static const char *const dots[] = { "#e06c6c", "#d9b25f", "#8cc570" };

	fprintf(p->out,
		"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" "
		"font-family=\"'DejaVu Sans Mono','Noto Sans Mono CJK SC','Noto Sans Mono',Menlo,Consolas,"
		"'PingFang SC','Microsoft YaHei',monospace\" font-size=\"%d\" fill=\"%s\">\n",
		w, h, w, h, FONT_SIZE, foreground);
	if (title) {
		fputs("<title>", p->out);
		put_text(p->out, title);
		fputs("</title>\n", p->out);
	}
	fprintf(p->out, "<rect width=\"%d\" height=\"%d\" rx=\"8\" fill=\"%s\" stroke=\"#3a3f4a\"/>\n", w, h,
		p->ground);
	for (int i = 0; i < 3; i++)
		fprintf(p->out, "<circle cx=\"%d\" cy=\"%d\" r=\"5\" fill=\"%s\"/>\n",
			MARGIN + 6 + i * 18, BAR / 2, dots[i]);
	if (title) {
		fprintf(p->out, "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\" fill=\"#9aa1ad\" font-size=\"13\">",
			w / 2, BAR / 2 + 5);
		put_text(p->out, title);
		fputs("</text>\n", p->out);
	}
}

static void put_cursor(const struct picture *p)
{
	VTermPos pos;

	if (!p->t->is_cursor_visible)
		return;
	vterm_state_get_cursorpos(vterm_obtain_state(p->t->vt), &pos);
	fprintf(p->out,
		"<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\" opacity=\".55\"/>\n",
		MARGIN + pos.col * CELL_W, BAR + MARGIN / 2 + pos.row * CELL_H, CELL_W, CELL_H,
		foreground);
}

void term_svg(const struct term *t, const char *title, FILE *out)
{
	struct picture p = { .out = out, .t = t };
	VTermScreenCell last;

	vterm_screen_get_cell(t->screen, (VTermPos){ .row = t->rows - 1, .col = t->cols - 1 }, &last);
	color_name(&p, last.bg, false, p.ground);
	put_frame(&p, title);
	for (int row = 0; row < t->rows; row++)
		put_row(&p, row);
	put_cursor(&p);
	fputs("</svg>\n", out);
}
