/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The command line: readline edits, nothing of it reaches a terminal. */
#include <stdlib.h>

#include "app/command.h"
#include "base/text.h"
#include "page/key.h"
#include "tests/tap.h"

static char ran[300];
static struct command c;

static void run(void *data, const char *text)
{
	(void)data;
	snprintf(ran, sizeof(ran), "%s", text);
}

static char *complete(void *data, const char *begin, size_t n)
{
	static const char *const words[] = { "statement", "settings", "transfer" };

	(void)data;
	for (size_t i = 0; i < COUNT(words); i++)
		if (!strncmp(words[i], begin, strlen(begin)) && n-- == 0)
			return strdup(words[i]);
	return NULL;
}

static void type(const char *s)
{
	while (*s) {
		uint32_t cp;

		s += text_decode(s, strlen(s), &cp);
		command_key(&c, (int)cp);
	}
}

static const char *text(void)
{
	const struct command_line *line = command_line(&c);

	return line ? line->text : NULL;
}

int main(void)
{
	text_locale_init();
	command_init(&c, run, complete, NULL);
	is_str(text(), NULL, "closed at first");
	command_open(&c);
	is_str(text(), "", "opens empty");
	type("lang 中文");
	is_str(text(), "lang 中文", "takes every script");
	is_int(command_line(&c)->cursor, (long long)strlen("lang 中文"), "the cursor counts bytes");
	command_key(&c, K_BACKSPACE);
	is_str(text(), "lang 中", "Backspace takes a whole character");
	command_key(&c, K_HOME);
	command_key(&c, K_DELETE);
	is_str(text(), "ang 中", "Home and Delete");
	command_key(&c, K_END);
	command_key(&c, K_DELETE);
	ok(command_is_open(&c), "Delete at the end does not close it");
	command_key(&c, K_LEFT);
	type("x");
	is_str(text(), "ang x中", "Left, then a letter");
	command_key(&c, K_ENTER);
	is_str(ran, "ang x中", "Enter runs it");
	ok(!command_is_open(&c), "and closes");

	command_open(&c);
	command_key(&c, K_UP);
	is_str(text(), "ang x中", "Up brings the line before");
	command_key(&c, K_CTRL('U'));
	type("tra");
	command_key(&c, K_TAB);
	is_str(text(), "transfer", "Tab completes what is clear");
	command_key(&c, K_CTRL('U'));
	type("s");
	command_key(&c, K_TAB);
	is_int((long long)command_line(&c)->candidate_count, 2, "and shows what there is when it is not");
	type("t");
	is_int((long long)command_line(&c)->candidate_count, 0, "until the next key");
	ran[0] = '\0';
	command_key(&c, K_ESC);
	ok(!command_is_open(&c) && !ran[0], "Esc closes and runs nothing");

	command_open(&c);
	is_str(text(), "", "what was left is gone");
	command_paste(&c, "st\x1b[2J\nquit");
	is_str(text(), "st[2J", "a paste ends at its first line, without controls");
	for (int i = 0; i < 1000; i++)
		type("a");
	ok(strlen(text()) <= 256, "a line has an end");
	command_key(&c, K_CTRL('U'));
	command_key(&c, K_CTRL('R'));
	type("lang");
	ok(command_is_open(&c), "searching the history stays open");
	command_key(&c, K_CTRL('G'));
	command_key(&c, K_CTRL('U'));
	command_key(&c, K_BACKSPACE);
	ok(!command_is_open(&c), "Backspace in an empty line closes it");
	command_release(&c);
	return done();
}
