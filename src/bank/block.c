/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bank/block.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

void canonical_raw(struct canonical *c, const void *bytes, size_t n)
{
	crypto_hash_sha256_update(&c->state, bytes, n);
}

void canonical_init(struct canonical *c, enum block_tag tag)
{
	unsigned char byte = (unsigned char)tag;

	crypto_hash_sha256_init(&c->state);
	canonical_raw(c, &byte, 1);
}

void canonical_int(struct canonical *c, int64_t value)
{
	unsigned char bytes[8];

	for (int i = 0; i < 8; i++)
		bytes[i] = (unsigned char)((uint64_t)value >> (56 - 8 * i));
	canonical_raw(c, bytes, sizeof(bytes));
}

void canonical_blob(struct canonical *c, const void *bytes, size_t n)
{
	canonical_int(c, bytes ? (int64_t)n : -1);
	if (bytes)
		canonical_raw(c, bytes, n);
}

void canonical_text(struct canonical *c, const char *text)
{
	canonical_blob(c, text, text ? strlen(text) : 0);
}

void canonical_end(struct canonical *c, unsigned char ret[SHA256_BYTES])
{
	crypto_hash_sha256_final(&c->state, ret);
}

static int block_read_head(struct store *s, struct block_draft *d)
{
	struct statement *q = store_sql(s, "SELECT id, digest FROM block ORDER BY id DESC LIMIT 1");
	int r = statement_step(q);
	const void *digest;
	size_t n;

	if (r < 0)
		return r;
	d->id = 1;
	memset(d->previous, 0, sizeof(d->previous));
	if (r == 0)
		return 0;
	d->id = column_int(q, 0) + 1;
	digest = column_blob(q, 1, &n);
	if (n == sizeof(d->previous))
		memcpy(d->previous, digest, n);
	statement_reset(q);
	return n == sizeof(d->previous) ? 0 : -EIO;
}

static int block_read_ledger(struct store *s, struct block_draft *d)
{
	struct statement *q = store_sql(s, "SELECT (SELECT coalesce(max(id), 0) FROM posting),"
					   " (SELECT coalesce(max(id), 0) FROM request)");
	int r = statement_step(q);

	if (r < 0)
		return r;
	d->last_posting = column_int(q, 0);
	d->last_request = column_int(q, 1);
	statement_reset(q);
	q = store_sql(s, "SELECT date FROM business_day WHERE closed_posting IS NULL");
	r = statement_step(q);
	if (r < 0)
		return r;
	d->business_date = r ? (date_days)column_int(q, 0) : DATE_NONE;
	statement_reset(q);
	return 0;
}

int block_begin(struct store *s, struct block_draft *d)
{
	int r = block_read_head(s, d);

	d->items = 0;
	return r ? r : block_read_ledger(s, d);
}

struct block_mark block_mark(const struct block_draft *d)
{
	return (struct block_mark){ d->items, d->last_posting, d->last_request, d->business_date };
}

void block_return(struct block_draft *d, const struct block_mark *mark)
{
	d->items = mark->items;
	d->last_posting = mark->last_posting;
	d->last_request = mark->last_request;
	d->business_date = mark->business_date;
}

int block_add(struct block_draft *d, const unsigned char digest[SHA256_BYTES], int64_t *ret_item)
{
	if (d->items == d->room) {
		size_t room = d->room ? d->room * 2 : 1024;
		void *digests = reallocarray(d->digests, room, sizeof(*d->digests));

		if (!digests)
			return -ENOMEM;
		d->digests = digests;
		d->room = room;
	}
	memcpy(d->digests[d->items++], digest, SHA256_BYTES);
	*ret_item = (int64_t)d->items;
	return 0;
}

int block_seal(struct store *s, struct block_draft *d, int64_t sealed)
{
	unsigned char digest[SHA256_BYTES];
	struct canonical c;
	struct statement *q;

	if (!d->items)
		return 0;
	canonical_init(&c, BLOCK_TAG_BLOCK);
	canonical_raw(&c, d->previous, sizeof(d->previous));
	canonical_int(&c, d->id);
	canonical_int(&c, sealed);
	canonical_int(&c, (int64_t)d->items);
	canonical_raw(&c, d->digests, d->items * sizeof(*d->digests));
	canonical_end(&c, digest);
	q = store_sql(s, "INSERT INTO block(id, previous, digest, items, sealed)"
			 " VALUES(:id, :previous, :digest, :items, :sealed)");
	bind_int(q, ":id", d->id);
	bind_blob(q, ":previous", d->previous, sizeof(d->previous));
	bind_blob(q, ":digest", digest, sizeof(digest));
	bind_int(q, ":items", (int64_t)d->items);
	bind_int(q, ":sealed", sealed);
	return statement_run(q, NULL);
}

void block_release(struct block_draft *d)
{
	free(d->digests);
	*d = (struct block_draft){ 0 };
}
