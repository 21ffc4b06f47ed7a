/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bank/order_record.h"

#include <errno.h>
#include <string.h>

#include "bank/block.h"

void request_record_release(struct request_record *r)
{
	free(r->answer);
	*r = (struct request_record){ 0 };
}

static bool blob_copy(struct statement *q, int column, unsigned char ret[SHA256_BYTES])
{
	size_t n;
	const void *bytes = column_blob(q, column, &n);

	if (n != SHA256_BYTES)
		return false;
	memcpy(ret, bytes, n);
	return true;
}

int request_find(struct store *s, int64_t customer, const char *key, struct request_record *ret)
{
	struct statement *q = store_sql(s, "SELECT id, outcome, body_digest, status, answer FROM request WHERE "
					   "customer = :customer AND key = :key");
	int r;

	bind_int(q, ":customer", customer);
	bind_text(q, ":key", key);
	r = statement_step(q);
	if (r <= 0)
		return r;
	*ret = (struct request_record){
		.id = column_int(q, 0),
		.outcome = (enum request_outcome)column_int(q, 1),
		.has_body = !column_is_null(q, 2),
		.status = (int)column_int(q, 3),
		.answer = strdup(column_text(q, 4)),
	};
	if (ret->has_body && !blob_copy(q, 2, ret->body_digest))
		r = -EIO;
	statement_reset(q);
	if (r > 0 && !ret->answer)
		r = -ENOMEM;
	if (r < 0)
		request_record_release(ret);
	return r;
}

int64_t request_id(struct store *s)
{
	return ++store_draft(s)->last_request;
}

/* What was answered is repeated to whoever asks again: it gets a place in the block. */
static int request_seal(struct store *s, const struct request_new *r, unsigned char digest[SHA256_BYTES],
			int64_t *ret_item)
{
	struct canonical c;

	canonical_init(&c, BLOCK_TAG_REQUEST);
	canonical_int(&c, r->id);
	canonical_int(&c, r->customer);
	canonical_text(&c, r->key);
	canonical_blob(&c, r->body_digest, SHA256_BYTES);
	canonical_int(&c, r->outcome);
	canonical_int(&c, r->status);
	canonical_text(&c, r->answer);
	canonical_int(&c, r->at);
	canonical_end(&c, digest);
	return block_add(store_draft(s), digest, ret_item);
}

int request_insert(struct store *s, const struct request_new *r)
{
	unsigned char digest[SHA256_BYTES];
	struct statement *q;
	int64_t item;
	int e = request_seal(s, r, digest, &item);

	if (e)
		return e;
	q = store_sql(s,
		"INSERT INTO request(id, customer, key, body_digest, outcome, status, answer, at, block, item, digest)"
		" VALUES(:id, :customer, :key, :body, :outcome, :status, :answer, :at, :block, :item, :digest)");
	bind_int(q, ":id", r->id);
	bind_int(q, ":customer", r->customer);
	bind_text(q, ":key", r->key);
	if (r->body_digest)
		bind_blob(q, ":body", r->body_digest, SHA256_BYTES);
	bind_int(q, ":outcome", r->outcome);
	bind_int(q, ":status", r->status);
	bind_text(q, ":answer", r->answer);
	bind_int(q, ":at", r->at);
	bind_int(q, ":block", store_draft(s)->id);
	bind_int(q, ":item", item);
	bind_blob(q, ":digest", digest, sizeof(digest));
	return statement_run(q, NULL);
}

void order_record_release(struct order_record *o)
{
	free(o->reason_code);
	free(o->reason);
	free(o->instruction);
	free(o->review);
	free(o->note);
	free(o->maker_number);
	free(o->terminal_label);
	free(o->channel);
	*o = (struct order_record){ 0 };
}

