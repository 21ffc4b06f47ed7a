/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"
#include "page/key.h"
#include "tests/tap.h"
#include "ui/input.h"

/* What came of bytes, in words; a pause after them. */
static const char *said(const char *bytes)
{
	static char out[512];
	struct terminal_input in;
	struct input_parser p;
	char name[KEY_NAME_MAX];
	size_t used = 0, n = strlen(bytes);

	out[0] = '\0';
	input_parser_init(&p);
	for (size_t i = 0; i <= n; i++) {
		bool is_whole = i < n ? input_parser_byte(&p, (unsigned char)bytes[i], &in)
				      : input_parser_pause(&p, &in);

		if (!is_whole)
			continue;
		used += (size_t)snprintf(out + used, sizeof(out) - used, "%s", used ? " " : "");
		if (in.kind == TERMINAL_KEY)
			used += (size_t)snprintf(out + used, sizeof(out) - used, "%s",
						 key_name(in.key, name));
		else if (in.kind == TERMINAL_PASTE)
			used += (size_t)snprintf(out + used, sizeof(out) - used, "paste(%s)",
						 in.text);
		else if (in.kind == TERMINAL_READY)
			used += (size_t)snprintf(out + used, sizeof(out) - used, "ready");
		else
			used += (size_t)snprintf(out + used, sizeof(out) - used, "%s(%d,%d,%d)",
						 in.kind == TERMINAL_CLICK ? "click" : "wheel",
						 in.row, in.col, in.amount);
	}
	input_parser_release(&p);
	return out;
}

static const struct {
	const char *bytes, *said, *name;
} vectors[] = {
	{ "a1:", "a 1 :", "letters" },
	{ "元\xc3\xa9\xf0\x9f\x98\x80", "元 é 😀", "characters of two, three and four bytes" },
	{ "\r\n\t\x7f\b", "Enter Enter Tab Backspace Backspace", "control keys" },
	{ "\x03\x0c\x1a", "Ctrl-C Ctrl-L Ctrl-Z", "Ctrl with a letter" },
	{ "\033", "Esc", "Esc alone" },
	{ "\033\033", "Esc Esc", "Esc twice" },
	{ "\033[A\033OB\033[C\033OD", "Up Down Right Left", "arrows in both modes" },
	{ "\033[1;5C\033[1;2H", "Right Home", "arrows with modifiers" },
	{ "\033[H\033[4~\033[5~\033[6~\033[2~\033[3~\033[Z", "Home End PgUp PgDn Ins Del Shift-Tab",
	  "the middle block" },
	{ "\033OP\033[12~\033[[C\033[15~\033[24~", "F1 F2 F3 F5 F12",
	  "function keys of several terminals" },
	{ "\033[1;2P\033[15;2~", "", "Shift with a function key is another key" },
	{ "\033Op\033Oy\033OM\033On", "0 9 Enter .", "the keypad" },
	{ "\033a\033元b", "b", "Alt does nothing" },
	{ "\033[200~two\nlines\033[31m\033[201~x", "paste(two\nlines\xef\xbf\xbd[31m) x",
	  "a paste, gated" },
	{ "\033[200~\033[20\033[201~", "paste(\xef\xbf\xbd[20)", "a paste with half an end in it" },
	{ "\033[200~q\r", "", "a paste without end types nothing" },
	{ "\033[<0;11;6M\033[<0;11;6m", "click(5,10,0)", "a click counts once" },
	{ "\033[<64;3;2M\033[<65;3;2M", "wheel(1,2,-1) wheel(1,2,1)", "the wheel" },
	{ "\033[<2;3;2M\033[<0;0;1M\033[<0;1M", "", "other buttons and nonsense" },
	{ "\033[0n", "ready", "the terminal's answer" },
	{ "\033[n\033[3n\033[6;1R\033[?62;c", "", "other answers" },
	{ "\033]11;rgb:0/0/0\a\033P1$r\033\\z", "z", "strings are swallowed" },
	{ "\033]", "", "Alt and ] leaves nothing behind" },
	{ "\xff\xc0\xaf\xed\xa0\x80\xc2\x85g", "g", "malformed bytes and C1" },
	{ "\xe5\x85"
	  "k",
	  "k", "half a character does not eat the next key" },
	{ "\033[\033[A", "Up", "a sequence begun again" },
};

int main(void)
{
	char longer[400] = "\033[";

	text_locale_init();
	for (size_t i = 0; i < COUNT(vectors); i++)
		is_str(said(vectors[i].bytes), vectors[i].said, "%s", vectors[i].name);
	memset(longer + 2, '1', 300);
	memcpy(longer + 302, "Ak", 3);
	is_str(said(longer), "k", "a sequence without end is dropped whole");
	return done();
}
