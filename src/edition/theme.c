/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "edition/theme.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/catalogue.h"
#include "base/file.h"
#include "base/ini.h"
#include "edition/contrast.h"

#define BASES_MAX	4
#define CONTRAST_TEXT	450 /* WCAG 1.4.3 */
#define CONTRAST_AMOUNT 700 /* WCAG 1.4.6: amounts and errors must be read by everybody */

struct theme {
	const char *dir;
	struct ini ini;
	struct edition *edition;
	int depth; /* bases above this one */
	struct err *err;
};

static int refuse(const struct theme *t, const struct ini_entry *at, const char *what,
		  const char *allowed)
{
	return err_set(t->err, -EINVAL, "%s:%d: %s: %s (%s)", t->ini.name, at->line, at->key, what,
		       allowed);
}

static int set_text(const struct theme *t, char **to, const char *from)
{
	char *copy = strdup(from);

	if (!copy)
		return err_set(t->err, -ENOMEM, _("Out of memory"));
	free(*to);
	*to = copy;
	return 0;
}

static int read_title(struct theme *t, const struct ini_entry *at)
{
	return set_text(t, &t->edition->title, at->value);
}

static int read_home(struct theme *t, const struct ini_entry *at)
{
	struct edition *e = t->edition;
	const char *s = at->value;

	while (e->home_count)
		free(e->home[--e->home_count]);
	for (;;) {
		size_t n;

		s += strspn(s, " \t");
		n = strcspn(s, " \t");
		if (!n)
			return 0;
		if (e->home_count == EDITION_HOME_MAX)
			return refuse(t, at, _("too many names"), _("at most 24"));
		e->home[e->home_count] = strndup(s, n);
		if (!e->home[e->home_count])
			return err_set(t->err, -ENOMEM, _("Out of memory"));
		e->home_count++;
		s += n;
	}
}

/* Which of the words, -EINVAL with a message when none. */
static int read_word(struct theme *t, const struct ini_entry *at, const char *const words[2],
		     const char *allowed)
{
	for (int i = 0; i < 2; i++)
		if (!strcmp(at->value, words[i]))
			return i;
	return refuse(t, at, _("unknown word"), allowed);
}

static int read_switch(struct theme *t, const struct ini_entry *at, bool *ret)
{
	static const char *const words[2] = { "no", "yes" };
	int r = read_word(t, at, words, _("expected yes or no"));

	if (r < 0)
		return r;
	*ret = r;
	return 0;
}

static int read_density(struct theme *t, const struct ini_entry *at)
{
	static const char *const words[2] = { "normal", "roomy" };
	int r = read_word(t, at, words, _("expected normal or roomy"));

	if (r < 0)
		return r;
	t->edition->density = r ? DENSITY_ROOMY : DENSITY_NORMAL;
	return 0;
}

static int read_one_question(struct theme *t, const struct ini_entry *at)
{
	return read_switch(t, at, &t->edition->one_question);
}

static int read_colour(struct theme *t, const struct ini_entry *at)
{
	return read_switch(t, at, &t->edition->has_colour);
}

static int read_speech(struct theme *t, const struct ini_entry *at)
{
	return read_switch(t, at, &t->edition->speech);
}

static int read_number(struct theme *t, const struct ini_entry *at, int min, int max, int *ret)
{
	char allowed[80], *end;
	long n;

	errno = 0;
	n = strtol(at->value, &end, 10);
	if (errno || end == at->value || *end || n < min || n > max) {
		snprintf(allowed, sizeof(allowed), _("expected a whole number from %d to %d"), min,
			 max);
		return refuse(t, at, _("not allowed"), allowed);
	}
	*ret = (int)n;
	return 0;
}

static int read_scale(struct theme *t, const struct ini_entry *at)
{
	return read_number(t, at, 1, 3, &t->edition->text_scale);
}

static int read_idle_lock(struct theme *t, const struct ini_entry *at)
{
	return read_number(t, at, 30, 3600, &t->edition->idle_lock_seconds);
}

