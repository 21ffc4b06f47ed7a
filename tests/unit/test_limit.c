/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bank/limit.h"
#include "base/macros.h"
#include "tests/tap.h"

static void test_rate(void)
{
	struct limit *limit = limit_new(2, 5);
	int passed = 0;

	for (int i = 0; i < 20; i++)
		passed += limit_take(limit, "a", 1, 1000) == 0;
	is_int(passed, 5, "a burst of five");
	is_int(limit_take(limit, "a", 1, 1000), 1, "then one waits a second");
	is_int(limit_take(limit, "b", 1, 1000), 0, "others do not");
	is_int(limit_take(limit, "a", 1, 1499), 1, "half a second is not yet a token");
	is_int(limit_take(limit, "a", 1, 1500), 0, "now it is");
	is_int(limit_take(limit, "a", 1, 1500), 1, "and is gone");
	is_int(limit_take(limit, "a", 1, 1000), 1, "a clock that steps back gives nothing");
	passed = 0;
	for (int i = 0; i < 20; i++)
		passed += limit_take(limit, "a", 1, 1000LL * 1000 * 1000 * 1000) == 0;
	is_int(passed, 5, "after ages it is a burst, no more");
	limit_free(limit);
	limit_free(NULL);
}

/* Many keys fit in bounded memory, and cannot push out one that is in use. */
static void test_flood(void)
{
	struct limit *limit = limit_new(1, 1);
	int passed = 0;

	is_int(limit_take(limit, "victim", 6, 1), 0, "a first request");
	for (int i = 0; i < 100000; i++)
		limit_take(limit, &i, sizeof(i), 1);
	for (int i = 0; i < 100; i++)
		passed += limit_take(limit, "victim", 6, 2) == 0;
	ok(passed <= 1, "after 100,000 other keys it has at most one bucket more (%d)", passed);
	limit_free(limit);
}

int main(void)
{
	test_rate();
	test_flood();
	return done();
}
