/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bank/order_change.h"

#include <string.h>

#include "bank/block.h"

static void change_digest(const struct order_record *o, const struct order_change *change,
			  unsigned char ret[SHA256_BYTES])
{
	struct canonical c;

	canonical_init(&c, BLOCK_TAG_CHANGE);
	canonical_int(&c, o->id);
	canonical_int(&c, o->changes);
	canonical_int(&c, change->state);
	canonical_text(&c, change->reason_code);
	canonical_int(&c, change->at);
	canonical_int(&c, change->posting);
	canonical_int(&c, o->customer);
	canonical_text(&c, o->key);
	canonical_blob(&c, o->body_digest, sizeof(o->body_digest));
	canonical_text(&c, o->family->type);
	canonical_text(&c, o->terms);
	canonical_int(&c, o->total);
	canonical_int(&c, o->fee);
	canonical_int(&c, o->debtor);
	canonical_int(&c, o->maker);
	canonical_int(&c, o->terminal);
	canonical_text(&c, o->instruction);
	canonical_text(&c, o->review);
	canonical_text(&c, o->note);
	canonical_end(&c, ret);
}

int order_change_add(struct store *s, const struct order_record *o, const struct order_change *change)
{
	unsigned char digest[SHA256_BYTES];
	struct statement *q;
	int64_t item;
	int r;

	change_digest(o, change, digest);
	r = block_add(store_draft(s), digest, &item);
	if (r)
		return r;
	q = store_sql(s,
		"INSERT INTO order_change(orders, ordinal, state, reason_code, at, posting, block, item, digest)"
		" VALUES(:orders, :ordinal, :state, :reason, :at, :posting, :block, :item, :digest)");
	bind_int(q, ":orders", o->id);
	bind_int(q, ":ordinal", o->changes);
	bind_int(q, ":state", change->state);
	bind_text(q, ":reason", change->reason_code);
	bind_int(q, ":at", change->at);
	if (change->posting)
		bind_int(q, ":posting", change->posting);
	bind_int(q, ":block", store_draft(s)->id);
	bind_int(q, ":item", item);
	bind_blob(q, ":digest", digest, sizeof(digest));
	return statement_run(q, NULL);
}

int order_change_holds(struct store *s, const struct order_record *o, bool *ret)
{
	struct statement *q = store_sql(s, "SELECT state, reason_code, at, posting, digest FROM order_change"
					   " WHERE orders = :orders AND ordinal = :ordinal");
	unsigned char digest[SHA256_BYTES];
	struct order_change change;
	const void *sealed;
	size_t n;
	int r;

	bind_int(q, ":orders", o->id);
	bind_int(q, ":ordinal", o->changes);
	r = statement_step(q);
	if (r < 0)
		return r;
	*ret = false;
	if (r > 0) {
		change = (struct order_change){ (enum order_state)column_int(q, 0), column_text(q, 1),
						column_int(q, 2), column_int(q, 3) };
		change_digest(o, &change, digest);
		sealed = column_blob(q, 4, &n);
		*ret = change.state == o->state && n == sizeof(digest) && !memcmp(sealed, digest, n);
	}
	statement_reset(q);
	return 0;
}
