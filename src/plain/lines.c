/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plain/lines.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include <readline/history.h>
#include <readline/readline.h>

#include "base/macros.h"
#include "base/secret.h"

#define COLUMNS_DEFAULT 80
#define HISTORY_MAX 100

/* readline has one line per process, and so has this file. */
static struct {
	bool is_terminal;
	bool is_asking;
	bool is_secret;
	bool has_ended;
	char prompt[512];
	char *line;          /* complete, not yet taken */
	char typed[2 * LINES_MAX]; /* not through readline, and not yet a line */
	size_t typed_count;
} in;

static void take_line(char *line)
{
	rl_callback_handler_remove();
	in.is_asking = false;
	if (!line) {
		in.has_ended = true;
		fputs("\n", stdout);
		return;
	}
	if (*line)
		add_history(line);
	in.line = line;
}

/* A secret is read without readline, whose undo list would keep it, and without echo. */
static void set_echo(bool is_on)
{
	struct termios now;

	if (!in.is_terminal || tcgetattr(0, &now) < 0)
		return;
	now.c_lflag = is_on ? now.c_lflag | ECHO : now.c_lflag & ~(tcflag_t)ECHO;
	tcsetattr(0, TCSADRAIN, &now);
}

static void start_asking(void)
{
	in.is_asking = true;
	if (in.is_terminal && !in.is_secret) {
		rl_callback_handler_install(in.prompt, take_line);
		return;
	}
	if (in.is_secret)
		set_echo(false);
	fputs(in.prompt, stdout);
	fflush(stdout);
}

static void stop_asking(void)
{
	if (!in.is_asking)
		return;
	if (in.is_terminal && !in.is_secret) {
		rl_callback_handler_remove();
		if (rl_line_buffer)
			rl_replace_line("", 1);
	}
	if (in.is_secret)
		set_echo(true);
	if (in.is_terminal)
		fputs("\n", stdout);
	in.is_asking = false;
}

int lines_open(void)
{
	in.is_terminal = isatty(0) && isatty(1);
	in.has_ended = in.is_asking = false;
	if (!in.is_terminal)
		return 0;
	setenv("INPUTRC", "/dev/null", 1);
	rl_readline_name = "bankterm";
	rl_catch_signals = 0;
	rl_catch_sigwinch = 0;
	rl_change_environment = 0;
	rl_inhibit_completion = 1;
	rl_variable_bind("bell-style", "none");
	rl_variable_bind("enable-bracketed-paste", "off");
	stifle_history(HISTORY_MAX);
	return 0;
}

void lines_close(void)
{
	stop_asking();
	clear_history();
	if (in.line)
		secret_wipe(in.line, strlen(in.line));
	free(in.line);
	in.line = NULL;
	secret_wipe(in.typed, sizeof(in.typed));
	in.typed_count = 0;
	fflush(stdout);
}

void lines_ask(const char *prompt, bool is_secret)
{
	if (in.has_ended || in.line || (in.is_asking && is_secret == in.is_secret && !strcmp(prompt, in.prompt)))
		return;
	stop_asking();
	snprintf(in.prompt, sizeof(in.prompt), "%s", prompt);
	in.is_secret = is_secret;
	start_asking();
}

void lines_print(const char *text)
{
	bool was_asking = in.is_asking;

	if (was_asking && in.is_terminal && !in.is_secret) {
		int point = rl_point;
		char *typed = rl_copy_text(0, rl_end);

		rl_save_prompt();
		rl_replace_line("", 0);
		rl_redisplay();
		fputs("\n", stdout);
		fputs(text, stdout);
		rl_restore_prompt();
		rl_replace_line(typed ? typed : "", 0);
		rl_point = point;
		rl_forced_update_display();
		free(typed);
	} else {
		if (was_asking)
			fputs("\n", stdout);
		fputs(text, stdout);
		if (was_asking)
			fputs(in.prompt, stdout);
	}
	fflush(stdout);
}

static bool is_readable(void)
{
	struct pollfd p = { .fd = 0, .events = POLLIN };

	return poll(&p, 1, 0) > 0;
}

/* One line out of what came from a pipe. */
static bool cut_line(void)
{
	char *end = memchr(in.typed, '\n', in.typed_count);
	size_t n;

	/* Longer than any answer: its beginning stays, the rest is dropped as it comes. */
	if (!end && in.typed_count == sizeof(in.typed))
		in.typed_count = LINES_MAX;
	if (!end && !(in.has_ended && in.typed_count))
		return false;
	n = end ? (size_t)(end - in.typed) : in.typed_count;
	in.line = strndup(in.typed, n < LINES_MAX ? n : LINES_MAX);
	n += end != NULL;
	memmove(in.typed, in.typed + n, in.typed_count - n);
	in.typed_count -= n;
	secret_wipe(in.typed + in.typed_count, n);
	in.is_asking = false;
	if (in.is_secret)
		set_echo(true);
	fputs("\n", stdout);
	return in.line != NULL;
}

static void read_pipe(void)
{
	ssize_t n;

	while (!cut_line() && !in.has_ended && is_readable()) {
		n = read(0, in.typed + in.typed_count, sizeof(in.typed) - in.typed_count);
		if (n > 0)
			in.typed_count += (size_t)n;
		else if (n == 0 || errno != EINTR)
			in.has_ended = true;
	}
}

bool lines_next(char **ret, bool *ret_ended)
{
	if (!in.line && in.is_terminal && !in.is_secret)
		while (in.is_asking && is_readable())
			rl_callback_read_char();
	else if (!in.line && in.is_asking)
		read_pipe();
	*ret_ended = in.has_ended && !in.line;
	if (!in.line)
		return false;
	*ret = TAKE_PTR(in.line);
	return true;
}

bool lines_discard(void)
{
	bool was_typed = in.is_asking && in.is_terminal && !in.is_secret && rl_end > 0;

	stop_asking();
	return was_typed;
}

int lines_columns(void)
{
	struct winsize size;

	if (in.is_terminal && ioctl(1, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
		return size.ws_col;
	return COLUMNS_DEFAULT;
}
