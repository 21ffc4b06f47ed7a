/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What has been typed, by block id and field name, outside the page. One `inputs` belongs to each visit of a screen
 * and is wiped with it. Text fields hold up to 256 bytes of UTF-8; secret fields hold a struct secret.
 */
#ifndef PAGE_INPUTS_H
#define PAGE_INPUTS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/secret.h"

#define INPUT_MAX 256

struct input {
	char *block;
	char *field;
	char text[INPUT_MAX + 1]; /* not for secrets */
	size_t cursor;            /* byte offset in text */
	struct secret *secret;    /* NULL unless the field is FIELD_SECRET or FIELD_PIN */
	bool is_touched;          /* a person changed it since the screen last set it */
};

struct inputs {
	struct input **list; /* stable addresses */
	size_t count, cap;
};

void inputs_release(struct inputs *in); /* wipes */
/* The input, made empty when absent (secret tells which sort); NULL when memory is short. */
struct input *inputs_get(struct inputs *in, const char *block, const char *field, bool is_secret);
/* The text, "" when absent. */
const char *inputs_text(const struct inputs *in, const char *block, const char *field);
/* The secret, NULL when absent. Still the inputs'. */
const struct secret *inputs_secret(const struct inputs *in, const char *block, const char *field);
/* Set by the screen: untouched, cursor at the end. Cut at a character to fit. */
int inputs_set(struct inputs *in, const char *block, const char *field, const char *text);
void inputs_clear(struct inputs *in, const char *block, const char *field); /* wipes one */

#endif
