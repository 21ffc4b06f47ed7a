/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The bank's certificate authority, in DIR/tls/ (0700, files 0600): ca.key, ca.pem, server.key and
 * server.pem. Both keys are ECDSA P-256.
 *
 * Certificates are judged by other people's clocks: they are dated by the machine's clock, whatever the
 * bank's says.
 */
#ifndef BANK_CERTIFICATE_H
#define BANK_CERTIFICATE_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/hex.h"

struct authority;

#define AUTHORITY_PIN_MAX 64
#define SERIAL_TEXT_MAX	  41
#define TERMINAL_DAYS	  365
#define TERMINAL_NAME_MAX 25
#define TERMINAL_PEM_MAX  2048

/* Open DIR/tls, making what is missing. -errno of files, -EINVAL when a file there cannot be read as what it
 * should be. */
int authority_open(const char *dir, struct authority **ret, struct err *err);
void authority_free(struct authority *a);

/*
 * Have a server certificate for localhost, 127.0.0.1, ::1 and these names or addresses, good for at least 30
 * more days: keeps the one on disk when it is, else signs a new one for the same key. Not safe while a server
 * uses it.
 */
int authority_serve(struct authority *a, const char *const *names, size_t count, struct err *err);

/* PEM texts, NUL-terminated, borrowed. */
const char *authority_ca(const struct authority *a);
const char *authority_server_certificate(const struct authority *a);
const char *authority_server_key(const struct authority *a);

/*
 * "sha256//BASE64" of the authority's public key (SubjectPublicKeyInfo): what a ticket pins. The server's key
 * may be replaced; no other authority can sign one that passes.
 */
char *authority_pin(const struct authority *a, char out[AUTHORITY_PIN_MAX]);

/* A certificate for a terminal; the subject is the bank's choice. */
struct terminal_certificate {
	char pem[TERMINAL_PEM_MAX];
	char name[TERMINAL_NAME_MAX]; /* the subject's common name: the start of key_digest in hex */
	unsigned char key_digest[SHA256_BYTES];
	char serial[SERIAL_TEXT_MAX]; /* hex */
	int64_t expires;
};
/*
 * Check a PKCS #10 request (PEM, ECDSA P-256, signed by its own key; its subject and extensions are ignored)
 * and sign a certificate with purpose TLS client. -EINVAL when the request is unfit.
 */
int authority_sign(const struct authority *a, const char *request_pem, struct terminal_certificate *ret,
		   struct err *err);

#endif
