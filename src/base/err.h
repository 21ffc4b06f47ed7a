/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An error that a person can act on.
 *
 * A fallible function returns 0 or a negative errno value and, when it takes
 * a struct err as its last parameter, writes there a complete, already
 * translated sentence without a final newline. The struct is untouched on
 * success; NULL is allowed where the caller only wants the code.
 */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include "base/macros.h"

#define ERR_TEXT_MAX 512 /* bytes, with the terminating NUL */

struct err {
	int code;                /* the negative errno that was returned */
	char text[ERR_TEXT_MAX]; /* cut at a character, never inside one */
};

/* Fill *err (if not NULL) and return code, so that `return err_set(...)` reads well. */
int err_set(struct err *err, int code, const char *fmt, ...) PRINTF_LIKE(3, 4);

/* Put "context: " before the text that is already there. Returns err's code (or code if NULL). */
int err_prefix(struct err *err, int code, const char *fmt, ...) PRINTF_LIKE(3, 4);

#endif
