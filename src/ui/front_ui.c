/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/ui.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/catalogue.h"
#include "base/secret.h"
#include "page/key.h"
#include "ui/input.h"
#include "ui/layout.h"
#include "ui/paint.h"
#include "ui/terminal.h"

#define ESC_DELAY_MS \
	25 /* a terminal sends a sequence at once; a lone Esc is nobody's but a person's */
#define WHEEL_ROWS 3

struct ui {
	struct front front; /* first: fronts are ui */
	struct tty terminal;
	struct layout layout;
	struct painter painter;
	struct input_parser parser;
	struct buf out;
	unsigned char bytes[4096]; /* read and not yet parsed */
	size_t at, end;
	bool is_drained; /* the last read took all there was: nothing need be polled for behind it */
	int rows, cols; /* as last seen */
	bool is_tiny;
	bool has_ended;
};

static struct ui *ui_of(struct front *f)
{
	return (struct ui *)f;
}

static void ui_close(struct front *f)
{
	struct ui *ui = ui_of(f);

	tty_release(&ui->terminal);
	painter_release(&ui->painter);
	layout_release(&ui->layout);
	input_parser_release(&ui->parser);
	buf_wipe(&ui->out);
	secret_wipe(ui, sizeof(*ui));
	free(ui);
}

static int ui_fd(struct front *f)
{
	return ui_of(f)->terminal.in;
}

static void flush(struct ui *ui)
{
	tty_write(&ui->terminal, ui->out.data, ui->out.len);
	if (ui->out.cap)
		secret_wipe(ui->out.data, ui->out.len);
	buf_clear(&ui->out);
}

static void ui_show(struct front *f, const struct page *page, const struct view *view)
{
	struct ui *ui = ui_of(f);
	struct layout *l = &ui->layout;

	tty_size(&ui->terminal, &ui->rows, &ui->cols);
	ui->is_tiny = ui->rows < UI_ROWS_MIN || ui->cols < UI_COLUMNS_MIN;
	if (layout_show(l, ui->rows, ui->cols, page, view) < 0)
		return;
	/* With no item in focus the cursor marks where reading starts. */
	painter_paint(&ui->painter, &l->grid, l->cursor_row < 0 ? 0 : l->cursor_row,
		      l->cursor_row < 0 ? 0 : l->cursor_col, view ? view->edition : NULL, &ui->out);
	flush(ui);
}

static bool can_read(const struct ui *ui, int timeout_ms)
{
	struct pollfd one = { .fd = ui->terminal.in, .events = POLLIN };

	return poll(&one, 1, timeout_ms) > 0;
}

static bool fill(struct ui *ui, int timeout_ms)
{
	bool was_drained = ui->is_drained;
	ssize_t n;

	ui->is_drained = false;
	if (ui->has_ended || (was_drained && !timeout_ms) || !can_read(ui, timeout_ms))
		return false;
	n = read(ui->terminal.in, ui->bytes, sizeof(ui->bytes));
	if (n < 0 && (errno == EINTR || errno == EAGAIN))
		return false;
	if (n <= 0) {
		ui->has_ended = true;
		return false;
	}
	ui->at = 0;
	ui->end = (size_t)n;
	ui->is_drained = (size_t)n < sizeof(ui->bytes);
	return true;
}

/* The next thing the terminal said; waits only to tell Esc from the beginning of a sequence. */
static bool next_input(struct ui *ui, struct terminal_input *ret)
{
	for (;;) {
		while (ui->at < ui->end)
			if (input_parser_byte(&ui->parser, ui->bytes[ui->at++], ret))
				return true;
		secret_wipe(ui->bytes, ui->end);
		ui->at = ui->end = 0;
		if (fill(ui, input_parser_waits(&ui->parser) ? ESC_DELAY_MS : 0))
			continue;
		return input_parser_pause(&ui->parser, ret);
	}
}

static bool take_click(struct ui *ui, const struct terminal_input *in, struct front_input *ret)
{
	const struct target *t = layout_target(&ui->layout, in->row, in->col);

	if (!t)
		return false;
	if (t->key) {
		*ret = (struct front_input){ .kind = INPUT_KEY, .key = t->key, .row = -1 };
		return true;
	}
	*ret = (struct front_input){ .kind = INPUT_TARGET, .row = t->row };
	snprintf(ret->block, sizeof(ret->block), "%s", t->block);
	snprintf(ret->item, sizeof(ret->item), "%s", t->item);
	return true;
}

