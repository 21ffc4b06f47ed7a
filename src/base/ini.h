/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The one parser for configuration, themes and key files.
 *
 *	# comment           (also ;) only at the start of a line
 *	[section]
 *	key = value         value runs to the end of the line, surrounding spaces cut
 *
 * Keys and section names: [A-Za-z0-9._-]+. UTF-8 without control characters but tab; lines up to 4096 bytes,
 * files up to 1 MiB.
 * A duplicate key in one section is an error; each error names file, line and column.
 */
#ifndef BASE_INI_H
#define BASE_INI_H

#include <stddef.h>

#include "base/err.h"

struct ini_entry {
	char *section; /* "" before the first header */
	char *key;
	char *value;
	int line; /* 1-based, for messages */
};

struct ini {
	char *name; /* as given, for messages */
	struct ini_entry *entries; /* in file order */
	size_t count;
};

/* name is for messages. -EINVAL with line and column in err, -ENOMEM, -EFBIG. */
int ini_parse(const char *name, const char *text, size_t n, struct ini *ret, struct err *err);
/* Also -errno of opening and reading. */
int ini_load(const char *path, struct ini *ret, struct err *err);
void ini_release(struct ini *ini);

/* The value, or NULL when absent. Borrowed from ini. */
const char *ini_get(const struct ini *ini, const char *section, const char *key);

#endif
