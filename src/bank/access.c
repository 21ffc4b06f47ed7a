/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bank/access.h"

#include <errno.h>
#include <gnutls/x509.h>
#include <string.h>

#include "bank/bank.h"
#include "bank/identity.h"
#include "bank/session.h"

/* Chain to our authority, dates, and purpose: without the purpose a server's certificate would pass as a
 * client's. */
static bool is_ours(gnutls_session_t session)
{
	gnutls_typed_vdata_st data = { .type = GNUTLS_DT_KEY_PURPOSE_OID,
				       .data = (unsigned char *)GNUTLS_KP_TLS_WWW_CLIENT };
	unsigned status = 0;

	return gnutls_certificate_verify_peers(session, &data, 1, &status) >= 0 && status == 0;
}

static bool key_digest(const gnutls_datum_t *der, unsigned char ret[SHA256_BYTES])
{
	gnutls_x509_crt_t crt;
	size_t n = SHA256_BYTES;
	int rc = gnutls_x509_crt_init(&crt);

	if (rc < 0)
		return false;
	rc = gnutls_x509_crt_import(crt, der, GNUTLS_X509_FMT_DER);
	if (rc >= 0)
		rc = gnutls_x509_crt_get_key_id(crt, GNUTLS_KEYID_USE_SHA256, ret, &n);
	gnutls_x509_crt_deinit(crt);
	return rc >= 0;
}

void peer_verify(struct peer *peer, gnutls_session_t session)
{
	const gnutls_datum_t *chain;
	unsigned count = 0;

	if (peer->is_verified)
		return;
	peer->is_verified = true;
	chain = gnutls_certificate_get_peers(session, &count);
	peer->has_key = chain && count > 0 && is_ours(session) && key_digest(&chain[0], peer->who.key_digest);
}

/* The token's digest, false when the header is no bearer token of our form. */
static bool token_read(const char *authorization, unsigned char ret[SHA256_BYTES])
{
	if (!authorization || strncasecmp(authorization, "Bearer ", 7) ||
	    strlen(authorization + 7) != SESSION_TOKEN_MAX - 2)
		return false;
	session_token_digest(authorization + 7, ret);
	return true;
}

static bool is_fresh(const struct peer *peer, const struct bank *bank, int64_t ms)
{
	return peer->read_ms && ms - peer->read_ms < ACCESS_FRESH_MS &&
	       peer->generation == atomic_load(&bank->identity->generation);
}

/* 0, or a store error: nothing is remembered then. */
static int read_again(struct peer *peer, struct bank *bank, struct store *reader, const unsigned char *token,
		      int64_t ms)
{
	unsigned generation = atomic_load(
		&bank->identity->generation); /* before reading: a change in between reads again */
	int64_t now = bank->clock.now(bank->clock.data);
	struct principal who = { 0 };
	int r;

	memcpy(who.key_digest, peer->who.key_digest, sizeof(who.key_digest));
	peer->read_ms = 0;
	r = peer->has_key ? terminal_find(reader, who.key_digest, now, &who) : -ENOENT;
	if (r < 0 && r != -ENOENT)
		return r;
	peer->has_token = token != NULL;
	peer->token_state = -ENOENT;
	if (token && who.terminal) {
		r = session_find(reader, token, now, &who, &peer->active);
		if (r < 0 && r != -ENOENT && r != -EKEYREJECTED)
			return r;
		memcpy(who.token_digest, token, SHA256_BYTES);
		peer->token_state = r;
	}
	peer->who = who;
	peer->read_ms = ms > 0 ? ms : 1;
	peer->generation = generation;
	return 0;
}

static bool is_same_token(const struct peer *peer, const unsigned char *token)
{
	return peer->has_token == (token != NULL) &&
	       (!token || !memcmp(peer->who.token_digest, token, SHA256_BYTES));
}

void access_check(struct request *rq, struct peer *peer, struct store *reader, const char *authorization,
		  bool *ret_touch)
{
	struct bank *bank = rq->bank;
	int64_t ms = bank->clock.monotonic_ms(bank->clock.data);
	int64_t now = bank->clock.now(bank->clock.data);
	unsigned char digest[SHA256_BYTES];
	const unsigned char *token = token_read(authorization, digest) ? digest : NULL;

	*ret_touch = false;
	if (rq->status)
		return;
	if ((!is_fresh(peer, bank, ms) || !is_same_token(peer, token)) &&
	    read_again(peer, bank, reader, token, ms) < 0) {
		reply_busy(rq);
		return;
	}
	if (rq->route->access == ACCESS_SESSION && peer->who.terminal && peer->token_state == -EKEYREJECTED) {
		reply_problem(rq, 401, "token-not-yours",
			      N_("This login belongs to another terminal. Please log in here."));
		return;
	}
	rq->who = peer->who;
	/* A poll is no activity: a terminal left alone logs out although it still asks for news. */
	if (rq->who.session && !rq->route->is_passive && now - peer->active >= SESSION_TOUCH_SECONDS) {
		peer->active = now;
		*ret_touch = true;
	}
}
