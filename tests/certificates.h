/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Certificates for tests, good and bad. */
#ifndef TESTS_CERTIFICATES_H
#define TESTS_CERTIFICATES_H

#include <openssl/x509.h>
#include <stdbool.h>

#include "base/buf.h"

struct certificate_wish {
	const char *name; /* common name */
	const char *san;  /* "IP:127.0.0.1"; NULL none */
	bool is_ca;
	long from_s, until_s; /* relative to now */
};

/* issuer NULL: self-signed. The caller frees. */
X509 *certificate_make(const struct certificate_wish *wish, EVP_PKEY *key, EVP_PKEY *signer,
		       X509 *issuer);
void certificate_write(X509 *certificate, struct buf *out);
void certificate_write_key(EVP_PKEY *key, struct buf *out);
void certificate_pin(EVP_PKEY *key, char out[64]); /* "sha256//..." */

#endif
