/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/hex.h"

#include <errno.h>

#include "base/macros.h"
#include "tests/tap.h"

static void test_hex(void)
{
	unsigned char bytes[3] = { 9, 9, 9 };
	char text[7];

	is_str(hex_encode("\x00\xab\xff", 3, text), "00abff", "lower case");
	is_int(hex_decode("00ABff", bytes, 3), 0, "both cases are read");
	ok(!memcmp(bytes, "\x00\xab\xff", 3), "to the same bytes");
	is_int(hex_decode("00abf", bytes, 3), -EINVAL, "an odd count is refused");
	is_int(hex_decode("00abff00", bytes, 3), -EINVAL, "so is too much");
	is_int(hex_decode("00ab", bytes, 3), -EINVAL, "and too little");
	is_int(hex_decode("00abfg", bytes, 3), -EINVAL, "and what is no digit");
	is_int(hex_decode("", bytes, 0), 0, "nothing is nothing");
}

/* RFC 4648, section 10, without its padding. */
static void test_base64url(void)
{
	static const char *const vectors[][2] = {
		{ "", "" },
		{ "f", "Zg" },
		{ "fo", "Zm8" },
		{ "foo", "Zm9v" },
		{ "foob", "Zm9vYg" },
		{ "fooba", "Zm9vYmE" },
		{ "foobar", "Zm9vYmFy" },
		{ "\xfb\xff", "-_8" },
	};
	char text[32], back[8];
	size_t n;

	for (size_t i = 0; i < COUNT(vectors); i++) {
		is_str(base64url_encode(vectors[i][0], strlen(vectors[i][0]), text), vectors[i][1],
		       "encodes to \"%s\"", vectors[i][1]);
		is_int(base64url_decode(vectors[i][1], back, sizeof(back), &n), 0, "decodes");
		ok(n == strlen(vectors[i][0]) && !memcmp(back, vectors[i][0], n),
		   "to the same bytes");
	}
	n = 99;
	is_int(base64url_decode("Zg==", back, sizeof(back), &n), -EINVAL, "padding is refused");
	is_int(base64url_decode("Zh", back, sizeof(back), &n), -EINVAL,
	       "bits behind the last byte are refused");
	is_int(base64url_decode("Z", back, sizeof(back), &n), -EINVAL, "six bits are no byte");
	is_int(base64url_decode("Zm 9", back, sizeof(back), &n), -EINVAL, "a space is refused");
	is_int(base64url_decode("+/8", back, sizeof(back), &n), -EINVAL,
	       "the other alphabet is refused");
	is_int(base64url_decode("Zm9vYmFy", back, 5, &n), -EMSGSIZE, "more than there is room for");
	is_int((long long)n, 99, "failures leave the count alone");
}

int main(void)
{
	char digest[SHA256_HEX];

	test_hex();
	test_base64url();
	sha256_hex("abc", 3, digest);
	is_str(digest, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
	       "FIPS 180-2's vector");
	sha256_hex("", 0, digest);
	is_str(digest, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
	       "of nothing");
	return done();
}
