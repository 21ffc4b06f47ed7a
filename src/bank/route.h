/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Routes: one table names every path of the contract, who may call it, what it reads and what answers.
 *
 * A request passes: TLS -> terminal (client certificate) -> token -> rate -> body parsed by its table ->
 * prepare (slow work such as password hashing: on a thread of its own, where it may block on writer_run()) ->
 * run. A reading run has a read-only store in one snapshot on the server's thread; a writing one is a writer
 * job (see writer.h) and is answered after COMMIT. Handlers know nothing of HTTP but status numbers.
 */
#ifndef BANK_ROUTE_H
#define BANK_ROUTE_H

#include <stdbool.h>
#include <stdint.h>

#include "bank/store.h"
#include "base/buf.h"
#include "base/catalogue.h"
#include "base/json.h"

struct bank;

enum access {
	ACCESS_ANYONE,	 /* TLS only: config, enrolment */
	ACCESS_TERMINAL, /* a certificate of ours: login */
	ACCESS_SESSION,	 /* and a token bound to that certificate's key */
};

/* Who asks, as proven by certificate and token. */
struct principal {
	int64_t terminal; /* row id, 0 without a certificate */
	char terminal_label[64];
	int64_t session;  /* row id, 0 before login */
	int64_t person;	  /* row id: approver is not maker is about persons */
	int64_t customer; /* row id of the customer in whose name the session acts */
	char customer_number[33];
	unsigned char token_digest[32];
	unsigned char key_digest[32]; /* SHA-256 of the certificate's public key */
};

#define REQUEST_ARGS_MAX  2
#define REQUEST_QUERY_MAX 8

struct request_query {
	char name[32];
	char *value;
};

struct request {
	struct bank *bank;
	const struct route *route;
	struct principal who;
	const struct catalogue *language; /* NULL: English */
	char interaction[37];		  /* UUID text */
	char *args[REQUEST_ARGS_MAX];	  /* path parameters in order */
	struct request_query query[REQUEST_QUERY_MAX];
	size_t query_count;
	char *idempotency_key;	       /* NULL when absent */
	void *body;		       /* struct of route->body, parsed strictly; NULL without */
	unsigned char body_digest[32]; /* SHA-256 of the raw body */
	void *scratch; /* prepare's gift to run; freed with free() after wiping scratch_size bytes */
	size_t scratch_size;
	/* the answer */
	int status;	  /* 0 until set */
	struct buf reply; /* JSON */
	bool is_problem;
	int retry_after;     /* seconds, 0 none */
	int64_t wait_after;  /* GET /v1/events only: newest event id this reading saw; see event_hub.h */
	int wait_seconds;    /* GET /v1/events only: > 0 asks the server to wait for more before answering */
	bool changes_access; /* this write ended a session or a terminal: forget after COMMIT what was
				remembered */
	char *message;	     /* a text for the customer's phone, sent after COMMIT; see request_message */
};

struct route {
	const char *method;
	const char *path; /* as in the contract, "/v1/orders/{orderId}" */
	enum access access;
	const struct json_table *body;	    /* NULL: no body allowed */
	const char *const *query;	    /* names allowed, NULL-terminated; NULL: none */
	bool needs_key;			    /* Idempotency-Key required */
	bool is_passive;		    /* asked by machines: does not keep a session from idling */
	int (*prepare)(struct request *rq); /* may answer by itself (status set) */
	int (*read)(struct store *store, struct request *rq); /* one of read and write */
	int (*write)(struct store *store,
		     struct request *rq); /* 0 keep, negative roll back; sets the answer */
	int (*refused)(struct store *store, struct request *rq); /* after a rolled back write; may be NULL */
};

/* A file of routes ends in `const struct route_list x_routes` and is one line of the array in route.c. */
struct route_list {
	const struct route *rows;
	size_t count;
};
extern const struct route_list account_routes, message_routes, order_routes, bank_routes, terminal_routes,
	session_routes, event_routes;

