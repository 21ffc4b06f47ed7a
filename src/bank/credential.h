/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Login passwords and payment PINs.
 *
 * Stored is Argon2id (RFC 9106) over HMAC-SHA256 of the secret with bank->pepper: a stolen database alone
 * cannot be searched. An attempt is counted and COMMITTED before it is checked, so that neither a crash nor
 * many requests at once win extra tries; a right one takes the count back in the transaction that uses it.
 *
 * Tries before a lock and its length are parameters (parameter.h); what they may not be is cut to the bounds
 * of PCI DSS 8.3.4. From the third wrong password on, the next try must wait 2, 4, 8 ... seconds.
 */
#ifndef BANK_CREDENTIAL_H
#define BANK_CREDENTIAL_H

#include <stdbool.h>
#include <stdint.h>

#include "bank/store.h"
#include "base/date.h"
#include "base/secret.h"

struct bank;

#define CREDENTIAL_HASH_MAX   128 /* bytes, crypto_pwhash_STRBYTES */
#define CREDENTIAL_TRIES_MOST 10
#define CREDENTIAL_LOCK_LEAST (30 * 60) /* seconds */

/* As in the column credential.kind. */
enum credential_kind { CREDENTIAL_PASSWORD = 1, CREDENTIAL_PIN, CREDENTIAL_STAFF };

/* Hash for storing; about 30 ms. -ENOMEM. */
int credential_hash(const struct bank *bank, const struct secret *secret, char ret_hash[CREDENTIAL_HASH_MAX]);
/* stored NULL (nobody there) costs the same and is false. */
bool credential_verify(const struct bank *bank, const char *stored, const struct secret *secret);

/* Set or replace a person's secret, its count back to none. now: UTC seconds. In a writer's job. */
int credential_set(struct store *store, int64_t person, enum credential_kind kind, const char *hash,
		   int64_t now);

enum credential_answer {
	CREDENTIAL_WRONG,
	CREDENTIAL_RIGHT,
	CREDENTIAL_LOCKED, /* not checked: until says when it ends */
	CREDENTIAL_EARLY,  /* not checked: back-off until then */
};

struct credential_check {
	enum credential_answer answer;
	int left;      /* tries left before a lock, for WRONG; 0: this one locked it */
	int64_t until; /* end of the lock or back-off, 0 none */
};

/*
 * Count an attempt (blocks until COMMIT), then check it. For a route's prepare(): never on the writer's
 * thread. The caller's write then calls credential_passed() when the answer was RIGHT. 0, or -EIO, -ENOSPC,
 * -EBUSY, -ESHUTDOWN of the commit: not checked.
 */
int credential_check(struct bank *bank, int64_t person, enum credential_kind kind, const struct secret *given,
		     struct credential_check *ret);
/*
 * As above for a login by what somebody typed: numbers that nobody has count, lock and cost like those that
 * somebody has. *ret_person is 0 unless the answer is RIGHT.
 */
int credential_check_login(struct bank *bank, const char *customer_number, const struct secret *given,
			   struct credential_check *ret, int64_t *ret_person);
/* The attempt was right: count none again. *ret_failed (may be NULL) gets the wrong ones since the last right
 * one. */
int credential_passed(struct store *store, int64_t person, enum credential_kind kind, int *ret_failed);

/*
 * Whether six digits are too easy for a payment PIN: not six digits, one digit repeated, a run up or down
 * (123456, 987654), two or three digits repeated in turn (121212, 123123, 112233 pairs), a birthday, or six
 * digits in a row of the phone or identity document number. NULL and DATE_NONE where not known. Returns NULL
 * when it may be used, else a msgid that says why.
 */
struct pin_owner {
	date_days birth;
	const char *phone;
	const char *document;
};
const char *pin_weakness(const struct secret *pin, const struct pin_owner *owner);

#endif
