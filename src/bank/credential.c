/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bank/credential.h"

#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "bank/bank.h"
#include "bank/parameter.h"
#include "bank/writer.h"

/* OWASP's first choice for Argon2id (19 MiB, 2 passes): strong behind the pepper, and about 30 ms of one
 * core. */
#define HASH_PASSES 2
#define HASH_BYTES  ((size_t)19 << 20)

_Static_assert(CREDENTIAL_HASH_MAX >= crypto_pwhash_STRBYTES, "a hash fits");

static const struct policy {
	const char *tries; /* parameter: before a lock */
	int backoff_from;  /* this wrong try is the first to make the next one wait; 0: none waits */
} policies[] = {
	[CREDENTIAL_PASSWORD] = { .tries = "credential.password-tries", .backoff_from = 3 },
	[CREDENTIAL_PIN] = { .tries = "credential.pin-tries" },
	[CREDENTIAL_STAFF] = { .tries = "credential.password-tries", .backoff_from = 3 },
};

/* The pepper is for several purposes: a label keeps them apart. */
static void pepper(const struct bank *bank, const char *label, const char *bytes, size_t n,
		   unsigned char out[32])
{
	crypto_auth_hmacsha256_state state;

	crypto_auth_hmacsha256_init(&state, bank->pepper, sizeof(bank->pepper));
	crypto_auth_hmacsha256_update(&state, (const unsigned char *)label, strlen(label) + 1);
	crypto_auth_hmacsha256_update(&state, (const unsigned char *)bytes, n);
	crypto_auth_hmacsha256_final(&state, out);
	secret_wipe(&state, sizeof(state));
}

int credential_hash(const struct bank *bank, const struct secret *secret, char ret_hash[CREDENTIAL_HASH_MAX])
{
	unsigned char peppered[32];
	int r;

	pepper(bank, "credential", secret_reveal(secret), secret_length(secret), peppered);
	r = crypto_pwhash_str_alg(ret_hash, (const char *)peppered, sizeof(peppered), HASH_PASSES, HASH_BYTES,
				  crypto_pwhash_ALG_ARGON2ID13);
	secret_wipe(peppered, sizeof(peppered));
	return r ? -ENOMEM : 0;
}

bool credential_verify(const struct bank *bank, const char *stored, const struct secret *secret)
{
	unsigned char peppered[32];
	bool is_right;

	if (!stored || !*stored) {
		char nobody[CREDENTIAL_HASH_MAX];

		credential_hash(bank, secret, nobody); /* the same work, so that time tells nothing */
		return false;
	}
	pepper(bank, "credential", secret_reveal(secret), secret_length(secret), peppered);
	is_right = !crypto_pwhash_str_verify(stored, (const char *)peppered, sizeof(peppered));
	secret_wipe(peppered, sizeof(peppered));
	return is_right;
}

int credential_set(struct store *store, int64_t person, enum credential_kind kind, const char *hash,
		   int64_t now)
{
	struct statement *q = store_sql(
		store,
		"INSERT INTO credential(person, kind, stored, changed) VALUES(:person, :kind, :stored, :now)"
		" ON CONFLICT(person, kind) DO UPDATE SET stored = excluded.stored, changed = "
		"excluded.changed,"
		" attempts = 0, failed_since = 0, not_before = 0, locked_until = 0");

	bind_int(q, ":person", person);
	bind_int(q, ":kind", kind);
	bind_text(q, ":stored", hash);
	bind_int(q, ":now", now);
	return statement_run(q, NULL);
}

/* What is counted about one credential, or about one number that nobody has. */
struct tally {
	int64_t attempts, not_before, locked_until;
};

struct attempt {
	struct job job;
	struct bank *bank;
	const char *number; /* typed at login; NULL: person is known */
	unsigned char stranger[32];
	int64_t person;
	enum credential_kind kind;
	char stored[CREDENTIAL_HASH_MAX];
	struct credential_check check;
};

