/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/ini.h"

#include <errno.h>

#include "base/buf.h"
#include "base/macros.h"
#include "tests/tap.h"

static void test_good(void)
{
	static const char text[] = "\xef\xbb\xbf# a comment\n"
				   "; another\r\n"
				   "first=1\n"
				   "\n"
				   "[home page]\n";
	static const char good[] = "\xef\xbb\xbf# a comment\n"
				   "; another\r\n"
				   "first=1\n"
				   "\n"
				   "  [screen.home]  \n"
				   "\ttitle = 我的 账户 # not a comment \t\r\n"
				   "empty =\n"
				   "first = 2\n"
				   "[other]\n"
				   "title=x=y\n"
				   "[screen.home]\n"
				   "last = no newline behind";
	struct ini ini = { 0 };
	struct err err = { 0 };

	is_int(ini_parse("a", text, sizeof(text) - 1, &ini, &err), -EINVAL,
	       "a space in a section name");
	is_str(err.text,
	       "a:5:6: expected a section name of letters, digits, '.', '_' or '-', and ']'",
	       "says where");
	ok(!ini.entries && !ini.name, "a failure leaves nothing");
	if (!ok(ini_parse("home.theme", good, sizeof(good) - 1, &ini, &err) == 0, "a good file: %s",
		err.text))
		return;
	is_int((long long)ini.count, 6, "six entries");
	is_str(ini_get(&ini, "", "first"), "1", "before the first section");
	is_str(ini_get(&ini, "screen.home", "first"), "2", "the same key elsewhere");
	is_str(ini_get(&ini, "screen.home", "title"), "我的 账户 # not a comment",
	       "spaces cut, the rest is the value");
	is_str(ini_get(&ini, "screen.home", "empty"), "", "an empty value is a value");
	is_str(ini_get(&ini, "other", "title"), "x=y", "only the first = counts");
	is_str(ini_get(&ini, "screen.home", "last"), "no newline behind",
	       "a section may come again");
	is_str(ini_get(&ini, "other", "first"), NULL, "absent");
	is_int(ini.entries[1].line, 6, "lines are kept for messages");
	ini_release(&ini);
	ini_release(&ini);
}

static void test_bad(void)
{
	static const struct {
		const char *text, *where;
	} rows[] = {
		{ "a = 1\na = 2\n", "f:2:1:" },
		{ "[s]\na=1\n[t]\na=1\n[s]\n\na=2\n", "f:7:1:" },
		{ "b=1\nc=1\nc=2\nb=2\n", "f:3:1:" },
		{ "key\n", "f:1:4:" },
		{ "key value = 1\n", "f:1:5:" },
		{ "= value\n", "f:1:1:" },
		{ "[\n", "f:1:2:" },
		{ "[]\n", "f:1:2:" },
		{ "[ab\n", "f:1:4:" },
		{ "[a] b\n", "f:1:5:" },
		{ "\n  键 = 1\n", "f:2:3:" },
		{ "a = \xff\n", "f:1:1:" },
		{ "a = b\x1b[31m\n", "f:1:6:" },
		{ "a=b\r\r\n", "f:1:4:" },
	};
	struct ini ini = { 0 };

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct err err = { 0 };

		is_int(ini_parse("f", rows[i].text, strlen(rows[i].text), &ini, &err), -EINVAL,
		       "refused: number %zu", i);
		ok(!strncmp(err.text, rows[i].where, strlen(rows[i].where)), "names the place: %s",
		   err.text);
	}
	is_int(ini_parse("f", "a=\0b\n", 5, &ini, NULL), -EINVAL, "a NUL");
	ok(!ini.entries, "nothing was written");
}

static void test_limits(void)
{
	struct ini ini = { 0 };
	struct buf b;

	buf_init(&b, 0);
	buf_puts(&b, "k=");
	buf_pad(&b, 'x', 4094);
	is_int(ini_parse("f", b.data, b.len, &ini, NULL), 0, "the longest line");
	is_int((long long)strlen(ini_get(&ini, "", "k")), 4094, "is kept whole");
	ini_release(&ini);
	buf_putc(&b, 'x');
	is_int(ini_parse("f", b.data, b.len, &ini, NULL), -EINVAL,
	       "one byte more is refused, not cut");
	buf_clear(&b);
	for (int i = 0; b.len < (1 << 20) - 16; i++)
		buf_printf(&b, "%x=\n", i);
	is_int(ini_parse("f", b.data, b.len, &ini, NULL), 0,
	       "the largest file, all keys (and soon)");
	ini_release(&ini);
	buf_pad(&b, '\n', 17);
	is_int(ini_parse("f", b.data, b.len, &ini, NULL), -EFBIG, "a larger one is refused");
	is_int(ini_load("/nonexistent/bankterm", &ini, NULL), -ENOENT, "no file");
	is_int(ini_parse("f", "", 0, &ini, NULL), 0, "an empty one is fine");
	ini_release(&ini);
	buf_release(&b);
}

int main(void)
{
	test_good();
	test_bad();
	test_limits();
	return done();
}
