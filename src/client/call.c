/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/call.h"

#include <errno.h>
#include <stdarg.h>
#include <string.h>

#include "base/secret.h"
#include "client/answer.h"
#include "client/state.h"

#define REQUEST_MAX	 65536
#define SLOW_BYTES_PER_S 1L
#define SLOW_S		 15L
#define SLOW_MOST_MS	 60000 /* what may be silent for longer has its deadline alone */
#define REPEAT_MOST_S	 5     /* the longest Retry-After that is waited for here */

static void call_append(struct call *call)
{
	call->link = call->client->calls_end;
	*call->link = call;
	call->client->calls_end = &call->next;
}

static void call_unlink(struct call *call)
{
	if (!call->link)
		return;
	*call->link = call->next;
	if (call->next)
		call->next->link = call->link;
	else
		call->client->calls_end = call->link;
	call->link = NULL;
	call->next = NULL;
}

void call_free(struct call *call)
{
	struct transport *transport = &call->client->transport;

	call_unlink(call);
	if (call->easy) {
		curl_multi_remove_handle(transport->multi, call->easy);
		transport_give_back(transport, call->easy);
	}
	for (struct curl_slist *h = call->headers; h; h = h->next)
		secret_wipe(h->data, strlen(h->data));
	curl_slist_free_all(call->headers);
	free(call->url);
	buf_wipe(&call->body);
	buf_wipe(&call->reply);
	free(call);
}

void call_cancel(struct call *call)
{
	if (call && call->state != CALL_ANSWERED)
		call_free(call);
}

void call_own(struct call *call, const void *owner)
{
	call->owner = owner;
}

void client_cancel_owned(struct client *c, const void *owner)
{
	struct call *next;

	for (struct call *call = c->calls; call; call = next) {
		next = call->next;
		if (call->owner == owner)
			call_free(call);
	}
}

bool client_owns_calls(const struct client *c, const void *owner)
{
	const struct call *call = c->calls;

	while (call && call->owner != owner)
		call = call->next;
	return call;
}

bool call_was_sent(const struct call *call)
{
	return call->is_sent;
}

static size_t take_reply(char *bytes, size_t size, size_t n, void *data)
{
	struct call *call = data;

	if (buf_add(&call->reply, bytes, size * n) < 0) {
		call->is_too_large = true;
		return 0;
	}
	return size * n;
}

/* curl bounds one header line, but not their number. */
static size_t take_header(char *bytes, size_t size, size_t n, void *data)
{
	struct call *call = data;

	(void)bytes;
	call->header_bytes += size * n;
	if (call->header_bytes > CALL_HEADERS_MAX) {
		call->is_too_large = true;
		return 0;
	}
	return size * n;
}

/*
 * curl asks this when the connection stands and the peer is verified: before it, nothing can have
 * left. It asks again when a kept connection died without an answer and it would send once more by
 * itself: only what reads may be repeated so, for a wrong PIN would count twice.
 */
static int about_to_send(void *data, char *to, char *from, int to_port, int from_port)
{
	struct call *call = data;

	(void)to, (void)from, (void)to_port, (void)from_port;
	if (call->is_sent && strcmp(call->type->method, "GET"))
		return CURL_PREREQFUNC_ABORT;
	call->is_sent = true;
	return CURL_PREREQFUNC_OK;
}

PRINTF_LIKE(2, 3) static int add_header(struct call *call, const char *fmt, ...)
{
	char line[2 * SECRET_MAX];
	struct curl_slist *more = NULL;
	va_list args;
	int n;

	va_start(args, fmt);
	n = vsnprintf(line, sizeof(line), fmt, args);
	va_end(args);
	if (n >= 0 && (size_t)n < sizeof(line))
		more = curl_slist_append(call->headers, line);
	secret_wipe(line, sizeof(line));
	if (!more)
		return -ENOMEM;
	call->headers = more;
	return 0;
}

static int add_headers(struct call *call, const struct call_args *args)
{
	const struct client *c = call->client;
	const char *kind = call->body.len > 0 ? "Content-Type: application/json" : "Content-Type:";
	int r = add_header(call, "Expect:");

	r = r ? r : add_header(call, "User-Agent: bankterm");
	r = r ? r : add_header(call, "Accept: application/json, application/problem+json");
	r = r ? r : add_header(call, "Accept-Language: %s", c->language);
	r = r ? r : add_header(call, "x-fapi-interaction-id: %s", call->interaction);
	r = r ? r : add_header(call, "%s", kind);
	if (r == 0 && args->idempotency_key)
		r = add_header(call, "Idempotency-Key: %s", args->idempotency_key);
	if (r == 0 && !call->type->is_anonymous)
		r = add_header(call, "Authorization: Bearer %s", secret_reveal(c->token));
	return r;
}

