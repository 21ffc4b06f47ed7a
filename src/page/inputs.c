/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "page/inputs.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

static void input_free(struct input *in)
{
	if (!in)
		return;
	secret_free(in->secret);
	secret_wipe(in->text, sizeof(in->text));
	free(in->block);
	free(in->field);
	free(in);
}

void inputs_release(struct inputs *in)
{
	for (size_t i = 0; i < in->count; i++)
		input_free(in->list[i]);
	free(in->list);
	*in = (struct inputs){ 0 };
}

static struct input *input_find(const struct inputs *in, const char *block, const char *field)
{
	for (size_t i = 0; i < in->count; i++)
		if (!strcmp(in->list[i]->field, field) && !strcmp(in->list[i]->block, block))
			return in->list[i];
	return NULL;
}

static struct input *input_new(const char *block, const char *field)
{
	struct input *one = calloc(1, sizeof(*one));

	if (!one)
		return NULL;
	one->block = strdup(block);
	one->field = strdup(field);
	if (one->block && one->field)
		return one;
	input_free(one);
	return NULL;
}

static struct input *input_add(struct inputs *in, const char *block, const char *field)
{
	struct input *one;

	if (in->count == in->cap) {
		size_t cap = in->cap ? in->cap * 2 : 8;
		struct input **list = realloc(in->list, cap * sizeof(*list));

		if (!list)
			return NULL;
		in->list = list;
		in->cap = cap;
	}
	one = input_new(block, field);
	if (one)
		in->list[in->count++] = one;
	return one;
}

struct input *inputs_get(struct inputs *in, const char *block, const char *field, bool is_secret)
{
	struct input *one = input_find(in, block, field);

	if (!one)
		one = input_add(in, block, field);
	if (!one || !is_secret || one->secret)
		return one;
	one->secret = secret_new();
	if (!one->secret)
		return NULL;
	/* What stood there as text is not to lie about beside a secret. */
	secret_wipe(one->text, sizeof(one->text));
	one->cursor = 0;
	return one;
}

const char *inputs_text(const struct inputs *in, const char *block, const char *field)
{
	const struct input *one = input_find(in, block, field);

	return one ? one->text : "";
}

const struct secret *inputs_secret(const struct inputs *in, const char *block, const char *field)
{
	const struct input *one = input_find(in, block, field);

	return one ? one->secret : NULL;
}

/* The bytes of text, at most INPUT_MAX, that end with a whole character. */
static size_t fitting(const char *text)
{
	size_t n = strlen(text), at = 0;

	if (n <= INPUT_MAX)
		return n;
	for (;;) {
		int columns;
		size_t step = text_cluster(text + at, &columns);

		if (!step || at + step > INPUT_MAX)
			return at;
		at += step;
	}
}

int inputs_set(struct inputs *in, const char *block, const char *field, const char *text)
{
	struct input *one = inputs_get(in, block, field, false);
	size_t n = fitting(text);

	if (!one)
		return -ENOMEM;
	one->is_touched = false;
	if (one->secret) {
		secret_clear(one->secret);
		return secret_append(one->secret, text, n);
	}
	secret_wipe(one->text, sizeof(one->text));
	memcpy(one->text, text, n);
	one->cursor = n;
	return 0;
}

void inputs_clear(struct inputs *in, const char *block, const char *field)
{
	struct input *one = input_find(in, block, field);

	if (!one)
		return;
	secret_wipe(one->text, sizeof(one->text));
	one->cursor = 0;
	one->is_touched = false;
	if (one->secret)
		secret_clear(one->secret);
}
