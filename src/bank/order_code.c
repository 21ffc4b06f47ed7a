/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bank/order_code.h"

#include <errno.h>
#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "bank/bank.h"
#include "bank/parameter.h"
#include "bank/route.h"
#include "bank/tally.h"
#include "base/macros.h"

#define CODE_DIGITS 6

static void code_digest(const struct bank *bank, const char *code, const char *key, const char *terms,
			unsigned char ret[crypto_auth_hmacsha256_BYTES])
{
	crypto_auth_hmacsha256_state state;
	const char *const parts[] = { "order-code", code, key, terms };

	crypto_auth_hmacsha256_init(&state, bank->pepper, sizeof(bank->pepper));
	for (size_t i = 0; i < COUNT(parts); i++) /* with their NULs: no two lists of parts share bytes */
		crypto_auth_hmacsha256_update(&state, (const unsigned char *)parts[i], strlen(parts[i]) + 1);
	crypto_auth_hmacsha256_final(&state, ret);
}

static int code_store(struct store *s, const struct order_record *o, const unsigned char *digest, int64_t now,
		      int64_t until, int64_t sends)
{
	struct statement *q = store_sql(s,
		"INSERT INTO code(orders, digest, terms, sent, until, attempts, sends)"
		" VALUES(:orders, :digest, :terms, :now, :until, 0, 1)"
		" ON CONFLICT(orders) DO UPDATE SET digest = :digest, terms = :terms, sent = :now, until = :until,"
		" attempts = 0, sends = code.sends + 1 WHERE code.sends < :sends");
	int r;

	bind_int(q, ":orders", o->id);
	bind_blob(q, ":digest", digest, crypto_auth_hmacsha256_BYTES);
	bind_text(q, ":terms", o->terms);
	bind_int(q, ":now", now);
	bind_int(q, ":until", until);
	bind_int(q, ":sends", sends);
	r = statement_guard(q);
	return r == -EAGAIN ? -EDQUOT : r;
}

static int code_tell(struct request *rq, const struct order_record *o, const char *code, int64_t seconds)
{
	struct said purpose = { 0 };
	char *text;
	int r;

	if (!o->family->purpose)
		return -EIO;
	r = o->family->purpose(o, &purpose);
	if (r)
		return r;
	text = said_text(&purpose, rq->language);
	said_release(&purpose);
	r = text ? request_message(rq,
				   N_("%s is your code for the %s, order %.4s. It works for %d minutes. Give "
				      "it to nobody, "
				      "not even to staff of the bank."),
				   code, text, o->key, (int)(seconds / 60))
		 : -ENOMEM;
	free(text);
	return r;
}

int code_may_send(struct store *s, struct request *rq, int64_t customer, int64_t now)
{
	int64_t until;
	int r = tally_check(s, customer, TALLY_CODE_WRONG, now, &until);

	if (r == -EDQUOT)
		return reply_attempt_problem(rq, 409, "code-locked", (struct attempts){ .until = until },
					     N_("Too many wrong codes were typed today. Payments that need a code "
						"can be made again tomorrow.")),
		       -EPERM;
	if (!r)
		r = tally_check(s, customer, TALLY_CODE_SENT, now, &until);
	if (r != -EDQUOT)
		return r;
	return reply_attempt_problem(rq, 409, "code-sends-hour", (struct attempts){ .until = until },
				     N_("Very many codes were sent to you just now. Please wait until the next "
					"hour and try again.")),
	       -EPERM;
}

