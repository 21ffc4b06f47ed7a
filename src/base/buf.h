/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A growing byte buffer with a stated maximum.
 *
 * data is always NUL-terminated at data[len] once anything was added, and
 * points to "" before. When an addition would pass max, or memory is short,
 * nothing is added, `failed` becomes true and stays so until buf_clear():
 * callers may append many times and check once. The buffer owns data.
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stdbool.h>
#include <stddef.h>

#include "base/macros.h"

struct buf {
	char *data;
	size_t len; /* bytes, without the terminating NUL */
	size_t cap;
	size_t max; /* most bytes that len may reach */
	bool failed;
};

#define BUF_MAX_DEFAULT ((size_t)16 << 20)

/* max 0 means BUF_MAX_DEFAULT. Never fails: allocates on first use. */
void buf_init(struct buf *b, size_t max);
void buf_release(struct buf *b); /* frees; b may be used again as after buf_init with the same max */
void buf_wipe(struct buf *b);    /* overwrites all capacity, then releases: for secrets */
void buf_clear(struct buf *b);   /* len 0, failed false, keeps memory */

/* All return 0, or -ENOMEM / -EMSGSIZE (past max); also see `failed`. */
int buf_add(struct buf *b, const void *bytes, size_t n);
int buf_puts(struct buf *b, const char *s);
int buf_putc(struct buf *b, char c);
int buf_pad(struct buf *b, char c, size_t n);
int buf_printf(struct buf *b, const char *fmt, ...) PRINTF_LIKE(2, 3);

/* The bytes as a malloc'ed string (caller frees), the buffer empty again; NULL when failed. */
char *buf_detach(struct buf *b);

#endif
