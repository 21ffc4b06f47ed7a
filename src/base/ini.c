/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/ini.h"

#include <errno.h>
#include <string.h>

#include "base/buf.h"
#include "base/catalogue.h"
#include "base/file.h"
#include "base/macros.h"
#include "base/text.h"

#define INI_FILE_MAX ((size_t)1 << 20)
#define INI_LINE_MAX 4096

static const char name_characters[] =
	"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";

struct parser {
	struct ini *ini;
	size_t cap;
	char *section;
	const char *line; /* NUL-terminated copy of the current line */
	int number;
	struct err *err;
};

static int out_of_memory(struct parser *p)
{
	return err_set(p->err, -ENOMEM, _("Out of memory"));
}

/* Name file, line and column; `at` points into the line. */
static int refuse(struct parser *p, const char *at, const char *what)
{
	int column = 1;
	uint32_t cp;

	for (const char *s = p->line; s < at; column++)
		s += text_decode(s, strnlen(s, 4), &cp);
	return err_set(p->err, -EINVAL, "%s:%d:%d: %s", p->ini->name, p->number, column, what);
}

static const char *skip_spaces(const char *s)
{
	return s + strspn(s, " \t");
}

static int parse_section(struct parser *p, const char *at)
{
	size_t n = strspn(at + 1, name_characters);
	const char *end = at + 1 + n;

	if (n == 0 || *end != ']')
		return refuse(
			p, end,
			_("expected a section name of letters, digits, '.', '_' or '-', and ']'"));
	if (*skip_spaces(end + 1))
		return refuse(p, skip_spaces(end + 1), _("nothing may follow ']'"));
	free(p->section);
	p->section = strndup(at + 1, n);
	return p->section ? 0 : out_of_memory(p);
}

static int add_entry(struct parser *p, const struct ini_entry *entry)
{
	struct ini *ini = p->ini;
	struct ini_entry *bigger;
	size_t cap;

	if (!entry->section || !entry->key || !entry->value)
		return -ENOMEM;
	if (ini->count == p->cap) {
		cap = p->cap ? 2 * p->cap : 32;
		bigger = reallocarray(ini->entries, cap, sizeof(*bigger));
		if (!bigger)
			return -ENOMEM;
		ini->entries = bigger;
		p->cap = cap;
	}
	ini->entries[ini->count++] = *entry;
	return 0;
}

static int parse_pair(struct parser *p, const char *at)
{
	struct ini_entry entry = { .line = p->number };
	size_t n = strspn(at, name_characters), length;
	const char *equals = skip_spaces(at + n), *value;

	if (n == 0)
		return refuse(p, at, _("expected 'key = value', '[section]' or a comment"));
	if (*equals != '=')
		return refuse(p, equals, _("expected '=' behind the key"));
	value = skip_spaces(equals + 1);
	length = strlen(value);
	while (length > 0 && strchr(" \t", value[length - 1]))
		length--;
	entry.section = strdup(p->section ? p->section : "");
	entry.key = strndup(at, n);
	entry.value = strndup(value, length);
	if (add_entry(p, &entry) < 0) {
		free(entry.section);
		free(entry.key);
		free(entry.value);
		return out_of_memory(p);
	}
	return 0;
}

static int parse_line(struct parser *p)
{
	const char *at = skip_spaces(p->line);

	if (!*at || *at == '#' || *at == ';')
		return 0;
	return *at == '[' ? parse_section(p, at) : parse_pair(p, at);
}

/* Lines are checked as bytes before anything reads them as text. */
static int take_line(struct parser *p, const char *bytes, size_t n, char line[INI_LINE_MAX + 1])
{
	if (n > 0 && bytes[n - 1] == '\r')
		n--;
	p->line = line;
	line[0] = '\0';
	if (n > INI_LINE_MAX)
		return refuse(p, line, _("the line is longer than 4096 bytes"));
	if (memchr(bytes, '\0', n) || !text_is_utf8(bytes, n))
		return refuse(p, line, _("the line is not UTF-8 text"));
	memcpy(line, bytes, n);
	line[n] = '\0';
	for (size_t i = 0; i < n; i++)
		if ((unsigned char)line[i] < ' ' && line[i] != '\t')
			return refuse(p, line + i, _("a control character"));
	return parse_line(p);
}

