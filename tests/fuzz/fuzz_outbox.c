/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Files of the outbox. As they are, no bytes but our own pass (the secret is not in the input).
 * Sealed with the right secret, as a defect of ours might, the JSON inside is still checked, and
 * what is read names the file it came from.
 */
#include <string.h>

#include "base/macros.h"
#include "client/outbox_state.h"
#include "tests/fuzz/fuzz.h"

#define NAME "0123456789abcdef0123456789abcdef"
#define HEAD (8 + crypto_secretbox_NONCEBYTES)

static void parse(const struct outbox_files *f, const void *bytes, size_t n, bool must_fail)
{
	struct outbox_record record;

	json_init(&record, &outbox_record_json);
	if (outbox_file_parse(f, NAME, bytes, n, &record) < 0)
		return;
	if (must_fail || strcmp(record.key, NAME) || !record.body || !record.customer)
		abort();
	json_release(&record, &outbox_record_json);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct outbox_files f = { .dir = NULL, .secret = { 1, 2, 3 } };
	unsigned char *sealed = malloc(HEAD + crypto_secretbox_MACBYTES + size);

	if (!sealed || sodium_init() < 0)
		abort();
	parse(&f, data, size, /* must_fail */ true);
	memcpy(sealed, "BTOBOX1\n", 8);
	memset(sealed + 8, 7, crypto_secretbox_NONCEBYTES);
	crypto_secretbox_easy(sealed + HEAD, data, size, sealed + 8, f.secret);
	parse(&f, sealed, HEAD + crypto_secretbox_MACBYTES + size, /* must_fail */ false);
	free(sealed);
	return 0;
}
