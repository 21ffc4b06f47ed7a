/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/json.h"

#include <cjson/cJSON.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/catalogue.h"
#include "base/json_types.h"
#include "base/text.h"

static const struct json_ops *const json_ops[] = {
	[JSON_TEXT] = &json_text_ops,
	[JSON_INT] = &json_int_ops,
	[JSON_BOOL] = &json_bool_ops,
	[JSON_MONEY] = &json_money_ops,
	[JSON_DATE] = &json_date_ops,
	[JSON_INSTANT] = &json_instant_ops,
	[JSON_ENUM] = &json_enum_ops,
	[JSON_OBJECT] = &json_object_ops,
	[JSON_OBJECT_PTR] = &json_object_ptr_ops,
	[JSON_LIST] = &json_list_ops,
	[JSON_TEXTS] = &json_texts_ops,
	[JSON_RAW] = &json_raw_ops,
	[JSON_SECRET] = &json_secret_ops,
};

const struct json_ops *json_ops_of(enum json_type type)
{
	return json_ops[type];
}

/* The name as a JSON pointer's token: the far side chose it, so only plain characters pass. */
static size_t add_token(char *path, size_t len, const char *name)
{
	for (; *name && len < JSON_PATH_MAX - 3; name++) {
		if (*name == '~' || *name == '/') {
			path[len++] = '~';
			path[len++] = *name == '~' ? '0' : '1';
		} else {
			path[len++] = *name > ' ' && *name < 0x7f ? *name : '?';
		}
	}
	path[len] = '\0';
	return len;
}

static size_t add_place(char *path, const struct json_place *at)
{
	char index[24];
	size_t len;

	if (!at)
		return 0;
	len = add_place(path, at->up);
	if (len >= JSON_PATH_MAX - 2)
		return len;
	path[len++] = '/';
	snprintf(index, sizeof(index), "%zu", at->index);
	return add_token(path, len, at->name ? at->name : index);
}

int json_refuse(struct json_reader *rd, const struct json_place *at, int code)
{
	if (rd->path) {
		rd->path[0] = '\0';
		add_place(rd->path, at);
	}
	return code;
}

static bool is_known(const struct json_table *table, const char *name)
{
	for (size_t i = 0; i < table->count; i++)
		if (!strcmp(table->fields[i].name, name))
			return true;
	return false;
}

static int check_known(struct json_reader *rd, const struct json_place *at,
		       const struct cJSON *object, const struct json_table *table)
{
	struct json_place inner = { .up = at };

	for (const struct cJSON *item = object->child; item; item = item->next) {
		inner.name = item->string;
		if (!is_known(table, item->string))
			return json_refuse(rd, &inner, -EEXIST);
	}
	return 0;
}

int json_read_object(struct json_reader *rd, const struct json_place *at,
		     const struct cJSON *object, const struct json_table *table, void *out)
{
	struct json_place inner = { .up = at };
	int r;

	json_init(out, table);
	if (!cJSON_IsObject(object))
		return json_refuse(rd, at, -EINVAL);
	r = rd->mode == JSON_STRICT ? check_known(rd, at, object, table) : 0;
	for (size_t i = 0; r == 0 && i < table->count; i++) {
		const struct json_field *f = &table->fields[i];
		const struct cJSON *v = cJSON_GetObjectItemCaseSensitive(object, f->name);

		inner.name = f->name;
		if (v && !(cJSON_IsNull(v) && (f->flags & JSON_OPTIONAL)))
			r = json_ops_of(f->type)->read(rd, &inner, v, f, json_member(out, f));
		else if (!(f->flags & JSON_OPTIONAL))
			r = json_refuse(rd, &inner, -ENOENT);
	}
	return r;
}

int json_read(const struct cJSON *object, const struct json_table *table, enum json_mode mode,
	      void *out, char *ret_path)
{
	struct json_reader rd = { .mode = mode, .path = ret_path };
	int r = json_read_object(&rd, NULL, object, table, out);

	if (r < 0)
		json_release(out, table);
	return r;
}

