/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bank/order_write.h"

#include <cjson/cJSON.h>
#include <errno.h>
#include <string.h>

#include "bank/bank.h"
#include "bank/order_code.h"
#include "bank/order_render.h"
#include "bank/order_state.h"
#include "bank/parameter.h"
#include "bank/quote.h"
#include "bank/tally.h"
#include "model/problem.h"

int64_t request_now(const struct request *rq)
{
	return rq->bank->clock.now(rq->bank->clock.data);
}

int order_of_request(struct store *s, struct request *rq, struct order_record *ret)
{
	int r = order_find(s, rq->who.customer, rq->args[0], ret);

	if (r == 0)
		reply_problem(rq, 404, "order-unknown", N_("There is no such order."));
	return r;
}

/* The answer that was given to this key, byte for byte. */
static int replay(struct request *rq, const struct request_record *known)
{
	reply_clear(rq);
	rq->is_problem = known->status >= 400;
	if (buf_puts(&rq->reply, known->answer))
		return -ENOMEM;
	rq->status = known->status;
	return 0;
}

static int answer_known(struct request *rq, const struct request_record *known)
{
	if (known->outcome == REQUEST_OUTCOME_TOMBSTONE)
		return reply_problem(rq, 409, "order-voided",
				     N_("This order was withdrawn before it arrived. It was not carried out."));
	if (memcmp(known->body_digest, rq->body_digest, SHA256_BYTES) != 0)
		return reply_problem(rq, 422, "idempotency-key-reused",
				     N_("This key belongs to a different order. Begin the order again."));
	return replay(rq, known);
}

static int refuse_plan(struct request *rq, const struct plan *p)
{
	struct problem problem = {
		.type = (char *)"about:blank", .status = 422, .code = (char *)"instruction-invalid",
		.title = (char *)tr(rq, N_("Please check your entries")),
		.detail = (char *)tr(rq, N_("Something in the order is missing or wrong. Nothing was carried out.")),
	};
	char instance[sizeof(rq->interaction) + 9];
	int r = quote_errors(p, rq->language, &problem.errors, &problem.errors_count);

	if (r)
		return r;
	snprintf(instance, sizeof(instance), "urn:uuid:%s", rq->interaction);
	problem.instance = instance;
	r = reply_json(rq, 422, &problem_json, &problem);
	rq->is_problem = true;
	for (size_t i = 0; i < problem.errors_count; i++)
		json_release(&problem.errors[i], &field_error_json);
	free(problem.errors);
	return r ? r : -EPERM;
}

int instruction_problem(struct request *rq, const char *name)
{
	char path[JSON_PATH_MAX];

	if (!name)
		return reply_field_problem(rq, 422, "/instruction", "instruction-invalid",
					   N_("The instruction must be an object."));
	snprintf(path, sizeof(path), "/instruction/%.100s", name);
	return reply_field_problem(rq, 422, path, "field-unknown", N_("This field is not known here."));
}

static int record_needs(struct store *s, const struct plan *p, struct order_record *o, int64_t now)
{
	int64_t seconds;
	int r;

	if (!p->needs_count)
		return 0;
	r = parameter_int(s, "order.need-seconds", o->accepted_date, &seconds);
	if (r)
		return r == -ENOENT ? -EIO : r;
	for (size_t i = 0; i < p->needs_count; i++)
		o->needs[i] = (struct order_need){ p->needs[i].kind, p->needs[i].by, NEED_STATUS_OPEN, now + seconds };
	o->needs_count = p->needs_count;
	return 0;
}

static int record_fill(struct request *rq, struct plan *p, const char *terms, struct order_record *o)
{
	const struct order_request *body = rq->body;
	const char *review = plan_review(p);

	memcpy(o->key, rq->idempotency_key, sizeof(o->key));
	memcpy(o->body_digest, rq->body_digest, sizeof(o->body_digest));
	memcpy(o->terms, terms, sizeof(o->terms));
	memcpy(o->currency, p->currency, sizeof(o->currency));
	memcpy(o->interaction, rq->interaction, sizeof(o->interaction));
	snprintf(o->limit_name, sizeof(o->limit_name), "%s", p->limit_name ? p->limit_name : "");
	o->plan = p;
	o->given = body->instruction;
	o->review = review ? strdup(review) : NULL;
	o->instruction = cJSON_PrintUnformatted(body->instruction);
	o->note = strdup(p->note ? p->note : "{}");
	o->maker_number = strdup(rq->who.customer_number);
	o->terminal_label = strdup(rq->who.terminal_label);
	return o->review && o->instruction && o->note && o->maker_number && o->terminal_label ? 0 : -ENOMEM;
}

