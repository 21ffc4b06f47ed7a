/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The command line: readline edits it, keys come from the front, and the front paints it.
 *
 * readline has one line of its own per process, so one command line can be open at a time. Nothing of it touches the
 * terminal; history is kept in memory only.
 */
#ifndef APP_COMMAND_H
#define APP_COMMAND_H

#include <stdbool.h>

#include "page/front.h"

#define CANDIDATES_MAX 24

struct command {
	bool is_open;
	struct command_line line; /* as the front shows it */
	char *candidates[CANDIDATES_MAX];
	size_t candidate_count;
	char *accepted; /* Enter was pressed on this text */
	void (*run)(void *data, const char *text);
	char *(*complete)(void *data, const char *begin, size_t n); /* malloc'ed; NULL after the last */
	void *data;
};

void command_init(struct command *c, void (*run)(void *data, const char *text),
		  char *(*complete)(void *data, const char *begin, size_t n), void *data);
void command_release(struct command *c); /* history is wiped */
void command_open(struct command *c);
void command_close(struct command *c);
bool command_is_open(const struct command *c);
/* A key (page/key.h). Enter runs the line and closes, Esc closes, Tab completes. */
void command_key(struct command *c, int key);
void command_paste(struct command *c, const char *text); /* up to its first line end, without controls */
const struct command_line *command_line(struct command *c); /* NULL while closed */

#endif
