/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * For tests of a running bankd: starting it, keys and certificates good and bad, and TLS connections on which
 * any bytes can be sent. OpenSSL on purpose: not the library that bankd uses. Nothing waits longer than
 * WIRE_SECONDS.
 */
#ifndef TESTS_SERVER_WIRE_H
#define TESTS_SERVER_WIRE_H

#include <openssl/ssl.h>
#include <stdbool.h>
#include <sys/types.h>

#define WIRE_SECONDS 30

struct bankd {
	char dir[64];
	char address[64];
	int port;
	pid_t pid;
	char code[64]; /* of the ticket last made */
	X509 *ca;
};

/* A private directory of its own. */
bool bankd_new(struct bankd *b);
/* Start $builddir/bankd on a free port, with more arguments up to NULL, and wait until it is ready. */
bool bankd_start(struct bankd *b, const char *const *more);
/* Send a signal and wait; returns the wait status. */
int bankd_end(struct bankd *b, int signal);
void bankd_release(struct bankd *b); /* ends it, removes the directory */
/* Run bankd with arguments and its directory; output (NUL-terminated) into out. Returns the exit status. */
int bankd_run(const struct bankd *b, const char *option, const char *value, char *out, size_t size);
/* A ticket made beside the running server, into b->code. */
bool bankd_ticket(struct bankd *b, const char *label);
/* The ticket that --demo-data wrote. */
bool bankd_demo_ticket(struct bankd *b);

struct device {
	EVP_PKEY *key;
	X509 *certificate;
};
void device_release(struct device *d);

EVP_PKEY *key_new(const char *type, const char *parameter); /* "EC","P-256"; "RSA","2048" */
/* A PEM request; signed by another key when given. Caller frees. */
char *request_pem(EVP_PKEY *key, EVP_PKEY *signer);
/* A certificate of bankd's own authority, or of a new one with the same name; expired when days < 0. */
enum issuer { ISSUER_BANK, ISSUER_STRANGER };
X509 *certificate_new(const struct bankd *b, EVP_PKEY *key, enum issuer issuer, const char *purpose,
		      int days);
/* What lies in DIR/tls/NAME.key and .pem. */
bool device_load(const struct bankd *b, const char *name, struct device *ret);

struct answer {
	int status; /* 0: the connection ended without an answer */
	size_t head_length, body_length;
	char head[8192], body[1 << 18];
};
/* A text member of the body by its name; "" when absent. In a static buffer that the next call reuses. */
const char *answer_text(const struct answer *a, const char *name);
bool answer_has_header(const struct answer *a, const char *line); /* "Allow: GET" */

struct wire {
	int fd;
	SSL_CTX *context;
	SSL *ssl; /* NULL: plain */
};
enum { WIRE_PLAIN = -1, WIRE_ANY = 0 }; /* else a TLS version such as TLS1_2_VERSION */
bool wire_open(struct wire *w, const struct bankd *b, const struct device *who, int version);
bool wire_send(struct wire *w, const void *bytes, size_t n);
bool wire_answer(struct wire *w, struct answer *ret);
/* Whether the peer ends the connection (rather than our patience). */
bool wire_ends(struct wire *w);
void wire_close(struct wire *w);

/* One request on a connection; head: more header lines, each ending in "\r\n", or "". body NULL: none. */
bool wire_ask(struct wire *w, const char *method, const char *path, const char *head, const char *body,
	      struct answer *ret);
/* As above on a connection of its own. Returns the status, 0 when there was no answer. */
int ask(const struct bankd *b, const struct device *who, const char *method, const char *path,
	const char *head, const char *body, struct answer *ret);
/* Enrol a fresh P-256 key with b->code. Returns the status. */
int enrol(const struct bankd *b, struct device *ret, struct answer *answer);
/* Log in; the token's header line into ret_head. Returns the status. */
int login(const struct bankd *b, const struct device *who, const char *number, const char *password,
	  char ret_head[128], struct answer *answer);

#endif
