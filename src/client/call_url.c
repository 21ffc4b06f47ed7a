/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "client/call.h"

/* RFC 3986 2.3: all but the unreserved characters. */
static void add_encoded(struct buf *out, const char *s)
{
	static const char unreserved[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

	for (; *s; s++) {
		if (strchr(unreserved, *s))
			buf_putc(out, *s);
		else
			buf_printf(out, "%%%02X", (unsigned char)*s);
	}
}

/* An empty or dotted segment would name another resource. */
static bool is_segment(const char *s)
{
	return s && *s && strcmp(s, ".") && strcmp(s, "..");
}

static int add_path(struct buf *out, const char *path, const struct call_args *args)
{
	size_t used = 0;

	for (;;) {
		size_t n = strcspn(path, "{");

		buf_add(out, path, n);
		path += n;
		if (!*path)
			return 0;
		if (used == CALL_ARGS_MAX || !is_segment(args->path[used]))
			return -EINVAL;
		add_encoded(out, args->path[used++]);
		path += strcspn(path, "}") + 1;
	}
}

int call_url(const char *address, const struct call_type *type, const struct call_args *args,
	     char **ret)
{
	struct buf url;
	char separator = '?';
	int r;

	buf_init(&url, CALL_URL_MAX);
	buf_printf(&url, "https://%s", address);
	r = add_path(&url, type->path, args);
	for (size_t i = 0; i < CALL_QUERY_MAX && args->query[i].name; i++) {
		if (!args->query[i].value)
			continue;
		buf_putc(&url, separator);
		add_encoded(&url, args->query[i].name);
		buf_putc(&url, '=');
		add_encoded(&url, args->query[i].value);
		separator = '&';
	}
	if (r == 0 && url.failed)
		r = -EMSGSIZE;
	if (r == 0 && !(*ret = buf_detach(&url)))
		r = -ENOMEM;
	buf_release(&url);
	return r;
}
