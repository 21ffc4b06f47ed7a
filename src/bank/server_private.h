/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the server's own files share: server.c (listening), connection.c (deadlines), exchange.c (one
 * request). */
#ifndef BANK_SERVER_PRIVATE_H
#define BANK_SERVER_PRIVATE_H

#include <microhttpd.h>
#include <pthread.h>
#include <stdatomic.h>

#include "bank/access.h"
#include "bank/limit.h"
#include "bank/server.h"
#include "bank/slow.h"

/* One TCP connection; MHD's socket context. */
struct connection {
	struct server *server;
	struct peer peer;
	int fd;
	_Atomic int64_t deadline; /* monotonic ms; 0 none: shut down after it */
	struct connection *next, **link;
};

struct server {
	struct bank *bank;
	struct MHD_Daemon *daemon;
	struct slow *slow;
	struct limit *requests; /* by terminal or address */
	struct limit *secrets;	/* by terminal or address: logins, enrolments, proofs */
	pthread_key_t reader;	/* each thread's own store */
	char address[SERVER_ADDRESS_MAX];
	pthread_mutex_t lock;
	pthread_cond_t changed;
	struct connection *connections;
	size_t suspended; /* connections that the writer, a hash or the hub holds */
	atomic_bool stopping;
	bool has_key, has_ticker;
	pthread_t ticker;
};

int64_t server_ms(const struct server *server);
struct store *server_reader(struct server *server); /* of this thread; NULL when it cannot be opened */
void server_suspend(struct server *server, struct MHD_Connection *mhd);
void server_resume(struct server *server, struct MHD_Connection *mhd);
bool server_is_stopping(struct server *server);

/* Deadline `after` ms from now; 0: none. */
void connection_deadline(struct connection *c, int64_t after);
void connection_notify(void *data, struct MHD_Connection *mhd, void **context,
		       enum MHD_ConnectionNotificationCode code);
/* Shut down those past their deadline. */
void connections_reap(struct server *server);

enum MHD_Result exchange_handle(void *data, struct MHD_Connection *mhd, const char *url, const char *method,
				const char *version, const char *upload, size_t *upload_size, void **context);
void exchange_completed(void *data, struct MHD_Connection *mhd, void **context,
			enum MHD_RequestTerminationCode code);

#endif
