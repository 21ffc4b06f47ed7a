/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/settings.h"

#include <errno.h>
#include <libgen.h>
#include <stdbool.h>
#include <string.h>

#include "base/catalogue.h"
#include "base/file.h"
#include "base/ini.h"

#define SETTINGS_MAX (64 << 10)

char *settings_path(void)
{
	const char *config = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");

	if (config && *config == '/')
		return file_join(config, "bankterm/bankterm.ini");
	return home && *home == '/' ? file_join(home, ".config/bankterm/bankterm.ini") : NULL;
}

static int read_text(char **field, const char *value)
{
	free(*field);
	*field = strdup(value);
	return *field ? 0 : -ENOMEM;
}

static int read_language(struct settings *s, const char *value)
{
	if (strcmp(value, "en") != 0 && strcmp(value, "zh_CN") != 0)
		return -EINVAL;
	return read_text(&s->language, value);
}

static int read_edition(struct settings *s, const char *value)
{
	return *value && !strchr(value, '/') ? read_text(&s->edition, value) : -EINVAL;
}

static int read_lock_seconds(struct settings *s, const char *value)
{
	char *end;
	long n = strtol(value, &end, 10);

	if (end == value || *end || n < 30 || n > 3600)
		return -EINVAL;
	s->lock_seconds = (int)n;
	return 0;
}

static const struct {
	const char *key;
	int (*read)(struct settings *s, const char *value);
	const char *expected;
} keys[] = {
	{ "language", read_language, N_("en or zh_CN") },
	{ "edition", read_edition, N_("the name of a theme") },
	{ "lock_seconds", read_lock_seconds, N_("a number from 30 to 3600") },
};

static int read_entry(struct settings *s, const struct ini *ini, const struct ini_entry *e, struct err *err)
{
	for (size_t i = 0; i < COUNT(keys); i++) {
		if (*e->section || strcmp(keys[i].key, e->key) != 0)
			continue;
		if (keys[i].read(s, e->value) == 0)
			return 0;
		return err_set(err, -EINVAL, _("%s, line %d: \"%s\" for %s: expected %s."), ini->name, e->line,
			       e->value, e->key, _(keys[i].expected));
	}
	return err_set(err, -EINVAL, _("%s, line %d: there is no setting \"%s\"; there are language, edition and "
				       "lock_seconds."), ini->name, e->line, e->key);
}

int settings_load(const char *path, struct settings *ret, struct err *err)
{
	_cleanup_(settings_release) struct settings s = { 0 };
	_cleanup_(ini_release) struct ini ini = { 0 };
	struct err problem;
	int r = ini_load(path, &ini, &problem);

	if (r == -ENOENT)
		r = 0;
	else if (r < 0)
		return err_set(err, r, "%s", problem.text);
	for (size_t i = 0; r == 0 && i < ini.count; i++)
		r = read_entry(&s, &ini, &ini.entries[i], err);
	if (r < 0)
		return r;
	*ret = s;
	s = (struct settings){ 0 };
	return 0;
}

void settings_release(struct settings *s)
{
	free(s->language);
	free(s->edition);
	*s = (struct settings){ 0 };
}

/* True for "key = ..." or "key=...". */
static bool line_sets(const char *line, const char *key)
{
	size_t n = strlen(key);

	line += strspn(line, " \t");
	return !strncmp(line, key, n) && line[n + strspn(line + n, " \t")] == '=';
}

/* The settings stand before the first section, so a new one goes first. */
static void prepend(struct buf *text, const char *key, const char *value)
{
	char *rest = buf_detach(text);

	buf_printf(text, "%s = %s\n%s", key, value, rest ? rest : "");
	free(rest);
}

int settings_remember(const char *path, const char *key, const char *value)
{
	_cleanup_(buf_release) struct buf old, next;
	_cleanup_(free_ptr) char *dir = path ? strdup(path) : NULL;
	bool is_set = false;
	int r;

	buf_init(&old, SETTINGS_MAX);
	buf_init(&next, SETTINGS_MAX + 512);
	if (!path || !dir)
		return -ENOENT;
	r = file_make_private_dir(dirname(dir), NULL);
	if (r == 0)
		r = file_read(path, &old, NULL);
	if (r < 0 && r != -ENOENT)
		return r;
	for (char *line = old.len ? old.data : NULL, *end; line && *line; line = end ? end + 1 : NULL) {
		end = strchr(line, '\n');
		if (end)
			*end = '\0';
		if (line_sets(line, key)) {
			buf_printf(&next, "%s = %s\n", key, value);
			is_set = true;
		} else {
			buf_printf(&next, "%s\n", line);
		}
	}
	if (!is_set)
		prepend(&next, key, value);
	return next.failed ? -EFBIG : file_replace(path, next.data, next.len, 0600, NULL);
}