#define ORDER_SELECT                                                                                            \
	"SELECT o.id, o.customer, r.key, r.body_digest, o.type, o.state, o.reason_code, o.reason, o.instruction,"  \
	" o.terms, o.review, o.note, o.currency, o.total, o.fee, o.debtor, o.limit_name, o.counted, o.maker,"      \
	" o.terminal, c.number, t.label, t.channel, o.interaction, o.created, o.updated, o.accepted_date,"         \
	" o.execution, o.due, o.business_date, o.posting, o.changes,"                                              \
	" (SELECT attempts FROM code WHERE code.orders = o.id)"                                                    \
	" FROM orders o JOIN request r ON r.id = o.id JOIN customer c ON c.id = o.customer"                        \
	" JOIN terminal t ON t.id = o.terminal"

/* A column's text into owned memory. */
static char *text_copy(struct statement *q, int column, bool *failed)
{
	const char *text = column_text(q, column);
	char *copy = text ? strdup(text) : NULL;

	*failed = *failed || (text && !copy);
	return copy;
}

/* A column's text into an array of n bytes; what does not fit was not written by us. */
static void text_fill(struct statement *q, int column, char *ret, size_t n, bool *failed)
{
	const char *text = column_text(q, column);

	if (text && strlen(text) >= n)
		*failed = true;
	else
		memcpy(ret, text ? text : "", text ? strlen(text) + 1 : 1);
}

static int order_read(struct statement *q, struct order_record *o)
{
	bool failed = !column_text(q, 4);

	*o = (struct order_record){
		.id = column_int(q, 0), .customer = column_int(q, 1),
		.family = failed ? NULL : order_family(column_text(q, 4)),
		.state = (enum order_state)column_int(q, 5),
		.total = column_int(q, 13), .fee = column_int(q, 14), .debtor = column_int(q, 15),
		.counted = column_int(q, 17), .maker = column_int(q, 18), .terminal = column_int(q, 19),
		.created = column_int(q, 24), .updated = column_int(q, 25),
		.accepted_date = (date_days)column_int(q, 26),
		.execution = column_int(q, 27), .due = column_int(q, 28),
		.business_date = column_is_null(q, 29) ? DATE_NONE : (date_days)column_int(q, 29),
		.posting = column_int(q, 30), .changes = (int)column_int(q, 31),
		.code_attempts = (int)column_int(q, 32),
	};
	text_fill(q, 2, o->key, sizeof(o->key), &failed);
	failed = failed || !o->family || !blob_copy(q, 3, o->body_digest);
	o->reason_code = text_copy(q, 6, &failed);
	o->reason = text_copy(q, 7, &failed);
	o->instruction = text_copy(q, 8, &failed);
	text_fill(q, 9, o->terms, sizeof(o->terms), &failed);
	o->review = text_copy(q, 10, &failed);
	o->note = text_copy(q, 11, &failed);
	text_fill(q, 12, o->currency, sizeof(o->currency), &failed);
	text_fill(q, 16, o->limit_name, sizeof(o->limit_name), &failed);
	o->maker_number = text_copy(q, 20, &failed);
	o->terminal_label = text_copy(q, 21, &failed);
	o->channel = text_copy(q, 22, &failed);
	text_fill(q, 23, o->interaction, sizeof(o->interaction), &failed);
	return failed ? -EIO : 0;
}

static int needs_load(struct store *s, struct order_record *o)
{
	struct statement *q = store_sql(
		s, "SELECT kind, by_means, status, until FROM need WHERE orders = :id ORDER BY ordinal");
	int r;

	bind_int(q, ":id", o->id);
	while ((r = statement_step(q)) > 0 && o->needs_count < PLAN_NEEDS)
		o->needs[o->needs_count++] = (struct order_need){
			(enum need_kind)column_int(q, 0), (enum need_by)column_int(q, 1),
			(enum need_status)column_int(q, 2), column_int(q, 3),
		};
	statement_reset(q);
	return r < 0 ? r : 0;
}

static int order_take(struct store *s, struct statement *q, struct order_record *ret)
{
	int r = statement_step(q);

	if (r <= 0)
		return r;
	r = order_read(q, ret);
	statement_reset(q);
	if (!r)
		r = needs_load(s, ret);
	if (r)
		order_record_release(ret);
	return r ? r : 1;
}

