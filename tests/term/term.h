/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_TERM_H
#define TESTS_TERM_H

/*
 * A terminal in this process: a program runs in a pty, libvterm holds the screen that a
 * person would see and answers the program's queries (CSI 5n, 6n, c) as a terminal does.
 * Rows and columns count from 0, times are milliseconds, texts are UTF-8. Functions
 * return 0 or a negative errno.
 */
#include <stdbool.h>
#include <stdio.h>
#include <sys/types.h>
#include <vterm.h>

struct term {
	int rows, cols;
	VTerm *vt;
	VTermScreen *screen;
	bool is_cursor_visible;
	int mouse;		/* VTERM_PROP_MOUSE_*: what the program asked for */
	pid_t pid;		/* 0: none was started */
	int fd;			/* the pty's master, non-blocking; -1: none */
	bool is_closed;		/* the program's side of the pty is */
	bool has_ended;		/* the program is gone and status says how (waitpid) */
	int status;
	size_t bytes;		/* of output so far */
};

typedef bool term_condition(struct term *t, void *arg);

/* rows x cols, empty, no program; -ENOMEM. */
int term_init(struct term *t, int rows, int cols);
/* Ends the program as a closed terminal does (SIGHUP, then SIGKILL) and releases all. */
void term_release(struct term *t);

/* Runs argv (NULL-terminated, found in PATH) with exactly the environment env. -EBUSY when one
 * runs already. A program that cannot start exits with 127. */
int term_start(struct term *t, char *const argv[], char *const env[]);
int term_resize(struct term *t, int rows, int cols);

/* Waits for output until the condition holds; it is asked at once and after every read, and when
 * the program has ended. -ETIMEDOUT, or -EPIPE when the program ended without fulfilling it. */
int term_wait(struct term *t, term_condition *condition, void *arg, int timeout);
/* Waits until the program has been silent for quiet milliseconds. -ETIMEDOUT. */
int term_settle(struct term *t, int quiet, int timeout);
/* Waits for the end of the program; then status is valid. -ETIMEDOUT. */
int term_wait_end(struct term *t, int timeout);

/* Types text in which <Enter>, <C-x>, <M-x>, <S-Up>, <F1>, <lt> ... are keys (keys.c lists
 * them). -EINVAL for an unknown key, with *ret_bad at it. */
int term_type(struct term *t, const char *text, const char **ret_bad);
int term_paste(struct term *t, const char *text);
/* button 1 to 3, 4 and 5 are the wheel. -ENOTSUP when the program did not ask for the mouse. */
int term_click(struct term *t, int row, int col, int button);

/* The screen as rows of text without trailing blanks, each ended by a newline. The caller frees;
 * NULL when memory ends. */
char *term_text(const struct term *t);
/* Where text first stands on the screen, by cell. -ENOENT. */
int term_find(const struct term *t, const char *text, int *ret_row, int *ret_col);
/* The screen as a picture; title may be NULL. Writing errors show in ferror(out). */
void term_svg(const struct term *t, const char *title, FILE *out);

#endif