static int read_idle_warn(struct theme *t, const struct ini_entry *at)
{
	return read_number(t, at, 20, 3580, &t->edition->idle_warn_seconds);
}

static int read_base(struct theme *t, const struct ini_entry *at)
{
	if (at != t->ini.entries)
		return refuse(t, at, _("comes too late"), _("base must be the first line"));
	return theme_apply(t->dir, at->value, t->edition, t->depth + 1, t->err);
}

static const struct {
	const char *key;
	int (*read)(struct theme *t, const struct ini_entry *at);
} keys[] = {
	{ "base", read_base },
	{ "title", read_title },
	{ "home", read_home },
	{ "density", read_density },
	{ "one-question", read_one_question },
	{ "text-scale", read_scale },
	{ "colour", read_colour },
	{ "speech", read_speech },
	{ "idle-lock", read_idle_lock },
	{ "idle-warn", read_idle_warn },
};

static int read_key(struct theme *t, const struct ini_entry *at)
{
	char allowed[ERR_TEXT_MAX] = "";
	size_t used = 0;

	for (size_t i = 0; i < COUNT(keys); i++) {
		if (!strcmp(keys[i].key, at->key))
			return keys[i].read(t, at);
		used += (size_t)snprintf(allowed + used, sizeof(allowed) - used, "%s%s",
					 i ? ", " : "", keys[i].key);
	}
	return refuse(t, at, _("unknown key"), allowed);
}

static int read_role(struct theme *t, const struct ini_entry *at)
{
	char allowed[ERR_TEXT_MAX] = "";
	size_t used = 0;

	for (int i = 0; i < ROLE_COUNT; i++) {
		if (!strcmp(role_names[i], at->key))
			return i;
		used += (size_t)snprintf(allowed + used, sizeof(allowed) - used, "%s%s",
					 i ? ", " : "", role_names[i]);
	}
	return refuse(t, at, _("unknown role"), allowed);
}

static const struct {
	const char *word;
	unsigned attr;
} attr_words[] = {
	{ "bold", STYLE_BOLD },
	{ "underline", STYLE_UNDERLINE },
	{ "reverse", STYLE_REVERSE },
	{ "dim", STYLE_DIM },
};

static int read_attrs(struct theme *t, const struct ini_entry *at, const char *s, unsigned *ret)
{
	unsigned attrs = 0;

	for (;;) {
		size_t n, i;

		s += strspn(s, " \t");
		n = strcspn(s, " \t");
		if (!n)
			break;
		for (i = 0; i < COUNT(attr_words); i++)
			if (strlen(attr_words[i].word) == n && !strncmp(attr_words[i].word, s, n))
				break;
		if (i == COUNT(attr_words))
			return refuse(t, at, _("unknown attribute"),
				      _("expected bold, underline, reverse, dim"));
		attrs |= attr_words[i].attr;
		s += n;
	}
	*ret = attrs;
	return 0;
}

/* One colour word at *s, which moves behind it. */
static int read_index(struct theme *t, const struct ini_entry *at, const char **s, short *ret)
{
	const char *word = *s + strspn(*s, " \t");
	size_t n = strcspn(word, " \t");
	char *end;
	long index;

	*s = word + n;
	if (n == strlen("default") && !strncmp(word, "default", n)) {
		*ret = -1;
		return 0;
	}
	index = strtol(word, &end, 10);
	if (!n || end != word + n || index < CUBE_FIRST || index > CUBE_LAST)
		return refuse(t, at, _("not a colour"),
			      _("expected default, or 16 to 231 of the 256 colours"));
	*ret = (short)index;
	return 0;
}

