/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Objects and lists. */
#include <cjson/cJSON.h>
#include <errno.h>
#include <string.h>

#include "base/json_types.h"

#define LIST_MAX_DEFAULT 1000

/* A list's count stands right behind its pointer. */
static size_t *count_of(void *member)
{
	return (size_t *)(void *)((char *)member + sizeof(void *));
}

static size_t const_count_of(const void *member)
{
	return *(const size_t *)(const void *)((const char *)member + sizeof(void *));
}

static bool object_ptr_is_absent(const void *member, const struct json_field *f)
{
	(void)f;
	return !*(void *const *)member;
}

static int object_read(struct json_reader *rd, const struct json_place *at, const struct cJSON *v,
		       const struct json_field *f, void *member)
{
	return json_read_object(rd, at, v, f->sub, member);
}

static int object_write(const void *member, const struct json_field *f, struct buf *out)
{
	return json_write(member, f->sub, out);
}

/* An embedded object is absent when it may be and there is nothing in it. */
static bool object_is_absent(const void *member, const struct json_field *f)
{
	if (!(f->flags & JSON_OPTIONAL))
		return false;
	for (size_t i = 0; i < f->sub->count; i++) {
		struct json_field inner = f->sub->fields[i];

		inner.flags |= JSON_OPTIONAL;
		if (!json_ops_of(inner.type)->is_absent(json_const_member(member, &inner), &inner))
			return false;
	}
	return true;
}

static int object_copy(const void *from, const struct json_field *f, void *to)
{
	return json_copy(from, f->sub, to);
}

static void object_release(void *member, const struct json_field *f)
{
	json_release(member, f->sub);
}

static int object_ptr_read(struct json_reader *rd, const struct json_place *at,
			   const struct cJSON *v, const struct json_field *f, void *member)
{
	void **object = member;

	*object = calloc(1, f->sub->size);
	if (!*object)
		return json_refuse(rd, at, -ENOMEM);
	return json_read_object(rd, at, v, f->sub, *object);
}

static int object_ptr_write(const void *member, const struct json_field *f, struct buf *out)
{
	return json_write(*(void *const *)member, f->sub, out);
}

static int object_ptr_copy(const void *from, const struct json_field *f, void *to)
{
	const void *object = *(void *const *)from;
	void **copy = to;

	if (!object)
		return 0;
	*copy = calloc(1, f->sub->size);
	return *copy ? json_copy(object, f->sub, *copy) : -ENOMEM;
}

static void object_ptr_release(void *member, const struct json_field *f)
{
	void *object = *(void **)member;

	if (object)
		json_release(object, f->sub);
	free(object);
}

/* Room for the elements of an array, zeroed, so that a half-read list releases cleanly. */
static int list_new(size_t count, size_t size, void *member)
{
	void **elements = member;

	if (count == 0)
		return 0;
	*elements = calloc(count, size);
	if (!*elements)
		return -ENOMEM;
	*count_of(member) = count;
	return 0;
}

static int list_begin(struct json_reader *rd, const struct json_place *at, const struct cJSON *v,
		      const struct json_field *f, size_t size, void *member)
{
	size_t count;
	int r;

	if (!cJSON_IsArray(v))
		return json_refuse(rd, at, -EINVAL);
	count = (size_t)cJSON_GetArraySize(v);
	if (count > (f->max ? f->max : LIST_MAX_DEFAULT))
		return json_refuse(rd, at, -EINVAL);
	r = list_new(count, size, member);
	return r < 0 ? json_refuse(rd, at, r) : 0;
}

static int list_read(struct json_reader *rd, const struct json_place *at, const struct cJSON *v,
		     const struct json_field *f, void *member)
{
	struct json_place inner = { .up = at };
	int r = list_begin(rd, at, v, f, f->sub->size, member);

	for (const struct cJSON *item = v->child; r == 0 && item; item = item->next, inner.index++)
		r = json_read_object(rd, &inner, item, f->sub,
				     *(char **)member + inner.index * f->sub->size);
	return r;
}

static int list_write(const void *member, const struct json_field *f, struct buf *out)
{
	const char *element = *(char *const *)member;
	int r = buf_putc(out, '[');

	for (size_t i = 0; r == 0 && i < const_count_of(member); i++, element += f->sub->size) {
		if (i > 0)
			buf_putc(out, ',');
		r = json_write(element, f->sub, out);
	}
	return r < 0 ? r : buf_putc(out, ']');
}

static bool list_is_absent(const void *member, const struct json_field *f)
{
	return (f->flags & JSON_OPTIONAL) && const_count_of(member) == 0;
}

static int list_copy(const void *from, const struct json_field *f, void *to)
{
	size_t size = f->sub->size;
	int r = list_new(const_count_of(from), size, to);

	for (size_t i = 0; r == 0 && i < const_count_of(from); i++)
		r = json_copy(*(char *const *)from + i * size, f->sub, *(char **)to + i * size);
	return r;
}

static void list_release(void *member, const struct json_field *f)
{
	char *elements = *(char **)member;

	for (size_t i = 0; i < const_count_of(member); i++)
		json_release(elements + i * f->sub->size, f->sub);
	free(elements);
}

static int texts_read(struct json_reader *rd, const struct json_place *at, const struct cJSON *v,
		      const struct json_field *f, void *member)
{
	static const struct json_field element = { .type = JSON_TEXT };
	struct json_place inner = { .up = at };
	int r = list_begin(rd, at, v, f, sizeof(char *), member);

	for (const struct cJSON *item = v->child; r == 0 && item; item = item->next, inner.index++)
		r = json_text_ops.read(rd, &inner, item, &element, *(char ***)member + inner.index);
	return r;
}

static int texts_write(const void *member, const struct json_field *f, struct buf *out)
{
	char *const *texts = *(char **const *)member;
	int r = buf_putc(out, '[');

	for (size_t i = 0; r == 0 && i < const_count_of(member); i++) {
		if (i > 0)
			buf_putc(out, ',');
		r = json_text_ops.write(&texts[i], f, out);
	}
	return r < 0 ? r : buf_putc(out, ']');
}

static int texts_copy(const void *from, const struct json_field *f, void *to)
{
	int r = list_new(const_count_of(from), sizeof(char *), to);

	for (size_t i = 0; r == 0 && i < const_count_of(from); i++)
		r = json_text_ops.copy(*(char **const *)from + i, f, *(char ***)to + i);
	return r;
}

static void texts_release(void *member, const struct json_field *f)
{
	char **texts = *(char ***)member;

	(void)f;
	for (size_t i = 0; i < const_count_of(member); i++)
		free(texts[i]);
	free(texts);
}

const struct json_ops json_object_ops = {
	.read = object_read,
	.write = object_write,
	.is_absent = object_is_absent,
	.copy = object_copy,
	.release = object_release,
};

const struct json_ops json_object_ptr_ops = {
	.read = object_ptr_read,
	.write = object_ptr_write,
	.is_absent = object_ptr_is_absent,
	.copy = object_ptr_copy,
	.release = object_ptr_release,
};

const struct json_ops json_list_ops = {
	.read = list_read,
	.write = list_write,
	.is_absent = list_is_absent,
	.copy = list_copy,
	.release = list_release,
};

const struct json_ops json_texts_ops = {
	.read = texts_read,
	.write = texts_write,
	.is_absent = list_is_absent,
	.copy = texts_copy,
	.release = texts_release,
};
