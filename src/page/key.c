/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "page/key.h"

#include <stdbool.h>
#include <stdio.h>

#include "base/catalogue.h"
#include "base/macros.h"
#include "base/text.h"

static const struct {
	int key;
	const char *name;
	bool is_cap; /* printed on the key cap in every language */
} names[] = {
	{ K_ENTER, N_("Enter"), false },
	{ K_TAB, "Tab", true },
	{ K_ESC, "Esc", true },
	{ K_SPACE, N_("Space"), false },
	{ K_BACKSPACE, N_("Backspace"), false },
	{ K_UP, N_("Up"), false },
	{ K_DOWN, N_("Down"), false },
	{ K_LEFT, N_("Left"), false },
	{ K_RIGHT, N_("Right"), false },
	{ K_HOME, "Home", true },
	{ K_END, "End", true },
	{ K_PAGE_UP, "PgUp", true },
	{ K_PAGE_DOWN, "PgDn", true },
	{ K_INSERT, "Ins", true },
	{ K_DELETE, "Del", true },
	{ K_BACK_TAB, "Shift-Tab", true },
};

const char *key_name(int key, char buf[KEY_NAME_MAX])
{
	char letter[5] = "";

	for (size_t i = 0; i < COUNT(names); i++)
		if (names[i].key == key) {
			snprintf(buf, KEY_NAME_MAX, "%s",
				 names[i].is_cap ? names[i].name : _(names[i].name));
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
