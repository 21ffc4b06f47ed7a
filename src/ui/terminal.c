/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/terminal.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/catalogue.h"

/* These two name macros after half the dictionary: they come last. */
#include <curses.h>
#include <term.h>

#define ROWS_MOST 200
#define COLS_MOST 500

/* Bracketed paste; mouse buttons with coordinates of any size (SGR 1006). */
#define MODES_ON  "\033[?2004h\033[?1000h\033[?1006h"
#define MODES_OFF "\033[?1006l\033[?1000l\033[?2004l"

static char *capability(const char *name)
{
	const char *s = tigetstr(name);

	return strdup(s && s != (const char *)-1 ? s : "");
}

/* no-color.org: present and not empty. A terminal of 256 colours may hide behind a TERM of fewer.
 */
static bool wants_colours(void)
{
	const char *no = getenv("NO_COLOR"), *more = getenv("COLORTERM");

	if (no && *no)
		return false;
	return tigetnum("colors") >= 256 ||
	       (more && (!strcmp(more, "truecolor") || !strcmp(more, "24bit")));
}

static int learn(struct tty *t, struct err *err)
{
	const char *name = getenv("TERM");
	_cleanup_(free_ptr) char *move = NULL;
	int found = 0;

	if (setupterm(NULL, t->out, &found) != OK)
		return err_set(err, -ENOTSUP,
			       _("The terminal '%s' is unknown here. Use --plain, or set TERM."),
			       name ? name : "");
	move = capability("cup");
	if (!move || strncmp(move, "\033[%i%p1%d;%p2%dH", 16) != 0)
		return err_set(err, -ENOTSUP,
			       _("The terminal '%s' cannot place text. Use --plain."),
			       name ? name : "");
	t->facts.has_colours = wants_colours();
	t->facts.erases_colour = tigetflag("bce") > 0;
	t->facts.has_erase = !strcmp(tigetstr("ech") ? tigetstr("ech") : "", "\033[%p1%dX");
	t->facts.keeps_last = tigetflag("xenl") > 0;
	t->enter = capability("smcup");
	t->leave = capability("rmcup");
	return t->enter && t->leave ? 0 : err_set(err, -ENOMEM, _("Out of memory"));
}

int tty_open(struct tty *t, int in, int out, struct err *err)
{
	int r;

	*t = (struct tty){ .in = in, .out = out };
	if (!isatty(in) || !isatty(out) || tcgetattr(in, &t->saved) < 0)
		return err_set(err, -ENOTTY,
			       _("This is no terminal. Use --plain for scripts and pipes."));
	r = learn(t, err);
	if (r < 0) {
		free(t->enter);
		free(t->leave);
		t->enter = t->leave = NULL;
		return r;
	}
	tty_take(t);
	return 0;
}

void tty_take(struct tty *t)
{
	struct termios raw = t->saved;

	if (!t->is_taken) {
		cfmakeraw(&raw);
		raw.c_cc[VMIN] = 1;
		raw.c_cc[VTIME] = 0;
		tcsetattr(t->in, TCSANOW, &raw);
		t->is_taken = true;
	}
	tty_write(t, t->enter, strlen(t->enter));
	tty_write(t, MODES_ON, strlen(MODES_ON));
}

void terminal_give_back(struct tty *t)
{
	/* Nothing of the bank's stays on the screen that comes back. */
	static const char tidy[] = MODES_OFF "\033[m\033[H\033[2J\033[?25h";

	if (!t->is_taken)
		return;
	tty_write(t, tidy, strlen(tidy));
	tty_write(t, t->leave, strlen(t->leave));
	tcsetattr(t->in, TCSANOW, &t->saved);
	t->is_taken = false;
}

void tty_release(struct tty *t)
{
	terminal_give_back(t);
	free(t->enter);
	free(t->leave);
	t->enter = t->leave = NULL;
	del_curterm(set_curterm(NULL));
}

void tty_size(const struct tty *t, int *ret_rows, int *ret_cols)
{
	struct winsize size;

	*ret_rows = 24;
	*ret_cols = 80;
	if (ioctl(t->out, TIOCGWINSZ, &size) < 0 || !size.ws_row || !size.ws_col)
		return;
	*ret_rows = size.ws_row < ROWS_MOST ? size.ws_row : ROWS_MOST;
	*ret_cols = size.ws_col < COLS_MOST ? size.ws_col : COLS_MOST;
}

void tty_write(const struct tty *t, const char *bytes, size_t n)
{
	while (n) {
		ssize_t done = write(t->out, bytes, n);

		if (done < 0 && errno == EAGAIN)
			poll(&(struct pollfd){ .fd = t->out, .events = POLLOUT }, 1, 1000);
		else if (done < 0 && errno != EINTR)
			return;
		if (done > 0) {
			bytes += done;
			n -= (size_t)done;
		}
	}
}
