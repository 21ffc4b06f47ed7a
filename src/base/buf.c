/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/buf.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/secret.h"

#define BUF_FIRST 64

static char nothing[1]; /* what data points to before the first addition; never written */

void buf_init(struct buf *b, size_t max)
{
	*b = (struct buf){ .data = nothing, .max = max ? max : BUF_MAX_DEFAULT };
}

void buf_release(struct buf *b)
{
	if (b->cap)
		free(b->data);
	buf_init(b, b->max);
}

void buf_wipe(struct buf *b)
{
	if (b->cap)
		secret_wipe(b->data, b->cap);
	buf_release(b);
}

void buf_clear(struct buf *b)
{
	b->len = 0;
	b->failed = false;
	if (b->cap)
		b->data[0] = '\0';
}

static int buf_fail(struct buf *b, int code)
{
	b->failed = true;
	return code;
}

/* Room for n more bytes and the NUL. */
static int buf_grow(struct buf *b, size_t n)
{
	size_t need, cap = b->cap ? b->cap : BUF_FIRST;
	char *data;

	if (b->failed)
		return -EMSGSIZE;
	if (n > b->max || b->len > b->max - n)
		return buf_fail(b, -EMSGSIZE);
	need = b->len + n + 1;
	if (need <= b->cap)
		return 0;
	while (cap < need)
		cap = cap > b->max / 2 ? b->max + 1 : cap * 2;
	/* Not realloc: the bytes may be a secret, and the old block must not keep a copy. */
	data = malloc(cap);
	if (!data)
		return buf_fail(b, -ENOMEM);
	memcpy(data, b->data, b->len + 1);
	if (b->cap) {
		secret_wipe(b->data, b->cap);
		free(b->data);
	}
	b->data = data;
	b->cap = cap;
	return 0;
}

int buf_add(struct buf *b, const void *bytes, size_t n)
{
	int r = buf_grow(b, n);

	if (r < 0)
		return r;
	if (n)
		memcpy(b->data + b->len, bytes, n);
	b->len += n;
	b->data[b->len] = '\0';
	return 0;
}

int buf_puts(struct buf *b, const char *s)
{
	return buf_add(b, s, strlen(s));
}

int buf_putc(struct buf *b, char c)
{
	return buf_add(b, &c, 1);
}

int buf_pad(struct buf *b, char c, size_t n)
{
	int r = buf_grow(b, n);

	if (r < 0)
		return r;
	memset(b->data + b->len, c, n);
	b->len += n;
	b->data[b->len] = '\0';
	return 0;
}

int buf_printf(struct buf *b, const char *fmt, ...)
{
	va_list args, again;
	int n, r;

	va_start(args, fmt);
	va_copy(again, args);
	n = vsnprintf(NULL, 0, fmt, args);
	r = n < 0 ? buf_fail(b, -EMSGSIZE) : buf_grow(b, (size_t)n);
	if (r == 0) {
		vsnprintf(b->data + b->len, (size_t)n + 1, fmt, again);
		b->len += (size_t)n;
	}
	va_end(again);
	va_end(args);
	return r;
}

char *buf_detach(struct buf *b)
{
	char *data;

	if (b->failed || (!b->cap && buf_grow(b, 0) < 0)) {
		buf_release(b);
		return NULL;
	}
	data = b->data;
	data[b->len] = '\0';
	buf_init(b, b->max);
	return data;
}
