/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * HTTPS: libmicrohttpd with a pool of threads. A request that writes, hashes or waits suspends its
 * connection, so that few threads serve all. Every answer that is ours is JSON; requests too broken to have a
 * route get problem+json too, save what libmicrohttpd refuses itself (malformed request lines, headers over
 * 32 KiB).
 *
 * Deadlines hold however slowly bytes trickle: SERVER_START_MS from connecting to the end of the first
 * request's headers, SERVER_BODY_MS for a body, SERVER_IDLE_MS between requests, SERVER_SEND_MS for taking
 * the answer.
 */
#ifndef BANK_SERVER_H
#define BANK_SERVER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

struct bank;
struct server;

#define SERVER_BODY_MAX	       ((size_t)64 << 10)
#define SERVER_START_MS	       10000
#define SERVER_BODY_MS	       10000
#define SERVER_IDLE_MS	       60000
#define SERVER_SEND_MS	       30000
#define SERVER_CONNECTIONS_MAX 1024
#define SERVER_ADDRESS_MAX     64 /* "[IPv6]:port" */

struct server_options {
	const char *listen;	  /* "127.0.0.1:8443", "[::1]:0" */
	const char *const *names; /* more names for the certificate */
	size_t names_count;
	int threads;	 /* 0: as many as cores, at most 4 */
	int per_second;	 /* requests of one terminal, 0: SERVER_PER_SECOND */
	int per_address; /* connections of one address, 0: SERVER_PER_ADDRESS */
};
#define SERVER_PER_SECOND  500
#define SERVER_PER_ADDRESS 300

/* 0, or -EINVAL when listen is no "ADDRESS:PORT". */
int server_check_listen(const char *listen, struct err *err);
/* Whether "ADDRESS:PORT" is on the loopback. False when it cannot be read. */
bool server_is_loopback(const char *listen);

int server_start(struct bank *bank, const struct server_options *options, struct server **ret,
		 struct err *err);
/* The address really bound, "127.0.0.1:40001". Borrowed. */
const char *server_address(const struct server *server);
/* Takes no more connections or requests, answers those it has, ends its threads. NULL allowed. */
void server_stop(struct server *server);

#endif