/* Contrast that cannot be computed cannot be promised. */
static int check_contrast(struct theme *t, const struct ini_entry *at, enum role role)
{
	static const bool is_amount[ROLE_COUNT] = {
		[ROLE_CREDIT] = true,
		[ROLE_DEBIT] = true,
		[ROLE_FIGURE] = true,
		[ROLE_ERROR] = true,
	};
	const struct style *s = &t->edition->styles[role];
	int least = is_amount[role] ? CONTRAST_AMOUNT : CONTRAST_TEXT, is;
	char what[80], allowed[80];

	if (s->foreground < 0 && s->background < 0)
		return 0;
	if (s->foreground < 0 || s->background < 0)
		return refuse(t, at, _("one colour alone"),
			      _("expected both colours, or default for both"));
	is = contrast_of(s->foreground, s->background);
	if (is >= least)
		return 0;
	snprintf(what, sizeof(what), _("contrast %d.%02d:1"), is / 100, is % 100);
	snprintf(allowed, sizeof(allowed), _("at least %d.%d:1"), least / 100, least / 10 % 10);
	return refuse(t, at, what, allowed);
}

static int read_style(struct theme *t, const struct ini_entry *at)
{
	int role = read_role(t, at), r = role;
	const char *s = at->value;
	struct style *style;

	if (r < 0)
		return r;
	style = &t->edition->styles[role];
	r = read_index(t, at, &s, &style->foreground);
	if (r == 0)
		r = read_index(t, at, &s, &style->background);
	if (r == 0)
		r = read_attrs(t, at, s, &style->attrs);
	return r < 0 ? r : check_contrast(t, at, (enum role)role);
}

static int read_mono(struct theme *t, const struct ini_entry *at)
{
	int role = read_role(t, at);

	return role < 0 ? role : read_attrs(t, at, at->value, &t->edition->styles[role].mono);
}

static const struct {
	const char *name;
	int (*read)(struct theme *t, const struct ini_entry *at);
} sections[] = {
	{ "", read_key },
	{ "colours", read_style },
	{ "mono", read_mono },
};

static int read_entry(struct theme *t, const struct ini_entry *at)
{
	for (size_t i = 0; i < COUNT(sections); i++)
		if (!strcmp(sections[i].name, at->section))
			return sections[i].read(t, at);
	return err_set(t->err, -EINVAL,
		       _("%s:%d: unknown section [%s] (expected [colours] or [mono])"), t->ini.name,
		       at->line, at->section);
}

static int check_name(const char *name, struct err *err)
{
	static const char allowed[] = "abcdefghijklmnopqrstuvwxyz0123456789-_";

	if (*name && !name[strspn(name, allowed)] && strlen(name) <= 40)
		return 0;
	return err_set(err, -EINVAL,
		       _("'%.40s' is no theme name: small letters, digits, '-' and '_' only"),
		       name);
}

static int read_entries(struct theme *t)
{
	struct edition *e = t->edition;
	int r = 0;

	for (size_t i = 0; r == 0 && i < t->ini.count; i++)
		r = read_entry(t, &t->ini.entries[i]);
	if (r == 0 && e->idle_warn_seconds >= e->idle_lock_seconds)
		r = err_set(t->err, -EINVAL,
			    _("%s: idle-warn (%d) must be shorter than idle-lock (%d)"),
			    t->ini.name, e->idle_warn_seconds, e->idle_lock_seconds);
	return r;
}

int theme_apply(const char *dir, const char *name, struct edition *e, int depth, struct err *err)
{
	struct theme t = { .dir = dir, .edition = e, .depth = depth, .err = err };
	_cleanup_(free_ptr) char *path = NULL;
	int r = check_name(name, err);

	if (r < 0)
		return r;
	if (depth > BASES_MAX)
		return err_set(err, -EINVAL,
			       _("Theme '%s' builds on too many others, or on itself"), name);
	if (asprintf(&path, "%s/%s.theme", dir, name) < 0) {
		path = NULL;
		return err_set(err, -ENOMEM, _("Out of memory"));
	}
	r = ini_load(path, &t.ini, err);
	if (r < 0)
		return r;
	r = read_entries(&t);
	ini_release(&t.ini);
	return r;
}
