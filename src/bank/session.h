/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Sessions: 256-bit tokens of which only the digest is kept, bound to the key of the terminal's certificate.
 *
 * A session dies after SESSION_IDLE_SECONDS without a request (at most SESSION_TOUCH_SECONDS later, since its
 * last activity is written no oftener than that; never later than the 15 minutes of PCI DSS 8.2.8), after
 * SESSION_LIFE_SECONDS in any case (NIST SP 800-63B, AAL2), at logout, and with its terminal.
 */
#ifndef BANK_SESSION_H
#define BANK_SESSION_H

#include "bank/route.h"
#include "bank/store.h"
#include "base/clock.h"
#include "base/hex.h"
#include "model/session.h"

#define SESSION_IDLE_SECONDS  (14 * 60)
#define SESSION_TOUCH_SECONDS 60
#define SESSION_LIFE_SECONDS  (12 * 60 * 60)

#define SESSION_TOKEN_BYTES 32
#define SESSION_TOKEN_MAX   45 /* base64url text with its NUL */

/* A fresh token as text, and its digest. */
void session_token(const struct rng *rng, char ret_text[SESSION_TOKEN_MAX],
		   unsigned char ret_digest[SHA256_BYTES]);
void session_token_digest(const char *text, unsigned char ret_digest[SHA256_BYTES]);

/* A terminal by the digest of its key. 0, -ENOENT unknown, revoked or expired, or a store error. Sets ret's
 * terminal members. */
int terminal_find(struct store *store, const unsigned char key_digest[SHA256_BYTES], int64_t now,
		  struct principal *ret);

/*
 * The live session of a token. 0, -ENOENT none or ended, -EKEYREJECTED bound to another key than
 * who->key_digest, or a store error. Sets the session members of *who, written only on success; *ret_active
 * is when it was last active.
 */
int session_find(struct store *store, const unsigned char token_digest[SHA256_BYTES], int64_t now,
		 struct principal *who, int64_t *ret_active);

/* Begin one for the customer whose person this is; in a writer's job. -ENOENT when the person is no customer.
 */
struct session_start {
	int64_t person;
	int64_t terminal;
	const unsigned char *token_digest, *key_digest;
	int failed_before; /* wrong passwords since the login before */
	int64_t now;
};
int session_begin(struct store *store, const struct session_start *start, int64_t *ret_session);
int session_end(struct store *store, int64_t session, int64_t now);
/* Remember activity; nothing when something newer is remembered. */
int session_touch(struct store *store, int64_t session, int64_t now);

/* What GET /v1/sessions/current tells, without the token. Release with json_release(ret, &session_json). */
int session_read(struct store *store, int64_t session, struct session *ret);

#endif
