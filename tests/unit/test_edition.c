/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <unistd.h>

#include "base/file.h"
#include "edition/contrast.h"
#include "edition/edition.h"
#include "tests/tap.h"

static char dir[] = "/tmp/test_edition.XXXXXX";

static void write_theme(const char *name, const char *text)
{
	char path[200];

	snprintf(path, sizeof(path), "%s/%s.theme", dir, name);
	if (file_replace(path, text, strlen(text), 0600, NULL) < 0)
		printf("Bail out! cannot write %s\n", path);
}

static void remove_theme(const char *name)
{
	char path[200];

	snprintf(path, sizeof(path), "%s/%s.theme", dir, name);
	unlink(path);
}

static void test_own_themes(const char *themes)
{
	struct edition e;
	struct err err = { 0 };

	if (!ok(edition_load_from(themes, "standard", &e, &err) == 0, "standard.theme is good: %s",
		err.text))
		return;
	is_str(e.name, "standard", "its name");
	is_str(e.title, "Standard", "its title");
	ok(e.home_count > 5, "its home page has something");
	ok(e.has_colour && e.text_scale == 1 && e.density == DENSITY_NORMAL, "its switches");
	for (int r = 0; r < ROLE_COUNT; r++)
		ok(e.styles[r].foreground >= 0 && e.styles[r].background >= 0, "it colours %s",
		   role_names[r]);
	is_int(e.styles[ROLE_FOCUS].mono, STYLE_REVERSE, "focus shows without colour");
	edition_release(&e);
	ok(edition_load_from(themes, "mono", &e, &err) == 0, "mono.theme is good: %s", err.text);
	ok(!e.has_colour && e.home_count > 5, "mono builds on standard");
	is_str(e.title, "Without colour", "and says what differs");
	edition_release(&e);
}

static void test_refused(void)
{
	static const struct {
		const char *text, *says;
	} bad[] = {
		{ "colr = yes\n", "bad.theme:1: colr: unknown key (base, title" },
		{ "title = x\nspeech = maybe\n",
		  "bad.theme:2: speech: unknown word (expected yes or no)" },
		{ "density = huge\n", "expected normal or roomy" },
		{ "text-scale = 4\n", "expected a whole number from 1 to 3" },
		{ "text-scale = 2x\n", "expected a whole number from 1 to 3" },
		{ "idle-lock = 99999999999999999999\n", "from 30 to 3600" },
		{ "idle-lock = 60\nidle-warn = 60\n", "must be shorter" },
		{ "[colours]\ngreeting = 16 231\n",
		  "bad.theme:2: greeting: unknown role (normal, title" },
		{ "[colours]\nnormal = 15 16\n", "not a colour (expected default, or 16 to 231" },
		{ "[colours]\nnormal = 232 16\n", "not a colour" },
		{ "[colours]\nnormal = 231\n", "not a colour" },
		{ "[colours]\nnormal = 231 16 blink\n", "unknown attribute (expected bold" },
		{ "[colours]\nnormal = 231 default\n", "one colour alone" },
		{ "[colours]\nnormal = 59 16\n", "contrast 3.2" },
		{ "[colours]\ncredit = 102 16\n", "at least 7.0:1" },
		{ "[mono]\nfocus = loud\n", "unknown attribute" },
		{ "[colors]\nfocus = 16 231\n", "unknown section [colors]" },
		{ "title = a\nbase = bad\n", "base must be the first line" },
		{ "base = bad\n", "builds on too many others, or on itself" },
		{ "base = ../standard\n", "is no theme name" },
		{ "base = absent\n", "absent.theme" },
	};

	for (size_t i = 0; i < COUNT(bad); i++) {
		struct edition e;
		struct err err = { 0 };

		write_theme("bad", bad[i].text);
		ok(edition_load_from(dir, "bad", &e, &err) < 0 && strstr(err.text, bad[i].says),
		   "refused with \"%s\": %s", bad[i].says, err.text);
	}
	remove_theme("bad");
}

static void test_base(void)
{
	struct edition e;
	struct err err = { 0 };

	write_theme("one", "title = One\nhome = a b\n[colours]\ncredit = 231 16\n");
	write_theme("two", "base = one\nhome = c\n[colours]\ncredit = 16 231 bold\n");
	ok(edition_load_from(dir, "two", &e, &err) == 0, "a theme on a theme: %s", err.text);
	is_str(e.title, "One", "what it does not say comes from its base");
	is_int(e.home_count, 1, "what it says replaces");
	is_int(e.styles[ROLE_CREDIT].background, 231, "role by role");
	is_int(e.styles[ROLE_NORMAL].foreground, -1, "a role nobody names is the terminal's own");
	edition_release(&e);
	remove_theme("one");
	remove_theme("two");
}

int main(void)
{
	char themes[4096];

	is_int(contrast_of(231, 16), 2100, "white on black");
	is_int(contrast_of(16, 231), 2100, "black on white");
	is_int(contrast_of(88, 88), 100, "a colour on itself");
	is_int(contrast_of(231, 88), 1034, "white on 88 is the 10.3:1 known from WCAG");
	snprintf(themes, sizeof(themes), "%s/themes", getenv("srcdir") ? getenv("srcdir") : ".");
	test_own_themes(themes);
	if (!mkdtemp(dir))
		return 1;
	test_refused();
	test_base();
	rmdir(dir);
	return done();
}
