/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Every table of the contract: its rows are sound, and a full sample made from the rows is read,
 * written, copied and released; without a required field, with a wrong type or an unknown name it
 * is refused at that place.
 */
#include <errno.h>
#include <stdint.h>

#include "base/json.h"
#include "base/macros.h"
#include "tests/contract/tables.h"
#include "tests/tap.h"

#define NESTING_MAX 4 /* a table may contain itself: a sample has to end */

static void add_sample(struct buf *out, const struct json_table *table, int nesting,
		       const char *left_out);

static void add_value(struct buf *out, const struct json_field *f, int nesting)
{
	static const char *const plain[] = {
		[JSON_TEXT] = "\"text 王\"",
		[JSON_INT] = "7",
		[JSON_BOOL] = "true",
		[JSON_MONEY] = "{\"currency\":\"CNY\",\"amount\":\"12.50\"}",
		[JSON_DATE] = "\"2026-11-21\"",
		[JSON_INSTANT] = "\"2026-11-21T12:54:44Z\"",
		[JSON_TEXTS] = "[\"a\",\"b\"]",
		[JSON_RAW] = "{\"any\":[1,null]}",
		[JSON_SECRET] = "\"730418\"",
	};

	switch (f->type) {
	case JSON_ENUM:
		json_write_text(f->names[1], out);
		break;
	case JSON_OBJECT:
	case JSON_OBJECT_PTR:
		add_sample(out, f->sub, nesting + 1, NULL);
		break;
	case JSON_LIST:
		buf_putc(out, '[');
		add_sample(out, f->sub, nesting + 1, NULL);
		buf_putc(out, ',');
		add_sample(out, f->sub, nesting + 1, NULL);
		buf_putc(out, ']');
		break;
	default:
		buf_puts(out, plain[f->type]);
	}
}

static void add_sample(struct buf *out, const struct json_table *table, int nesting,
		       const char *left_out)
{
	const char *comma = "";

	buf_putc(out, '{');
	for (size_t i = 0; i < table->count; i++) {
		const struct json_field *f = &table->fields[i];

		if (left_out && !strcmp(f->name, left_out))
			continue;
		if (nesting > NESTING_MAX && (f->flags & JSON_OPTIONAL))
			continue;
		buf_printf(out, "%s\"%s\":", comma, f->name);
		add_value(out, f, nesting);
		comma = ",";
	}
	buf_putc(out, '}');
}

/* Bytes of the C member. */
static size_t size_of(const struct json_field *f)
{
	static const size_t sizes[] = {
		[JSON_TEXT] = sizeof(char *),
		[JSON_INT] = sizeof(int),
		[JSON_BOOL] = sizeof(bool),
		[JSON_MONEY] = sizeof(struct money),
		[JSON_DATE] = sizeof(date_days),
		[JSON_INSTANT] = sizeof(int64_t),
		[JSON_ENUM] = sizeof(int),
		[JSON_OBJECT_PTR] = sizeof(void *),
		[JSON_LIST] = sizeof(void *) + sizeof(size_t),
		[JSON_TEXTS] = sizeof(void *) + sizeof(size_t),
		[JSON_RAW] = sizeof(void *),
		[JSON_SECRET] = sizeof(void *),
	};

	return f->type == JSON_OBJECT ? f->sub->size : sizes[f->type];
}

static bool is_field_sound(const struct json_table *table, size_t i)
{
	const struct json_field *f = &table->fields[i];
	bool needs_sub =
		f->type == JSON_OBJECT || f->type == JSON_OBJECT_PTR || f->type == JSON_LIST;

	if (!f->name || !*f->name || needs_sub != (f->sub != NULL) ||
	    (f->type == JSON_ENUM) != (f->names != NULL))
		return false;
	if (f->names && (f->names[0][0] || !f->names[1]))
		return false;
	for (size_t j = 0; j < i; j++) {
		const struct json_field *other = &table->fields[j];

		if (!strcmp(other->name, f->name))
			return false;
		if (f->offset < other->offset + size_of(other) &&
		    other->offset < f->offset + size_of(f))
			return false;
	}
	return f->offset + size_of(f) <= table->size;
}

static void test_rows(const struct json_table *table)
{
	int unsound = 0;

	for (size_t i = 0; i < table->count; i++) {
		if (is_field_sound(table, i))
			continue;
		unsound++;
		printf("# row %s\n", table->fields[i].name);
	}
	is_int(unsound, 0, "%s: names are unique, members within the struct and apart",
	       table->name);
}

/* Read strictly from exactly these bytes into exactly this struct, so that the sanitizer sees a
 * step beyond. */