int code_send(struct store *s, struct request *rq, const struct order_record *o, int64_t now)
{
	unsigned char digest[crypto_auth_hmacsha256_BYTES];
	char code[CODE_DIGITS + 1];
	int64_t seconds, sends;
	int r = parameter_int(s, "order.code-seconds", o->accepted_date, &seconds);

	if (!r)
		r = tally_add(s, o->customer, TALLY_CODE_SENT, now, NULL);
	if (!r)
		r = parameter_int(s, "order.code-sends", o->accepted_date, &sends);
	if (r)
		return r == -ENOENT ? -EIO : r;
	snprintf(code, sizeof(code), "%06d", (int)rng_below(&rq->bank->rng, 1000000));
	code_digest(rq->bank, code, o->key, o->terms, digest);
	r = code_store(s, o, digest, now, now + seconds, sends);
	if (!r)
		r = code_tell(rq, o, code, seconds);
	secret_wipe(code, sizeof(code));
	return r;
}

/* Why no try was counted. */
static int code_refusal(struct store *s, const struct order_record *o, int64_t now)
{
	struct statement *q = store_sql(s, "SELECT until FROM code WHERE orders = :orders");
	int64_t until;
	int r;

	bind_int(q, ":orders", o->id);
	r = statement_step(q);
	if (r <= 0)
		return r ? r : -ENOENT;
	until = column_int(q, 0);
	statement_reset(q);
	return until <= now ? -EKEYEXPIRED : -EDQUOT;
}

int code_try_begin(struct store *s, const struct order_record *o, int64_t now, struct code_try *ret)
{
	struct statement *q;
	const void *digest;
	int64_t most;
	size_t n;
	int r = parameter_int(s, "order.code-attempts", o->accepted_date, &most);

	if (r)
		return r == -ENOENT ? -EIO : r;
	r = tally_add(s, o->customer, TALLY_CODE_WRONG, now, &ret->locked_until);
	if (r)
		return r == -EDQUOT ? -EACCES : r;
	q = store_sql(s, "UPDATE code SET attempts = attempts + 1 WHERE orders = :orders AND attempts < :most "
			 "AND until > :now"
			 " RETURNING digest, terms, attempts");
	bind_int(q, ":orders", o->id);
	bind_int(q, ":most", most);
	bind_int(q, ":now", now);
	r = statement_step(q);
	if (r == 0)
		r = tally_take_back(s, o->customer, TALLY_CODE_WRONG); /* nothing was there to guess at */
	if (r <= 0)
		return r ? r : code_refusal(s, o, now);
	digest = column_blob(q, 0, &n);
	r = n == sizeof(ret->digest) && strlen(column_text(q, 1)) < sizeof(ret->terms) ? 0 : -EIO;
	if (!r) {
		memcpy(ret->digest, digest, n);
		memcpy(ret->terms, column_text(q, 1), strlen(column_text(q, 1)) + 1);
		memcpy(ret->key, o->key, sizeof(ret->key));
		ret->left = (int)(most - column_int(q, 2));
	}
	return r ? r : statement_step(q);
}

int code_passed(struct store *s, int64_t customer)
{
	return tally_take_back(s, customer, TALLY_CODE_WRONG);
}

bool code_matches(const struct bank *bank, const struct code_try *t, const struct secret *given)
{
	unsigned char digest[crypto_auth_hmacsha256_BYTES];
	bool is_same;

	code_digest(bank, secret_reveal(given), t->key, t->terms, digest);
	is_same = sodium_memcmp(digest, t->digest, sizeof(digest)) == 0;
	secret_wipe(digest, sizeof(digest));
	return is_same;
}

int customer_phone_masked(struct store *s, int64_t customer, char ret[40])
{
	struct statement *q = store_sql(s,
		"SELECT p.phone FROM customer c JOIN person p ON p.id = c.person WHERE c.id = :id");
	const char *phone;
	size_t n;
	int r;

	bind_int(q, ":id", customer);
	r = statement_step(q);
	if (r <= 0)
		return r ? r : -ENOENT;
	phone = column_text(q, 0);
	n = strlen(phone);
	if (n < 8)
		snprintf(ret, 40, "****");
	else
		snprintf(ret, 40, "%.3s****%s", phone, phone + n - 4);
	statement_reset(q);
	return 0;
}
