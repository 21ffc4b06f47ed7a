/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "tests/term/term.h"

/* One row of text: each cell's bytes, and which column a byte belongs to. */
struct row {
	char *text;		/* cols * VTERM_MAX_CHARS_PER_CELL * 4 + 2 bytes */
	int *column;		/* by byte of text */
	size_t len;
};

static int row_init(struct row *row, int cols)
{
	size_t room = (size_t)cols * VTERM_MAX_CHARS_PER_CELL * 4 + 2;

	row->text = malloc(room);
	row->column = calloc(room, sizeof(*row->column));
	return row->text && row->column ? 0 : -ENOMEM;
}

static void row_release(struct row *row)
{
	free(row->text);
	free(row->column);
}

static void row_add(struct row *row, int col, uint32_t c)
{
	utf8proc_uint8_t bytes[4];
	utf8proc_ssize_t n = utf8proc_encode_char(c, bytes);

	for (utf8proc_ssize_t i = 0; i < n; i++) {
		row->column[row->len] = col;
		row->text[row->len++] = bytes[i];
	}
}

static void row_read(struct row *row, const struct term *t, int y)
{
	size_t used = 0;

	row->len = 0;
	for (int x = 0; x < t->cols; x++) {
		VTermScreenCell cell;

		vterm_screen_get_cell(t->screen, (VTermPos){ .row = y, .col = x }, &cell);
		if (cell.chars[0] == (uint32_t)-1)
			continue;	/* the right half of a wide character */
		if (!cell.chars[0])
			row_add(row, x, ' ');
		for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i]; i++)
			row_add(row, x, cell.chars[i]);
		if (row->text[row->len - 1] != ' ')
			used = row->len;
	}
	row->len = used;
	row->text[used] = '\0';
}

char *term_text(const struct term *t)
{
	size_t size = 0;
	char *text = NULL;
	FILE *out = open_memstream(&text, &size);
	struct row row = { 0 };

	if (!out)
		return NULL;
	if (row_init(&row, t->cols) == 0) {
		for (int y = 0; y < t->rows; y++) {
			row_read(&row, t, y);
			fprintf(out, "%s\n", row.text);
		}
	}
	row_release(&row);
	fclose(out);
	return text;
}

int term_find(const struct term *t, const char *text, int *ret_row, int *ret_col)
{
	struct row row = { 0 };
	int r = row_init(&row, t->cols);

	for (int y = 0; r == 0 && y < t->rows; y++) {
		const char *hit;

		row_read(&row, t, y);
		hit = strstr(row.text, text);
		if (hit) {
			*ret_row = y;
			*ret_col = row.column[hit - row.text];
			row_release(&row);
			return 0;
		}
	}
	row_release(&row);
	return r < 0 ? r : -ENOENT;
}