int order_find(struct store *s, int64_t customer, const char *key, struct order_record *ret)
{
	struct statement *q = store_sql(s, ORDER_SELECT " WHERE r.customer = :customer AND r.key = :key");

	bind_int(q, ":customer", customer);
	bind_text(q, ":key", key);
	return order_take(s, q, ret);
}

int order_load(struct store *s, int64_t id, struct order_record *ret)
{
	struct statement *q = store_sql(s, ORDER_SELECT " WHERE o.id = :id");

	bind_int(q, ":id", id);
	return order_take(s, q, ret);
}

static int need_insert(struct store *s, const struct order_record *o, size_t i)
{
	struct statement *q = store_sql(s,
		"INSERT INTO need(orders, ordinal, kind, by_means, status, until)"
		" VALUES(:orders, :ordinal, :kind, :by, :status, :until)");

	bind_int(q, ":orders", o->id);
	bind_int(q, ":ordinal", (int64_t)i + 1);
	bind_int(q, ":kind", o->needs[i].kind);
	bind_int(q, ":by", o->needs[i].by);
	bind_int(q, ":status", o->needs[i].status);
	bind_int(q, ":until", o->needs[i].until);
	return statement_run(q, NULL);
}

/* Where 0 stands for nothing. */
static void bind_given(struct statement *q, const char *name, int64_t value)
{
	if (value)
		bind_int(q, name, value);
}

int order_insert(struct store *s, const struct order_record *o)
{
	struct statement *q = store_sql(s, "INSERT INTO orders(id, customer, type, state, instruction, terms, "
					   "review, note, currency, total, fee,"
					   " debtor, limit_name, counted, maker, terminal, interaction, "
					   "created, updated, accepted_date, execution,"
					   " due, business_date, posting, changes)"
					   " VALUES(:id, :customer, :type, :state, :instruction, :terms, "
					   ":review, :note, :currency, :total, :fee,"
					   " :debtor, :limit, :counted, :maker, :terminal, :interaction, :now, "
					   ":now, :date, :execution, :due,"
					   " :business_date, :posting, :changes)");
	int r;

	bind_int(q, ":id", o->id);
	bind_int(q, ":customer", o->customer);
	bind_text(q, ":type", o->family->type);
	bind_int(q, ":state", o->state);
	bind_text(q, ":instruction", o->instruction);
	bind_text(q, ":terms", o->terms);
	bind_text(q, ":review", o->review);
	bind_text(q, ":note", o->note);
	bind_text(q, ":currency", o->currency[0] ? o->currency : NULL);
	bind_int(q, ":total", o->total);
	bind_int(q, ":fee", o->fee);
	bind_given(q, ":debtor", o->debtor);
	bind_text(q, ":limit", o->limit_name[0] ? o->limit_name : NULL);
	bind_int(q, ":counted", o->counted);
	bind_int(q, ":maker", o->maker);
	bind_int(q, ":terminal", o->terminal);
	bind_text(q, ":interaction", o->interaction);
	bind_int(q, ":now", o->created);
	bind_int(q, ":date", o->accepted_date);
	bind_given(q, ":execution", o->execution);
	bind_given(q, ":due", o->due);
	if (o->business_date != DATE_NONE)
		bind_int(q, ":business_date", o->business_date);
	bind_given(q, ":posting", o->posting);
	bind_int(q, ":changes", o->changes);
	r = statement_run(q, NULL);
	for (size_t i = 0; !r && i < o->needs_count; i++)
		r = need_insert(s, o, i);
	return r;
}

bool order_can_void(const struct order_record *o)
{
	return o->state == ORDER_STATE_WAITING || o->state == ORDER_STATE_SCHEDULED;
}

bool order_is_open(const struct order_record *o)
{
	return order_can_void(o) || o->state == ORDER_STATE_ACCEPTED;
}
