/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * JSON by tables: one table per noun reads it, writes it and frees it.
 *
 * cJSON parses; this layer adds what it lacks: duplicate names are refused, names are compared with case,
 * nothing may follow the document, UTF-8 is checked, \u0000 is refused, depth at most 64. Numbers are only
 * ever small integers; money, rates and ids are strings. Unknown fields are ignored when a client reads
 * (JSON_LAX) and refused when the bank reads (JSON_STRICT).
 */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/err.h"
#include "base/money.h"
#include "base/secret.h"

struct cJSON;

/* What a field is in C and on the wire. The C member's type follows in brackets. */
enum json_type {
	JSON_TEXT,    /* string, UTF-8 [char *, owned, NULL when absent] */
	JSON_INT,     /* integer within int32 [int] */
	JSON_BOOL,    /* [bool] */
	JSON_MONEY,   /* {"currency","amount"} unsigned [struct money] */
	JSON_DATE,    /* "YYYY-MM-DD" [date_days, DATE_NONE when absent] */
	JSON_INSTANT, /* RFC 3339 [int64_t UTC seconds, 0 when absent] */
	JSON_ENUM,    /* one of table->names [int, the index; 0 is "" = absent] */
	JSON_OBJECT,  /* table->sub [embedded struct] */
	JSON_OBJECT_PTR, /* table->sub [struct *, owned, NULL when absent] */
	JSON_LIST,    /* array of table->sub [struct *, owned, with size_t count right behind it] */
	JSON_TEXTS,   /* array of strings [char **, owned, with size_t count right behind it] */
	JSON_RAW,     /* any JSON value [struct cJSON *, owned] */
	JSON_SECRET,  /* string [struct secret *, owned]; never logged */
};

enum json_flags {
	JSON_OPTIONAL = 1, /* may be absent; a null counts as absent */
};

struct json_table;

struct json_field {
	const char *name; /* as on the wire */
	enum json_type type;
	unsigned flags;
	size_t offset;                 /* of the member */
	size_t max;                    /* JSON_TEXT: most bytes (0: 256); lists: most elements (0: 1000) */
	const struct json_table *sub;  /* OBJECT, OBJECT_PTR, LIST */
	const char *const *names;      /* ENUM: names[0] is "", then values, NULL at the end */
};

struct json_table {
	const char *name; /* of the schema in api/openapi.yaml, e.g. "Account" */
	size_t size;      /* sizeof the struct */
	const struct json_field *fields;
	size_t count;
};

/* Parse n bytes as one JSON document under the rules above; caller json_free()s. -EINVAL, -ENOMEM. */
int json_parse(const char *text, size_t n, struct cJSON **ret, struct err *err);
/* cJSON_Delete that overwrites every string first: a document may hold a secret. NULL allowed. */
void json_free(struct cJSON *document);
void json_freep(struct cJSON **document);

enum json_mode { JSON_LAX, JSON_STRICT };

/*
 * Read an object into the struct at `out`, which must be zeroed; on failure it is released and zeroed again.
 * *ret_path (JSON_PATH_MAX, may be NULL) names the offending field as a JSON pointer, "/amount/currency".
 * -EINVAL wrong type or value, -ENOENT required field missing, -EEXIST unknown field (strict), -ENOMEM.
 */
#define JSON_PATH_MAX 128
int json_read(const struct cJSON *object, const struct json_table *table, enum json_mode mode, void *out,
	      char *ret_path);
/* Parse and read in one step. err gets a sentence naming the field. */
int json_read_text(const char *text, size_t n, const struct json_table *table, enum json_mode mode, void *out,
		   struct err *err);

/*
 * A zeroed struct with DATE_NONE in its dates, as json_read begins with: whoever fills a struct by hand
 * begins with it too, or an absent date would be written as 1970-01-01.
 */
void json_init(void *out, const struct json_table *table);

/*
 * Append the struct as compact JSON. Absent optional fields are left out: NULL, DATE_NONE, instant 0, enum 0,
 * money without a currency, an empty list, an embedded object with nothing in it, and also integer 0 and
 * false, which read back the same. A required text that is NULL is written as "", malformed UTF-8 as U+FFFD.
 * 0; the buffer's error; -ENOENT (and out->failed) when another required field is absent.
 */
int json_write(const void *in, const struct json_table *table, struct buf *out);
/* Append a quoted, escaped JSON string. */
int json_write_text(const char *s, struct buf *out);

/* Free everything the struct owns (secrets wiped) and zero it. */
void json_release(void *in, const struct json_table *table);

/* Deep copy into zeroed memory; -ENOMEM. */
int json_copy(const void *in, const struct json_table *table, void *out);

#endif