static int read_sample(const struct json_table *table, const struct buf *sample, void *out,
		       struct err *err)
{
	memset(out, 0, table->size);
	return json_read_text(sample->data, sample->len, table, JSON_STRICT, out, err);
}

static void test_round_trip(const struct json_table *table)
{
	_cleanup_(free_ptr) void *object = malloc(table->size), *copy = malloc(table->size),
				 *zero = calloc(1, table->size);
	_cleanup_(buf_release) struct buf sample, written;
	struct err err = { 0 };

	buf_init(&sample, 0);
	buf_init(&written, 0);
	add_sample(&sample, table, 0, NULL);
	if (!ok(read_sample(table, &sample, object, &err) == 0, "%s: a full sample is read %s",
		table->name, err.text))
		return;
	is_int(json_copy(object, table, copy), 0, "%s: copied", table->name);
	json_release(object, table);
	ok(!memcmp(object, zero, table->size), "%s: released and zeroed", table->name);
	is_int(json_write(copy, table, &written), 0, "%s: the copy is written", table->name);
	is_str(written.data, sample.data, "%s: as it was read", table->name);
	json_release(copy, table);
}

static void test_missing(const struct json_table *table)
{
	_cleanup_(free_ptr) void *object = malloc(table->size);
	_cleanup_(buf_release) struct buf sample;
	int wrong = 0;

	buf_init(&sample, 0);
	for (size_t i = 0; i < table->count; i++) {
		const struct json_field *f = &table->fields[i];
		int r;

		buf_clear(&sample);
		add_sample(&sample, table, 0, f->name);
		r = read_sample(table, &sample, object, NULL);
		wrong += r != (f->flags & JSON_OPTIONAL ? 0 : -ENOENT);
		if (r == 0)
			json_release(object, table);
	}
	is_int(wrong, 0, "%s: may be without what is optional, and nothing else", table->name);
}

/* The first field of a sample replaced by a value that no type but RAW takes; and one name more. */
static void test_refused(const struct json_table *table)
{
	_cleanup_(free_ptr) void *object = malloc(table->size);
	_cleanup_(buf_release) struct buf sample;
	int wrong = 0;

	buf_init(&sample, 0);
	for (size_t i = 0; i < table->count; i++) {
		const struct json_field *f = &table->fields[i];

		if (f->type == JSON_RAW)
			continue;
		buf_clear(&sample);
		add_sample(&sample, table, 0, f->name);
		sample.data[--sample.len] = '\0';
		buf_printf(&sample, "%s\"%s\":1.5}", table->count > 1 ? "," : "", f->name);
		wrong += read_sample(table, &sample, object, NULL) != -EINVAL;
	}
	is_int(wrong, 0, "%s: each field refuses what is not its type", table->name);
	buf_clear(&sample);
	add_sample(&sample, table, 0, NULL);
	sample.data[--sample.len] = '\0';
	buf_printf(&sample, "%s\"unknown\":1}", table->count ? "," : "");
	is_int(read_sample(table, &sample, object, NULL), -EEXIST,
	       "%s: refuses a name that it does not have", table->name);
}

/* The checks of rows must be able to fail. */
static void test_control(void)
{
	struct two {
		int a, b;
	};
	struct json_field fields[] = {
		{ .name = "a", .type = JSON_INT, .offset = offsetof(struct two, a) },
		{ .name = "b", .type = JSON_INT, .offset = offsetof(struct two, b) },
	};
	struct json_table table = { "Two", sizeof(struct two), fields, COUNT(fields) };

	ok(is_field_sound(&table, 0) && is_field_sound(&table, 1), "control: a sound table");
	fields[1].offset = 0;
	ok(!is_field_sound(&table, 1), "control: two rows on one member are seen");
	fields[1].offset = offsetof(struct two, b);
	fields[1].type = JSON_INSTANT;
	ok(!is_field_sound(&table, 1), "control: a member beyond the struct is seen");
	fields[1].type = JSON_INT;
	fields[1].name = "a";
	ok(!is_field_sound(&table, 1), "control: a name twice is seen");
	fields[1] = (struct json_field){ .name = "b",
					 .type = JSON_ENUM,
					 .offset = offsetof(struct two, b) };
	ok(!is_field_sound(&table, 1), "control: an enum without names is seen");
}

int main(void)
{
	for (size_t i = 0; i < COUNT(contract_tables); i++) {
		const struct json_table *table = contract_tables[i];

		test_rows(table);
		test_round_trip(table);
		test_missing(table);
		test_refused(table);
	}
	test_control();
	return done();
}
