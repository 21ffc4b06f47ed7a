/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "page/key.h"

#include <stdio.h>

#include "base/catalogue.h"
#include "base/macros.h"
#include "base/text.h"

static const struct {
	int key;
	const char *name;
} names[] = {
	{ K_ENTER, N_("Enter") },
	{ K_TAB, N_("Tab") },
	{ K_ESC, N_("Esc") },
	{ K_SPACE, N_("Space") },
	{ K_BACKSPACE, N_("Backspace") },
	{ K_UP, N_("Up") },
	{ K_DOWN, N_("Down") },
	{ K_LEFT, N_("Left") },
	{ K_RIGHT, N_("Right") },
	{ K_HOME, N_("Home") },
	{ K_END, N_("End") },
	{ K_PAGE_UP, N_("PgUp") },
	{ K_PAGE_DOWN, N_("PgDn") },
	{ K_INSERT, N_("Ins") },
	{ K_DELETE, N_("Del") },
	{ K_BACK_TAB, N_("Shift-Tab") },
};

const char *key_name(int key, char buf[KEY_NAME_MAX])
{
	char letter[5] = "";

	for (size_t i = 0; i < COUNT(names); i++)
		if (names[i].key == key) {
			snprintf(buf, KEY_NAME_MAX, "%s", _(names[i].name));
			return buf;
		}
	if (key >= K_F1 && key <= K_F12)
		snprintf(buf, KEY_NAME_MAX, "F%d", key - K_F1 + 1);
	else if (key >= 1 && key <= 26)
		snprintf(buf, KEY_NAME_MAX, "Ctrl-%c", '@' + key);
	else {
		size_t n = key > K_SPACE && key < K_FIRST ? text_encode((uint32_t)key, letter) : 0;

		letter[n] = '\0';
		snprintf(buf, KEY_NAME_MAX, "%s", letter);
	}
	return buf;
}
