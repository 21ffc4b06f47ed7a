/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading one theme file over an edition; the work behind edition_load. */
#ifndef EDITION_THEME_H
#define EDITION_THEME_H

#include "edition/edition.h"

/*
 * Read dir/name.theme, its bases first, over *e, which holds the defaults; depth counts bases. On
 * an error *e is half changed and still owned by the caller. -EINVAL and what ini_load returns.
 */
int theme_apply(const char *dir, const char *name, struct edition *e, int depth, struct err *err);

#endif
