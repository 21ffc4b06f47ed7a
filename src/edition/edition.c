/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "edition/edition.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/catalogue.h"
#include "base/file.h"
#include "edition/theme.h"

#define THEME_SUFFIX ".theme"

const char *const role_names[ROLE_COUNT] = {
	[ROLE_NORMAL] = "normal", [ROLE_TITLE] = "title",     [ROLE_HEADING] = "heading",
	[ROLE_STRONG] = "strong", [ROLE_MUTED] = "muted",     [ROLE_CREDIT] = "credit",
	[ROLE_DEBIT] = "debit",	  [ROLE_SUCCESS] = "success", [ROLE_WARNING] = "warning",
	[ROLE_ERROR] = "error",	  [ROLE_FOCUS] = "focus",     [ROLE_FIELD] = "field",
	[ROLE_KEYS] = "keys",	  [ROLE_BORDER] = "border",   [ROLE_FIGURE] = "figure",
};

/* The titles of the themes that come with the program: they stand in files that xgettext does not
 * read. */
static const char *const own_titles[] UNUSED = { N_("Standard"), N_("Without colour") };

void edition_release(struct edition *e)
{
	free(e->name);
	free(e->title);
	for (size_t i = 0; i < e->home_count; i++)
		free(e->home[i]);
	*e = (struct edition){ 0 };
}

char *edition_dir(void)
{
	char exe[4096];
	ssize_t n = readlink("/proc/self/exe", exe, sizeof(exe) - 1);
	char *slash, *beside = NULL;

	if (n > 0) {
		exe[n] = '\0';
		slash = strrchr(exe, '/');
		*slash = '\0';
		beside = file_join(exe, "themes");
	}
	if (beside && access(beside, X_OK) == 0)
		return beside;
	free(beside);
	return strdup(PKGDATADIR "/themes");
}

int edition_load_from(const char *dir, const char *name, struct edition *ret, struct err *err)
{
	struct edition e = { .has_colour = true,
			     .text_scale = 1,
			     .idle_lock_seconds = 300,
			     .idle_warn_seconds = 30 };
	int r;

	for (size_t i = 0; i < ROLE_COUNT; i++)
		e.styles[i] = (struct style){ .foreground = -1, .background = -1 };
	r = theme_apply(dir, name, &e, 0, err);
	if (r == 0 && !e.title)
		e.title = strdup(name);
	free(e.name);
	e.name = strdup(name);
	if (r == 0 && (!e.name || !e.title))
		r = err_set(err, -ENOMEM, _("Out of memory"));
	if (r < 0) {
		edition_release(&e);
		return r;
	}
	*ret = e;
	return 0;
}

int edition_load(const char *name, struct edition *ret, struct err *err)
{
	_cleanup_(free_ptr) char *dir = edition_dir();

	if (!dir)
		return err_set(err, -ENOMEM, _("Out of memory"));
	return edition_load_from(dir, name, ret, err);
}

static int is_theme(const struct dirent *d)
{
	size_t n = strlen(d->d_name), suffix = strlen(THEME_SUFFIX);

	return n > suffix && d->d_name[0] != '.' && !strcmp(d->d_name + n - suffix, THEME_SUFFIX);
}

int edition_list(char ***ret, size_t *ret_count)
{
	_cleanup_(free_ptr) char *dir = edition_dir();
	struct dirent **found = NULL;
	int n = dir ? scandir(dir, &found, is_theme, alphasort) : -1;
	int code = n < 0 ? -errno : 0;
	char **list = n > 0 ? calloc((size_t)n, sizeof(*list)) : NULL;

	if (n > 0 && !list)
		code = -ENOMEM;
	for (int i = 0; i < n; i++) {
		if (list)
			list[i] = strndup(found[i]->d_name,
					  strlen(found[i]->d_name) - strlen(THEME_SUFFIX));
		if (list && !list[i])
			code = -ENOMEM;
		free(found[i]);
	}
	free(found);
	if (code < 0) {
		for (int i = 0; list && i < n; i++)
			free(list[i]);
		free(list);
		return code;
	}
	*ret = list;
	*ret_count = (size_t)n;
	return 0;
}
