/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Message catalogues.
 *
 * The client uses gettext for its one language at a time. bankd answers each request in the language it asks
 * for, which gettext cannot do without installed locales: it reads the same .mo files here.
 */
#ifndef BASE_CATALOGUE_H
#define BASE_CATALOGUE_H

#include <stddef.h>

#include "base/err.h"

#ifndef _
#include <libintl.h>
#define _(s) gettext(s)
#define N_(s) (s)
#endif

struct catalogue; /* one .mo file, read-only after loading: threads may share it */

/* -errno of reading; -EINVAL when it is no .mo file (bounds are checked: the file may be hostile). */
int catalogue_load(const char *path, struct catalogue **ret, struct err *err);
int catalogue_parse(const void *bytes, size_t n, struct catalogue **ret, struct err *err); /* copies */
void catalogue_free(struct catalogue *c);
/* The translation (the first form of a plural), or msgid itself when there is none or c is NULL.
 * Lives as long as c / msgid. */
const char *catalogue_get(const struct catalogue *c, const char *msgid);
/*
 * The .mo path for a language tag ("zh-CN", "zh_CN", "zh", "zh-Hans"): locale/ beside the executable, or installed.
 * NULL: none, the msgids are the text. Caller frees.
 */
char *catalogue_path(const char *language);

/*
 * The client's language: "en" or "zh_CN", anything else is English. Sets LANGUAGE, binds the domain, and makes gettext
 * look again. Needs a locale other than "C": text_locale_init() first. Not for threads.
 */
void catalogue_use(const char *language);

#endif
