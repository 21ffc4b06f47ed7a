/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a terminal sends: every byte sequence gives keys that exist, gated pastes and places on a
 * screen, or nothing. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "page/key.h"
#include "tests/fuzz/fuzz.h"
#include "ui/input.h"

static void check(const struct terminal_input *in)
{
	switch (in->kind) {
	case TERMINAL_KEY:
		if (in->key <= 0 || in->key > K_F12 || (in->key > 127 && in->key < 0xa0) ||
		    (in->key > 0x10ffff && in->key <= K_FIRST))
			abort();
		break;
	case TERMINAL_PASTE:
		if (!text_is_utf8(in->text, strlen(in->text)) || strchr(in->text, 0x1b))
			abort();
		break;
	case TERMINAL_CLICK:
	case TERMINAL_WHEEL:
		if (in->row < 0 || in->col < 0)
			abort();
		break;
	case TERMINAL_READY:
		break;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct terminal_input in;
	struct input_parser p;

	input_parser_init(&p);
	for (size_t i = 0; i < size; i++) {
		if (input_parser_byte(&p, data[i], &in))
			check(&in);
		/* A pause after a NUL, which no terminal sends. */
		if (!data[i] && input_parser_pause(&p, &in))
			check(&in);
	}
	input_parser_release(&p);
	return 0;
}
