/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The client of the bank API: one HTTPS connection pool on one curl multi handle, no threads.
 *
 * Every call is a handle that can be cancelled; its callback runs exactly once, from client_run(), unless
 * cancelled. Nothing here blocks, but client_poll(), which is the program's one place to wait.
 */
#ifndef CLIENT_CLIENT_H
#define CLIENT_CLIENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/json.h"
#include "model/config.h"
#include "model/order.h"
#include "model/problem.h"
#include "model/session.h"

struct client;
struct call;

struct client_options {
	const char *dir;          /* the terminal's own: device key, certificate, bank's CA, address, outbox */
	const struct clock *clock; /* NULL: the system's */
	const struct rng *rng;
	const char *channel;      /* "home", "kiosk", "counter" */
};

/* -ENOENT when the terminal is not enrolled (see enrol.h); other errors name the file. */
int client_open(const struct client_options *options, struct client **ret, struct err *err);
/*
 * The same in two steps, for a program that shows its first page between them: reading the terminal's files, then
 * checking what they hold and opening network and outbox. Calls made before client_start wait for it; nothing else
 * but client_set_language and what only tells may be asked before. After an error of client_start the client is
 * only to be closed.
 */
int client_load(const struct client_options *options, struct client **ret, struct err *err);
int client_start(struct client *c, const char *dir, struct err *err);
void client_close(struct client *c); /* cancels every call, wipes secrets; NULL allowed; never from a callback */
void client_set_language(struct client *c, const char *language); /* "en", "zh_CN": Accept-Language */

/* What to wait for beside the network. */
struct client_fd {
	int fd;
	bool readable; /* out */
};
#define CLIENT_FDS_MAX 16
/*
 * Wait until one of at most CLIENT_FDS_MAX descriptors is readable, the network moves, something of the client's own
 * is due, or timeout_ms passed (negative: no limit). Returns at once on a signal.
 */
int client_poll(struct client *c, struct client_fd *fds, size_t count, int timeout_ms);
/* Move the network and run the callbacks that are due. */
void client_run(struct client *c);

/* ---- calls ---- */

enum answer_outcome {
	ANSWER_OK,
	ANSWER_PROBLEM,     /* the bank refused: problem is set */
	ANSWER_NOT_SENT,    /* no byte of the request left: no connection, no trust, not enrolled */
	ANSWER_NO_REPLY,    /* sent, but no (whole) answer: for an order, unknown */
	ANSWER_BAD_REPLY,   /* an answer that breaks the contract, or too large */
};

struct answer {
	enum answer_outcome outcome;
	int status;                     /* HTTP, 0 without */
	void *body;                     /* struct of type->response, zeroed memory when none; owned by the call:
					   take fields with TAKE_PTR or json_copy to keep them */
	const struct problem *problem;  /* ANSWER_PROBLEM */
	const char *text;               /* what happened and what to do, translated; "" on ANSWER_OK */
	char interaction[37];
};

/* Runs once. `a` and what it points to live until it returns. */
typedef void call_done(void *data, struct answer *a);

/* One row per operation of the contract; the table is calls.c. */
struct call_type {
	const char *name;     /* operationId */
	const char *method;
	const char *path;     /* "/v1/accounts/{accountId}/entries" */
	const struct json_table *request;
	const struct json_table *response;
	int deadline_ms;      /* whole call */
	bool is_anonymous;    /* no token is sent */
};

#define CALL_ARGS_MAX 2
#define CALL_QUERY_MAX 8
struct call_args {
	const char *path[CALL_ARGS_MAX];            /* in order, percent-encoded by us */
	struct { const char *name, *value; } query[CALL_QUERY_MAX]; /* ends at a NULL name; NULL values are left out */
	const void *body;                           /* struct of type->request */
	const char *idempotency_key;
};

extern const struct call_type call_get_config, call_create_session, call_get_session, call_delete_session,
	call_unlock_session, call_list_accounts, call_get_account, call_list_entries, call_list_payees, call_look_up,
	call_list_order_types, call_get_order_type, call_create_quote, call_list_orders, call_get_order,
	call_authorise_order, call_send_code, call_list_events, call_list_messages, call_read_message;
/* call_create_order and call_void_order exist for the outbox alone (outbox.h). */

/* args are copied. Never NULL but when memory is short (done is then not called). */
struct call *client_call(struct client *c, const struct call_type *type, const struct call_args *args, call_done *done,
			 void *data);
void call_cancel(struct call *call); /* its callback will not run; NULL allowed; not after the callback ran */
/* The call belongs to owner (an address that only tells it apart). */
void call_own(struct call *call, const void *owner);
/* Cancel every call of the owner whose callback has not run; fine when there is none. */
void client_cancel_owned(struct client *c, const void *owner);
bool client_owns_calls(const struct client *c, const void *owner); /* some callback of the owner's has yet to run */

/* ---- session ---- */

/* The session after a successful call_create_session, NULL before. Its token is NULL: that never leaves the client. */
const struct session *client_session(const struct client *c);
/* Told when the session ended on its own (401, idle). reason is translated. */
void client_on_session_end(struct client *c, void (*fn)(void *data, const char *reason), void *data);
void client_forget_session(struct client *c); /* wipes the token; does not tell the bank: call_delete_session first */
const struct config *client_config(const struct client *c); /* from the last call_get_config; NULL before */
bool client_is_offline(const struct client *c);             /* the last call could not reach the bank */
int64_t client_now(const struct client *c);                 /* the clock given in options */

#endif
