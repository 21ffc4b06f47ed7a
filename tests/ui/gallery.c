/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * gallery [-e DIR/THEME] [-t] NAME: shows a sample page on this terminal. Arrow keys move a table's
 * row, 'q' or the end of input ends. With -t it writes the page of each size COLSxROWS that follows
 * as text on standard output instead.
 */
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "page/key.h"
#include "tests/ui/samples.h"
#include "ui/layout.h"
#include "ui/ui.h"

static void print_grid(const struct grid *g)
{
	for (int row = 0; row < g->rows; row++) {
		for (int col = 0; col < g->cols; col++) {
			const struct cell *c = grid_cell(g, row, col);

			printf("%.*s", c->length, c->bytes);
		}
		putchar('\n');
	}
}

static int print_sizes(struct sample *s, char **sizes)
{
	struct layout l = { 0 };

	for (; *sizes; sizes++) {
		int cols, rows;

		if (sscanf(*sizes, "%dx%d", &cols, &rows) != 2 ||
		    layout_show(&l, rows, cols, &s->page, &s->view) < 0)
			return 1;
		print_grid(&l.grid);
	}
	layout_release(&l);
	return 0;
}

static bool take(struct sample *s, const struct front_input *in)
{
	struct focus_place *place = focus_place(&s->focus, s->focus.block);

	if (in->kind == INPUT_END || (in->kind == INPUT_KEY && in->key == 'q'))
		return false;
	if (in->kind == INPUT_KEY && in->key == K_DOWN)
		place->row++;
	if (in->kind == INPUT_KEY && in->key == K_UP)
		place->row--;
	if (in->kind == INPUT_SCROLL)
		place->row += in->amount;
	return true;
}

static void wake(int number)
{
	(void)number;
}

static int show(struct sample *s)
{
	struct front *front;
	sigset_t resized, before;
	struct front_input in;
	struct err err;
	bool goes_on = true;

	if (ui_open(&front, &err) < 0) {
		fprintf(stderr, "%s\n", err.text);
		return 1;
	}
	/* A new size ends the wait, and only the wait: none is missed. */
	sigemptyset(&resized);
	sigaddset(&resized, SIGWINCH);
	sigprocmask(SIG_BLOCK, &resized, &before);
	sigaction(SIGWINCH, &(struct sigaction){ .sa_handler = wake }, NULL);
	while (goes_on) {
		front->show(front, &s->page, &s->view);
		ppoll(&(struct pollfd){ .fd = front->fd(front), .events = POLLIN }, 1, NULL,
		      &before);
		while (goes_on && front->read(front, &in))
			goes_on = take(s, &in);
	}
	front->close(front);
	return 0;
}

static int load(char *theme, struct edition *edition)
{
	char *slash = strrchr(theme, '/');
	struct err err = { 0 };

	if (!slash)
		return -1;
	*slash = '\0';
	if (edition_load_from(theme, slash + 1, edition, &err) == 0)
		return 0;
	fprintf(stderr, "%s\n", err.text);
	return -1;
}

int main(int argc, char **argv)
{
	char *theme = NULL;
	struct edition edition = { 0 };
	struct sample s;
	bool is_text = false;
	int r;

	text_locale_init();
	for (argv++, argc--; argc && **argv == '-'; argv++, argc--) {
		if (!strcmp(*argv, "-t"))
			is_text = true;
		else if (!strcmp(*argv, "-e") && argc > 1)
			theme = *++argv, argc--;
	}
	if (!argc || sample_init(&s, *argv) < 0)
		return 2;
	if (theme && load(theme, &edition) < 0)
		return 1;
	s.view.edition = theme ? &edition : NULL;
	r = is_text ? print_sizes(&s, argv + 1) : show(&s);
	sample_release(&s);
	edition_release(&edition);
	return r;
}