static int terminal_channel(struct store *s, struct order_record *o)
{
	struct statement *q = store_sql(s, "SELECT channel FROM terminal WHERE id = :id");
	int r;

	bind_int(q, ":id", o->terminal);
	r = statement_step(q);
	if (r <= 0)
		return r ? r : -EIO;
	o->channel = strdup(column_text(q, 0));
	statement_reset(q);
	return o->channel ? 0 : -ENOMEM;
}

/* It waits for a code. */
static bool wants_code(const struct order_record *o)
{
	for (size_t i = 0; i < o->needs_count; i++)
		if (o->needs[i].by == NEED_BY_CODE && o->needs[i].status == NEED_STATUS_OPEN)
			return o->state == ORDER_STATE_WAITING;
	return false;
}

/* A refusal by the ledger, found half-way: its reason is answered, all else rolls back. */
static int refuse_by_ledger(struct request *rq, int error)
{
	const struct order_refusal *why = order_refusal(error);

	if (!why)
		return error;
	return reply_problem(rq, 422, why->code, "%s", tr(rq, why->text)), -EPERM;
}

static int order_accept(struct store *s, struct request *rq, const struct quoting *q, const char *terms,
			struct order_record *o)
{
	int64_t now = q->now;
	int r = record_fill(rq, q->plan, terms, o);

	if (!r)
		r = terminal_channel(s, o);
	if (!r)
		r = record_needs(s, q->plan, o, now);
	if (r)
		return r;
	o->id = request_id(s);
	r = order_start(s, o, q->plan->limit, now);
	if (r)
		return refuse_by_ledger(rq, r);
	r = wants_code(o) ? code_may_send(s, rq, o->customer, now) : 0;
	if (!r && wants_code(o))
		r = code_send(s, rq, o, now); /* nobody has to ask for the first one */
	if (!r)
		r = order_reply(s, rq, o->state == ORDER_STATE_DONE ? 201 : 202, o);
	if (!r && (rq->status >= 400 || rq->reply.failed))
		r = -ENOMEM;
	return r ? r
		 : request_insert(s, &(struct request_new){ o->id, o->customer, o->key, o->body_digest,
							    REQUEST_OUTCOME_ORDER, rq->status, rq->reply.data,
							    now });
}

static int order_give(struct store *s, struct request *rq, struct quoting *q, const struct order_family *family)
{
	const struct order_request *body = rq->body;
	struct plan *p = q->plan;
	char terms[SHA256_HEX];
	const char *name;
	struct order_record o;
	int r = quote_plan(q, family, &name);

	if (r)
		return r == -EINVAL ? instruction_problem(rq, name), -EPERM : r;
	if (!p->is_complete)
		return refuse_plan(rq, p);
	plan_terms(p, family->type, terms);
	if (strcmp(terms, body->terms) != 0)
		return reply_problem(rq, 409, "terms-changed",
				     N_("Something has changed since you looked. Please check the order again; "
					"nothing was carried out.")),
		       -EPERM;
	o = (struct order_record){
		.customer = rq->who.customer,
		.family = family,
		.state = ORDER_STATE_WAITING,
		.total = p->total,
		.fee = p->fee,
		.debtor = p->debtor,
		.counted = p->counted,
		.maker = rq->who.person,
		.terminal = rq->who.terminal,
		.created = q->now,
		.updated = q->now,
		.accepted_date = q->date,
		.execution = p->delay ? q->now + p->delay : p->execution,
		.business_date = DATE_NONE,
	};
	r = order_accept(s, rq, q, terms, &o);
	order_record_release(&o);
	return r;
}

static int order_new(struct store *s, struct request *rq)
{
	const struct order_request *body = rq->body;
	const struct order_family *family = order_family(body->type);
	struct plan plan = { 0 };
	struct quoting q;
	int r = quoting_init(&q, s, request_now(rq), rq->who.customer);

	if (r)
		return r == -ENODATA ? -EBUSY : r;
	if (!family)
		return reply_field_problem(rq, 422, "/type", "order-type-unknown",
					   N_("The bank knows no orders of this type.")),
		       -EPERM;
	q.plan = &plan;
	q.instruction = body->instruction;
	r = order_give(s, rq, &q, family);
	plan_release(&plan);
	return r;
}

