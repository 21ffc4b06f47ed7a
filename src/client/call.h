/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A call from its arguments to its answer; inside src/client. */
#ifndef CLIENT_CALL_H
#define CLIENT_CALL_H

#include <curl/curl.h>

#include "base/buf.h"
#include "client/client.h"

#define CALL_URL_MAX	 8192
#define CALL_REPLY_MAX	 ((size_t)2 << 20)
#define CALL_HEADERS_MAX 65536

/* Operations that are not for screens. */
extern const struct call_type call_create_enrolment, call_create_order, call_void_order;

enum call_state {
	CALL_WAITING,  /* for start_ms */
	CALL_ACTIVE,   /* with curl */
	CALL_FINISHED, /* its callback is due */
	CALL_ANSWERED, /* its callback runs */
};

struct call {
	struct client *client;
	const struct call_type *type;
	call_done *done;
	void *data;
	const void *owner;
	enum call_state state;
	int64_t start_ms;    /* monotonic */
	int64_t deadline_ms; /* monotonic: of the whole call, a second try included */
	bool is_repeated;    /* the one repetition after 503 was made */
	bool is_sent;	     /* a byte of the request may have left */
	bool is_too_large;
	bool is_background;
	unsigned login;		    /* client->login when it began */
	CURL *easy;		    /* NULL when it never came to curl */
	struct curl_slist *headers; /* one holds the token */
	char *url;
	struct buf body;
	struct buf reply;
	size_t header_bytes;
	CURLcode result;
	char interaction[37];
	struct call *next, **link; /* in client->calls, oldest first */
};

/*
 * client_call() with the body already in bytes (NULL: written from args->body). An order's hash is
 * over its bytes, so the outbox sends the same ones again. body is copied. is_background: does not
 * count as a sign of life of a person.
 */
struct call_start {
	const struct call_args *args;
	const struct buf *body;
	bool is_background;
};
struct call *call_start(struct client *c, const struct call_type *type,
			const struct call_start *start, call_done *done, void *data);
void call_free(struct call *call); /* takes it off every list */

/* Hand a waiting call to curl. A failure finishes the call, as not sent. */
void call_send(struct call *call);
/* curl is through with it. Either it waits for its one repetition, or it is finished. */
void call_returned(struct call *call, CURLcode result);
/* Read the answer, run the callback, free the call. */
void call_finish(struct call *call);
/* Whether a byte of the request may have left this machine. */
bool call_was_sent(const struct call *call);

/* "/v1/a/{x}" with args and query percent-encoded, after "https://" and the address. -EINVAL,
 * -EMSGSIZE, -ENOMEM. */
int call_url(const char *address, const struct call_type *type, const struct call_args *args,
	     char **ret);

#endif
