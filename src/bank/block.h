/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Digests of what was written, chained by commit. bankaudit re-implements this page; nothing else defines it.
 *
 * Canonical bytes: an integer is 8 bytes, two's complement, most significant first; a text or blob is its
 * length in bytes as an integer and then the bytes; NULL is the integer -1. A row's digest is SHA-256 of one
 * tag byte and these values, in this order and with the names of the schema's columns:
 *
 *	0x01 posting       posting.id, orders (0 when NULL), business_date, booked, currency, reverses (0 when NULL),
 *	                   number of entries, then for each entry by line: account, sequence, amount, balance,
 *	                   kind, party, party_account, remittance (entry.booked and business_date repeat the posting's)
 *	0x02 order_change  orders, ordinal, state, reason_code, order_change.at, posting (0 when NULL),
 *	                   request.customer, request.key, request.body_digest, and of the order type, terms, total, fee,
 *	                   debtor (0 when NULL), maker, terminal, instruction, review, note
 *	0x03 request       id, customer, key, body_digest, outcome, status, answer, at
 *	0x04 parameter     name, effective, value
 *
 * A block is one commit. Its items are these digests in the order in which they were made; block and item
 * (from 1) of each row say where its digest stands, and every item of a block belongs to exactly one row.
 * block.id counts from 1. block.digest is SHA-256 of
 *
 *	0x00, previous block's digest (32 raw bytes; zeros for the first), id, sealed, items as integers,
 *	the items' digests (32 raw bytes each)
 *
 * No two items of different kinds share bytes (RFC 6962, section 2.1, separates leaves and nodes alike).
 */
#ifndef BANK_BLOCK_H
#define BANK_BLOCK_H

#include <sodium.h>

#include "bank/store.h"
#include "base/date.h"
#include "base/hex.h"

enum block_tag { BLOCK_TAG_BLOCK, BLOCK_TAG_POSTING, BLOCK_TAG_CHANGE, BLOCK_TAG_REQUEST, BLOCK_TAG_PARAMETER };

/* One digest in the making. */
struct canonical {
	crypto_hash_sha256_state state;
};
void canonical_init(struct canonical *c, enum block_tag tag);
void canonical_int(struct canonical *c, int64_t value);
void canonical_text(struct canonical *c, const char *text); /* NULL allowed */
void canonical_blob(struct canonical *c, const void *bytes, size_t n); /* bytes NULL: the NULL value */
void canonical_raw(struct canonical *c, const void *bytes, size_t n);  /* without a length */
void canonical_end(struct canonical *c, unsigned char ret[SHA256_BYTES]);

/*
 * The block that the running commit fills, with what every posting of it needs to know. Belongs to the writer;
 * handlers reach it by store_draft().
 */
struct block_draft {
	int64_t id;
	unsigned char previous[SHA256_BYTES];
	unsigned char (*digests)[SHA256_BYTES];
	size_t items, room;
	int64_t last_posting;      /* highest posting.id so far */
	int64_t last_request;      /* highest request.id so far */
	date_days business_date;   /* the open one; DATE_NONE before the first */
};

/* What a rolled back job had added is forgotten by going back to the mark set before it. */
struct block_mark {
	size_t items;
	int64_t last_posting, last_request;
	date_days business_date;
};

/* Inside the transaction: read where the chain stands. 0 or a store error. */
int block_begin(struct store *s, struct block_draft *d);
struct block_mark block_mark(const struct block_draft *d);
void block_return(struct block_draft *d, const struct block_mark *mark);
/* Append an item; *ret_item is its place from 1. -ENOMEM. */
int block_add(struct block_draft *d, const unsigned char digest[SHA256_BYTES], int64_t *ret_item);
/* Write the block's row, if it has items. sealed: UTC seconds. */
int block_seal(struct store *s, struct block_draft *d, int64_t sealed);
void block_release(struct block_draft *d);

#endif
