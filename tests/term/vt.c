/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <ftw.h>
#include <getopt.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "tests/term/script.h"

/*
 * Splits line in place. A word is bare, or "quoted" with \" \\ \n \t \e, or 'quoted' as it
 * stands. Returns the number of words, -EINVAL for an open quote or too many.
 */
static int split(char *line, char *words[MAX_WORDS + 1])
{
	int n = 0;

	for (char *in = line;;) {
		char *out, quote;

		in += strspn(in, " \t\n");
		if (!*in || *in == '#')
			break;
		if (n == MAX_WORDS)
			return -EINVAL;
		quote = *in == '"' || *in == '\'' ? *in++ : 0;
		words[n++] = out = in;
		for (; *in && (quote ? *in != quote : !strchr(" \t\n", *in)); in++) {
			static const char escapes[] = "n\nt\te\033";
			const char *escape = NULL;

			if (quote == '"' && *in == '\\' && in[1]) {
				in++;
				for (int i = 0; escapes[i]; i += 2)
					escape = escapes[i] == *in ? &escapes[i + 1] : escape;
			}
			*out++ = escape ? *escape : *in;
		}
		if (quote && !*in)
			return -EINVAL;
		in += *in != '\0';
		*out = '\0';
	}
	words[n] = NULL;
	return n;
}

static int run_line(struct script *s, char *line)
{
	char *words[MAX_WORDS + 1];
	int n = split(line, words);

	if (n < 0)
		return script_refuse(s, "a quote is open, or there are more than %d words", MAX_WORDS);
	if (n == 0)
		return 0;
	for (const struct script_command *c = script_commands; c->name; c++) {
		if (strcmp(c->name, words[0]))
			continue;
		if (n - 1 < c->min || n - 1 > c->max)
			return script_refuse(s, "usage: %s %s", c->name, c->usage);
		return c->run(s, words + 1);
	}
	return script_refuse(s, "no such command: %s", words[0]);
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

/* The same for everybody, whatever the tester's own environment holds. */
static int prepare_env(struct script *s)
{
	static const char *const kept[] = { "PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS" };
	const char *home = getenv("VT_HOME");
	char *line = NULL;

	if (!home) {
		memcpy(s->home, "/tmp/vt-XXXXXX", sizeof("/tmp/vt-XXXXXX"));
		home = mkdtemp(s->home);
		if (!home)
			return script_refuse(s, "cannot make %s: %s", s->home, strerror(errno));
	}
	for (size_t i = 0; i < sizeof(kept) / sizeof(kept[0]); i++) {
		if (getenv(kept[i]) && asprintf(&line, "%s=%s", kept[i], getenv(kept[i])) >= 0) {
			script_set_env(s, line);
			free(line);
		}
	}
	script_set_env(s, "TERM=xterm-256color");
	script_set_env(s, "LANG=C.UTF-8");
	script_set_env(s, "TZ=Asia/Shanghai");
	if (asprintf(&line, "HOME=%s", home) >= 0) {
		script_set_env(s, line);
		free(line);
	}
	return 0;
}

int main(int argc, char **argv)
{
	struct script s = { .name = "stdin", .timeout = 20000 };
	bool has_plan = true;
	FILE *in = stdin;
	char *line = NULL;
	size_t room = 0;
	int r = 0, c;

	while ((c = getopt(argc, argv, "n")) != -1) {
		if (c != 'n') {
			fprintf(stderr, "usage: vt [-n] [SCRIPT]\n\t-n  print no TAP plan\n");
			return 2;
		}
		has_plan = false;
	}
	if (argv[optind]) {
		s.name = argv[optind];
		in = fopen(s.name, "r");
		if (!in)
			r = script_refuse(&s, "%s", strerror(errno));
	}
	signal(SIGPIPE, SIG_IGN);
	if (r < 0 || term_init(&s.term, 24, 80) < 0 || prepare_env(&s) < 0)
		return 2;
	while (r == 0 && getline(&line, &room, in) >= 0) {
		s.line++;
		r = run_line(&s, line);
	}
	free(line);
	term_release(&s.term);
	for (int i = 0; s.env[i]; i++)
		free(s.env[i]);
	if (s.home[0])
		nftw(s.home, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	if (has_plan)
		printf("1..%d\n", s.checks);
	return s.failures ? 1 : r < 0 ? 2 : 0;
}
