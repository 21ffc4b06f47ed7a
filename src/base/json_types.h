/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How each json_type is read, written, copied and released; between json.c and json_*.c only. */
#ifndef BASE_JSON_TYPES_H
#define BASE_JSON_TYPES_H

#include <stddef.h>

#include "base/json.h"

/* Where a reader stands; a chain of these on the stack becomes the JSON pointer of an error. */
struct json_place {
	const struct json_place *up;
	const char *name; /* NULL: an array's element */
	size_t index;
};

struct json_reader {
	enum json_mode mode;
	char *path; /* JSON_PATH_MAX bytes, or NULL */
};

/* How one json_type is handled; `member` points to the C member. */
struct json_ops {
	int (*read)(struct json_reader *rd, const struct json_place *at, const struct cJSON *v,
		    const struct json_field *f, void *member);
	int (*write)(const void *member, const struct json_field *f, struct buf *out);
	bool (*is_absent)(const void *member, const struct json_field *f);
	int (*copy)(const void *from, const struct json_field *f, void *to);
	void (*release)(void *member, const struct json_field *f); /* NULL: owns nothing */
};

extern const struct json_ops json_text_ops;
extern const struct json_ops json_int_ops;
extern const struct json_ops json_bool_ops;
extern const struct json_ops json_money_ops;
extern const struct json_ops json_date_ops;
extern const struct json_ops json_instant_ops;
extern const struct json_ops json_enum_ops;
extern const struct json_ops json_raw_ops;
extern const struct json_ops json_secret_ops;
extern const struct json_ops json_object_ops;
extern const struct json_ops json_object_ptr_ops;
extern const struct json_ops json_list_ops;
extern const struct json_ops json_texts_ops;

/* By enum json_type. */
const struct json_ops *json_ops_of(enum json_type type);

/* Read into zeroed memory; what a failure leaves there is released by whoever releases the whole.
 */
int json_read_object(struct json_reader *rd, const struct json_place *at,
		     const struct cJSON *object, const struct json_table *table, void *out);

/* Name the place in the reader's path and return code. */
int json_refuse(struct json_reader *rd, const struct json_place *at, int code);

static inline void *json_member(void *object, const struct json_field *f)
{
	return (char *)object + f->offset;
}

static inline const void *json_const_member(const void *object, const struct json_field *f)
{
	return (const char *)object + f->offset;
}

#endif
