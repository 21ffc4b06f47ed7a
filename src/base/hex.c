/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/hex.h"

#include <errno.h>
#include <sodium.h>
#include <string.h>

char *hex_encode(const void *bytes, size_t n, char *out)
{
	return sodium_bin2hex(out, 2 * n + 1, bytes, n);
}

int hex_decode(const char *text, void *out, size_t n)
{
	size_t got;

	if (strlen(text) != 2 * n)
		return -EINVAL;
	if (sodium_hex2bin(out, n, text, 2 * n, NULL, &got, NULL) != 0 || got != n)
		return -EINVAL;
	return 0;
}

char *base64url_encode(const void *bytes, size_t n, char *out)
{
	size_t size = sodium_base64_encoded_len(n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);

	return sodium_bin2base64(out, size, bytes, n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

int base64url_decode(const char *text, void *out, size_t max, size_t *ret_n)
{
	size_t length = strlen(text), got;
	const char *end = text;

	/* Asked for the end, libsodium keeps ERANGE apart from what it cannot read. */
	errno = 0;
	if (sodium_base642bin(out, max, text, length, NULL, &got, &end,
			      sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0)
		return errno == ERANGE ? -EMSGSIZE : -EINVAL;
	if (end != text + length)
		return -EINVAL;
	*ret_n = got;
	return 0;
}

void sha256(const void *bytes, size_t n, unsigned char out[SHA256_BYTES])
{
	crypto_hash_sha256(out, bytes, n);
}

void sha256_hex(const void *bytes, size_t n, char out[SHA256_HEX])
{
	unsigned char digest[SHA256_BYTES];

	sha256(bytes, n, digest);
	hex_encode(digest, sizeof(digest), out);
}
