/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One request and its answer over HTTP. */
#include <errno.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>

#include "bank/bank.h"
#include "bank/event_hub.h"
#include "bank/server_private.h"
#include "bank/session.h"
#include "bank/writer.h"

enum stage {
	STAGE_BODY,	/* reading */
	STAGE_RUNNING,	/* suspended */
	STAGE_AGAIN,	/* woken from a long poll: read again */
	STAGE_ANSWERED, /* rq holds the answer */
};

struct exchange {
	struct slow_task task;
	struct event_waiter waiter;
	struct request rq;
	struct server *server;
	struct connection *connection;
	struct MHD_Connection *mhd;
	struct buf body;
	enum stage stage;
	bool is_cut;			 /* the body is not read: the connection ends with the answer */
	char methods[ROUTE_METHODS_MAX]; /* for 405 */
	int64_t wait_until;		 /* of a long poll, monotonic ms; 0 before the first reading */
};

/* The headers that mean something here; each may come once. */
struct headers {
	const char *authorization, *language, *interaction, *key, *type, *length, *encoding;
	bool is_repeated;
	bool is_framing_repeated;
};

static enum MHD_Result header_take(void *data, enum MHD_ValueKind kind, const char *name, const char *value)
{
	static const struct {
		const char *name;
		size_t offset;
		bool is_framing;
	} known[] = {
		{ "Authorization", offsetof(struct headers, authorization), false },
		{ "Accept-Language", offsetof(struct headers, language), false },
		{ "x-fapi-interaction-id", offsetof(struct headers, interaction), false },
		{ "Idempotency-Key", offsetof(struct headers, key), false },
		{ "Content-Type", offsetof(struct headers, type), false },
		{ "Content-Length", offsetof(struct headers, length), true },
		{ "Transfer-Encoding", offsetof(struct headers, encoding), true },
	};
	struct headers *h = data;

	(void)kind;
	for (size_t i = 0; i < COUNT(known); i++) {
		const char **slot = (const char **)((char *)h + known[i].offset);

		if (strcasecmp(known[i].name, name))
			continue;
		if (*slot) {
			h->is_repeated = true;
			h->is_framing_repeated |= known[i].is_framing;
		}
		*slot = value ? value : "";
		break;
	}
	return MHD_YES;
}

/* libmicrohttpd 0.9.75 lets both through: where they disagree, whoever stands before us may see another
 * request. */
static void check_framing(struct exchange *x, const struct headers *h)
{
	if (h->is_framing_repeated || (h->length && h->encoding)) {
		reply_problem(&x->rq, 400, "framing-ambiguous",
			      N_("One Content-Length is needed, and no Transfer-Encoding beside it."));
		x->is_cut = true;
	} else if (h->is_repeated) {
		reply_problem(&x->rq, 400, "header-repeated", N_("A header is given twice."));
	} else if (h->length &&
		   (strlen(h->length) > 9 || strtol(h->length, NULL, 10) > (long)SERVER_BODY_MAX)) {
		reply_problem(&x->rq, 413, "body-too-long", N_("The body is longer than %d bytes."),
			      (int)SERVER_BODY_MAX);
		x->is_cut = true;
	}
}

static enum MHD_Result query_take(void *data, enum MHD_ValueKind kind, const char *name, const char *value)
{
	(void)kind;
	request_query_add(data, name, value);
	return MHD_YES;
}

static void check_type(struct exchange *x, const char *type)
{
	size_t n = strlen("application/json");

	if (!x->rq.status && x->rq.route->body && type &&
	    (strncasecmp(type, "application/json", n) || !strchr("; ", type[n])))
		reply_problem(&x->rq, 415, "body-type", N_("A body of type application/json is needed."));
}

static size_t address_bytes(struct MHD_Connection *mhd, const void **ret)
{
	const union MHD_ConnectionInfo *info =
		MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CLIENT_ADDRESS);

	if (info && info->client_addr->sa_family == AF_INET6) {
		*ret = &((const struct sockaddr_in6 *)(const void *)info->client_addr)->sin6_addr;
		return 8; /* one network: whoever has one IPv6 address has 2^64 */
	}
	*ret = info ? &((const struct sockaddr_in *)(const void *)info->client_addr)->sin_addr : NULL;
	return info ? 4 : 0;
}

static void check_rate(struct exchange *x)
{
	struct request *rq = &x->rq;
	int64_t ms = server_ms(x->server);
	const void *key = &rq->who.terminal;
	size_t n = sizeof(rq->who.terminal);
	int wait;

	if (!rq->who.terminal)
		n = address_bytes(x->mhd, &key);
	wait = limit_take(x->server->requests, key, n, ms);
	if (!wait && rq->route && rq->route->prepare)
		wait = limit_take(x->server->secrets, key, n, ms);
	if (!wait)
		return;
	reply_problem(rq, 429, "too-many-requests",
		      N_("Too many requests. Please wait a moment. Seconds to wait: %d."), wait);
	rq->retry_after = wait;
}

