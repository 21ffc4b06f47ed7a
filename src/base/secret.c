/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/secret.h"

#include <errno.h>
#include <sodium.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>

struct secret {
	size_t length;
	char bytes[SECRET_MAX + 1];
};

struct secret *secret_new(void)
{
	struct secret *s;

	if (sodium_init() < 0)
		return NULL;
	s = sodium_malloc(sizeof(*s)); /* locked, between guard pages, left out of core dumps */
	if (s)
		memset(s, 0, sizeof(*s));
	return s;
}

struct secret *secret_from(const char *bytes, size_t n)
{
	struct secret *s = secret_new();

	if (s && secret_append(s, bytes, n) < 0) {
		secret_free(s);
		return NULL;
	}
	return s;
}

void secret_free(struct secret *s)
{
	sodium_free(s); /* wipes first */
}

void secret_freep(struct secret **s)
{
	secret_free(*s);
}

int secret_append(struct secret *s, const char *bytes, size_t n)
{
	if (n > SECRET_MAX - s->length)
		return -EMSGSIZE;
	if (n)
		memcpy(s->bytes + s->length, bytes, n);
	s->length += n;
	return 0;
}

static bool is_continuation(char c)
{
	return ((unsigned char)c & 0xc0) == 0x80;
}

void secret_backspace(struct secret *s)
{
	char last;

	do {
		if (s->length == 0)
			return;
		last = s->bytes[--s->length];
		s->bytes[s->length] = '\0';
	} while (is_continuation(last));
}

void secret_clear(struct secret *s)
{
	sodium_memzero(s->bytes, sizeof(s->bytes));
	s->length = 0;
}

size_t secret_length(const struct secret *s)
{
	return s->length;
}

size_t secret_characters(const struct secret *s)
{
	size_t count = 0;

	for (size_t i = 0; i < s->length; i++)
		count += !is_continuation(s->bytes[i]);
	return count;
}

const char *secret_reveal(const struct secret *s)
{
	return s->bytes;
}

bool secret_equal(const struct secret *a, const struct secret *b)
{
	/* Both arrays are zero behind their text, so the whole of them is compared whatever the
	 * lengths. */
	int differ = sodium_memcmp(a->bytes, b->bytes, sizeof(a->bytes));

	return !differ & (a->length == b->length);
}

void secret_wipe(void *p, size_t n)
{
	sodium_memzero(p, n);
}

void secret_lock_down(void)
{
	const struct rlimit none = { 0, 0 };

	setrlimit(RLIMIT_CORE, &none);
	prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
}
