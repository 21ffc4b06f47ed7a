/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The command line of bankterm. */
#ifndef APP_OPTIONS_H
#define APP_OPTIONS_H

#include <stdbool.h>

#include "base/err.h"

struct options {
	bool demo, tour, plain, check, help;
	const char *edition, *language, *dir, *enrol; /* argv's; language is "en" or "zh_CN"; NULL: not given */
	bool is_done;        /* --help or --version was answered */
	bool is_usage_error; /* after an error: the command line is wrong */
};

/* Sets the language that --lang asks for. -EINVAL with a sentence that says what to type. */
int options_read(struct options *ret, int argc, char **argv, struct err *err);
/* $XDG_STATE_HOME/bankterm/terminal, else ~/.local/state/bankterm/terminal; malloc'ed; NULL without a home. */
char *options_default_dir(void);
/* What LANGUAGE, LC_ALL, LC_MESSAGES or LANG ask for, as "en" or "zh_CN". */
const char *options_environment_language(void);

#endif
