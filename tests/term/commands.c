/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <regex.h>
#include <signal.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/term/script.h"

__attribute__((format(printf, 3, 4)))
static int report(struct script *s, bool pass, const char *fmt, ...)
{
	va_list args;
	char *text;

	s->checks++;
	printf("%sok - ", pass ? "" : "not ");
	va_start(args, fmt);
	vprintf(fmt, args);
	va_end(args);
	putchar('\n');
	if (!pass) {
		s->failures++;
		printf("# %s:%d, %dx%d%s\n", s->name, s->line, s->term.cols, s->term.rows,
		       s->term.has_ended ? ", the program has ended" : "");
		text = term_text(&s->term);
		for (char *row = text, *next; row && *row; row = next) {
			next = strchr(row, '\n') + 1;
			printf("# |%.*s\n", (int)(next - row - 1), row);
		}
		free(text);
	}
	fflush(stdout);
	return pass ? 0 : -EPROTO;
}

int script_refuse(const struct script *s, const char *fmt, ...)
{
	va_list args;

	fprintf(stderr, "vt: %s:%d: ", s->name, s->line);
	va_start(args, fmt);
	vfprintf(stderr, fmt, args);
	va_end(args);
	fputc('\n', stderr);
	return -EINVAL;
}

/* What a wait or a claim looks for: a text, or an extended regular expression as /re/. */
struct pattern {
	const char *text;
	bool is_regex;
	regex_t regex;
};

static int pattern_init(struct pattern *p, const struct script *s, const char *word)
{
	size_t len = strlen(word);
	char *inner;
	int r;

	*p = (struct pattern){ .text = word, .is_regex = len > 2 && *word == '/' && word[len - 1] == '/' };
	if (!p->is_regex)
		return 0;
	inner = strndup(word + 1, len - 2);
	if (!inner)
		return -ENOMEM;
	r = regcomp(&p->regex, inner, REG_EXTENDED | REG_NEWLINE | REG_NOSUB);
	free(inner);
	return r ? script_refuse(s, "%s is no regular expression", word) : 0;
}

static void pattern_release(struct pattern *p)
{
	if (p->is_regex)
		regfree(&p->regex);
}

static bool pattern_shows(struct term *t, void *arg)
{
	struct pattern *p = arg;
	char *text = term_text(t);
	bool hit = text && (p->is_regex ? !regexec(&p->regex, text, 0, NULL, 0)
					: strstr(text, p->text) != NULL);

	free(text);
	return hit;
}

static bool pattern_is_gone(struct term *t, void *arg)
{
	return !pattern_shows(t, arg);
}

static int look(struct script *s, const char *word, term_condition *condition, int timeout,
		const char *claim)
{
	struct pattern p;
	int r = pattern_init(&p, s, word);

	if (r < 0)
		return r;
	r = term_wait(&s->term, condition, &p, timeout);
	pattern_release(&p);
	return report(s, r == 0, "%s %s", word, claim);
}

static int run_wait(struct script *s, char **words)
{
	return look(s, words[0], pattern_shows, s->timeout, "appears");
}

static int run_gone(struct script *s, char **words)
{
	return look(s, words[0], pattern_is_gone, s->timeout, "goes");
}

static int run_see(struct script *s, char **words)
{
	return look(s, words[0], pattern_shows, 0, "is on the screen");
}

static int run_unseen(struct script *s, char **words)
{
	return look(s, words[0], pattern_is_gone, 0, "is not on the screen");
}

static int run_size(struct script *s, char **words)
{
	int cols = (int)strtol(words[0], NULL, 10), rows = (int)strtol(words[1], NULL, 10);

	if (cols < 1 || cols > 500 || rows < 1 || rows > 200)
		return script_refuse(s, "a size is COLUMNS ROWS, at most 500 200");
	return term_resize(&s->term, rows, cols);
}

int script_set_env(struct script *s, const char *word)
{
	const char *equals = strchr(word, '=');
	int i, n;

	if (!equals || equals == word)
		return script_refuse(s, "env takes NAME=VALUE");
	for (n = 0; s->env[n]; n++)
		;
	for (i = 0; s->env[i]; i++) {
		if (!strncmp(s->env[i], word, equals - word + 1))
			break;
	}
	if (i == MAX_ENV)
		return script_refuse(s, "more than %d variables", MAX_ENV);
	free(s->env[i]);
	s->env[i] = equals[1] ? strdup(word) : NULL;
	if (!equals[1] && i < n) {
		s->env[i] = s->env[n - 1];
		s->env[n - 1] = NULL;
	}
	return 0;
}

static int run_env(struct script *s, char **words)
{
	for (; *words; words++) {
		int r = script_set_env(s, *words);

		if (r < 0)
			return r;
	}
	return 0;
}

static int run_start(struct script *s, char **words)
{
	int r = term_start(&s->term, words, s->env);

	return r < 0 ? script_refuse(s, "cannot start %s: %s", words[0], strerror(-r)) : 0;
}

