/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Orders from form to receipt: order types, look-ups, quotes and orders. */
#include <cjson/cJSON.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bank/order_code.h"
#include "bank/order_form.h"
#include "bank/order_render.h"
#include "bank/order_write.h"
#include "bank/quote.h"
#include "base/text.h"
#include "model/order_type.h"

#define LOOKUP_MAX 50
#define ORDERS_MAX 100

/* Borrowed texts: never released. */
static struct order_type type_view(const struct request *rq, const struct order_family *f)
{
	return (struct order_type){
		.type = (char *)f->type, .code = (char *)f->code, .family = (char *)f->family,
		.title = (char *)tr(rq, f->title), .summary = (char *)tr(rq, f->summary),
	};
}

static int types_read(struct store *s, struct request *rq)
{
	size_t count;
	const struct order_family *const *families = order_families(&count);
	struct order_type_list list = { .types = calloc(count, sizeof(*list.types)), .types_count = count };
	int r;

	(void)s;
	if (!list.types)
		return -ENOMEM;
	for (size_t i = 0; i < count; i++)
		list.types[i] = type_view(rq, families[i]);
	r = reply_json(rq, 200, &order_type_list_json, &list);
	free(list.types);
	return r;
}

static int type_read(struct store *s, struct request *rq)
{
	const struct order_family *f = order_family(rq->args[0]);
	struct order_type type;
	struct buf form;
	int r;

	(void)s;
	if (!f)
		return reply_problem(rq, 404, "order-type-unknown", N_("The bank knows no orders of this type."));
	type = type_view(rq, f);
	buf_init(&form, 0);
	form_schema(f, rq->language, &form);
	r = form.failed ? -ENOMEM : json_parse(form.data, form.len, &type.form, NULL);
	if (!r)
		r = reply_json(rq, 200, &order_type_json, &type);
	json_free(type.form);
	buf_release(&form);
	return r;
}

static int agent_take(struct statement *q, const struct request *rq, struct choice *ret)
{
	ret->value = strdup(column_text(q, 0));
	ret->title = strdup(column_text(q, rq->language ? 2 : 1));
	ret->detail = strdup(column_text(q, rq->language ? 1 : 2));
	return ret->value && ret->title && ret->detail ? 0 : -ENOMEM;
}

static bool agent_matches(struct statement *q, const char *search)
{
	for (int i = 0; search && i < 3; i++)
		if (text_contains(column_text(q, i), search))
			return true;
	return !search;
}

static int banks_lookup(struct store *s, struct request *rq, struct choice_page *page)
{
	struct statement *q = store_sql(s, "SELECT code, name, name_zh FROM agent ORDER BY code");
	const char *search = request_get(rq, "q");
	int r = 0, more = 0;

	if (search && !text_is_utf8(search, strlen(search)))
		search = NULL;
	while (!r && page->choices_count < LOOKUP_MAX && (more = statement_step(q)) > 0)
		if (agent_matches(q, search))
			r = agent_take(q, rq, &page->choices[page->choices_count++]);
	statement_reset(q);
	return more < 0 ? more : r;
}

/* A look-up is a name and a function that finds choices; page has room for LOOKUP_MAX. */
static const struct {
	const char *name;
	int (*find)(struct store *s, struct request *rq, struct choice_page *page);
} lookups[] = {
	{ "banks", banks_lookup },
};

static int lookup_read(struct store *s, struct request *rq)
{
	struct choice_page page = { 0 };
	size_t i = 0;
	int r;

	while (i < COUNT(lookups) && strcmp(lookups[i].name, rq->args[0]) != 0)
		i++;
	if (i == COUNT(lookups))
		return reply_problem(rq, 404, "lookup-unknown", N_("There is no such list."));
	page.choices = calloc(LOOKUP_MAX, sizeof(*page.choices));
	r = page.choices ? lookups[i].find(s, rq, &page) : -ENOMEM;
	if (!r)
		r = reply_json(rq, 200, &choice_page_json, &page);
	json_release(&page, &choice_page_json);
	return r;
}

static int quote_reply(struct store *s, struct request *rq, const struct quoting *q, const struct order_family *family)
{
	struct quote_view view = { .language = rq->language };
	struct said said = { 0 };
	char phone[40];
	char *hint = NULL;
	struct quote quote;
	int r = customer_phone_masked(s, q->customer, phone);

	if (!r)
		r = said_set(&said, N_("Will be sent to {1}"), phone, NULL);
	if (!r)
		view.code_hint = hint = said_text(&said, rq->language);
	if (!r)
		r = quote_render(q->plan, family, &view, q->now, &quote);
	if (!r) {
		r = reply_json(rq, 200, &quote_json, &quote);
		json_release(&quote, &quote_json);
	}
	said_release(&said);
	free(hint);
	return r;
}

static int quote_read(struct store *s, struct request *rq)
{
	const struct quote_request *body = rq->body;
	const struct order_family *family = order_family(body->type);
	struct plan plan = { 0 };
	struct quoting q;
	const char *name;
	int r = quoting_init(&q, s, request_now(rq), rq->who.customer);

	if (r)
		return r;
	if (!family)
		return reply_field_problem(rq, 422, "/type", "order-type-unknown",
					   N_("The bank knows no orders of this type."));
	q.plan = &plan;
	q.instruction = body->instruction;
	q.for_form = true;
	r = quote_plan(&q, family, &name);
	if (r == -EINVAL)
		r = instruction_problem(rq, name);
	else if (!r)
		r = quote_reply(s, rq, &q, family);
	plan_release(&plan);
	return r;
}

