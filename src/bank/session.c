/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bank/session.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void session_token_digest(const char *text, unsigned char ret_digest[SHA256_BYTES])
{
	sha256(text, strlen(text), ret_digest);
}

void session_token(const struct rng *rng, char ret_text[SESSION_TOKEN_MAX],
		   unsigned char ret_digest[SHA256_BYTES])
{
	unsigned char bytes[SESSION_TOKEN_BYTES];

	rng->fill(rng->data, bytes, sizeof(bytes));
	base64url_encode(bytes, sizeof(bytes), ret_text);
	secret_wipe(bytes, sizeof(bytes));
	session_token_digest(ret_text, ret_digest);
}

int terminal_find(struct store *store, const unsigned char key_digest[SHA256_BYTES], int64_t now,
		  struct principal *ret)
{
	struct statement *q =
		store_sql(store, "SELECT id, label FROM terminal"
				 " WHERE key_digest = :key AND revoked IS NULL AND expires > :now");
	int r;

	bind_blob(q, ":key", key_digest, SHA256_BYTES);
	bind_int(q, ":now", now);
	r = statement_step(q);
	if (r > 0) {
		ret->terminal = column_int(q, 0);
		snprintf(ret->terminal_label, sizeof(ret->terminal_label), "%s", column_text(q, 1));
		memcpy(ret->key_digest, key_digest, SHA256_BYTES);
	}
	statement_reset(q);
	return r < 0 ? r : r > 0 ? 0 : -ENOENT;
}

static bool is_live(struct statement *q, int64_t now)
{
	return column_is_null(q, 3) && column_int(q, 4) > now &&
	       column_int(q, 5) + SESSION_IDLE_SECONDS + SESSION_TOUCH_SECONDS > now;
}

int session_find(struct store *store, const unsigned char token_digest[SHA256_BYTES], int64_t now,
		 struct principal *who, int64_t *ret_active)
{
	struct statement *q =
		store_sql(store, "SELECT s.id, s.person, s.customer, s.ended, s.expires, s.last_active,"
				 " s.key_digest, c.number FROM session s JOIN customer c ON c.id = s.customer"
				 " WHERE s.token_digest = :token");
	const void *key;
	size_t n;
	int r;

	bind_blob(q, ":token", token_digest, SHA256_BYTES);
	r = statement_step(q);
	if (r > 0 && !is_live(q, now))
		r = 0;
	if (r > 0) {
		key = column_blob(q, 6, &n);
		if (n != SHA256_BYTES || memcmp(key, who->key_digest, n))
			r = -EKEYREJECTED;
	}
	if (r > 0) {
		who->session = column_int(q, 0);
		who->person = column_int(q, 1);
		who->customer = column_int(q, 2);
		*ret_active = column_int(q, 5);
		snprintf(who->customer_number, sizeof(who->customer_number), "%s", column_text(q, 7));
		memcpy(who->token_digest, token_digest, SHA256_BYTES);
	}
	statement_reset(q);
	return r < 0 ? r : r > 0 ? 0 : -ENOENT;
}

int session_begin(struct store *store, const struct session_start *start, int64_t *ret_session)
{
	struct statement *q = store_sql(
		store,
		"INSERT INTO session(token_digest, key_digest, terminal, person, customer, created, "
		"last_active, expires,"
		" failed_before) SELECT :token, :key, :terminal, person, id, :now, :now, :expires, :failed"
		" FROM customer WHERE person = :person ORDER BY id LIMIT 1 RETURNING id");
	int r;

	bind_blob(q, ":token", start->token_digest, SHA256_BYTES);
	bind_blob(q, ":key", start->key_digest, SHA256_BYTES);
	bind_int(q, ":terminal", start->terminal);
	bind_int(q, ":person", start->person);
	bind_int(q, ":now", start->now);
	bind_int(q, ":expires", start->now + SESSION_LIFE_SECONDS);
	bind_int(q, ":failed", start->failed_before);
	r = statement_step(q);
	if (r > 0)
		*ret_session = column_int(q, 0);
	statement_reset(q);
	return r < 0 ? r : r > 0 ? 0 : -ENOENT;
}

int session_end(struct store *store, int64_t session, int64_t now)
{
	struct statement *q =
		store_sql(store, "UPDATE session SET ended = :now WHERE id = :id AND ended IS NULL");

	bind_int(q, ":now", now);
	bind_int(q, ":id", session);
	return statement_run(q, NULL);
}

int session_touch(struct store *store, int64_t session, int64_t now)
{
	struct statement *q = store_sql(
		store, "UPDATE session SET last_active = :now WHERE id = :id AND last_active < :now");

	bind_int(q, ":now", now);
	bind_int(q, ":id", session);
	return statement_run(q, NULL);
}

/* 13800000001 -> 138****0001 */
static char *phone_masked(const char *phone)
{
	size_t n = strlen(phone);
	char *masked;

	if (n < 8)
		return strdup("****");
	return asprintf(&masked, "%.3s****%s", phone, phone + n - 4) < 0 ? NULL : masked;
}

static int last_login_read(struct store *store, int64_t session, struct last_login *ret)
{
	struct statement *q = store_sql(
		store, "SELECT b.created, t.label FROM session a JOIN session b"
		       " ON b.customer = a.customer AND b.id < a.id JOIN terminal t ON t.id = b.terminal"
		       " WHERE a.id = :id ORDER BY b.id DESC LIMIT 1");
	int r;

	bind_int(q, ":id", session);
	r = statement_step(q);
	if (r > 0) {
		ret->at = column_int(q, 0);
		ret->terminal = strdup(column_text(q, 1));
	}
	statement_reset(q);
	return r < 0 ? r : r > 0 && !ret->terminal ? -ENOMEM : 0;
}

static int session_fill(struct statement *q, struct session *out)
{
	out->expires = column_int(q, 0);
	out->idle_seconds = SESSION_IDLE_SECONDS;
	out->last_login.failed_attempts = (int)column_int(q, 1);
	out->customer.number = strdup(column_text(q, 2));
	out->customer.segment = (int)column_int(q, 3);
	out->customer.name = strdup(column_text(q, 4));
	out->customer.phone = phone_masked(column_text(q, 5));
	return out->customer.number && out->customer.name && out->customer.phone ? 0 : -ENOMEM;
}

int session_read(struct store *store, int64_t session, struct session *ret)
{
	struct statement *q =
		store_sql(store, "SELECT s.expires, s.failed_before, c.number, c.segment, p.name, p.phone"
				 " FROM session s JOIN customer c ON c.id = s.customer"
				 " JOIN person p ON p.id = s.person WHERE s.id = :id");
	struct session out;
	int r;

	json_init(&out, &session_json);
	bind_int(q, ":id", session);
	r = statement_step(q);
	r = r > 0 ? session_fill(q, &out) : r < 0 ? r : -ENOENT;
	statement_reset(q);
	if (r == 0)
		r = last_login_read(store, session, &out.last_login);
	if (r < 0)
		json_release(&out, &session_json);
	else
		*ret = out;
	return r;
}