static int find_person(struct store *store, struct attempt *a)
{
	struct statement *q =
		store_sql(store, "SELECT c.person FROM customer c JOIN credential k"
				 " ON k.person = c.person AND k.kind = :kind WHERE c.number = :number");
	int r;

	bind_text(q, ":number", a->number);
	bind_int(q, ":kind", a->kind);
	r = statement_step(q);
	if (r > 0)
		a->person = column_int(q, 0);
	statement_reset(q);
	return r < 0 ? r : 0;
}

static int load(struct store *store, struct attempt *a, struct tally *t)
{
	struct statement *q;
	int r;

	if (a->person) {
		q = store_sql(store, "SELECT attempts, not_before, locked_until, stored FROM credential"
				     " WHERE person = :person AND kind = :kind");
		bind_int(q, ":person", a->person);
		bind_int(q, ":kind", a->kind);
	} else {
		q = store_sql(
			store,
			"SELECT attempts, not_before, locked_until, '' FROM stranger WHERE digest = :digest");
		bind_blob(q, ":digest", a->stranger, sizeof(a->stranger));
	}
	r = statement_step(q);
	if (r > 0) {
		*t = (struct tally){ column_int(q, 0), column_int(q, 1), column_int(q, 2) };
		snprintf(a->stored, sizeof(a->stored), "%s", column_text(q, 3));
	}
	statement_reset(q);
	return r < 0 ? r : 0;
}

#define STRANGER_SECONDS (24 * 60 * 60)

/* So that trying numbers does not fill the disk. */
static int forget_strangers(struct store *store, int64_t now)
{
	struct statement *q =
		store_sql(store, "DELETE FROM stranger WHERE not_before < :old AND locked_until < :old");

	bind_int(q, ":old", now - STRANGER_SECONDS);
	return statement_run(q, NULL);
}

static int save(struct store *store, const struct attempt *a, const struct tally *t)
{
	struct statement *q;

	if (a->person) {
		q = store_sql(store,
			      "UPDATE credential SET attempts = :attempts, failed_since = failed_since + 1,"
			      " not_before = :not_before, locked_until = :locked_until"
			      " WHERE person = :person AND kind = :kind");
		bind_int(q, ":person", a->person);
		bind_int(q, ":kind", a->kind);
	} else {
		q = store_sql(store,
			      "INSERT INTO stranger(digest, attempts, not_before, locked_until)"
			      " VALUES(:digest, :attempts, :not_before, :locked_until)"
			      " ON CONFLICT(digest) DO UPDATE SET attempts = excluded.attempts,"
			      " not_before = excluded.not_before, locked_until = excluded.locked_until");
		bind_blob(q, ":digest", a->stranger, sizeof(a->stranger));
	}
	bind_int(q, ":attempts", t->attempts);
	bind_int(q, ":not_before", t->not_before);
	bind_int(q, ":locked_until", t->locked_until);
	return statement_run(q, NULL);
}

/* What the parameters say on this day, within their bounds. */
struct bounds {
	int64_t tries, lock_seconds;
};

static int bounds_read(struct store *store, const struct policy *policy, int64_t now, struct bounds *ret)
{
	date_days on = instant_date(now, ZONE_CHINA);
	int r = parameter_int(store, policy->tries, on, &ret->tries);

	if (r == 0)
		r = parameter_int(store, "credential.lock-seconds", on, &ret->lock_seconds);
	if (ret->tries < 1)
		ret->tries = 1;
	if (ret->tries > CREDENTIAL_TRIES_MOST)
		ret->tries = CREDENTIAL_TRIES_MOST;
	if (ret->lock_seconds < CREDENTIAL_LOCK_LEAST)
		ret->lock_seconds = CREDENTIAL_LOCK_LEAST;
	return r;
}

