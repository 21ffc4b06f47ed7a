/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What struct client holds; inside src/client. */
#ifndef CLIENT_STATE_H
#define CLIENT_STATE_H

#include "client/call.h"
#include "client/client.h"
#include "client/terminal.h"
#include "client/transport.h"

struct outbox;

struct client {
	char *dir;
	const struct clock *clock;
	const struct rng *rng;
	char channel[16];
	const char *language; /* of Accept-Language, constant */
	struct terminal terminal;
	struct transport transport;
	struct call *calls, **calls_end;
	struct session *session; /* its token is not in it */
	struct secret *token;
	unsigned login;	   /* counts logins: an answer to an older one ends nothing */
	int64_t active_ms; /* monotonic: last sign of life of the person */
	const char *ended; /* why the session just ended, translated; to be told */
	void (*session_end)(void *data, const char *reason);
	void *session_end_data;
	struct config *config;
	bool is_offline;
	struct outbox *outbox;
};

/* A client for enrolling: no files, no outbox. terminal is moved into it. */
int client_open_bare(struct terminal *terminal, const struct client_options *options,
		     struct client **ret, struct err *err);

int64_t client_ms(const struct client *c); /* monotonic */

/* session.c */
void session_answered(struct client *c, const struct call *call, struct answer *a);
int64_t session_due_ms(const struct client *c); /* when idling ends it; INT64_MAX without one */
void session_run(struct client *c);		/* ends it when due, and tells */
void session_close(struct client *c);		/* wipes; tells nobody */

#endif
