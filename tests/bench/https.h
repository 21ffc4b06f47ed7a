/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A terminal for benchmarks: enrolled once, its key kept in a directory; speaks to the bank with
 * OpenSSL directly, so that the load costs little beside what is measured.
 */
#ifndef TESTS_BENCH_HTTPS_H
#define TESTS_BENCH_HTTPS_H

#include <openssl/ssl.h>
#include <stdbool.h>
#include <stddef.h>

#define REPLY_MAX (1 << 20)

struct bench_terminal {
	char host[64], port[8];
	SSL_CTX *tls;
};

/*
 * Load DIR/{ca,certificate,key}.pem, or enrol with the ticket file and write them. 0 or negative
 * with a line on stderr.
 */
int bench_terminal_open(struct bench_terminal *t, const char *dir, const char *ticket);

/* One connection; blocking until bench_unblock(). */
struct bench_connection {
	int fd;
	SSL *ssl;
	char *reply; /* REPLY_MAX bytes; whole response, NUL-terminated once complete */
	size_t n;
	const char *body; /* of a complete response */
	int status;
};
int bench_connect(struct bench_connection *c, const struct bench_terminal *t);
void bench_close(struct bench_connection *c);
void bench_unblock(struct bench_connection *c);

/* Send all of it. */
int bench_send(struct bench_connection *c, const char *request, size_t n);
/* Take what has come: 1 a whole response stands, 0 more must come, negative: broken. */
int bench_receive(struct bench_connection *c);
/* Format a request: token and key may be NULL; body NULL for GET. Returns its length. */
size_t bench_request(char *out, size_t size, const struct bench_terminal *t, const char *method,
		     const char *path, const char *token, const char *key, const char *body);
/* Send and wait (blocking connection). The response's status, or negative. */
int bench_call(struct bench_connection *c, const struct bench_terminal *t, const char *method,
	       const char *path, const char *token, const char *key, const char *body);

/* Member of a JSON object as text, in a static buffer; NULL when absent. */
const char *bench_member(const char *json, const char *name);

#endif
