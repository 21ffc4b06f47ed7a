/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bytes as text, and digests. */
#ifndef BASE_HEX_H
#define BASE_HEX_H

#include <stddef.h>

#define SHA256_BYTES 32
#define SHA256_HEX (2 * SHA256_BYTES + 1)

/* Lower-case hex of n bytes into out (2n+1 bytes); returns out. */
char *hex_encode(const void *bytes, size_t n, char *out);
/* Exactly n bytes from 2n hex digits followed by NUL; 0 or -EINVAL. */
int hex_decode(const char *text, void *out, size_t n);

/* base64url without padding (RFC 4648 §5) into out (4*((n+2)/3)+1 bytes); returns out. */
char *base64url_encode(const void *bytes, size_t n, char *out);
/* 0, -EINVAL, -EMSGSIZE when more than max bytes; *ret_n gets the count. */
int base64url_decode(const char *text, void *out, size_t max, size_t *ret_n);

void sha256(const void *bytes, size_t n, unsigned char out[SHA256_BYTES]);
/* As hex text. */
void sha256_hex(const void *bytes, size_t n, char out[SHA256_HEX]);

#endif
