/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/catalogue.h"

#include <dirent.h>
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"

#define DOMAIN	  "bankterm"
#define MO_MAGIC  0x950412deu
#define MO_HEADER 20 /* magic, revision, count, offset of originals, offset of translations */
#define MO_MAX	  ((size_t)16 << 20)

struct catalogue {
	size_t count;
	bool is_swapped;		  /* written on a machine of the other byte order */
	uint32_t originals, translations; /* offsets of the tables of (length, offset) */
	size_t size;
	char bytes[];
};

static uint32_t word_at(const struct catalogue *c, size_t offset)
{
	uint32_t word;

	memcpy(&word, c->bytes + offset, sizeof(word));
	return c->is_swapped ? __builtin_bswap32(word) : word;
}

/* String i of a table; parsing has checked its bounds. */
static const char *string_at(const struct catalogue *c, uint32_t table, size_t i)
{
	return c->bytes + word_at(c, table + 8 * i + 4);
}

/* The table lies inside the file, and so does each string with its NUL. */
static bool is_table_sound(const struct catalogue *c, uint32_t table)
{
	if (table > c->size || c->count > (c->size - table) / 8)
		return false;
	for (size_t i = 0; i < c->count; i++) {
		size_t length = word_at(c, table + 8 * i), offset = word_at(c, table + 8 * i + 4);

		if (offset >= c->size || length >= c->size - offset ||
		    c->bytes[offset + length] != '\0')
			return false;
	}
	return true;
}

/* Look-ups halve the table: it must be in order. */
static bool is_sorted(const struct catalogue *c)
{
	for (size_t i = 1; i < c->count; i++)
		if (strcmp(string_at(c, c->originals, i - 1), string_at(c, c->originals, i)) >= 0)
			return false;
	return true;
}

static bool is_sound(struct catalogue *c)
{
	uint32_t magic;

	if (c->size < MO_HEADER)
		return false;
	magic = word_at(c, 0);
	c->is_swapped = magic == __builtin_bswap32(MO_MAGIC);
	if ((magic != MO_MAGIC && !c->is_swapped) || word_at(c, 4) >> 16 > 1)
		return false;
	c->count = word_at(c, 8);
	c->originals = word_at(c, 12);
	c->translations = word_at(c, 16);
	return is_table_sound(c, c->originals) && is_table_sound(c, c->translations) &&
	       is_sorted(c);
}

int catalogue_parse(const void *bytes, size_t n, struct catalogue **ret, struct err *err)
{
	struct catalogue *c = n > MO_MAX ? NULL : malloc(sizeof(*c) + n);

	if (n > MO_MAX)
		return err_set(err, -EINVAL, _("The message catalogue is larger than 16 MiB"));
	if (!c)
		return err_set(err, -ENOMEM, _("Out of memory"));
	*c = (struct catalogue){ .size = n };
	if (n)
		memcpy(c->bytes, bytes, n);
	if (!is_sound(c)) {
		free(c);
		return err_set(err, -EINVAL, _("This is not a message catalogue (.mo file)"));
	}
	*ret = c;
	return 0;
}

int catalogue_load(const char *path, struct catalogue **ret, struct err *err)
{
	_cleanup_(buf_release) struct buf bytes;
	int r;

	buf_init(&bytes, MO_MAX);
	r = file_read(path, &bytes, err);
	if (r < 0)
		return r;
	r = catalogue_parse(bytes.data, bytes.len, ret, err);
	return r < 0 ? err_prefix(err, r, "%s", path) : 0;
}

void catalogue_free(struct catalogue *c)
{
	free(c);
}

const char *catalogue_get(const struct catalogue *c, const char *msgid)
{
	size_t low = 0,
	       high = c && *msgid ? c->count : 0; /* "" is the catalogue's own header, no text */

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = strcmp(msgid, string_at(c, c->originals, middle));
		const char *found;

		if (order == 0) {
			found = string_at(c, c->translations, middle);
			return *found ? found : msgid;
		}
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return msgid;
}

/* DIR of "DIR/<language>/LC_MESSAGES/bankterm.mo" beside the running program; NULL when it cannot
 * be told. */
static char *beside_executable(void)
{
	char exe[4096];
	ssize_t n = readlink("/proc/self/exe", exe, sizeof(exe) - 1);
	char *slash;

	if (n < 0)
		return NULL;
	exe[n] = '\0';
	slash = strrchr(exe, '/');
	if (!slash)
		return NULL;
	*slash = '\0';
	return file_join(exe, "locale");
}

static char *mo_path(const char *dir, const char *language)
{
	struct buf path;

	buf_init(&path, 0);
	buf_printf(&path, "%s/%s/LC_MESSAGES/" DOMAIN ".mo", dir, language);
	return buf_detach(&path);
}

/* How well a directory name serves a language tag: 2 the same, 1 the same language elsewhere, 0
 * not. */
static int match(const char *tag, const char *name)
{
	size_t n = strcspn(tag, "-_.@");

	if (n == 0 || n != strcspn(name, "_") || strncasecmp(tag, name, n) != 0)
		return 0;
	return tag[n] && name[n] && !strcasecmp(tag + n + 1, name + n + 1) ? 2 : 1;
}

/* The best language below dir that has our catalogue, malloc'ed; the tag itself never becomes part
 * of a path. */
static char *best_below(const char *dir, const char *tag)
{
	_cleanup_(free_ptr) char *best = NULL;
	struct dirent **entries = NULL;
	int best_match = 0, n = scandir(dir, &entries, NULL, alphasort);

	for (int i = 0; i < n; i++) {
		int quality = match(tag, entries[i]->d_name);
		char *path = quality > best_match ? mo_path(dir, entries[i]->d_name) : NULL;

		if (path && access(path, R_OK) == 0) {
			free(best);
			best = strdup(entries[i]->d_name);
			best_match = quality;
		}
		free(path);
		free(entries[i]);
	}
	free(entries);
	return TAKE_PTR(best);
}

/* The directory and language of the catalogue for a tag; false when there is none. Both malloc'ed.
 */
static bool find(const char *tag, char **ret_dir, char **ret_language)
{
	_cleanup_(free_ptr) char *beside = beside_executable();
	const char *dirs[] = { beside, LOCALEDIR };

	for (size_t i = 0; i < COUNT(dirs); i++) {
		char *language = dirs[i] ? best_below(dirs[i], tag) : NULL;

		if (language) {
			*ret_dir = strdup(dirs[i]);
			*ret_language = language;
			return true;
		}
	}
	return false;
}

char *catalogue_path(const char *language)
{
	_cleanup_(free_ptr) char *dir = NULL, *found = NULL;

	return find(language, &dir, &found) && dir ? mo_path(dir, found) : NULL;
}

void catalogue_use(const char *language)
{
	_cleanup_(free_ptr) char *dir = NULL, *found = NULL;

	find(language, &dir, &found);
	setenv("LANGUAGE", found ? found : "en", 1);
	/* binding anew also makes gettext forget the language before */
	bindtextdomain(DOMAIN, dir ? dir : LOCALEDIR);
	bind_textdomain_codeset(DOMAIN, "UTF-8");
	textdomain(DOMAIN);
}
