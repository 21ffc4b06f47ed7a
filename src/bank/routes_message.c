/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Messages of the bank to the customer. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bank/bank.h"
#include "bank/event.h"
#include "bank/route.h"
#include "bank/said.h"
#include "model/message.h"

/* Ids stand on the wire as digits; 0 for anything else. */
static int64_t id_read(const char *text)
{
	size_t n = strspn(text, "0123456789");

	return n && n < 19 && !text[n] ? strtoll(text, NULL, 10) : 0;
}

static int unread_count(struct store *s, int64_t customer, int *ret)
{
	struct statement *q = store_sql(s, "SELECT count(*) FROM message WHERE customer = :customer AND is_read = 0");
	int r;

	bind_int(q, ":customer", customer);
	r = statement_step(q);
	if (r <= 0)
		return r ? r : -EIO;
	*ret = (int)column_int(q, 0);
	statement_reset(q);
	return 0;
}

static int message_take(struct statement *q, const struct request *rq, struct message *ret)
{
	const char *key = column_text(q, 5);

	if (asprintf(&ret->id, "%" PRId64, column_int(q, 0)) < 0)
		ret->id = NULL;
	ret->title = said_stored_text(column_text(q, 1), rq->language);
	ret->text = said_stored_text(column_text(q, 2), rq->language);
	ret->at = column_int(q, 3);
	ret->is_read = column_int(q, 4) != 0;
	ret->order_id = key ? strdup(key) : NULL;
	return ret->id && ret->title && ret->text ? 0 : -ENOMEM;
}

static int messages_load(struct store *s, const struct request *rq, int64_t before, int limit,
			 struct message_list *list)
{
	struct statement *q = store_sql(s, "SELECT id, title, text, at, is_read, order_key FROM message WHERE "
					   "customer = :customer AND id < :before"
					   " ORDER BY id DESC LIMIT :limit");
	int r = 0, more = 0;

	bind_int(q, ":customer", rq->who.customer);
	bind_int(q, ":before", before);
	bind_int(q, ":limit", limit + 1);
	while (!r && (more = statement_step(q)) > 0 && list->messages_count < (size_t)limit)
		r = message_take(q, rq, &list->messages[list->messages_count++]);
	statement_reset(q);
	if (r || more <= 0)
		return r ? r : more;
	list->older = strdup(list->messages[limit - 1].id);
	return list->older ? 0 : -ENOMEM;
}

static int messages_read(struct store *s, struct request *rq)
{
	const char *cursor = request_get(rq, "cursor");
	int64_t before = cursor ? id_read(cursor) : INT64_MAX;
	struct message_list list = { 0 };
	int limit, r;

	if (request_get_int(rq, "limit", 1, 200, 50, &limit))
		return 0; /* answered */
	if (!before)
		return reply_problem(rq, 400, "cursor-invalid",
				     N_("This cursor is not of the bank. Begin without one."));
	if (limit > 100)
		limit = 100;
	list.messages = calloc((size_t)limit, sizeof(*list.messages));
	r = list.messages ? messages_load(s, rq, before, limit, &list) : -ENOMEM;
	if (!r)
		r = unread_count(s, rq->who.customer, &list.unread);
	if (!r)
		r = reply_json(rq, 200, &message_list_json, &list);
	json_release(&list, &message_list_json);
	return r;
}

static int message_read_write(struct store *s, struct request *rq)
{
	struct statement *q = store_sql(s, "SELECT is_read FROM message WHERE customer = :customer AND id = :id");
	int64_t id = id_read(rq->args[0]);
	int r;
	bool is_read;

	bind_int(q, ":customer", rq->who.customer);
	bind_int(q, ":id", id);
	r = statement_step(q);
	if (r == 0)
		reply_problem(rq, 404, "message-unknown", N_("There is no such message."));
	if (r <= 0)
		return r;
	is_read = column_int(q, 0) != 0;
	statement_reset(q);
	if (is_read)
		return reply_empty(rq, 204);
	q = store_sql(s, "UPDATE message SET is_read = 1 WHERE id = :id");
	bind_int(q, ":id", id);
	r = statement_must(q);
	if (!r)
		r = event_add(s, rq->who.customer, EVENT_KIND_MESSAGE, rq->args[0],
			      rq->bank->clock.now(rq->bank->clock.data));
	return r ? r : reply_empty(rq, 204);
}

static const char *const list_names[] = { "cursor", "limit", NULL };

static const struct route rows[] = {
	{ .method = "GET",
	  .path = "/v1/messages",
	  .access = ACCESS_SESSION,
	  .query = list_names,
	  .read = messages_read },
	{ .method = "POST",
	  .path = "/v1/messages/{messageId}/read",
	  .access = ACCESS_SESSION,
	  .write = message_read_write },
};
const struct route_list message_routes = { rows, COUNT(rows) };