/* RFC 4122 version 4. */
static void new_interaction(const struct rng *rng, char out[37])
{
	unsigned char b[16];
	size_t at = 0;

	rng->fill(rng->data, b, sizeof(b));
	b[6] = (b[6] & 0x0f) | 0x40;
	b[8] = (b[8] & 0x3f) | 0x80;
	for (size_t i = 0; i < sizeof(b); i++)
		at += (size_t)snprintf(out + at, 37 - at,
				       i == 4 || i == 6 || i == 8 || i == 10 ? "-%02x" : "%02x",
				       b[i]);
}

static int write_body(struct call *call, const struct call_start *start)
{
	if (start->body)
		return buf_add(&call->body, start->body->data, start->body->len);
	if (!call->type->request)
		return 0;
	return start->args->body ? json_write(start->args->body, call->type->request, &call->body)
				 : -EINVAL;
}

/* What must be there before curl is asked: else the call ends as not sent. */
static CURLcode prepare(struct call *call, const struct call_start *start)
{
	const struct client *c = call->client;

	if (!call->type->is_anonymous && !c->token)
		return CURLE_LOGIN_DENIED;
	if (write_body(call, start) < 0 ||
	    call_url(c->terminal.address, call->type, start->args, &call->url) < 0)
		return CURLE_BAD_FUNCTION_ARGUMENT;
	return add_headers(call, start->args) < 0 ? CURLE_OUT_OF_MEMORY : CURLE_OK;
}

struct call *call_start(struct client *c, const struct call_type *type,
			const struct call_start *start, call_done *done, void *data)
{
	struct call *call = calloc(1, sizeof(*call));

	if (!call)
		return NULL;
	*call = (struct call){ .client = c,
			       .type = type,
			       .done = done,
			       .data = data,
			       .login = c->login,
			       .is_background = start->is_background };
	buf_init(&call->body, REQUEST_MAX);
	buf_init(&call->reply, CALL_REPLY_MAX);
	new_interaction(c->rng, call->interaction);
	call->start_ms = client_ms(c);
	call->deadline_ms = call->start_ms + type->deadline_ms;
	call_append(call);
	call->result = prepare(call, start);
	if (call->result)
		call->state = CALL_FINISHED;
	else if (c->transport.multi)
		call_send(call);
	else
		call->state = CALL_WAITING; /* for client_start */
	return call;
}

struct call *client_call(struct client *c, const struct call_type *type,
			 const struct call_args *args, call_done *done, void *data)
{
	static const struct call_args none;
	/* Waiting for events is the program's doing, not the person's. */
	struct call_start start = { .args = args ? args : &none,
				    .is_background = type == &call_list_events };

	if (!start.is_background)
		c->active_ms = client_ms(c);
	return call_start(c, type, &start, done, data);
}

static CURLcode set_method(struct call *call)
{
	const char *method = call->type->method;
	CURL *easy = call->easy;
	CURLcode rc;

	if (strcmp(method, "POST")) {
		rc = curl_easy_setopt(easy, CURLOPT_HTTPGET, 1L);
		return rc ? rc
			  : curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST,
					     strcmp(method, "GET") ? method : NULL);
	}
	rc = curl_easy_setopt(easy, CURLOPT_POST, 1L);
	rc = rc ? rc : curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, NULL);
	rc = rc ? rc
		: curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)call->body.len);
	return rc ? rc : curl_easy_setopt(easy, CURLOPT_POSTFIELDS, call->body.data);
}

