/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "tests/term/term.h"

static const struct {
	const char *name;
	VTermKey key;
	VTermModifier modifier;
} keys[] = {
	{ "Enter", VTERM_KEY_ENTER, 0 },
	{ "Tab", VTERM_KEY_TAB, 0 },
	{ "BTab", VTERM_KEY_TAB, VTERM_MOD_SHIFT },
	{ "BS", VTERM_KEY_BACKSPACE, 0 },
	{ "Esc", VTERM_KEY_ESCAPE, 0 },
	{ "Up", VTERM_KEY_UP, 0 },
	{ "Down", VTERM_KEY_DOWN, 0 },
	{ "Left", VTERM_KEY_LEFT, 0 },
	{ "Right", VTERM_KEY_RIGHT, 0 },
	{ "Ins", VTERM_KEY_INS, 0 },
	{ "Del", VTERM_KEY_DEL, 0 },
	{ "Home", VTERM_KEY_HOME, 0 },
	{ "End", VTERM_KEY_END, 0 },
	{ "PgUp", VTERM_KEY_PAGEUP, 0 },
	{ "PgDn", VTERM_KEY_PAGEDOWN, 0 },
	{ "KPEnter", VTERM_KEY_KP_ENTER, 0 },
};

/* <lt> and <Space> are characters that the notation itself, or an eye, needs named. */
static const struct {
	const char *name;
	char c;
} characters[] = {
	{ "lt", '<' },
	{ "Space", ' ' },
};

static bool is_name(const char *name, const char *s, size_t len)
{
	return strlen(name) == len && !strncmp(name, s, len);
}

static bool send_named(struct term *t, const char *s, size_t len, VTermModifier modifier)
{
	char *end;
	long n;

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		if (is_name(keys[i].name, s, len)) {
			vterm_keyboard_key(t->vt, keys[i].key, modifier | keys[i].modifier);
			return true;
		}
	}
	for (size_t i = 0; i < sizeof(characters) / sizeof(characters[0]); i++) {
		if (is_name(characters[i].name, s, len)) {
			vterm_keyboard_unichar(t->vt, characters[i].c, modifier);
			return true;
		}
	}
	if (len >= 2 && *s == 'F') {
		n = strtol(s + 1, &end, 10);
		if (end == s + len && n >= 1 && n <= 24) {
			vterm_keyboard_key(t->vt, VTERM_KEY_FUNCTION(n), modifier);
			return true;
		}
	}
	return false;
}

/* s is what stands between < and >. */
static bool send_key(struct term *t, const char *s, size_t len)
{
	VTermModifier modifier = 0;
	utf8proc_int32_t c;

	for (; len > 2 && s[1] == '-'; s += 2, len -= 2) {
		if (*s == 'C')
			modifier |= VTERM_MOD_CTRL;
		else if (*s == 'M')
			modifier |= VTERM_MOD_ALT;
		else if (*s == 'S')
			modifier |= VTERM_MOD_SHIFT;
		else
			return false;
	}
	if (send_named(t, s, len, modifier))
		return true;
	if (!modifier || utf8proc_iterate((const utf8proc_uint8_t *)s, len, &c) != (ssize_t)len)
		return false;
	vterm_keyboard_unichar(t->vt, c, modifier);
	return true;
}

int term_type(struct term *t, const char *text, const char **ret_bad)
{
	utf8proc_int32_t c;
	utf8proc_ssize_t n;
	const char *end;

	while (*text) {
		if (*text == '<') {
			end = strchr(text, '>');
			if (!end || !send_key(t, text + 1, end - text - 1)) {
				*ret_bad = text;
				return -EINVAL;
			}
			text = end + 1;
			continue;
		}
		n = utf8proc_iterate((const utf8proc_uint8_t *)text, -1, &c);
		if (n <= 0) {
			*ret_bad = text;
			return -EINVAL;
		}
		vterm_keyboard_unichar(t->vt, c, 0);
		text += n;
	}
	return 0;
}

int term_paste(struct term *t, const char *text)
{
	utf8proc_int32_t c;
	utf8proc_ssize_t n;

	vterm_keyboard_start_paste(t->vt);
	for (; *text; text += n) {
		n = utf8proc_iterate((const utf8proc_uint8_t *)text, -1, &c);
		if (n <= 0)
			return -EINVAL;
		vterm_keyboard_unichar(t->vt, c, 0);
	}
	vterm_keyboard_end_paste(t->vt);
	return 0;
}

int term_click(struct term *t, int row, int col, int button)
{
	if (t->mouse == VTERM_PROP_MOUSE_NONE)
		return -ENOTSUP;
	vterm_mouse_move(t->vt, row, col, 0);
	vterm_mouse_button(t->vt, button, true, 0);
	if (button <= 3)
		vterm_mouse_button(t->vt, button, false, 0);
	return 0;
}