struct touch {
	struct job job;
	int64_t session, now;
};

static int touch_run(struct store *store, struct job *job)
{
	struct touch *t = (struct touch *)job;

	return session_touch(store, t->session, t->now);
}

static void touch_done(struct job *job, int status)
{
	(void)status; /* lost: the session idles a minute earlier */
	free(job);
}

static void touch(struct exchange *x)
{
	struct bank *bank = x->server->bank;
	struct touch *t = calloc(1, sizeof(*t));

	if (!t)
		return;
	*t = (struct touch){ .job = { .run = touch_run, .done = touch_done },
			     .session = x->rq.who.session,
			     .now = bank->clock.now(bank->clock.data) };
	writer_submit(bank->writer, &t->job);
}

static void check_access(struct exchange *x, const char *authorization)
{
	struct store *reader = server_reader(x->server);
	bool must_touch;

	if (!reader) {
		reply_busy(&x->rq);
		return;
	}
	access_check(&x->rq, &x->connection->peer, reader, authorization, &must_touch);
	if (must_touch)
		touch(x);
}

static void exchange_begin(struct exchange *x, const char *url, const char *method)
{
	const union MHD_ConnectionInfo *tls =
		MHD_get_connection_info(x->mhd, MHD_CONNECTION_INFO_GNUTLS_SESSION);
	struct headers h = { 0 };

	MHD_get_connection_values(x->mhd, MHD_HEADER_KIND, header_take, &h);
	request_interaction(&x->rq, h.interaction);
	request_language(&x->rq, h.language);
	if (tls)
		peer_verify(&x->connection->peer, tls->tls_session);
	check_framing(x, &h);
	request_route(&x->rq, method, url);
	if (x->rq.status == 405)
		route_methods(url, x->methods);
	check_access(x, h.authorization);
	check_rate(x);
	request_access(&x->rq);
	if (!x->rq.status)
		MHD_get_connection_values(x->mhd, MHD_GET_ARGUMENT_KIND, query_take, &x->rq);
	request_key(&x->rq, h.key);
	check_type(x, h.type);
}

/* The connection's thread carries on with exchange_handle(). */
static void exchange_wake(struct exchange *x, enum stage stage)
{
	x->stage = stage;
	server_resume(x->server, x->mhd);
}

static void finished_elsewhere(struct request *rq, void *data)
{
	(void)rq;
	exchange_wake(data, STAGE_ANSWERED);
}

static void slow_run(struct slow_task *task, struct store *reader)
{
	struct exchange *x = (struct exchange *)task;

	route_dispatch(&x->rq, reader, finished_elsewhere, x);
}

static void exchange_suspend(struct exchange *x)
{
	x->stage = STAGE_RUNNING;
	connection_deadline(x->connection, 0);
	server_suspend(x->server, x->mhd);
}

static void finished_here(struct request *rq, void *data)
{
	(void)rq;
	(void)data;
}

static void waiter_woken(struct event_waiter *waiter)
{
	struct exchange *x = (struct exchange *)((char *)waiter - offsetof(struct exchange, waiter));

	exchange_wake(x, STAGE_AGAIN);
}

/* Nothing new yet: suspend until something is. False when the time is over: the empty answer stands. */
static bool exchange_wait(struct exchange *x)
{
	int64_t ms = server_ms(x->server);
	int r;

	if (!x->wait_until)
		x->wait_until = ms + (int64_t)x->rq.wait_seconds * 1000;
	if (x->wait_until <= ms || server_is_stopping(x->server))
		return false;
	x->waiter = (struct event_waiter){ .customer = x->rq.who.customer,
					   .seen = x->rq.wait_after,
					   .deadline = x->wait_until,
					   .woken = waiter_woken };
	exchange_suspend(x);
	r = event_hub_wait(x->server->bank->events, &x->waiter);
	if (r < 0)
		exchange_wake(x, r == -EAGAIN ? STAGE_AGAIN : STAGE_ANSWERED);
	return true;
}

/*
 * Whether the answer stands already. Otherwise the connection is suspended and x belongs to another thread,
 * which may have resumed it by now: it must not be looked at again here.
 */
static bool exchange_run(struct exchange *x)
{
	struct store *reader = server_reader(x->server);

	if (!x->rq.status && (!reader || server_is_stopping(x->server)))
		reply_busy(&x->rq);
	if (!x->rq.status && x->rq.route->prepare) {
		exchange_suspend(x);
		x->task.run = slow_run;
		if (slow_submit(x->server->slow, &x->task) < 0) {
			reply_busy(&x->rq);
			exchange_wake(x, STAGE_ANSWERED);
		}
		return false;
	}
	if (!x->rq.status && x->rq.route->write) {
		exchange_suspend(x);
		route_dispatch(&x->rq, NULL, finished_elsewhere, x);
		return false;
	}
	route_dispatch(&x->rq, reader, finished_here, x);
	return x->rq.wait_seconds <= 0 || x->rq.is_problem || !exchange_wait(x);
}

