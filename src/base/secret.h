/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Secrets have a type: memory locked and left out of core dumps (sodium_malloc), wiped on
 * release, never printed. Passwords, PINs, codes, tokens and keys live in one from the key press on.
 */
#ifndef BASE_SECRET_H
#define BASE_SECRET_H

#include <stdbool.h>
#include <stddef.h>

#define SECRET_MAX 256 /* bytes that a secret may hold, without the NUL */

struct secret; /* opaque, so that nothing prints one by accident */

/* NULL when memory is short. */
struct secret *secret_new(void);
struct secret *secret_from(const char *bytes, size_t n); /* NULL also when n > SECRET_MAX */
void secret_free(struct secret *s);                      /* wipes; NULL allowed */
void secret_freep(struct secret **s);

int secret_append(struct secret *s, const char *bytes, size_t n); /* 0, -EMSGSIZE */
void secret_backspace(struct secret *s);                          /* drops the last UTF-8 character */
void secret_clear(struct secret *s);
size_t secret_length(const struct secret *s);     /* bytes */
size_t secret_characters(const struct secret *s); /* UTF-8 characters, to paint that many dots */
/* The bytes, NUL-terminated, until the next change. Callers hand them on (curl, JSON) and keep no copy. */
const char *secret_reveal(const struct secret *s);
bool secret_equal(const struct secret *a, const struct secret *b); /* constant time */

/* Overwrite n bytes in a way the compiler keeps. */
void secret_wipe(void *p, size_t n);

/* No core, not dumpable, no new privileges; call first in every main. */
void secret_lock_down(void);

#endif