static int compare_entries(const void *a, const void *b)
{
	const struct ini_entry *x = *(const struct ini_entry *const *)a,
			       *y = *(const struct ini_entry *const *)b;
	int r = strcmp(x->section, y->section);

	if (r == 0)
		r = strcmp(x->key, y->key);
	return r ? r : (x->line > y->line) - (x->line < y->line);
}

/* Sorted, because a hostile file may have a hundred thousand keys; the first repetition in the file
 * is named. */
static int check_duplicates(struct parser *p)
{
	const struct ini *ini = p->ini;
	const struct ini_entry **sorted, *repeated = NULL;

	if (ini->count < 2)
		return 0;
	sorted = calloc(ini->count, sizeof(*sorted));
	if (!sorted)
		return out_of_memory(p);
	for (size_t i = 0; i < ini->count; i++)
		sorted[i] = &ini->entries[i];
	qsort(sorted, ini->count, sizeof(*sorted), compare_entries);
	for (size_t i = 1; i < ini->count; i++)
		if (!strcmp(sorted[i - 1]->section, sorted[i]->section) &&
		    !strcmp(sorted[i - 1]->key, sorted[i]->key) &&
		    (!repeated || sorted[i]->line < repeated->line))
			repeated = sorted[i];
	free(sorted);
	if (!repeated)
		return 0;
	return err_set(p->err, -EINVAL, _("%s:%d:1: the key '%s' appears twice in its section"),
		       ini->name, repeated->line, repeated->key);
}

static int parse(struct parser *p, const char *text, size_t n)
{
	_cleanup_(free_ptr) char *line = malloc(INI_LINE_MAX + 1);
	const char *end = text + n, *newline;
	int r = 0;

	if (!p->ini->name || !line)
		return out_of_memory(p);
	if (n > INI_FILE_MAX)
		return err_set(p->err, -EFBIG, _("%s is larger than 1 MiB"), p->ini->name);
	if (n >= 3 &&
	    !memcmp(text, "\xef\xbb\xbf", 3)) /* some editors begin a file with this mark */
		text += 3;
	for (; r == 0 && text < end; text = newline + 1) {
		newline = memchr(text, '\n', (size_t)(end - text));
		if (!newline)
			newline = end;
		p->number++;
		r = take_line(p, text, (size_t)(newline - text), line);
	}
	return r < 0 ? r : check_duplicates(p);
}

int ini_parse(const char *name, const char *text, size_t n, struct ini *ret, struct err *err)
{
	struct ini ini = { .name = strdup(name) };
	struct parser p = { .ini = &ini, .err = err };
	int r = parse(&p, text, n);

	free(p.section);
	if (r < 0) {
		ini_release(&ini);
		return r;
	}
	*ret = ini;
	return 0;
}

int ini_load(const char *path, struct ini *ret, struct err *err)
{
	_cleanup_(buf_wipe) struct buf text;
	int r;

	buf_init(&text, INI_FILE_MAX);
	r = file_read(path, &text, err);
	return r < 0 ? r : ini_parse(path, text.data, text.len, ret, err);
}

void ini_release(struct ini *ini)
{
	for (size_t i = 0; i < ini->count; i++) {
		free(ini->entries[i].section);
		free(ini->entries[i].key);
		free(ini->entries[i].value);
	}
	free(ini->entries);
	free(ini->name);
	*ini = (struct ini){ 0 };
}

const char *ini_get(const struct ini *ini, const char *section, const char *key)
{
	for (size_t i = 0; i < ini->count; i++)
		if (!strcmp(ini->entries[i].section, section) && !strcmp(ini->entries[i].key, key))
			return ini->entries[i].value;
	return NULL;
}