/* After waiting, whoever asked may have logged out: everything is asked again. */
static bool exchange_again(struct exchange *x)
{
	const char *authorization = MHD_lookup_connection_value(x->mhd, MHD_HEADER_KIND, "Authorization");

	reply_clear(&x->rq);
	check_access(x, authorization);
	return exchange_run(x);
}

static void add_headers(struct exchange *x, struct MHD_Response *response)
{
	static const char *const always[][2] = {
		{ "Cache-Control", "no-store" },
		{ "X-Content-Type-Options", "nosniff" },
		{ "Strict-Transport-Security", "max-age=31536000" },
		{ "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'" },
	};
	char number[16];

	for (size_t i = 0; i < COUNT(always); i++)
		MHD_add_response_header(response, always[i][0], always[i][1]);
	MHD_add_response_header(response, "x-fapi-interaction-id", x->rq.interaction);
	if (x->rq.reply.len)
		MHD_add_response_header(response, "Content-Type",
					x->rq.is_problem ? "application/problem+json" : "application/json");
	if (x->rq.retry_after) {
		snprintf(number, sizeof(number), "%d", x->rq.retry_after);
		MHD_add_response_header(response, "Retry-After", number);
	}
	if (x->rq.status == 405)
		MHD_add_response_header(response, "Allow", x->methods);
	if (x->is_cut || server_is_stopping(x->server))
		MHD_add_response_header(response, "Connection", "close");
}

static enum MHD_Result exchange_answer(struct exchange *x)
{
	struct buf *reply = &x->rq.reply;
	struct MHD_Response *response = MHD_create_response_from_buffer(
		reply->len, reply->len ? reply->data : (char *)"", MHD_RESPMEM_PERSISTENT);
	enum MHD_Result result;

	if (!response)
		return MHD_NO;
	add_headers(x, response);
	connection_deadline(x->connection, SERVER_SEND_MS);
	result = MHD_queue_response(x->mhd, (unsigned)x->rq.status, response);
	MHD_destroy_response(response);
	return result;
}

static struct exchange *exchange_new(struct server *server, struct MHD_Connection *mhd)
{
	const union MHD_ConnectionInfo *info =
		MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
	struct exchange *x;

	if (!info || !info->socket_context)
		return NULL;
	x = calloc(1, sizeof(*x));
	if (!x)
		return NULL;
	x->server = server;
	x->connection = info->socket_context;
	x->mhd = mhd;
	request_init(&x->rq, server->bank);
	buf_init(&x->body, SERVER_BODY_MAX);
	return x;
}

static enum MHD_Result exchange_read(struct exchange *x, const char *upload, size_t n)
{
	if (x->is_cut)
		return MHD_NO; /* it goes on all the same: no more of it */
	if (x->rq.status || buf_add(&x->body, upload, n) == 0)
		return MHD_YES; /* the body of a refused request is read and forgotten, so that the connection
				   can stay */
	reply_problem(&x->rq, 413, "body-too-long", N_("The body is longer than %d bytes."),
		      (int)SERVER_BODY_MAX);
	x->is_cut = true;
	return MHD_YES;
}

/* MHD calls this for the headers, for each piece of the body, at its end, and after each resume. */
enum MHD_Result exchange_handle(void *data, struct MHD_Connection *mhd, const char *url, const char *method,
				const char *version, const char *upload, size_t *upload_size, void **context)
{
	struct exchange *x = *context;
	bool is_answered;

	(void)version;
	if (!x) {
		*context = x = exchange_new(data, mhd);
		if (!x)
			return MHD_NO;
		connection_deadline(x->connection, SERVER_BODY_MS);
		exchange_begin(x, url, method);
		return x->is_cut ? exchange_answer(x) : MHD_YES;
	}
	if (x->stage == STAGE_BODY && *upload_size) {
		enum MHD_Result result = exchange_read(x, upload, *upload_size);

		*upload_size = 0;
		return result;
	}
	if (x->stage == STAGE_BODY) {
		request_body(&x->rq, x->body.data, x->body.len);
		is_answered = exchange_run(x);
	} else {
		is_answered = x->stage == STAGE_ANSWERED || exchange_again(x);
	}
	return is_answered ? exchange_answer(x) : MHD_YES;
}

void exchange_completed(void *data, struct MHD_Connection *mhd, void **context,
			enum MHD_RequestTerminationCode code)
{
	struct exchange *x = *context;

	(void)data;
	(void)mhd;
	(void)code;
	*context = NULL;
	if (!x)
		return;
	connection_deadline(x->connection, SERVER_IDLE_MS);
	request_release(&x->rq);
	buf_wipe(&x->body); /* may hold a password */
	free(x);
}
