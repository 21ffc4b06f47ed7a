/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Canonical bytes of a row, as bank/block.h specifies them: integers are 8 bytes, most significant
 * first; texts and blobs their length and their bytes; NULL is the integer -1.
 */
#ifndef AUDIT_CANONICAL_H
#define AUDIT_CANONICAL_H

#include <sqlite3.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/hex.h"

enum canonical_tag {
	CANONICAL_BLOCK,
	CANONICAL_POSTING,
	CANONICAL_CHANGE,
	CANONICAL_REQUEST,
	CANONICAL_PARAMETER
};

void canonical_tag(struct buf *out, enum canonical_tag tag);
void canonical_number(struct buf *out, int64_t value);
/* A column's value; an integer column that is NULL counts as 0. */
void canonical_int_column(struct buf *out, sqlite3_stmt *query, int column);
/* Text or blob. */
void canonical_column(struct buf *out, sqlite3_stmt *query, int column);

/* Whether the column holds exactly this digest. */
int digest_is(sqlite3_stmt *query, int column, const unsigned char digest[SHA256_BYTES]);
/* The column's digest as hex; "nothing" or its length when it is none. */
void digest_show(sqlite3_stmt *query, int column, char out[SHA256_HEX]);

#endif
