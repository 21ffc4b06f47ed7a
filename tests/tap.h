/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_TAP_H
#define TESTS_TAP_H

/*
 * A test program prints TAP: each check is one line, `return done();` ends main.
 * A check answers whether it held, so that a test can stop before it would crash.
 * Arguments are evaluated once.
 *
 *	ok(cond, "what should hold, %s", "printf style");
 *	is_int(got, want, "...");       any integer that fits in a long long
 *	is_str(got, want, "...");       NULL is a value of its own
 *	skip_all("why");                instead of any check; return what it returns
 */
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static int tap_count, tap_failed;

__attribute__((format(printf, 4, 0)))
static inline bool tap_vreport(bool pass, const char *file, int line, const char *fmt, va_list args)
{
	tap_count++;
	printf("%sok %d - ", pass ? "" : "not ", tap_count);
	vprintf(fmt, args);
	putchar('\n');
	if (!pass) {
		tap_failed++;
		printf("# failed at %s:%d\n", file, line);
	}
	fflush(stdout);
	return pass;
}

__attribute__((format(printf, 4, 5)))
static inline bool tap_ok(bool pass, const char *file, int line, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	tap_vreport(pass, file, line, fmt, args);
	va_end(args);
	return pass;
}

__attribute__((format(printf, 5, 6)))
static inline bool tap_is_int(long long got, long long want, const char *file, int line,
			      const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	tap_vreport(got == want, file, line, fmt, args);
	va_end(args);
	if (got != want)
		printf("#      got %lld\n# expected %lld\n", got, want);
	return got == want;
}

/* A value of several lines must not be taken for TAP: every line of it is a comment. */
static inline void tap_show(const char *label, const char *s)
{
	printf("# %8s %s", label, s ? "\"" : "NULL");
	for (; s && *s; s++)
		printf(*s == '\n' ? "\\n\n#          " : "%c", *s);
	puts(s ? "\"" : "");
}

__attribute__((format(printf, 5, 6)))
static inline bool tap_is_str(const char *got, const char *want, const char *file, int line,
			      const char *fmt, ...)
{
	bool pass = got && want ? !strcmp(got, want) : got == want;
	va_list args;

	va_start(args, fmt);
	tap_vreport(pass, file, line, fmt, args);
	va_end(args);
	if (!pass) {
		tap_show("got", got);
		tap_show("expected", want);
	}
	return pass;
}

#define ok(cond, ...) tap_ok((cond), __FILE__, __LINE__, __VA_ARGS__)
#define is_int(got, want, ...) tap_is_int((got), (want), __FILE__, __LINE__, __VA_ARGS__)
#define is_str(got, want, ...) tap_is_str((got), (want), __FILE__, __LINE__, __VA_ARGS__)

static inline int skip_all(const char *why)
{
	printf("1..0 # SKIP %s\n", why);
	return 0;
}

static inline int done(void)
{
	printf("1..%d\n", tap_count);
	return tap_failed ? 1 : 0;
}

#endif
