/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/catalogue.h"

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/macros.h"
#include "base/text.h"
#include "tests/tap.h"

static void add_word(struct buf *b, uint32_t word, bool is_swapped)
{
	if (is_swapped)
		word = __builtin_bswap32(word);
	buf_add(b, &word, sizeof(word));
}

/* A .mo file of two texts and a plural, in either byte order. */
static void make(struct buf *b, bool is_swapped)
{
	static const struct {
		const char *bytes;
		uint32_t length;
	} strings[] = {
		{ "", 0 },	  { "%d day\0%d days", 14 },
		{ "Balance", 7 }, { "Untranslated", 12 },
		{ "header", 6 },  { "%d 天", 6 },
		{ "余额", 6 },	  { "", 0 },
	};
	uint32_t offset = 28 + 8 * COUNT(strings);

	buf_clear(b);
	add_word(b, 0x950412de, is_swapped);
	add_word(b, 0, is_swapped);
	add_word(b, COUNT(strings) / 2, is_swapped);
	add_word(b, 28, is_swapped);
	add_word(b, 28 + 4 * COUNT(strings), is_swapped);
	add_word(b, 0, is_swapped);
	add_word(b, offset, is_swapped);
	for (size_t i = 0; i < COUNT(strings); i++) {
		add_word(b, strings[i].length, is_swapped);
		add_word(b, offset, is_swapped);
		offset += strings[i].length + 1;
	}
	for (size_t i = 0; i < COUNT(strings); i++)
		buf_add(b, strings[i].bytes, strings[i].length + 1);
}

static void test_lookup(bool is_swapped)
{
	struct catalogue *c = NULL;
	struct buf b;
	const char *own = "Not there";

	buf_init(&b, 0);
	make(&b, is_swapped);
	is_int(catalogue_parse(b.data, b.len, &c, NULL), 0, "parsed, %s",
	       is_swapped ? "other order" : "own order");
	buf_wipe(&b);
	if (c) {
		is_str(catalogue_get(c, "Balance"), "余额", "found, from a copy");
		is_str(catalogue_get(c, "%d day"), "%d 天", "a plural's first form");
		is_str(catalogue_get(c, "Untranslated"), "Untranslated",
		       "an empty translation is none");
		ok(catalogue_get(c, own) == own, "what is not there is itself");
		is_str(catalogue_get(c, ""), "", "the header is no text");
	}
	catalogue_free(c);
}

/* Any byte may be wrong and the file may end anywhere: the sanitizer watches that no look-up leaves
 * the bytes. */
static void test_damage(void)
{
	struct buf good;
	int refused = 0;

	buf_init(&good, 0);
	make(&good, false);
	for (size_t n = 0; n < good.len; n++) {
		char *cut = malloc(n + 1);
		struct catalogue *c = NULL;

		memcpy(cut, good.data, n);
		if (catalogue_parse(cut, n, &c, NULL) < 0)
			refused++;
		catalogue_free(c);
		free(cut);
	}
	is_int(refused, (long long)good.len, "cut anywhere, it is refused");
	for (size_t i = 0; i < good.len * 8; i++) {
		char *bytes = malloc(good.len);
		struct catalogue *c = NULL;

		memcpy(bytes, good.data, good.len);
		bytes[i / 8] = (char)(bytes[i / 8] ^ (1 << i % 8));
		if (catalogue_parse(bytes, good.len, &c, NULL) == 0) {
			catalogue_get(c, "Balance");
			catalogue_get(c, "zzz");
			catalogue_get(c, "!");
		}
		catalogue_free(c);
		free(bytes);
	}
	ok(true, "any bit turned, nothing outside is read");
	buf_release(&good);
}

/* The directory of the catalogues beside this program, as a build has it. */
static char *beside(const char *rest)
{
	_cleanup_(free_ptr) char *exe = realpath("/proc/self/exe", NULL);
	char *slash = exe ? strrchr(exe, '/') : NULL;

	if (!slash)
		return NULL;
	*slash = '\0';
	return file_join(exe, rest);
}

/* The client's whole way: the file beside the program, the language, gettext. */
static void test_use(void)
{
	_cleanup_(free_ptr) char *dir = beside("locale/zh_CN/LC_MESSAGES"), *path = NULL,
				 *found = NULL;
	static const char *const tags[] = { "zh_CN", "zh-CN",	"zh",
					    "ZH-cn", "zh-Hans", "zh_CN.UTF-8" };
	static const char *const steps[] = { "LC_MESSAGES", "zh_CN", "locale" };
	_cleanup_(buf_release) struct buf b;

	buf_init(&b, 0);
	make(&b, false);
	path = dir ? file_join(dir, "bankterm.mo") : NULL;
	if (!ok(path && file_make_private_dir(dir, NULL) == 0 &&
			file_replace(path, b.data, b.len, 0600, NULL) == 0,
		"a catalogue beside the program"))
		return;
	for (size_t i = 0; i < COUNT(tags); i++) {
		found = catalogue_path(tags[i]);
		is_str(found, path, "found for %s", tags[i]);
		free(TAKE_PTR(found));
	}
	is_str(catalogue_path("z"), NULL, "not for less than a language");
	is_str(catalogue_path("zho"), NULL, "nor for another");
	text_locale_init();
	catalogue_use("zh_CN");
	is_str(gettext("Balance"), "余额", "gettext answers in Chinese");
	catalogue_use("en");
	is_str(gettext("Balance"), "Balance", "and in English");
	catalogue_use("zh");
	is_str(gettext("Balance"), "余额", "and in Chinese again");
	unlink(path);
	for (size_t i = 0; i < COUNT(steps); i++) {
		rmdir(dir);
		*strrchr(dir, '/') = '\0';
	}
}

int main(void)
{
	struct catalogue *c = NULL;
	struct err err = { 0 };

	test_lookup(false);
	test_lookup(true);
	test_damage();
	is_str(catalogue_get(NULL, "Balance"), "Balance", "no catalogue, no change");
	is_int(catalogue_parse("", 0, &c, &err), -EINVAL, "nothing is no catalogue");
	is_int(catalogue_load("/nonexistent/x.mo", &c, &err), -ENOENT, "no file");
	ok(strstr(err.text, "/nonexistent/x.mo"), "named: %s", err.text);
	is_int(catalogue_load("/proc/self/exe", &c, &err), -EINVAL, "a program is none");
	ok(strstr(err.text, "/proc/self/exe"), "named: %s", err.text);
	is_str(catalogue_path("en"), NULL, "English needs none");
	is_str(catalogue_path("../../etc"), NULL, "a tag is no path");
	is_str(catalogue_path(""), NULL, "nor is nothing");
	catalogue_free(NULL);
	test_use();
	return done();
}