static bool take_wheel(struct ui *ui, const struct terminal_input *in, struct front_input *ret)
{
	const struct scroller *s = layout_scroller(&ui->layout, in->row, in->col);

	*ret = (struct front_input){ .kind = INPUT_SCROLL,
				     .row = -1,
				     .amount = in->amount * WHEEL_ROWS };
	snprintf(ret->block, sizeof(ret->block), "%s", s ? s->block : "");
	return true;
}

/* Nobody chooses what is not in sight: the key shows more of the page first. */
static int key_in_sight(const struct ui *ui, int key)
{
	if (!ui->layout.is_focus_hidden || (key != K_ENTER && key != K_SPACE))
		return key;
	return ui->layout.has_more_below ? K_PAGE_DOWN : K_PAGE_UP;
}

static bool translate(struct ui *ui, const struct terminal_input *in, struct front_input *ret)
{
	switch (in->kind) {
	case TERMINAL_KEY:
		*ret = (struct front_input){ .kind = INPUT_KEY,
					     .key = key_in_sight(ui, in->key),
					     .row = -1 };
		return !ui->is_tiny;
	case TERMINAL_PASTE:
		*ret = (struct front_input){ .kind = INPUT_PASTE, .text = in->text, .row = -1 };
		return !ui->is_tiny;
	case TERMINAL_CLICK:
		return !ui->is_tiny && take_click(ui, in, ret);
	case TERMINAL_WHEEL:
		return !ui->is_tiny && take_wheel(ui, in, ret);
	case TERMINAL_READY:
		*ret = (struct front_input){ .kind = INPUT_FENCE, .row = -1 };
		return true;
	}
	return false;
}

static bool ui_read(struct front *f, struct front_input *ret)
{
	struct ui *ui = ui_of(f);
	struct terminal_input in;
	int rows, cols;

	while (next_input(ui, &in))
		if (translate(ui, &in, ret))
			return true;
	if (ui->has_ended) {
		*ret = (struct front_input){ .kind = INPUT_END, .row = -1 };
		return true;
	}
	tty_size(&ui->terminal, &rows, &cols);
	if (rows == ui->rows && cols == ui->cols)
		return false;
	ui->rows = rows;
	ui->cols = cols;
	*ret = (struct front_input){ .kind = INPUT_RESIZE, .row = -1 };
	return true;
}

static bool ui_fence(struct front *f)
{
	tty_write(&ui_of(f)->terminal, "\033[5n", 4);
	return true;
}

static int ui_visible(struct front *f, const char *block)
{
	const struct layout *l = &ui_of(f)->layout;

	for (size_t i = 0; i < l->scroller_count; i++)
		if (!strcmp(l->scrollers[i].block, block))
			return l->scrollers[i].visible;
	return *block || l->main_rows < 1 ? 1 : l->main_rows;
}

static void ui_bell(struct front *f)
{
	tty_write(&ui_of(f)->terminal, "\a", 1);
}

static void ui_redraw(struct front *f)
{
	painter_forget(&ui_of(f)->painter);
}

static void ui_suspend(struct front *f, bool is_stopped)
{
	struct ui *ui = ui_of(f);

	if (is_stopped)
		terminal_give_back(&ui->terminal);
	else
		tty_take(&ui->terminal);
	painter_forget(&ui->painter);
}

int ui_open(struct front **ret, struct err *err)
{
	struct ui *ui = calloc(1, sizeof(*ui));
	int r;

	if (!ui)
		return err_set(err, -ENOMEM, _("Out of memory"));
	ui->front = (struct front){
		.name = "screen",
		.close = ui_close,
		.fd = ui_fd,
		.show = ui_show,
		.read = ui_read,
		.fence = ui_fence,
		.visible = ui_visible,
		.bell = ui_bell,
		.redraw = ui_redraw,
		.suspend = ui_suspend,
	};
	r = tty_open(&ui->terminal, STDIN_FILENO, STDOUT_FILENO, err);
	if (r < 0) {
		free(ui);
		return r;
	}
	painter_init(&ui->painter, &ui->terminal.facts);
	input_parser_init(&ui->parser);
	buf_init(&ui->out, 0);
	tty_size(&ui->terminal, &ui->rows, &ui->cols);
	*ret = &ui->front;
	return 0;
}
