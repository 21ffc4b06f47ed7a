/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Digests of rows, and the chain of blocks over them. */
#include "audit/audit.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "audit/canonical.h"
#include "base/macros.h"

static void find_digest(struct audit *a, const char *table, const char *key, const char *rule,
			sqlite3_stmt *query, int column, const unsigned char expected[SHA256_BYTES])
{
	char found[SHA256_HEX], hex[SHA256_HEX];

	digest_show(query, column, found);
	hex_encode(expected, SHA256_BYTES, hex);
	audit_find(a, table, key, rule, found, hex);
}

/* Compare the row's digest (column) with that of its canonical bytes, and forget these. */
static void check_row(struct audit *a, const char *table, const char *key, sqlite3_stmt *query,
		      int column, struct buf *bytes)
{
	unsigned char digest[SHA256_BYTES];

	sha256(bytes->data, bytes->len, digest);
	if (!digest_is(query, column, digest))
		find_digest(a, table, key, "digest of the row", query, column, digest);
	buf_clear(bytes);
}

/*
 * The entries of one posting, from a cursor over all entries by posting and line that stands on the
 * first one not yet taken (*has_row). Entries of no posting are passed over: the foreign keys tell
 * of them.
 */
static int take_entries(struct audit *a, sqlite3_stmt *entries, int *has_row, int64_t posting,
			struct buf *ret_bytes, int64_t *ret_count)
{
	*ret_count = 0;
	while (*has_row == 1 && sqlite3_column_int64(entries, 0) <= posting) {
		if (sqlite3_column_int64(entries, 0) == posting) {
			for (int i = 1; i <= 4; i++)
				canonical_int_column(ret_bytes, entries, i);
			for (int i = 5; i <= 8; i++)
				canonical_column(ret_bytes, entries, i);
			++*ret_count;
		}
		*has_row = audit_step(a, entries);
	}
	return *has_row < 0 ? *has_row : 0;
}

static int check_posting(struct audit *a, sqlite3_stmt *postings, sqlite3_stmt *entries,
			 int *has_entry, struct buf *bytes, struct buf *lines)
{
	int64_t id = sqlite3_column_int64(postings, 0), count;
	char key[24];
	int r;

	a->postings++;
	canonical_tag(bytes, CANONICAL_POSTING);
	for (int i = 0; i <= 3; i++)
		canonical_int_column(bytes, postings, i);
	canonical_column(bytes, postings, 4);
	canonical_int_column(bytes, postings, 5);
	r = take_entries(a, entries, has_entry, id, lines, &count);
	canonical_number(bytes, count);
	buf_add(bytes, lines->data, lines->len);
	buf_clear(lines);
	snprintf(key, sizeof(key), "%" PRId64, id);
	check_row(a, "posting", key, postings, 6, bytes);
	return r;
}

static int check_postings(struct audit *a)
{
	sqlite3_stmt *postings = audit_query(
		a, "SELECT id, orders, business_date, booked, currency, reverses, digest"
		   " FROM posting ORDER BY id");
	sqlite3_stmt *entries = audit_query(
		a, "SELECT posting, account, sequence, amount, balance, kind, party, party_account,"
		   " remittance FROM entry ORDER BY posting, line");
	_cleanup_(buf_release) struct buf bytes, lines;
	int r = -EIO, has_entry = -EIO;

	buf_init(&bytes, 0);
	buf_init(&lines, 0);
	if (postings && entries) {
		has_entry = audit_step(a, entries);
		while (has_entry >= 0 && (r = audit_step(a, postings)) == 1)
			if (check_posting(a, postings, entries, &has_entry, &bytes, &lines) < 0)
				break;
	}
	/* audit_step finalised what came to its end */
	if (r == 1 || has_entry < 0 || !entries)
		sqlite3_finalize(postings);
	if (has_entry == 1 || !postings)
		sqlite3_finalize(entries);
	return r == 1 ? -EIO : r;
}

/*
 * Rows that stand alone in a digest. The query yields the canonical values in the order of block.h, one letter each in
 * values (i: an integer, 0 when NULL; v: a value, which may be NULL), then the digest, then the row's key for people.
 */
static const struct sealed_rows {
	const char *table;
	enum canonical_tag tag;
	const char *values;
	const char *query;
} sealed_rows[] = {
	{"order_change", CANONICAL_CHANGE, "iiiviiivvvviiiiivvv",
	 "SELECT c.orders, c.ordinal, c.state, c.reason_code, c.at, c.posting, r.customer, r.key, r.body_digest,"
	 " o.type, o.terms, o.total, o.fee, o.debtor, o.maker, o.terminal, o.instruction, o.review, o.note, c.digest,"
	 " 'order ' || c.orders || ' ordinal ' || c.ordinal FROM order_change c LEFT JOIN orders o ON o.id = c.orders"
	 " LEFT JOIN request r ON r.id = c.orders ORDER BY c.orders, c.ordinal"},
	{"request", CANONICAL_REQUEST, "iivviivi",
	 "SELECT id, customer, key, body_digest, outcome, status, answer, at, digest, id FROM request ORDER BY id"},
	{"parameter", CANONICAL_PARAMETER, "viv",
	 "SELECT name, effective, value, digest, name || ' ' || effective FROM parameter ORDER BY name, effective"},
};

