/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What changed, as ids: GET /v1/events, a long poll (event_hub.h). */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "bank/bank.h"
#include "bank/route.h"
#include "model/event.h"

#define WAIT_DEFAULT 25
#define WAIT_MAX     60
#define PAGE_MAX     200
#define ID_MAX	     24

/* The newest event of anybody in this snapshot: where a cursor that was not given starts, and waiting goes on
 * from. */
static int newest(struct store *store, int64_t *ret)
{
	struct statement *q = store_sql(store, "SELECT coalesce(max(id), 0) FROM event");
	int r = statement_step(q);

	if (r > 0)
		*ret = column_int(q, 0);
	statement_reset(q);
	return r > 0 ? 0 : r < 0 ? r : -EIO;
}

static int cursor_read(const char *text, int64_t *ret)
{
	size_t digits = strspn(text, "0123456789");

	if (digits == 0 || digits > 18 || text[digits])
		return -EINVAL;
	*ret = strtoll(text, NULL, 10);
	return 0;
}

static char *id_text(int64_t id)
{
	char *text;

	return asprintf(&text, "%lld", (long long)id) < 0 ? NULL : text;
}

static int page_add(struct event_page *page, struct statement *q)
{
	struct event *e = &page->events[page->events_count];

	e->id = id_text(column_int(q, 0));
	e->kind = (int)column_int(q, 1);
	e->subject = strdup(column_text(q, 2));
	e->at = column_int(q, 3);
	page->events_count++;
	return e->id && e->subject ? 0 : -ENOMEM;
}

static int page_fill(struct store *store, int64_t customer, int64_t after, struct event_page *page)
{
	struct statement *q =
		store_sql(store, "SELECT id, kind, subject, at FROM event"
				 " WHERE customer = :customer AND id > :after ORDER BY id LIMIT 200");
	int r;

	page->events = calloc(PAGE_MAX, sizeof(*page->events));
	if (!page->events)
		return -ENOMEM;
	bind_int(q, ":customer", customer);
	bind_int(q, ":after", after);
	while ((r = statement_step(q)) > 0)
		if ((r = page_add(page, q)) < 0)
			break;
	statement_reset(q);
	return r;
}

static int events_read(struct store *store, struct request *rq)
{
	const char *text = request_get(rq, "after");
	struct event_page page;
	int64_t seen, after;
	int wait, r;

	if (request_get_int(rq, "wait", 0, WAIT_MAX, WAIT_DEFAULT, &wait) < 0)
		return 0;
	r = newest(store, &seen);
	if (r < 0)
		return r;
	after = seen;
	if (text && cursor_read(text, &after) < 0)
		return reply_problem(rq, 400, "cursor-invalid",
				     N_("This cursor is not one that the bank gave."));
	json_init(&page, &event_page_json);
	r = page_fill(store, rq->who.customer, after, &page);
	if (r == 0) {
		page.cursor =
			page.events_count ? strdup(page.events[page.events_count - 1].id) : id_text(after);
		reply_json(rq, 200, &event_page_json, &page);
		if (page.events_count == 0 && text) {
			rq->wait_after = seen;
			rq->wait_seconds = wait;
		}
	}
	json_release(&page, &event_page_json);
	return r;
}

static const char *const events_query[] = { "after", "wait", NULL };

static const struct route rows[] = {
	{ .method = "GET",
	  .path = "/v1/events",
	  .access = ACCESS_SESSION,
	  .query = events_query,
	  .is_passive = true,
	  .read = events_read },
};
const struct route_list event_routes = { rows, COUNT(rows) };
