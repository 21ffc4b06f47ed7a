/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Signals as bytes of a pipe, so that the one loop waits for them with everything else.
 */
#ifndef APP_SIGNALS_H
#define APP_SIGNALS_H

#include <stdbool.h>

struct signals {
	int fd; /* to poll for reading; -1 closed */
};

/* Catches HUP TERM INT QUIT (end), WINCH, TSTP, CONT and CHLD; ignores PIPE. One at a time. 0 or -errno. */
int signals_open(struct signals *s);
void signals_close(struct signals *s); /* restores what was there */
/* The next signal that came, 0 when there is none. Never blocks. */
int signals_next(struct signals *s);
/* Stop the process as an uncaught SIGTSTP does; returns when it goes on. */
void signals_stop_here(void);

#endif
