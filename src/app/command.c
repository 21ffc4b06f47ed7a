/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/command.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <readline/history.h>
#include <readline/readline.h>

#include "base/macros.h"
#include "base/text.h"
#include "page/key.h"

#define LINE_MAX_BYTES 256
#define HISTORY_MAX 100

/* readline's callbacks carry no data: what they act on. Bytes of one key wait in `pending`. */
static struct command *current;
static char pending[8];
static size_t pending_at, pending_count;

static int next_byte(FILE *stream)
{
	(void)stream;
	return pending_at < pending_count ? (unsigned char)pending[pending_at++] : EOF;
}

static int nothing_waits(void)
{
	return pending_at < pending_count;
}

static void paints_itself(void)
{
}

static void forget_candidates(struct command *c)
{
	for (size_t i = 0; i < c->candidate_count; i++)
		free(c->candidates[i]);
	c->candidate_count = 0;
}

/* readline found several completions: matches[1..count]. */
static void show_candidates(char **matches, int count, int longest)
{
	(void)longest;
	forget_candidates(current);
	for (int i = 1; i <= count && current->candidate_count < CANDIDATES_MAX; i++) {
		char *one = strdup(matches[i]);

		if (one)
			current->candidates[current->candidate_count++] = one;
	}
}

static char *generate(const char *begin, int state)
{
	static size_t n;

	n = state ? n + 1 : 0;
	return current->complete(current->data, begin, n);
}

static char **complete(const char *text, int start, int end)
{
	(void)end;
	rl_attempted_completion_over = 1; /* never file names */
	rl_completion_append_character = '\0'; /* readline sets it anew each time */
	/* What follows a command completes with the whole line, so that "lang z" knows it is a language. */
	return start == 0 ? rl_completion_matches(text, generate) : NULL;
}

static void accept_line(char *line)
{
	free(current->accepted);
	current->accepted = line ? line : strdup("");
}

void command_init(struct command *c, void (*run)(void *data, const char *text),
		  char *(*complete_fn)(void *data, const char *begin, size_t n), void *data)
{
	*c = (struct command){ .run = run, .complete = complete_fn, .data = data };
}

/* Keep readline's hands off the terminal, signals and environment. */
static void tame_readline(void)
{
	rl_readline_name = "bankterm";
	rl_catch_signals = 0;
	rl_catch_sigwinch = 0;
	rl_change_environment = 0;
	rl_prep_term_function = NULL;
	rl_deprep_term_function = NULL;
	rl_redisplay_function = paints_itself;
	rl_getc_function = next_byte;
	rl_input_available_hook = nothing_waits;
	rl_attempted_completion_function = complete;
	rl_completion_display_matches_hook = show_candidates;
	rl_basic_word_break_characters = "";
	rl_inhibit_completion = 0;
	rl_variable_bind("bell-style", "none");
	rl_variable_bind("show-all-if-ambiguous", "on");
	rl_variable_bind("completion-ignore-case", "on");
	rl_variable_bind("enable-bracketed-paste", "off");
	rl_num_chars_to_read = 0;
	stifle_history(HISTORY_MAX);
}

void command_open(struct command *c)
{
	if (c->is_open)
		return;
	current = c;
	c->is_open = true;
	/* readline opens files of the person's: not the place for a bank's command line. */
	setenv("INPUTRC", "/dev/null", 1);
	tame_readline();
	rl_callback_handler_install("", accept_line);
	/* The first initialisation sets some of it again. */
	tame_readline();
}

void command_close(struct command *c)
{
	if (!c->is_open)
		return;
	rl_callback_handler_remove();
	rl_replace_line("", 1);
	forget_candidates(c);
	c->is_open = false;
}

void command_release(struct command *c)
{
	command_close(c);
	clear_history();
	free(c->accepted);
	*c = (struct command){ 0 };
}

bool command_is_open(const struct command *c)
{
	return c->is_open;
}

/* Keys beyond characters as the control characters that readline edits by; the table keeps escapes out of it. */
static const struct {
	int key;
	char control;
} controls[] = {
	{ K_LEFT, K_CTRL('B') },   { K_RIGHT, K_CTRL('F') },     { K_UP, K_CTRL('P') }, { K_DOWN, K_CTRL('N') },
	{ K_HOME, K_CTRL('A') },   { K_END, K_CTRL('E') },       { K_ENTER, '\r' },     { K_TAB, '\t' },
	{ K_BACKSPACE, '\177' },   { K_CTRL('H'), '\177' },      { K_CTRL('A'), 1 },    { K_CTRL('E'), 5 },
	{ K_CTRL('B'), 2 },        { K_CTRL('F'), 6 },           { K_CTRL('K'), 11 },   { K_CTRL('U'), 21 },
	{ K_CTRL('W'), 23 },       { K_CTRL('Y'), 25 },          { K_CTRL('R'), 18 },   { K_CTRL('P'), 16 },
	{ K_CTRL('N'), 14 },       { K_CTRL('T'), 20 },          { K_CTRL('G'), 7 },
};

static size_t bytes_of(int key, char out[4])
{
	if (key == K_DELETE && rl_point < rl_end) { /* Ctrl-D at the end of a line would close it */
		out[0] = K_CTRL('D');
		return 1;
	}
	for (size_t i = 0; i < COUNT(controls); i++)
		if (controls[i].key == key) {
			out[0] = controls[i].control;
			return 1;
		}
	return key >= K_SPACE && key < K_FIRST ? text_encode((uint32_t)key, out) : 0;
}

static void feed(const char *bytes, size_t n)
{
	memcpy(pending, bytes, n);
	pending_at = 0;
	pending_count = n;
	while (pending_at < pending_count && current->is_open)
		rl_callback_read_char();
}

static void run_accepted(struct command *c)
{
	_cleanup_(free_ptr) char *line = TAKE_PTR(c->accepted);

	if (!line)
		return;
	if (*line)
		add_history(line);
	command_close(c);
	if (*line)
		c->run(c->data, line);
}

void command_key(struct command *c, int key)
{
	char bytes[4];
	size_t n;

	if (!c->is_open)
		return;
	forget_candidates(c);
	if (key == K_ESC || (key == K_BACKSPACE && rl_end == 0)) {
		command_close(c);
		return;
	}
	n = bytes_of(key, bytes);
	if (!n || (rl_end + (int)n > LINE_MAX_BYTES && key >= K_SPACE && key != K_BACKSPACE))
		return;
	feed(bytes, n);
	run_accepted(c);
}

void command_paste(struct command *c, const char *text)
{
	while (*text && *text != '\n' && *text != '\r') {
		uint32_t cp;
		size_t n = text_decode(text, strlen(text), &cp);

		if (cp >= ' ' && cp != K_BACKSPACE)
			command_key(c, (int)cp);
		text += n;
	}
}

const struct command_line *command_line(struct command *c)
{
	if (!c->is_open)
		return NULL;
	c->line = (struct command_line){
		.prompt = rl_display_prompt && *rl_display_prompt ? rl_display_prompt : ":",
		.text = rl_line_buffer ? rl_line_buffer : "",
		.cursor = rl_point,
		.candidates = (const char *const *)c->candidates,
		.candidate_count = c->candidate_count,
	};
	return &c->line;
}