static CURLcode set_call(struct call *call)
{
	int64_t left = call->deadline_ms - client_ms(call->client);
	CURL *easy = call->easy;
	CURLcode rc = set_method(call);

	rc = rc ? rc : curl_easy_setopt(easy, CURLOPT_URL, call->url);
	rc = rc ? rc : curl_easy_setopt(easy, CURLOPT_HTTPHEADER, call->headers);
	rc = rc ? rc : curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, (long)(left > 0 ? left : 1));
	rc = rc ? rc : curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, SLOW_BYTES_PER_S);
	rc = rc ? rc
		: curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME,
				   call->type->deadline_ms > SLOW_MOST_MS ? 0L : SLOW_S);
	rc = rc ? rc : curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_reply);
	rc = rc ? rc : curl_easy_setopt(easy, CURLOPT_WRITEDATA, call);
	rc = rc ? rc : curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, take_header);
	rc = rc ? rc : curl_easy_setopt(easy, CURLOPT_HEADERDATA, call);
	rc = rc ? rc : curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, about_to_send);
	rc = rc ? rc : curl_easy_setopt(easy, CURLOPT_PREREQDATA, call);
	return rc ? rc : curl_easy_setopt(easy, CURLOPT_PRIVATE, call);
}

void call_send(struct call *call)
{
	struct transport *transport = &call->client->transport;

	call->state = CALL_ACTIVE;
	call->easy = transport_take(transport);
	if (call->easy && set_call(call) == CURLE_OK &&
	    curl_multi_add_handle(transport->multi, call->easy) == CURLM_OK)
		return;
	call->result = CURLE_OUT_OF_MEMORY;
	call->state = CALL_FINISHED;
}

/* A reading call that the bank asked to repeat soon is repeated once; orders are the outbox's. */
static bool may_repeat(const struct call *call, curl_off_t *ret_after_s)
{
	long status = 0;

	if (call->result || call->is_repeated || strcmp(call->type->method, "GET"))
		return false;
	if (curl_easy_getinfo(call->easy, CURLINFO_RESPONSE_CODE, &status) || status != 503)
		return false;
	if (curl_easy_getinfo(call->easy, CURLINFO_RETRY_AFTER, ret_after_s) || *ret_after_s < 1)
		return false;
	return *ret_after_s <= REPEAT_MOST_S &&
	       client_ms(call->client) + *ret_after_s * 1000 < call->deadline_ms;
}

void call_returned(struct call *call, CURLcode result)
{
	struct transport *transport = &call->client->transport;
	curl_off_t after_s = 0;

	call->result = result;
	curl_multi_remove_handle(transport->multi, call->easy);
	if (!may_repeat(call, &after_s)) {
		call->state = CALL_FINISHED;
		return;
	}
	transport_give_back(transport, TAKE_PTR(call->easy));
	buf_clear(&call->reply);
	call->header_bytes = 0;
	call->is_repeated = true;
	call->start_ms = client_ms(call->client) + after_s * 1000;
	call->state = CALL_WAITING;
}

/* The bank's own id where it chose one: what it prints on receipts and finds in its logs. */
static void take_interaction(const struct call *call, char out[37])
{
	struct curl_header *header = NULL;

	memcpy(out, call->interaction, 37);
	if (!call->easy || call->result ||
	    curl_easy_header(call->easy, "x-fapi-interaction-id", 0, CURLH_HEADER, -1, &header) !=
		    CURLHE_OK)
		return;
	if (strlen(header->value) == 36 && strspn(header->value, "0123456789abcdefABCDEF-") == 36)
		memcpy(out, header->value, 37);
}

static void describe(const struct call *call, struct exchange *x)
{
	long status = 0;
	char *content_type = NULL;

	if (call->easy) {
		curl_easy_getinfo(call->easy, CURLINFO_RESPONSE_CODE, &status);
		curl_easy_getinfo(call->easy, CURLINFO_CONTENT_TYPE, &content_type);
	}
	*x = (struct exchange){ .result = call->result,
				.is_sent = call->is_sent,
				.is_too_large = call->is_too_large,
				.status = (int)status,
				.content_type = content_type,
				.bytes = call->reply.data,
				.n = call->reply.len };
}

void call_finish(struct call *call)
{
	struct client *c = call->client;
	struct problem problem;
	struct answer answer;
	struct exchange x;

	call_unlink(call);
	call->state = CALL_ANSWERED;
	describe(call, &x);
	answer_read(call->type, &x, &problem, &answer);
	take_interaction(call, answer.interaction);
	if (call->easy)
		c->is_offline =
			answer.outcome == ANSWER_NOT_SENT || answer.outcome == ANSWER_NO_REPLY;
	session_answered(c, call, &answer);
	if (call->done)
		call->done(call->data, &answer);
	answer_release(call->type, &problem, &answer);
	call_free(call);
}