static int check_sealed(struct audit *a, const struct sealed_rows *rows)
{
	sqlite3_stmt *query = audit_query(a, rows->query);
	int count = (int)strlen(rows->values), r;
	_cleanup_(buf_release) struct buf bytes;

	buf_init(&bytes, 0);
	if (!query)
		return -EIO;
	while ((r = audit_step(a, query)) == 1) {
		const char *key = (const char *)sqlite3_column_text(query, count + 1);

		canonical_tag(&bytes, rows->tag);
		for (int i = 0; i < count; i++) {
			if (rows->values[i] == 'i')
				canonical_int_column(&bytes, query, i);
			else
				canonical_column(&bytes, query, i);
		}
		check_row(a, rows->table, key ? key : "?", query, count, &bytes);
	}
	return r;
}

/* What a block says of itself, and what its rows say. */
struct block {
	int64_t id, items;
	unsigned char previous[SHA256_BYTES]; /* digest of the block before, zeros for the first */
	struct buf bytes;		      /* canonical, growing with the items */
	int64_t item;			      /* last one seen */
};

static void block_begin(struct audit *a, struct block *b, sqlite3_stmt *query)
{
	int64_t id = sqlite3_column_int64(query, 0);
	char key[24];

	snprintf(key, sizeof(key), "%" PRId64, id);
	if (id != b->id + 1)
		audit_find_int(a, "block", id, "numbers without gaps", id, b->id + 1);
	if (!digest_is(query, 1, b->previous))
		find_digest(a, "block", key, "digest of the block before", query, 1, b->previous);
	b->id = id;
	b->items = sqlite3_column_int64(query, 3);
	b->item = 0;
	buf_clear(&b->bytes);
	canonical_tag(&b->bytes, CANONICAL_BLOCK);
	buf_add(&b->bytes, b->previous, SHA256_BYTES);
	canonical_number(&b->bytes, id);
	canonical_int_column(&b->bytes, query, 4);
	canonical_number(&b->bytes, b->items);
}

static void block_end(struct audit *a, struct block *b, sqlite3_stmt *query)
{
	unsigned char digest[SHA256_BYTES];
	char key[24];

	a->blocks++;
	snprintf(key, sizeof(key), "%" PRId64, b->id);
	sha256(b->bytes.data, b->bytes.len, digest);
	if (b->item != b->items)
		audit_find_int(a, "block", b->id, "items", b->items, b->item);
	if (!digest_is(query, 2, digest))
		find_digest(a, "block", key, "digest of the block", query, 2, digest);
	/* the next block must name what this one says, so that one bad block is one finding */
	digest_show(query, 2, a->head);
	if (hex_decode(a->head, b->previous, SHA256_BYTES) < 0)
		memset(b->previous, 0, SHA256_BYTES);
}

/* Columns of items: block, item, digest, table, row. */
static void block_item(struct audit *a, struct block *b, sqlite3_stmt *items)
{
	int64_t item = sqlite3_column_int64(items, 1);

	if (item != b->item + 1)
		audit_find_int(a, (const char *)sqlite3_column_text(items, 3),
			       sqlite3_column_int64(items, 4), "place in its block", item,
			       b->item + 1);
	b->item = item;
	buf_add(&b->bytes, sqlite3_column_blob(items, 2), (size_t)sqlite3_column_bytes(items, 2));
}

/* Take the items of block b; those of blocks that do not exist are findings. */
static int take_items(struct audit *a, struct block *b, sqlite3_stmt *items, int has_item)
{
	while (has_item == 1 && sqlite3_column_int64(items, 0) <= b->id) {
		if (sqlite3_column_int64(items, 0) == b->id)
			block_item(a, b, items);
		else
			audit_find_int(a, (const char *)sqlite3_column_text(items, 3),
				       sqlite3_column_int64(items, 4), "number of its block",
				       sqlite3_column_int64(items, 0), a->blocks);
		has_item = audit_step(a, items);
	}
	return has_item;
}

static int check_blocks(struct audit *a, const char *head, int *ret_has_head)
{
	sqlite3_stmt *blocks =
		audit_query(a, "SELECT id, previous, digest, items, sealed FROM block ORDER BY id");
	sqlite3_stmt *items = audit_query(
		a, "SELECT block, item, digest, 'posting', id FROM posting"
		   " UNION ALL SELECT block, item, digest, 'order_change', orders FROM order_change"
		   " UNION ALL SELECT block, item, digest, 'request', id FROM request"
		   " UNION ALL SELECT block, item, digest, 'parameter', effective FROM parameter"
		   " ORDER BY 1, 2");
	struct block b = { 0 };
	int has_item, r = -EIO;

	if (!blocks || !items) {
		sqlite3_finalize(blocks);
		sqlite3_finalize(items);
		return r;
	}
	buf_init(&b.bytes, (size_t)1 << 30);
	has_item = audit_step(a, items);
	while (has_item >= 0 && (r = audit_step(a, blocks)) == 1) {
		block_begin(a, &b, blocks);
		has_item = take_items(a, &b, items, has_item);
		block_end(a, &b, blocks);
		*ret_has_head |= head && !strcmp(a->head, head);
	}
	if (r == 1)
		sqlite3_finalize(blocks);
	b.id = INT64_MAX; /* what is left belongs to no block */
	if (has_item == 1)
		has_item = take_items(a, &b, items, has_item);
	buf_release(&b.bytes);
	return r == 1 || has_item < 0 ? -EIO : r;
}

int audit_chain(struct audit *a, const char *head)
{
	int has_head = 0;
	int r = check_postings(a);

	for (size_t i = 0; r == 0 && i < COUNT(sealed_rows); i++)
		r = check_sealed(a, &sealed_rows[i]);
	if (r == 0)
		r = check_blocks(a, head, &has_head);
	if (r == 0 && head && !has_head)
		audit_find(a, "block", "head", "the remembered head is one of the blocks", a->head,
			   head);
	return r;
}
