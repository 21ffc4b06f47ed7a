/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/secret.h"

#include <errno.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include "base/macros.h"
#include "tests/tap.h"

static void test_editing(void)
{
	_cleanup_(secret_freep) struct secret *s = secret_new();

	if (!ok(s, "made"))
		return;
	is_str(secret_reveal(s), "", "a new one is empty");
	is_int(secret_append(s, "pä", 3), 0, "takes bytes");
	is_int(secret_append(s, "王", 3), 0, "and more");
	is_int((long long)secret_length(s), 6, "six bytes");
	is_int((long long)secret_characters(s), 3, "three characters");
	secret_backspace(s);
	is_str(secret_reveal(s), "pä", "a backspace takes a whole character");
	secret_backspace(s);
	secret_backspace(s);
	secret_backspace(s);
	is_str(secret_reveal(s), "", "and stops at the beginning");
	secret_append(s, "abc", 3);
	secret_clear(s);
	is_int((long long)secret_length(s), 0, "cleared");
	ok(!memcmp(secret_reveal(s), "\0\0\0", 3), "with zeros where it was");
}

static void test_limits(void)
{
	_cleanup_(secret_freep) struct secret *full = NULL, *shorter = NULL;
	char bytes[SECRET_MAX + 1];

	memset(bytes, 'x', sizeof(bytes));
	ok(!secret_from(bytes, SECRET_MAX + 1), "one byte too many is refused");
	full = secret_from(bytes, SECRET_MAX);
	if (!ok(full, "the most it may hold"))
		return;
	is_int(secret_append(full, "y", 1), -EMSGSIZE, "and no more");
	is_int((long long)secret_length(full), SECRET_MAX, "a refusal changes nothing");
	shorter = secret_from(bytes, SECRET_MAX - 1);
	ok(shorter && !secret_equal(full, shorter), "a prefix is not equal");
	ok(shorter && secret_append(shorter, "x", 1) == 0 && secret_equal(full, shorter),
	   "equal again");
	secret_free(NULL);
}

/* A NUL counts: "a" and "a\0" are different secrets. */
static void test_equal(void)
{
	_cleanup_(secret_freep) struct secret *a = secret_from("a", 1),
					      *nul = secret_from("a\0", 2);
	_cleanup_(secret_freep) struct secret *b = secret_from("b", 1);

	ok(a && nul && b && secret_equal(a, a), "equal to itself");
	ok(!secret_equal(a, b), "different bytes");
	ok(!secret_equal(a, nul), "different length");
}

static void test_lock_down(void)
{
	struct rlimit limit = { 1, 1 };

	secret_lock_down();
	is_int(prctl(PR_GET_DUMPABLE), 0, "not dumpable");
	is_int(prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0), 1, "no new privileges");
	getrlimit(RLIMIT_CORE, &limit);
	is_int((long long)limit.rlim_cur, 0, "no core");
}

int main(void)
{
	char bytes[] = "secret";

	test_editing();
	test_limits();
	test_equal();
	secret_wipe(bytes, sizeof(bytes));
	ok(!memcmp(bytes, "\0\0\0\0\0\0\0", sizeof(bytes)), "wiped");
	test_lock_down();
	return done();
}