/* Every route, each pointer constant for the life of the program; count in *ret_count. */
const struct route *const *routes(size_t *ret_count);

/* The methods of a path, "GET, DELETE", for the Allow header of a 405. */
#define ROUTE_METHODS_MAX 64
char *route_methods(const char *path, char out[ROUTE_METHODS_MAX]);

/*
 * Making a request, step by step; the server and tests do the same. After a step that found fault rq->status
 * is set, rq holds the problem, and later steps and route_dispatch() leave it as it is.
 */
void request_init(struct request *rq, struct bank *bank);     /* zeroes; an interaction id of its own */
void request_interaction(struct request *rq, const char *id); /* taken over when it is a UUID */
void request_language(struct request *rq, const char *accept_language); /* NULL: English */
void request_route(struct request *rq, const char *method,
		   const char *path); /* 404 route-unknown, 405 method-unknown */
void request_query_add(struct request *rq, const char *name,
		       const char *value);	       /* 400 query-unknown, query-repeated */
void request_key(struct request *rq, const char *key); /* Idempotency-Key; 400 when malformed */
void request_access(struct request *rq); /* 403 terminal-unknown, 401 session-expired by rq->who */
/* Parse the body by the route's table: 400 body-missing, body-unexpected, body-invalid, field-*. n 0: no
 * body. */
void request_body(struct request *rq, const char *bytes, size_t n);

const char *request_get(const struct request *rq, const char *name); /* query value, NULL when absent */
/* A query value as an integer within [least, most], fallback when absent; -EINVAL with 400 query-invalid
 * answered. */
int request_get_int(struct request *rq, const char *name, int least, int most, int fallback, int *ret);
/* Text in the asked language; msgid itself when there is none. */
const char *tr(const struct request *rq, const char *msgid) __attribute__((format_arg(2)));
/* A terminal's label is a name that somebody gave it; only the demo's is ours, and said in the asked language. */
const char *tr_terminal(const struct request *rq, const char *label);

/* Answer with the struct by its table. Returns 0, so that handlers `return reply_json(...)`. */
int reply_json(struct request *rq, int status, const struct json_table *table, const void *in);
int reply_empty(struct request *rq, int status);
void reply_clear(struct request *rq); /* forgets the answer, as before the handler ran */
/*
 * Answer a problem: status, stable code, and a translated sentence (msgid is a printf format, N_() marked).
 * Returns 0: a problem that must keep its writes; `return reply_problem(...), -EPERM;` rolls them back.
 */
int reply_problem(struct request *rq, int status, const char *code, const char *msgid, ...) PRINTF_LIKE(4, 5);
/* As above with one named field in errors[]. */
int reply_field_problem(struct request *rq, int status, const char *path, const char *code, const char *msgid,
			...) PRINTF_LIKE(5, 6);
/* As above with the tries left before a lock (0: none told) and when a lock or back-off ends (0: none; with 429
 * also as Retry-After). */
struct attempts {
	int left;
	int64_t until; /* UTC seconds */
};
int reply_attempt_problem(struct request *rq, int status, const char *code, struct attempts attempts,
			  const char *msgid, ...) PRINTF_LIKE(5, 6);
/*
 * A text message (SMS) to the phone of rq->who's customer: delivered only after COMMIT of this write.
 * Replaces one set before. 0 or -ENOMEM.
 */
int request_message(struct request *rq, const char *msgid, ...) PRINTF_LIKE(2, 3);
/* 503 bank-busy with Retry-After: nothing was done. For failures that are ours (memory, disk). */
int reply_busy(struct request *rq);

/*
 * Run a request to its answer without HTTP: tests and the server both call this. For writes, finish(rq) is
 * called after COMMIT on the writer's thread; for reads before this returns.
 */
void route_dispatch(struct request *rq, struct store *reader, void (*finish)(struct request *rq, void *data),
		    void *data);
void request_release(struct request *rq); /* frees what it holds, secrets wiped; not rq itself */

#endif
