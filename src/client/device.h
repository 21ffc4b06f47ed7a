/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The terminal's own P-256 key, made here and never leaving here, and what is said about keys. */
#ifndef CLIENT_DEVICE_H
#define CLIENT_DEVICE_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"

/* "sha256//" and base64 of the SHA-256 of a SubjectPublicKeyInfo, as curl and HPKP write a pin. */
#define DEVICE_PIN_MAX 64

/*
 * A new key and a PKCS #10 request signed by it, both PEM, appended to the buffers. The caller
 * wipes ret_key. The subject is only a wish: the bank chooses its own. -EIO when OpenSSL fails,
 * -ENOMEM.
 */
int device_new_key(struct buf *ret_key, struct buf *ret_request, struct err *err);

/*
 * Whether the PEM certificate is for the PEM key and signed by the PEM certificate of the CA.
 * -EINVAL unreadable, -EKEYREJECTED not for this key or not signed by this CA.
 */
int device_check(const struct buf *key, const struct buf *certificate, const struct buf *ca,
		 struct err *err);

/*
 * Whether pem holds 1 to 4 CA certificates and the key of each is one of pins ("sha256//...",
 * several separated by
 * ';': a backup may stand beside the one in use). -EINVAL unreadable, -EKEYREJECTED another key.
 */
int device_check_pins(const struct buf *pem, const char *pins, struct err *err);

/* Whether two lists of pins have one in common: they are the same bank. */
bool device_pins_meet(const char *a, const char *b);

#endif