static void count(struct tally *t, const struct bounds *bounds, int backoff_from, int64_t now,
		  struct credential_check *check)
{
	if (t->locked_until) /* a lock that has ended */
		*t = (struct tally){ 0 };
	t->attempts++;
	t->not_before = now;
	check->left = t->attempts < bounds->tries ? (int)(bounds->tries - t->attempts) : 0;
	if (!check->left)
		check->until = t->locked_until = now + bounds->lock_seconds;
	else if (backoff_from && t->attempts >= backoff_from)
		check->until = t->not_before = now + ((int64_t)2 << (t->attempts - backoff_from));
}

/* Pessimistic: what is committed says that this try was wrong; credential_passed() takes it back. */
static int attempt_run(struct store *store, struct job *job)
{
	struct attempt *a = (struct attempt *)job;
	int64_t now = a->bank->clock.now(a->bank->clock.data);
	const struct policy *policy = &policies[a->kind];
	struct bounds bounds = { 0 };
	struct tally t = { 0 };
	int r;

	a->check = (struct credential_check){ .answer = CREDENTIAL_WRONG };
	r = a->number ? find_person(store, a) : 0;
	if (r == 0)
		r = load(store, a, &t);
	if (r == 0)
		r = bounds_read(store, policy, now, &bounds);
	if (r < 0)
		return r;
	if (t.locked_until > now) {
		a->check = (struct credential_check){ .answer = CREDENTIAL_LOCKED, .until = t.locked_until };
		return 0;
	}
	if (t.not_before > now) {
		a->check = (struct credential_check){ .answer = CREDENTIAL_EARLY, .until = t.not_before };
		return 0;
	}
	count(&t, &bounds, policy->backoff_from, now, &a->check);
	r = a->person ? 0 : forget_strangers(store, now);
	return r < 0 ? r : save(store, a, &t);
}

static int check(struct attempt *a, const struct secret *given, struct credential_check *ret)
{
	int r = writer_run(a->bank->writer, &a->job);

	if (r == 0)
		r = a->job.result;
	if (r < 0)
		return r;
	if (a->check.answer == CREDENTIAL_WRONG && credential_verify(a->bank, a->stored, given))
		a->check.answer = CREDENTIAL_RIGHT;
	secret_wipe(a->stored, sizeof(a->stored));
	*ret = a->check;
	return 0;
}

int credential_check(struct bank *bank, int64_t person, enum credential_kind kind, const struct secret *given,
		     struct credential_check *ret)
{
	struct attempt a = { .job = { .run = attempt_run }, .bank = bank, .person = person, .kind = kind };

	return check(&a, given, ret);
}

int credential_check_login(struct bank *bank, const char *customer_number, const struct secret *given,
			   struct credential_check *ret, int64_t *ret_person)
{
	struct attempt a = { .job = { .run = attempt_run },
			     .bank = bank,
			     .number = customer_number,
			     .kind = CREDENTIAL_PASSWORD };
	int r;

	pepper(bank, "stranger", customer_number, strlen(customer_number), a.stranger);
	r = check(&a, given, ret);
	if (r == 0)
		*ret_person = ret->answer == CREDENTIAL_RIGHT ? a.person : 0;
	return r;
}

int credential_passed(struct store *store, int64_t person, enum credential_kind kind, int *ret_failed)
{
	struct statement *q = store_sql(
		store, "SELECT failed_since FROM credential WHERE person = :person AND kind = :kind");
	int64_t failed = 0;
	int r;

	bind_int(q, ":person", person);
	bind_int(q, ":kind", kind);
	r = statement_step(q);
	if (r > 0)
		failed = column_int(q, 0) - 1; /* the right one was counted too */
	statement_reset(q);
	if (r < 0)
		return r;
	q = store_sql(store,
		      "UPDATE credential SET attempts = 0, failed_since = 0, not_before = 0, locked_until = 0"
		      " WHERE person = :person AND kind = :kind");
	bind_int(q, ":person", person);
	bind_int(q, ":kind", kind);
	r = statement_guard(q);
	if (r == 0 && ret_failed)
		*ret_failed = failed > 0 ? (int)failed : 0;
	return r;
}
