/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The terminal itself: what it can do, its modes and size. Capabilities come from terminfo; the
 * only use of curses. */
#ifndef UI_TERMINAL_H
#define UI_TERMINAL_H

#include <stdbool.h>
#include <termios.h>

#include "base/buf.h"
#include "base/err.h"

/* What a painter needs to know. */
struct terminal_facts {
	bool has_colours;   /* 256 of them, and NO_COLOR is not set */
	bool erases_colour; /* erasing leaves the current background (bce) */
	bool has_erase;	    /* CSI n X erases n cells without moving (ech) */
	bool keeps_last;    /* writing the last cell of the screen does not scroll it (xenl) */
};

struct tty {
	struct terminal_facts facts;
	int in, out; /* file descriptors */
	struct termios saved;
	bool is_taken;
	char *enter, *leave; /* the alternate screen; "" when there is none */
};

/*
 * Learn about the terminal on descriptors in and out. -ENOTTY, -ENOTSUP (TERM names one that cannot
 * move the cursor the ANSI way), -ENOMEM.
 */
int tty_open(struct tty *t, int in, int out, struct err *err);
/* Raw mode, alternate screen, bracketed paste, mouse; and back again. Both may be called again. */
void tty_take(struct tty *t);
void terminal_give_back(struct tty *t);
void tty_release(struct tty *t); /* gives back */
/* Columns and rows now, 80x24 when the terminal does not say; at most 500x200. */
void tty_size(const struct tty *t, int *ret_rows, int *ret_cols);
/* Write all; an error shows at the next read as the end of input. */
void tty_write(const struct tty *t, const char *bytes, size_t n);

#endif
