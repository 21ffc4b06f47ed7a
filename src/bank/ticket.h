/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tickets: how a new terminal gets its certificate. A ticket is a one-time code "<ticket>-<20 base32
 * characters>" (100 random bits, kept as an HMAC digest) that lives TICKET_SECONDS and dies after
 * TICKET_ATTEMPTS wrong ones.
 */
#ifndef BANK_TICKET_H
#define BANK_TICKET_H

#include "bank/certificate.h"
#include "bank/store.h"
#include "base/buf.h"
#include "base/secret.h"

struct bank;

#define TICKET_SECONDS	 (24 * 60 * 60)
#define TICKET_ATTEMPTS	 5
#define TICKET_LABEL_MAX 60 /* bytes */

/* Make a ticket (blocks until COMMIT). label: what people call the terminal. */
int ticket_new(struct bank *bank, const char *label, struct secret **ret_code, struct err *err);

/* The ticket as a terminal reads it: INI with [ticket] address, pin, code, and the authority's PEM in base64
 * as ca. */
int ticket_write(struct bank *bank, const char *address, const struct secret *code, struct buf *out);

/* An enrolment: what the request brings and what comes of it. */
struct enrolling {
	const struct secret *code;
	const char *label; /* NULL: the ticket's */
	const struct terminal_certificate *certificate;
	int64_t now;
};
/*
 * Use the ticket for this certificate, in a writer's job. Enrolling the same key with the same code again is
 * answered as before: the reply may have been lost. 0; -ENOENT unknown code; -ESTALE expired, used by another
 * key or tried too often; -EEXIST the key belongs to a terminal already; or a store error. *ret_terminal gets
 * the row.
 */
int ticket_use(struct store *store, const struct bank *bank, const struct enrolling *e,
	       int64_t *ret_terminal);
/* Count a wrong code against the ticket it names; kept although the request is refused. */
int ticket_refused(struct store *store, const struct secret *code);

/* Let every terminal of this label in no more, and end its sessions (blocks until COMMIT). -ENOENT when there
 * is none. */
int terminal_revoke(struct bank *bank, const char *label, int *ret_count, struct err *err);

#endif