static int run_type(struct script *s, char **words)
{
	const char *bad = "";

	return term_type(&s->term, words[0], &bad) < 0 ? script_refuse(s, "no such key: %s", bad) : 0;
}

static int run_paste(struct script *s, char **words)
{
	return term_paste(&s->term, words[0]) < 0 ? script_refuse(s, "not UTF-8") : 0;
}

static int point(struct script *s, char **words, int *ret_row, int *ret_col)
{
	if (words[0] && words[1]) {
		*ret_col = (int)strtol(words[0], NULL, 10);
		*ret_row = (int)strtol(words[1], NULL, 10);
		return 0;
	}
	if (words[0] && term_find(&s->term, words[0], ret_row, ret_col) == 0)
		return 0;
	return report(s, false, "%s is there to point at", words[0] ? words[0] : "a target");
}

static int run_click(struct script *s, char **words)
{
	int row, col, r = point(s, words, &row, &col);

	if (r < 0)
		return r;
	if (term_click(&s->term, row, col, 1) < 0)
		return report(s, false, "the program takes mouse clicks");
	return 0;
}

static int run_wheel(struct script *s, char **words)
{
	int row, col, r = point(s, words + 1, &row, &col);

	if (r < 0)
		return r;
	if (term_click(&s->term, row, col, strcmp(words[0], "up") ? 5 : 4) < 0)
		return report(s, false, "the program takes the mouse wheel");
	return 0;
}

static int run_timeout(struct script *s, char **words)
{
	s->timeout = (int)strtol(words[0], NULL, 10) * 1000;
	return s->timeout > 0 ? 0 : script_refuse(s, "timeout takes seconds");
}

static int run_settle(struct script *s, char **words)
{
	term_settle(&s->term, words[0] ? (int)strtol(words[0], NULL, 10) : QUIET, s->timeout);
	return 0;
}

static int run_cursor(struct script *s, char **words)
{
	int col = (int)strtol(words[0], NULL, 10), row = (int)strtol(words[1], NULL, 10);
	VTermPos pos;

	vterm_state_get_cursorpos(vterm_obtain_state(s->term.vt), &pos);
	return report(s, pos.row == row && pos.col == col, "the cursor is at %d %d (it is at %d %d)", col,
		      row, pos.col, pos.row);
}

static int run_mono(struct script *s, char **words)
{
	int colored = 0;

	(void)words;
	for (int row = 0; row < s->term.rows; row++) {
		for (int col = 0; col < s->term.cols; col++) {
			VTermScreenCell cell;

			vterm_screen_get_cell(s->term.screen, (VTermPos){ .row = row, .col = col }, &cell);
			colored += !VTERM_COLOR_IS_DEFAULT_FG(&cell.fg) ||
				   !VTERM_COLOR_IS_DEFAULT_BG(&cell.bg);
		}
	}
	return report(s, !colored, "no cell has a colour (%d have)", colored);
}

static int run_styled(struct script *s, char **words)
{
	VTermScreenCell cell;
	bool holds;
	int row, col;

	if (term_find(&s->term, words[1], &row, &col) < 0)
		return report(s, false, "%s is on the screen", words[1]);
	vterm_screen_get_cell(s->term.screen, (VTermPos){ .row = row, .col = col }, &cell);
	if (!strcmp(words[0], "bold"))
		holds = cell.attrs.bold;
	else if (!strcmp(words[0], "reverse"))
		holds = cell.attrs.reverse;
	else if (!strcmp(words[0], "underline"))
		holds = cell.attrs.underline;
	else if (!strcmp(words[0], "colour"))
		holds = !VTERM_COLOR_IS_DEFAULT_FG(&cell.fg) || !VTERM_COLOR_IS_DEFAULT_BG(&cell.bg);
	else
		return script_refuse(s, "no such style: %s", words[0]);
	return report(s, holds, "%s is %s", words[1], words[0]);
}

static char *read_file(const char *path)
{
	FILE *file = fopen(path, "r");
	char *text = NULL;
	size_t room = 0;
	ssize_t n;

	if (!file)
		return NULL;
	n = getdelim(&text, &room, '\0', file);
	fclose(file);
	if (n < 0) {
		free(text);
		text = strdup("");
	}
	return text;
}

static int write_file(const struct script *s, const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	if (!file)
		return script_refuse(s, "cannot write %s: %s", path, strerror(errno));
	fputs(text, file);
	return fclose(file) ? script_refuse(s, "cannot write %s: %s", path, strerror(errno)) : 0;
}

static bool is_golden(struct term *t, void *arg)
{
	char *text = term_text(t);
	bool same = text && !strcmp(text, arg);

	free(text);
	return same;
}

