/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The contract as the code has it, as one JSON document on stdout: src/model's tables and bankd's
 * routes. */
#include <stdio.h>

#include "bank/route.h"
#include "base/macros.h"
#include "tests/contract/tables.h"

static const char *const type_names[] = {
	[JSON_TEXT] = "text",	  [JSON_INT] = "int",	    [JSON_BOOL] = "bool",
	[JSON_MONEY] = "money",	  [JSON_DATE] = "date",	    [JSON_INSTANT] = "instant",
	[JSON_ENUM] = "enum",	  [JSON_OBJECT] = "object", [JSON_OBJECT_PTR] = "object",
	[JSON_LIST] = "list",	  [JSON_TEXTS] = "texts",   [JSON_RAW] = "raw",
	[JSON_SECRET] = "secret",
};

static const char *const access_names[] = {
	[ACCESS_ANYONE] = "anyone",
	[ACCESS_TERMINAL] = "terminal",
	[ACCESS_SESSION] = "session",
};

/* `"name":"value"`, null for NULL. */
static void add_text(struct buf *out, const char *name, const char *value)
{
	buf_printf(out, "\"%s\":", name);
	if (value)
		json_write_text(value, out);
	else
		buf_puts(out, "null");
}

/* A NULL-terminated list from its i-th name on; NULL is an empty one. */
static void add_texts(struct buf *out, const char *name, const char *const *values, size_t i)
{
	const char *comma = "";

	buf_printf(out, "\"%s\":[", name);
	for (; values && values[i]; i++, comma = ",") {
		buf_puts(out, comma);
		json_write_text(values[i], out);
	}
	buf_putc(out, ']');
}

static void add_field(struct buf *out, const struct json_field *f)
{
	buf_putc(out, '{');
	add_text(out, "name", f->name);
	buf_putc(out, ',');
	add_text(out, "type", type_names[f->type]);
	buf_printf(out, ",\"required\":%s,\"max\":%zu,",
		   f->flags & JSON_OPTIONAL ? "false" : "true", f->max);
	add_text(out, "sub", f->sub ? f->sub->name : NULL);
	buf_putc(out, ',');
	add_texts(out, "enum", f->names, 1);
	buf_putc(out, '}');
}

static void add_table(struct buf *out, const struct json_table *table)
{
	buf_putc(out, '{');
	add_text(out, "name", table->name);
	buf_puts(out, ",\"fields\":[");
	for (size_t i = 0; i < table->count; i++) {
		if (i > 0)
			buf_putc(out, ',');
		add_field(out, &table->fields[i]);
	}
	buf_puts(out, "]}");
}

static void add_route(struct buf *out, const struct route *route)
{
	buf_putc(out, '{');
	add_text(out, "method", route->method);
	buf_putc(out, ',');
	add_text(out, "path", route->path);
	buf_putc(out, ',');
	add_text(out, "access", access_names[route->access]);
	buf_putc(out, ',');
	add_text(out, "body", route->body ? route->body->name : NULL);
	buf_printf(out, ",\"needsKey\":%s,", route->needs_key ? "true" : "false");
	add_texts(out, "query", route->query, 0);
	buf_putc(out, '}');
}

int main(void)
{
	_cleanup_(buf_release) struct buf out;
	const struct route *const *all;
	size_t count;

	buf_init(&out, 0);
	buf_puts(&out, "{\"tables\":[");
	for (size_t i = 0; i < COUNT(contract_tables); i++) {
		if (i > 0)
			buf_putc(&out, ',');
		add_table(&out, contract_tables[i]);
	}
	buf_puts(&out, "],\"routes\":[");
	all = routes(&count);
	for (size_t i = 0; i < count; i++) {
		if (i > 0)
			buf_putc(&out, ',');
		add_route(&out, all[i]);
	}
	buf_puts(&out, "]}");
	if (out.failed)
		return 1;
	puts(out.data);
	return 0;
}