int order_post_write(struct store *s, struct request *rq)
{
	struct request_record known = { 0 };
	int r = request_find(s, rq->who.customer, rq->idempotency_key, &known);

	if (r < 0)
		return r;
	r = r ? answer_known(rq, &known) : order_new(s, rq);
	request_record_release(&known);
	return r;
}

int order_post_refused(struct store *s, struct request *rq)
{
	if (!rq->status)
		return -EIO; /* the store refused, not the bank: no answer to keep */
	return request_insert(s, &(struct request_new){ request_id(s), rq->who.customer, rq->idempotency_key,
							rq->body_digest, REQUEST_OUTCOME_REFUSED, rq->status,
							rq->reply.data, request_now(rq) });
}

static int order_void(struct store *s, struct request *rq)
{
	struct said reason = { 0 };
	struct order_record o;
	int r = order_of_request(s, rq, &o);

	if (r <= 0)
		return r;
	r = 0;
	if (order_can_void(&o)) {
		r = said_set(&reason, N_("You withdrew this order."), NULL);
		if (!r)
			r = order_close(s, &o, ORDER_STATE_VOIDED, "withdrawn", &reason, request_now(rq));
	} else if (o.state != ORDER_STATE_VOIDED) {
		reply_problem(rq, 409, "order-final", N_("This order can no longer be withdrawn."));
	}
	if (!r && !rq->status)
		r = order_reply(s, rq, 200, &o);
	said_release(&reason);
	order_record_release(&o);
	return r;
}

/* A key that never came is remembered for ever, so one customer may leave only so many a day. */
static int order_bury(struct store *s, struct request *rq)
{
	int64_t now = request_now(rq), until;
	int r = tally_add(s, rq->who.customer, TALLY_TOMBSTONE, now, &until);

	if (r == -EDQUOT)
		return reply_attempt_problem(rq, 429, "order-voids-exhausted", (struct attempts){ .until = until },
					     N_("Too many orders that never arrived were withdrawn today. Please try "
						"again tomorrow."));
	if (!r)
		r = request_insert(s, &(struct request_new){ request_id(s), rq->who.customer, rq->args[0], NULL,
							     REQUEST_OUTCOME_TOMBSTONE, 204, "", now });
	return r ? r : reply_empty(rq, 204);
}

int order_delete_write(struct store *s, struct request *rq)
{
	struct request_record known = { 0 };
	bool is_order;
	int r;

	if (strlen(rq->args[0]) != ORDER_KEY_MAX - 1 || strspn(rq->args[0], "0123456789abcdef") != ORDER_KEY_MAX - 1)
		return reply_problem(rq, 404, "order-unknown", N_("There is no such order."));
	r = request_find(s, rq->who.customer, rq->args[0], &known);
	if (r < 0)
		return r;
	is_order = r && known.outcome == REQUEST_OUTCOME_ORDER;
	request_record_release(&known);
	if (is_order)
		return order_void(s, rq);
	return r ? reply_empty(rq, 204) : order_bury(s, rq);
}

static int code_again(struct store *s, struct request *rq, struct order_record *o)
{
	int r = code_may_send(s, rq, o->customer, request_now(rq));

	if (!r)
		r = code_send(s, rq, o, request_now(rq));
	o->code_attempts = 0;
	if (r == -EPERM)
		return 0; /* answered */
	if (r == -EDQUOT)
		return reply_problem(rq, 409, "code-sends-exhausted",
				     N_("No more codes can be sent for this order. Please withdraw it and "
					"begin again."));
	return r ? r : order_reply(s, rq, 200, o);
}

int order_code_write(struct store *s, struct request *rq)
{
	struct order_record o;
	int r = order_of_request(s, rq, &o);

	if (r <= 0)
		return r;
	if (!wants_code(&o))
		r = reply_problem(rq, 409, "code-not-needed", N_("This order needs no code now."));
	else
		r = code_again(s, rq, &o);
	order_record_release(&o);
	return r;
}
