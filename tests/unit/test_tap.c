/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/tap.h"

/* The checks themselves: a check that cannot fail would make every other test worthless. */
int main(void)
{
	FILE *real = stdout;
	int failures;

	stdout = fopen("/dev/null", "w");
	ok(false, "provoked");
	is_int(1, 2, "provoked");
	is_str("a", NULL, "provoked");
	fclose(stdout);
	stdout = real;
	failures = tap_failed;
	tap_failed = 0;
	tap_count = 0;
	is_int(failures, 3, "a check that does not hold is counted");
	ok(is_str("a", "a", "equal texts"), "a check answers whether it held");
	is_str(NULL, NULL, "NULL equals NULL only");
	return done();
}