static int order_read(struct store *s, struct request *rq)
{
	struct order_record o;
	int r = order_of_request(s, rq, &o);

	if (r <= 0)
		return r;
	r = order_reply(s, rq, 200, &o);
	order_record_release(&o);
	return r;
}

struct order_page {
	int64_t ids[ORDERS_MAX + 1];
	size_t count;
};

#define ORDERS_WHERE(states) \
	"SELECT id FROM orders WHERE customer = :customer AND id < :before" states " ORDER BY id DESC LIMIT :limit"

/* Open ones are few and have an index of their own: 3 is ORDER_STATE_ACCEPTED, the last of them. */
static const struct { const char *state, *sql; } order_lists[] = {
	{ "all", ORDERS_WHERE("") },
	{ "open", ORDERS_WHERE(" AND state <= 3") },
	{ "final", ORDERS_WHERE(" AND state > 3") },
};

static const char *order_list_sql(const char *state)
{
	for (size_t i = 0; i < COUNT(order_lists); i++)
		if (!strcmp(order_lists[i].state, state))
			return order_lists[i].sql;
	return NULL;
}

static int order_ids(struct store *s, const struct request *rq, const char *sql, int64_t before, int limit,
		     struct order_page *ret)
{
	struct statement *q = store_sql(s, sql);
	int r;

	bind_int(q, ":customer", rq->who.customer);
	bind_int(q, ":before", before);
	bind_int(q, ":limit", limit + 1);
	while ((r = statement_step(q)) > 0 && ret->count < COUNT(ret->ids))
		ret->ids[ret->count++] = column_int(q, 0);
	statement_reset(q);
	return r < 0 ? r : 0;
}

static int orders_reply(struct store *s, struct request *rq, const struct order_page *page, int limit)
{
	struct order_list list = { .orders = calloc((size_t)limit, sizeof(*list.orders)) };
	int r = list.orders ? 0 : -ENOMEM;

	for (size_t i = 0; !r && i < page->count && i < (size_t)limit; i++) {
		struct order_record o;

		r = order_load(s, page->ids[i], &o);
		if (r <= 0) {
			r = r ? r : -EIO;
			break;
		}
		r = order_render(s, rq, &o, &list.orders[i]);
		list.orders_count += r == 0;
		order_record_release(&o);
	}
	if (!r && page->count > (size_t)limit && asprintf(&list.older, "%" PRId64, page->ids[limit - 1]) < 0) {
		list.older = NULL;
		r = -ENOMEM;
	}
	if (!r)
		r = reply_json(rq, 200, &order_list_json, &list);
	json_release(&list, &order_list_json);
	return r;
}

static int orders_read(struct store *s, struct request *rq)
{
	const char *state = request_get(rq, "state"), *cursor = request_get(rq, "cursor");
	const char *sql = order_list_sql(state ? state : "all");
	struct order_page page = { .count = 0 };
	int64_t before = INT64_MAX;
	size_t digits;
	int limit, r;

	if (request_get_int(rq, "limit", 1, 200, 50, &limit))
		return 0; /* answered */
	if (limit > ORDERS_MAX)
		limit = ORDERS_MAX;
	if (!sql)
		return reply_problem(rq, 400, "query-invalid", N_("state is open, final or all."));
	digits = cursor ? strspn(cursor, "0123456789") : 0;
	if (cursor && (!digits || digits > 18 || cursor[digits]))
		return reply_problem(rq, 400, "cursor-invalid",
				     N_("This cursor is not of the bank. Begin without one."));
	if (cursor)
		before = strtoll(cursor, NULL, 10);
	r = order_ids(s, rq, sql, before, limit, &page);
	return r ? r : orders_reply(s, rq, &page, limit);
}

static const char *const lookup_names[] = { "q", NULL };
static const char *const orders_names[] = { "state", "cursor", "limit", NULL };

static const struct route rows[] = {
	{ .method = "GET", .path = "/v1/order-types", .access = ACCESS_SESSION, .read = types_read },
	{ .method = "GET", .path = "/v1/order-types/{type}", .access = ACCESS_SESSION, .read = type_read },
	{ .method = "GET",
	  .path = "/v1/lookups/{lookup}",
	  .access = ACCESS_SESSION,
	  .query = lookup_names,
	  .read = lookup_read },
	{ .method = "POST",
	  .path = "/v1/quotes",
	  .access = ACCESS_SESSION,
	  .body = &quote_request_json,
	  .read = quote_read },
	{ .method = "GET",
	  .path = "/v1/orders",
	  .access = ACCESS_SESSION,
	  .query = orders_names,
	  .read = orders_read },
	{ .method = "POST",
	  .path = "/v1/orders",
	  .access = ACCESS_SESSION,
	  .body = &order_request_json,
	  .needs_key = true,
	  .write = order_post_write,
	  .refused = order_post_refused },
	{ .method = "GET", .path = "/v1/orders/{orderId}", .access = ACCESS_SESSION, .read = order_read },
	{ .method = "DELETE",
	  .path = "/v1/orders/{orderId}",
	  .access = ACCESS_SESSION,
	  .write = order_delete_write },
	{ .method = "POST",
	  .path = "/v1/orders/{orderId}/authorisations",
	  .access = ACCESS_SESSION,
	  .body = &authorisation_request_json,
	  .prepare = order_authorise_prepare,
	  .write = order_authorise_write,
	  .refused = order_authorise_refused },
	{ .method = "POST",
	  .path = "/v1/orders/{orderId}/codes",
	  .access = ACCESS_SESSION,
	  .write = order_code_write },
};
const struct route_list order_routes = { rows, COUNT(rows) };