/* GENERATE=1 renews the file from a screen that has come to rest. */
static int run_golden(struct script *s, char **words)
{
	char *want = NULL, *got;
	int r;

	if (getenv("GENERATE")) {
		term_settle(&s->term, QUIET, s->timeout);
		got = term_text(&s->term);
		r = got ? write_file(s, words[0], got) : -ENOMEM;
		free(got);
		return r < 0 ? r : report(s, true, "%s is renewed", words[0]);
	}
	want = read_file(words[0]);
	if (!want)
		return script_refuse(s, "cannot read %s: %s (GENERATE=1 writes it)", words[0], strerror(errno));
	r = term_wait(&s->term, is_golden, want, s->timeout);
	r = report(s, r == 0, "the screen is that of %s", words[0]);
	for (char *row = r < 0 ? want : NULL, *next; row && *row; row = next) {
		next = strchrnul(row, '\n');
		printf("# expected |%.*s\n", (int)(next - row), row);
		next += *next == '\n';
	}
	free(want);
	return r;
}

static int run_dump(struct script *s, char **words)
{
	char *text = term_text(&s->term);
	int r = text ? 0 : -ENOMEM;

	if (text && words[0])
		r = write_file(s, words[0], text);
	for (char *row = text, *next; text && !words[0] && *row; row = next) {
		next = strchr(row, '\n') + 1;
		printf("# |%.*s\n", (int)(next - row - 1), row);
	}
	free(text);
	return r;
}

static int run_svg(struct script *s, char **words)
{
	FILE *out = fopen(words[0], "w");

	if (!out)
		return script_refuse(s, "cannot write %s: %s", words[0], strerror(errno));
	term_settle(&s->term, QUIET, s->timeout);
	term_svg(&s->term, words[1], out);
	return fclose(out) ? script_refuse(s, "cannot write %s: %s", words[0], strerror(errno)) : 0;
}

/* Runs a shell command beside the terminal: to kill a bank, to look into a file. */
static int run_run(struct script *s, char **words)
{
	char *argv[] = { (char *)"sh", (char *)"-c", words[0], NULL };
	int status = 0;
	pid_t pid;

	fflush(stdout);
	if (posix_spawnp(&pid, "sh", NULL, NULL, argv, environ))
		return script_refuse(s, "cannot run sh");
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	return report(s, status == 0, "%s", words[0]);
}

static int run_signal(struct script *s, char **words)
{
	static const struct {
		const char *name;
		int number;
	} signals[] = {
		{ "HUP", SIGHUP }, { "INT", SIGINT }, { "KILL", SIGKILL }, { "TERM", SIGTERM },
		{ "STOP", SIGSTOP }, { "CONT", SIGCONT }, { "USR1", SIGUSR1 }, { "WINCH", SIGWINCH },
	};

	for (size_t i = 0; i < sizeof(signals) / sizeof(signals[0]); i++) {
		if (!strcmp(signals[i].name, words[0]) && s->term.pid > 0)
			return kill(s->term.pid, signals[i].number) < 0 ? -errno : 0;
	}
	return script_refuse(s, "no such signal, or nothing to send it to: %s", words[0]);
}

/* The shell's numbering: a signal's death is 128 and its number. */
static int run_exit(struct script *s, char **words)
{
	int want = (int)strtol(words[0], NULL, 10), got = -1;

	if (term_wait_end(&s->term, s->timeout) == 0)
		got = WIFEXITED(s->term.status) ? WEXITSTATUS(s->term.status)
						: 128 + WTERMSIG(s->term.status);
	if (got < 0)
		return report(s, false, "the program ends");
	return report(s, got == want, "the program ends with %d (it ended with %d)", want, got);
}

const struct script_command script_commands[] = {
	{ "click", 1, 2, run_click, "TEXT | COLUMN ROW" },
	{ "cursor", 2, 2, run_cursor, "COLUMN ROW" },
	{ "dump", 0, 1, run_dump, "[FILE]" },
	{ "env", 1, MAX_WORDS, run_env, "NAME=VALUE..." },
	{ "exit", 1, 1, run_exit, "STATUS" },
	{ "golden", 1, 1, run_golden, "FILE" },
	{ "gone", 1, 1, run_gone, "TEXT | /REGEX/" },
	{ "mono", 0, 0, run_mono, "" },
	{ "paste", 1, 1, run_paste, "TEXT" },
	{ "resize", 2, 2, run_size, "COLUMNS ROWS" },
	{ "run", 1, 1, run_run, "SHELL-COMMAND" },
	{ "see", 1, 1, run_see, "TEXT | /REGEX/" },
	{ "settle", 0, 1, run_settle, "[MILLISECONDS]" },
	{ "signal", 1, 1, run_signal, "NAME" },
	{ "size", 2, 2, run_size, "COLUMNS ROWS" },
	{ "start", 1, MAX_WORDS, run_start, "PROGRAM [ARGUMENT]..." },
	{ "svg", 1, 2, run_svg, "FILE [TITLE]" },
	{ "styled", 2, 2, run_styled, "bold|reverse|underline|colour TEXT" },
	{ "timeout", 1, 1, run_timeout, "SECONDS" },
	{ "type", 1, 1, run_type, "KEYS" },
	{ "unseen", 1, 1, run_unseen, "TEXT | /REGEX/" },
	{ "wait", 1, 1, run_wait, "TEXT | /REGEX/" },
	{ "wheel", 2, 3, run_wheel, "up|down TEXT | COLUMN ROW" },
	{ 0 },
};
