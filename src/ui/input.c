/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/input.h"

#include <stdlib.h>
#include <string.h>

#include "base/secret.h"
#include "base/text.h"
#include "page/key.h"

enum state {
	GROUND,
	CHARACTER, /* inside a UTF-8 character */
	ESCAPE,
	CSI,
	CSI_TOO_LONG,
	LINUX_KEY, /* CSI [ and a letter: F1 to F5 of the Linux console */
	SS3,
	STRING,	    /* OSC, DCS, APC, PM: an answer nobody asked for */
	STRING_ESC, /* Esc in it: the end, or not */
	PASTE,
};

static const char paste_end[] = "\033[201~";

void input_parser_init(struct input_parser *p)
{
	*p = (struct input_parser){ .state = GROUND };
	buf_init(&p->paste, INPUT_PASTE_MAX);
}

static void forget_pasted(struct input_parser *p)
{
	if (p->pasted)
		secret_wipe(p->pasted, strlen(p->pasted));
	free(p->pasted);
	p->pasted = NULL;
}

void input_parser_release(struct input_parser *p)
{
	forget_pasted(p);
	buf_wipe(&p->paste);
	secret_wipe(p->sequence, sizeof(p->sequence));
}

static bool give_key(struct terminal_input *ret, int key)
{
	*ret = (struct terminal_input){ .kind = TERMINAL_KEY, .key = key };
	return key != KEY_NONE_;
}

/* CSI n ~ by n, and CSI or SS3 letters. xterm, VT220, rxvt, PuTTY, Linux; where they differ, all of
 * them. */
static const struct {
	int number, key;
} tilde_keys[] = {
	{ 1, K_HOME },	    { 2, K_INSERT }, { 3, K_DELETE }, { 4, K_END },  { 5, K_PAGE_UP },
	{ 6, K_PAGE_DOWN }, { 7, K_HOME },   { 8, K_END },    { 11, K_F1 },  { 12, K_F2 },
	{ 13, K_F3 },	    { 14, K_F4 },    { 15, K_F5 },    { 17, K_F6 },  { 18, K_F7 },
	{ 19, K_F8 },	    { 20, K_F9 },    { 21, K_F10 },   { 23, K_F11 }, { 24, K_F12 },
};

static const struct {
	char letter;
	int key;
} letter_keys[] = {
	{ 'A', K_UP },	 { 'B', K_DOWN }, { 'C', K_RIGHT },    { 'D', K_LEFT },
	{ 'H', K_HOME }, { 'F', K_END },  { 'Z', K_BACK_TAB }, { 'M', K_ENTER },
	{ 'P', K_F1 },	 { 'Q', K_F2 },	  { 'R', K_F3 },       { 'S', K_F4 },
};

static int tilde_key(int number)
{
	for (size_t i = 0; i < COUNT(tilde_keys); i++)
		if (tilde_keys[i].number == number)
			return tilde_keys[i].key;
	return KEY_NONE_;
}

static int letter_key(char letter)
{
	for (size_t i = 0; i < COUNT(letter_keys); i++)
		if (letter_keys[i].letter == letter)
			return letter_keys[i].key;
	return KEY_NONE_;
}

/* Decimal parameters separated by ';' from s; how many, -1 when there is anything else. */
static int parameters(const char *s, int out[4])
{
	int n = 0;

	memset(out, 0, 4 * sizeof(*out));
	for (; *s; s++) {
		if (*s == ';' && n < 3)
			n++;
		else if (*s < '0' || *s > '9' || out[n] > 99999)
			return -1;
		else
			out[n] = out[n] * 10 + (*s - '0');
	}
	return n + 1;
}

/* SGR 1006: CSI < button ; column ; row M, or m when released. Movement and modified clicks do
 * nothing. */
static bool mouse(const char *s, char final, struct terminal_input *ret)
{
	int n[4];

	if (parameters(s, n) != 3 || n[1] < 1 || n[2] < 1 || final != 'M')
		return false;
	*ret = (struct terminal_input){ .kind = TERMINAL_CLICK, .row = n[2] - 1, .col = n[1] - 1 };
	if (n[0] == 64 || n[0] == 65) {
		ret->kind = TERMINAL_WHEEL;
		ret->amount = n[0] == 64 ? -1 : 1;
	}
	return n[0] == 0 || ret->kind == TERMINAL_WHEEL;
}

/* A whole control sequence: parameters in p->sequence, then the final byte. */
static bool control(struct input_parser *p, char final, struct terminal_input *ret)
{
	const char *s = p->sequence;
	int n[4], count;

	p->sequence[p->length] = '\0';
	p->state = GROUND;
	if (*s == '<' && (final == 'M' || final == 'm'))
		return mouse(s + 1, final, ret);
	count = parameters(s, n);
	if (count < 0)
		return false;
	if (final == '~' && count == 1 && n[0] == 200) {
		p->state = PASTE;
		p->length = 0;
		buf_clear(&p->paste);
		return false;
	}
	if (final == 'n' && count == 1 && n[0] == 0 && *s) {
		*ret = (struct terminal_input){ .kind = TERMINAL_READY };
		return true;
	}
	if (final == '~')
		return give_key(ret, count == 1 || n[0] < 11 ? tilde_key(n[0]) : KEY_NONE_);
	/* With modifiers a movement is the movement; a function key with Shift is another key. */
	if (final == 'M' || (count > 1 && final >= 'P' && final <= 'S'))
		return false;
	return give_key(ret, letter_key(final));
}

