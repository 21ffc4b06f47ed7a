/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keys, independent of terminals. Printable keys are their Unicode code point. */
#ifndef PAGE_KEY_H
#define PAGE_KEY_H

#include <stddef.h>

enum key {
	KEY_NONE_ = 0,
	K_ENTER = '\r',
	K_TAB = '\t',
	K_ESC = 27,
	K_SPACE = ' ',
	K_BACKSPACE = 127,
	K_FIRST = 0x200000, /* beyond Unicode */
	K_UP,
	K_DOWN,
	K_LEFT,
	K_RIGHT,
	K_HOME,
	K_END,
	K_PAGE_UP,
	K_PAGE_DOWN,
	K_INSERT,
	K_DELETE,
	K_BACK_TAB,
	K_F1,
	K_F2,
	K_F3,
	K_F4,
	K_F5,
	K_F6,
	K_F7,
	K_F8,
	K_F9,
	K_F10,
	K_F11,
	K_F12,
};

/* Control keys are 1..26 (K_CTRL('L')); K_TAB and K_ENTER keep their meaning. */
#define K_CTRL(c) ((c) & 0x1f)

/* "F1", "Esc", "Ctrl-L", "PgDn", "/" for key lines and help; translated; into buf, returns buf. */
#define KEY_NAME_MAX 32
const char *key_name(int key, char buf[KEY_NAME_MAX]);

#endif
