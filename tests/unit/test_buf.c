/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/buf.h"

#include <errno.h>
#include <stdint.h>

#include "tests/tap.h"

static void test_growth(void)
{
	struct buf b;
	bool holds = true;

	buf_init(&b, 0);
	is_str(b.data, "", "empty before the first addition");
	for (int i = 0; i < 10000; i++)
		holds = buf_putc(&b, (char)('a' + i % 26)) == 0 && b.data[b.len] == '\0' && holds;
	ok(holds, "ten thousand additions, each terminated");
	is_int((long long)b.len, 10000, "all are there");
	ok(b.data[9999] == 'a' + 9999 % 26 && b.data[63] == 'a' + 63 % 26, "across each growth");
	buf_clear(&b);
	is_str(b.data, "", "cleared");
	buf_printf(&b, "%d %s", 42, "yuan");
	is_str(b.data, "42 yuan", "formatted into kept memory");
	buf_pad(&b, '.', 3);
	is_str(b.data, "42 yuan...", "padded");
	buf_wipe(&b);
	is_int((long long)b.cap, 0, "wiped and released");
	is_int(buf_puts(&b, "again"), 0, "and usable again");
	buf_release(&b);
}

static void test_maximum(void)
{
	struct buf b;

	buf_init(&b, 10);
	is_int(buf_puts(&b, "1234567890"), 0, "up to the maximum");
	is_int(buf_putc(&b, 'x'), -EMSGSIZE, "and not one more");
	ok(b.failed, "which it remembers");
	is_str(b.data, "1234567890", "nothing was added");
	ok(buf_add(&b, "", 0) < 0, "later additions fail too");
	ok(buf_detach(&b) == NULL, "a failed buffer yields nothing");
	ok(!b.failed && b.len == 0, "and is empty again");
	is_int(buf_printf(&b, "%s", "12345678901"), -EMSGSIZE, "formatting obeys the maximum");
	buf_clear(&b);
	is_int(buf_pad(&b, ' ', SIZE_MAX), -EMSGSIZE, "no wrap-around of sizes");
	buf_release(&b);
}

static void test_detach(void)
{
	struct buf b;
	char *s;

	buf_init(&b, 0);
	s = buf_detach(&b);
	is_str(s, "", "an unused buffer detaches as the empty string");
	free(s);
	buf_add(&b, "a\0b", 3);
	s = buf_detach(&b);
	ok(s && !memcmp(s, "a\0b", 4), "bytes may hold NUL");
	ok(b.len == 0 && b.cap == 0, "ownership moved");
	free(s);
}

int main(void)
{
	test_growth();
	test_maximum();
	test_detach();
	return done();
}
