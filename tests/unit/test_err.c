/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/err.h"

#include <errno.h>

#include "base/text.h"
#include "tests/tap.h"

static void test_cut_at_character(void)
{
	char name[600];
	struct err err;

	for (size_t ascii = 0; ascii < 4; ascii++) {
		memset(name, 'a', ascii);
		for (size_t i = ascii; i + 3 < sizeof(name); i += 3)
			memcpy(name + i, "王", 4);
		err_set(&err, -EINVAL, "%s", name);
		ok(text_is_utf8(err.text, strlen(err.text)), "cut behind %zu bytes stays UTF-8",
		   ascii);
		ok(strlen(err.text) > ERR_TEXT_MAX - 5, "and loses no more than a character");
	}
}

int main(void)
{
	struct err err = { .code = 7, .text = "untouched" };

	is_int(err_set(NULL, -ENOENT, "nobody asks"), -ENOENT, "NULL gets the code");
	is_int(err_set(&err, -ENOENT, "no %s", "account"), -ENOENT, "the code comes back");
	is_int(err.code, -ENOENT, "and is kept");
	is_str(err.text, "no account", "formatted");
	is_int(err_prefix(&err, -EIO, "row %d", 3), -ENOENT, "a prefix keeps the first code");
	is_str(err.text, "row 3: no account", "and stands before the text");
	is_int(err_prefix(NULL, -EIO, "nobody asks"), -EIO, "without an err the given code");
	test_cut_at_character();
	return done();
}
