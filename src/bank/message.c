/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bank/message.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>

#include "bank/event.h"

static int message_insert(struct store *s, int64_t customer, const char *title, const char *text,
			  const char *order_key, int64_t at, int64_t *ret)
{
	struct statement *q = store_sql(s,
		"INSERT INTO message(customer, title, text, at, order_key)"
		" VALUES(:customer, :title, :text, :at, :key) RETURNING id");
	int r;

	bind_int(q, ":customer", customer);
	bind_text(q, ":title", title);
	bind_text(q, ":text", text);
	bind_int(q, ":at", at);
	bind_text(q, ":key", order_key);
	r = statement_step(q);
	if (r <= 0)
		return r ? r : -EIO;
	*ret = column_int(q, 0);
	return statement_step(q);
}

int message_add(struct store *s, int64_t customer, const struct said *title, const struct said *text,
		const char *order_key, int64_t at)
{
	struct buf stored_title, stored_text;
	char subject[24];
	int64_t id;
	int r;

	buf_init(&stored_title, 0);
	buf_init(&stored_text, 0);
	said_write(title, &stored_title);
	said_write(text, &stored_text);
	r = stored_title.failed || stored_text.failed ? -ENOMEM : 0;
	if (!r)
		r = message_insert(s, customer, stored_title.data, stored_text.data, order_key, at, &id);
	if (!r) {
		snprintf(subject, sizeof(subject), "%" PRId64, id);
		r = event_add(s, customer, EVENT_KIND_MESSAGE, subject, at);
	}
	buf_release(&stored_title);
	buf_release(&stored_text);
	return r;
}
