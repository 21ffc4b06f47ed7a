/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An edition is a theme file read into data: what home shows and in which order, density, colours by role, time
 * limits, speech. Screens ask nothing but home[]; renderers ask the rest. themes/NAME.theme documents every key;
 * a theme may start with `base = NAME` and say only what differs.
 */
#ifndef EDITION_EDITION_H
#define EDITION_EDITION_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

enum role {
	ROLE_NORMAL,
	ROLE_TITLE,
	ROLE_HEADING,
	ROLE_STRONG,
	ROLE_MUTED,
	ROLE_CREDIT,
	ROLE_DEBIT,
	ROLE_SUCCESS,
	ROLE_WARNING,
	ROLE_ERROR,
	ROLE_FOCUS,
	ROLE_FIELD,
	ROLE_KEYS,
	ROLE_BORDER,
	ROLE_FIGURE,
	ROLE_COUNT,
};

enum style_attr { STYLE_BOLD = 1, STYLE_UNDERLINE = 2, STYLE_REVERSE = 4, STYLE_DIM = 8 };

struct style {
	short foreground, background; /* 16-231 of the 256-colour cube, or -1 the terminal's own */
	unsigned attrs; /* beside the colours */
	unsigned mono;  /* instead of colours, where there are none */
};

enum density { DENSITY_NORMAL, DENSITY_ROOMY };

#define EDITION_HOME_MAX 24

struct edition {
	char *name;   /* "standard" */
	char *title;  /* msgid, for settings */
	char *home[EDITION_HOME_MAX]; /* names of home blocks and screens, in order */
	size_t home_count;
	enum density density;
	bool one_question; /* a form asks one field per page */
	int text_scale;    /* 1..3 */
	struct style styles[ROLE_COUNT];
	bool has_colour;   /* false: mono, attributes only */
	int idle_lock_seconds; /* 30..3600 */
	int idle_warn_seconds; /* before locking, >= 20 */
	bool speech;
};

/* The names of the roles as in theme files, by enum role. */
extern const char *const role_names[ROLE_COUNT];

/*
 * Load themes/NAME.theme (NAME without slash) from the theme directory. Errors name file, line and what is allowed:
 * unknown key, unknown role, colour out of range, contrast below 4.5:1 for a role.
 */
int edition_load(const char *name, struct edition *ret, struct err *err);
/* As edition_load, from another directory: for tests and for trying a theme out. */
int edition_load_from(const char *dir, const char *name, struct edition *ret, struct err *err);
void edition_release(struct edition *e);
/* Where themes are: beside the program, else installed. Caller frees; NULL when memory is short. */
char *edition_dir(void);
/* Names of all themes found, sorted; malloc'ed list and strings, caller frees. */
int edition_list(char ***ret, size_t *ret_count);

#endif
