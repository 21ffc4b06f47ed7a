/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * bankterm.ini, in $XDG_CONFIG_HOME/bankterm (else ~/.config/bankterm):
 *
 *	language = zh_CN        en or zh_CN; asked on the first page when absent
 *	edition = standard      a theme's name
 *	lock_seconds = 300      30 to 3600 idle seconds before the screen locks; the edition's when absent
 */
#ifndef APP_SETTINGS_H
#define APP_SETTINGS_H

#include "base/err.h"

struct settings {
	char *language; /* NULL: absent */
	char *edition;
	int lock_seconds; /* 0: absent */
};

/* The file's path, malloc'ed; NULL without a home or memory. */
char *settings_path(void);
/* An absent file is empty settings. -EINVAL with file, line and what is expected; -errno of reading. */
int settings_load(const char *path, struct settings *ret, struct err *err);
void settings_release(struct settings *s);
/*
 * Keep one value in the file, leaving the rest of it as it is. path NULL: not kept. What cannot be kept is only
 * forgotten at the next start, so errors are returned and nothing more.
 */
int settings_remember(const char *path, const char *key, const char *value);

#endif
