/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A server that is not the bank, or a bank gone mad: one child process on loopback, counting what
 * reaches it. */
#ifndef TESTS_FAULT_HOSTILE_H
#define TESTS_FAULT_HOSTILE_H

#include <openssl/ssl.h>
#include <stdatomic.h>
#include <sys/types.h>

enum hostile_kind {
	HOSTILE_REPLIES, /* a TLS server that answers every request with `reply` */
	HOSTILE_PLAIN,	 /* no TLS at all */
	HOSTILE_SILENT,	 /* accepts and says nothing */
	HOSTILE_BOMB,	 /* sends the reply, then `filler` over and over until the client goes */
	HOSTILE_TRICKLE, /* the reply, one byte a second */
};

struct hostile {
	enum hostile_kind kind;
	X509 *certificate;
	EVP_PKEY *key;
	int max_version;   /* 0, or e.g. TLS1_1_VERSION */
	const char *reply; /* whole, with head */
	const char *filler;
	/* of the server that runs */
	int port;
	pid_t pid;
	struct hostile_counts {
		atomic_long connections;
		atomic_long request_bytes; /* decrypted, or any in plain text */
	} * counts;			   /* shared with it */
};

int hostile_start(struct hostile *h); /* 0 or -errno */
void hostile_stop(struct hostile *h);

#endif