/* "" names the whole document: say so in words. */
static int explain(struct err *err, int code, const char *path)
{
	if (code == -ENOMEM)
		return err_set(err, code, _("Out of memory"));
	if (code == -ENOENT)
		return err_set(err, code, _("The field %s is missing"), path);
	if (code == -EEXIST)
		return err_set(err, code, _("The field %s is not known here"), path);
	if (!*path)
		return err_set(err, code, _("The document is not a JSON object"));
	return err_set(err, code, _("The field %s does not have the expected form"), path);
}

int json_read_text(const char *text, size_t n, const struct json_table *table, enum json_mode mode,
		   void *out, struct err *err)
{
	_cleanup_(json_freep) struct cJSON *document = NULL;
	char path[JSON_PATH_MAX] = "";
	int r = json_parse(text, n, &document, err);

	if (r < 0)
		return r;
	r = json_read(document, table, mode, out, path);
	return r < 0 ? explain(err, r, path) : 0;
}

int json_write(const void *in, const struct json_table *table, struct buf *out)
{
	const char *before = "\"";
	int r = buf_putc(out, '{');

	for (size_t i = 0; r == 0 && i < table->count; i++) {
		const struct json_field *f = &table->fields[i];
		const struct json_ops *ops = json_ops_of(f->type);
		const void *member = json_const_member(in, f);

		if (ops->is_absent(member, f)) {
			if (f->flags & JSON_OPTIONAL)
				continue;
			out->failed = true;
			return -ENOENT;
		}
		buf_puts(out, before);
		buf_puts(out, f->name);
		r = buf_puts(out, "\":");
		if (r == 0)
			r = ops->write(member, f, out);
		before = ",\"";
	}
	return r < 0 ? r : buf_putc(out, '}');
}

static int add_escaped(struct buf *out, uint32_t cp, const char *bytes, size_t n)
{
	static const char plain[] = "\"\\\b\f\n\r\t", letters[] = "\"\\bfnrt";
	const char *found = cp && cp < 0x80 ? strchr(plain, (int)cp) : NULL;

	if (found)
		return buf_printf(out, "\\%c", letters[found - plain]);
	if (cp < 0x20)
		return buf_printf(out, "\\u%04x", (unsigned)cp);
	return cp == 0xfffd ? buf_puts(out, "\xef\xbf\xbd") : buf_add(out, bytes, n);
}

/* The bytes at s that stand for themselves: most texts are one such run. */
static size_t plain_run(const char *s)
{
	size_t n = 0;

	while (s[n] >= 0x20 && s[n] < 0x7f && s[n] != '"' && s[n] != '\\')
		n++;
	return n;
}

int json_write_text(const char *s, struct buf *out)
{
	size_t left = strlen(s), n;
	uint32_t cp;
	int r = buf_putc(out, '"');

	for (; r == 0 && left > 0; s += n, left -= n) {
		n = plain_run(s);
		if (n) {
			r = buf_add(out, s, n);
			continue;
		}
		n = text_decode(s, left, &cp);
		r = add_escaped(out, cp, s, n);
	}
	return r < 0 ? r : buf_putc(out, '"');
}

void json_init(void *out, const struct json_table *table)
{
	memset(out, 0, table->size);
	for (size_t i = 0; i < table->count; i++) {
		const struct json_field *f = &table->fields[i];

		if (f->type == JSON_DATE)
			*(date_days *)json_member(out, f) = DATE_NONE;
		if (f->type == JSON_OBJECT)
			json_init(json_member(out, f), f->sub);
	}
}

void json_release(void *in, const struct json_table *table)
{
	for (size_t i = 0; i < table->count; i++) {
		const struct json_field *f = &table->fields[i];

		if (json_ops_of(f->type)->release)
			json_ops_of(f->type)->release(json_member(in, f), f);
	}
	memset(in, 0, table->size);
}

int json_copy(const void *in, const struct json_table *table, void *out)
{
	int r = 0;

	json_init(out, table);
	for (size_t i = 0; r == 0 && i < table->count; i++) {
		const struct json_field *f = &table->fields[i];

		r = json_ops_of(f->type)->copy(json_const_member(in, f), f, json_member(out, f));
	}
	if (r < 0)
		json_release(out, table);
	return r;
}
