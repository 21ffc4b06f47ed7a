/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From bytes to keys: a parser of what terminals send. Every byte sequence is safe: what is not
 * known is swallowed whole, never typed. Alt with a key does nothing.
 */
#ifndef UI_INPUT_H
#define UI_INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

#define INPUT_PASTE_MAX	   ((size_t)64 << 10) /* bytes of one paste; the rest is dropped */
#define INPUT_SEQUENCE_MAX 64		      /* longer control sequences are dropped */

enum terminal_input_kind {
	TERMINAL_KEY,
	TERMINAL_PASTE,
	TERMINAL_CLICK,
	TERMINAL_WHEEL,
	TERMINAL_READY
};

struct terminal_input {
	enum terminal_input_kind kind;
	int key;	  /* KEY */
	int row, col;	  /* CLICK WHEEL, from 0 */
	int amount;	  /* WHEEL: 1 down, -1 up */
	const char *text; /* PASTE: gated, lines kept; until the next call */
};

struct input_parser {
	int state;
	char sequence[INPUT_SEQUENCE_MAX];
	size_t length;
	struct buf paste; /* as it came; wiped when handed out */
	char *pasted;	  /* the last one handed out */
};

void input_parser_init(struct input_parser *p);
void input_parser_release(struct input_parser *p); /* wipes */
/* Take one byte; true when it completed *ret. */
bool input_parser_byte(struct input_parser *p, unsigned char byte, struct terminal_input *ret);
/* True after Esc, or inside a string that may never end: ask input_parser_pause if nothing follows
 * soon. */
bool input_parser_waits(const struct input_parser *p);
/* Nothing followed for the time of a key press: a lone Esc was the key. True when that completed
 * *ret. */
bool input_parser_pause(struct input_parser *p, struct terminal_input *ret);

#endif
