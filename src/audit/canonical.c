/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "audit/canonical.h"

#include <stdio.h>
#include <string.h>

void canonical_tag(struct buf *out, enum canonical_tag tag)
{
	buf_putc(out, (char)tag);
}

void canonical_number(struct buf *out, int64_t value)
{
	for (int shift = 56; shift >= 0; shift -= 8)
		buf_putc(out, (char)((uint64_t)value >> shift & 0xff));
}

void canonical_int_column(struct buf *out, sqlite3_stmt *query, int column)
{
	canonical_number(out, sqlite3_column_int64(query, column));
}

void canonical_column(struct buf *out, sqlite3_stmt *query, int column)
{
	const void *bytes;
	int n;

	if (sqlite3_column_type(query, column) == SQLITE_NULL) {
		canonical_number(out, -1);
		return;
	}
	bytes = sqlite3_column_blob(query, column);
	n = sqlite3_column_bytes(query, column);
	canonical_number(out, n);
	if (n)
		buf_add(out, bytes, (size_t)n);
}

int digest_is(sqlite3_stmt *query, int column, const unsigned char digest[SHA256_BYTES])
{
	const void *bytes = sqlite3_column_blob(query, column);

	return bytes && sqlite3_column_bytes(query, column) == SHA256_BYTES &&
	       !memcmp(bytes, digest, SHA256_BYTES);
}

void digest_show(sqlite3_stmt *query, int column, char out[SHA256_HEX])
{
	const void *bytes = sqlite3_column_blob(query, column);
	int n = sqlite3_column_bytes(query, column);

	if (n == SHA256_BYTES)
		hex_encode(bytes, SHA256_BYTES, out);
	else
		snprintf(out, SHA256_HEX, "%d bytes", n);
}