static bool csi_byte(struct input_parser *p, unsigned char byte, struct terminal_input *ret)
{
	if (byte == 0x1b) {
		p->state = ESCAPE;
		return false;
	}
	if (byte == '[' && p->length == 0) {
		p->state = LINUX_KEY;
		return false;
	}
	if (byte >= 0x40 && byte <= 0x7e) {
		if (p->state == CSI)
			return control(p, (char)byte, ret);
		p->state = GROUND;
		return false;
	}
	if (byte < 0x20 || byte > 0x7e)
		p->state = byte == 0x18 || byte == 0x1a ? GROUND : p->state;
	else if (p->length + 1 < sizeof(p->sequence))
		p->sequence[p->length++] = (char)byte;
	else
		p->state = CSI_TOO_LONG;
	return false;
}

static bool escape_byte(struct input_parser *p, unsigned char byte, struct terminal_input *ret)
{
	p->length = 0;
	if (byte == 0x1b)
		return give_key(
			ret,
			K_ESC); /* Esc Esc: the first was a key, the second may begin something */
	if (byte == '[')
		p->state = CSI;
	else if (byte == 'O')
		p->state = SS3;
	else if (strchr("P]X^_", byte) && byte)
		p->state = STRING;
	else
		p->state = GROUND; /* Alt and a key; of a wide character its other bytes are dropped
				      as malformed */
	return false;
}

/* The numeric keypad in application mode types what is printed on it. */
static int keypad_key(char letter)
{
	static const char letters[] = "jklmnopqrstuvwxyX", keys[] = "*+,-./0123456789=";
	const char *at = letter ? strchr(letters, letter) : NULL;

	return at ? keys[at - letters] : letter_key(letter);
}

static bool character_byte(struct input_parser *p, unsigned char byte, struct terminal_input *ret)
{
	uint32_t cp = 0;

	if ((byte & 0xc0) != 0x80) {
		p->state = GROUND;
		return input_parser_byte(p, byte, ret);
	}
	p->sequence[p->length++] = (char)byte;
	if (text_is_utf8(p->sequence, p->length)) {
		p->state = GROUND;
		text_decode(p->sequence, p->length, &cp);
		return give_key(ret, cp < 0xa0 ? KEY_NONE_ : (int)cp);
	}
	if (p->length == 4)
		p->state = GROUND;
	return false;
}

static bool ground_byte(struct input_parser *p, unsigned char byte, struct terminal_input *ret)
{
	if (byte == 0x1b)
		p->state = ESCAPE;
	else if (byte >= 0xc2 && byte <= 0xf4) {
		p->state = CHARACTER;
		p->sequence[0] = (char)byte;
		p->length = 1;
	} else if (byte == '\n' || byte == '\r')
		return give_key(ret, K_ENTER);
	else if (byte == '\b' || byte == 0x7f)
		return give_key(ret, K_BACKSPACE);
	else if ((byte >= 1 && byte <= 26) || (byte >= ' ' && byte < 0x7f))
		return give_key(ret, byte);
	return false;
}

/* The terminator is looked for at the end of what came, which may have outgrown the limit. */
static bool paste_byte(struct input_parser *p, unsigned char byte, struct terminal_input *ret)
{
	p->sequence[p->length] = (char)byte;
	if (paste_end[p->length] == (char)byte) {
		p->length++;
	} else {
		buf_add(&p->paste, p->sequence, p->length);
		p->length = 0;
		if (byte == paste_end[0])
			p->sequence[p->length++] = (char)byte;
		else
			buf_putc(&p->paste, (char)byte);
	}
	if (p->length < strlen(paste_end))
		return false;
	p->state = GROUND;
	p->length = 0;
	p->pasted = text_gated(p->paste.data, GATE_LINES);
	buf_wipe(&p->paste);
	*ret = (struct terminal_input){ .kind = TERMINAL_PASTE, .text = p->pasted };
	return p->pasted != NULL;
}

bool input_parser_byte(struct input_parser *p, unsigned char byte, struct terminal_input *ret)
{
	forget_pasted(p);
	switch ((enum state)p->state) {
	case GROUND:
		return ground_byte(p, byte, ret);
	case CHARACTER:
		return character_byte(p, byte, ret);
	case ESCAPE:
		return escape_byte(p, byte, ret);
	case CSI:
	case CSI_TOO_LONG:
		return csi_byte(p, byte, ret);
	case LINUX_KEY:
		p->state = GROUND;
		return give_key(ret, byte >= 'A' && byte <= 'E' ? K_F1 + (byte - 'A') : KEY_NONE_);
	case SS3:
		p->state = GROUND;
		return give_key(ret, keypad_key((char)byte));
	case STRING:
		p->state = byte == 0x1b					  ? STRING_ESC
			   : byte == '\a' || byte == 0x18 || byte == 0x1a ? GROUND
									  : STRING;
		return false;
	case STRING_ESC:
		p->state = byte == '\\' ? GROUND : byte == 0x1b ? STRING_ESC : STRING;
		return false;
	case PASTE:
		return paste_byte(p, byte, ret);
	}
	return false;
}

bool input_parser_waits(const struct input_parser *p)
{
	return p->state == ESCAPE || p->state == SS3 || p->state == STRING ||
	       p->state == STRING_ESC || p->state == LINUX_KEY;
}

bool input_parser_pause(struct input_parser *p, struct terminal_input *ret)
{
	bool is_key = p->state == ESCAPE;

	if (!input_parser_waits(p))
		return false;
	p->state = GROUND;
	return give_key(ret, is_key ? K_ESC : KEY_NONE_);
}
