/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Who asks: each connection remembers what its certificate and its last token proved.
 *
 * What is remembered is read from the store again when a second has passed, or at once when this process
 * ended a session or a terminal (identity->generation): so a request costs no SQL, and a revocation by
 * another process still holds within a second.
 */
#ifndef BANK_ACCESS_H
#define BANK_ACCESS_H

#include <gnutls/gnutls.h>
#include <stdbool.h>
#include <stdint.h>

#include "bank/route.h"

#define ACCESS_FRESH_MS 1000

/* One per connection, used by one thread at a time. Zeroed at first. */
struct peer {
	bool is_verified;     /* the handshake's certificate was looked at */
	bool has_key;	      /* and is one of our authority's, for a TLS client */
	struct principal who; /* as last read; key_digest is set when has_key */
	int64_t read_ms;      /* monotonic; 0: never */
	unsigned generation;
	int token_state; /* of who.token_digest: 0 live, else session_find's error */
	bool has_token;
	int64_t active; /* the session's last activity as stored, UTC seconds */
};

/* Look at the certificate of the connection, once. */
void peer_verify(struct peer *peer, gnutls_session_t session);

/*
 * Set rq->who, or answer 403 terminal-unknown, 401 session-expired or token-not-yours, 503. The route must be
 * known. authorization: the header's value, NULL when absent. *ret_touch: the session's activity must be
 * written.
 */
void access_check(struct request *rq, struct peer *peer, struct store *reader, const char *authorization,
		  bool *ret_touch);

#endif
