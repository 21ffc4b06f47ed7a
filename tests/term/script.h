/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_TERM_SCRIPT_H
#define TESTS_TERM_SCRIPT_H

/*
 * vt: a person at a terminal, by script. README.md describes the language; each row of
 * script_commands[] is a word of it. Every wait and every claim is one line of TAP; the first
 * that fails shows the screen and ends the script.
 */
#include "tests/term/term.h"

enum {
	MAX_WORDS = 32,
	MAX_ENV = 64,
	QUIET = 300,			/* ms without output that a picture waits for */
};

struct script {
	struct term term;
	const char *name;		/* of the script, for messages */
	int line;
	int timeout;			/* of each wait, ms */
	char *env[MAX_ENV + 1];		/* the program's environment, owned */
	int checks, failures;
	char home[32];			/* the private HOME we made, or empty */
};

struct script_command {
	const char *name;		/* NULL ends the table */
	int min, max;			/* words after the name */
	int (*run)(struct script *s, char **words);	/* 0, or < 0: the script ends */
	const char *usage;
};

extern const struct script_command script_commands[];

/* Says on standard error what is wrong with the line at hand; answers -EINVAL. */
__attribute__((format(printf, 2, 3)))
int script_refuse(const struct script *s, const char *fmt, ...);

/* NAME=VALUE sets a variable of the program's environment, NAME= unsets it. */
int script_set_env(struct script *s, const char *word);

#endif
