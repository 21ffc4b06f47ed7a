/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines in and out: readline's callback interface on a terminal, plain reading from anything else. One at a time. */
#ifndef PLAIN_LINES_H
#define PLAIN_LINES_H

#include <stdbool.h>

#define LINES_MAX 1024 /* bytes of a line taken in; the rest of a longer one is dropped */

/* 0 or -ENOMEM. Takes standard input and output. */
int lines_open(void);
void lines_close(void);
/* Ask from now on with this prompt (gated), unless it is being asked already. A secret is not echoed. */
void lines_ask(const char *prompt, bool is_secret);
/* Print text (gated, whole lines) without disturbing what is being typed. */
void lines_print(const char *text);
/*
 * Move what was typed; never blocks. True with *ret (malloc'ed, the caller wipes and frees) when a line is complete.
 * *ret_ended becomes true at the end of input.
 */
bool lines_next(char **ret, bool *ret_ended);
/* Throw away what is being typed: false when nothing was. */
bool lines_discard(void);
int lines_columns(void);

#endif
