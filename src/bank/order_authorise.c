/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Proofs. A try is counted in a commit of its own before it is looked at; only a right one reaches the write, which
 * marks the need as met and, when it was the last, carries the order out in the same transaction.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "bank/bank.h"
#include "bank/credential.h"
#include "bank/order_code.h"
#include "bank/order_render.h"
#include "bank/order_state.h"
#include "bank/order_write.h"
#include "bank/writer.h"

/* What prepare hands to the write. */
struct authorisation {
	bool is_proved;
	int refusal; /* of the ledger, when the write was rolled back */
};

/* The first look at the order, which also counts a try of a code. */
struct look_job {
	struct job job;
	struct request *rq;
	struct code_try code;
	bool is_open; /* the need is open: the proof has to be checked */
};

static int find_need(const struct order_record *o, const struct authorisation_request *body)
{
	for (size_t i = 0; i < o->needs_count; i++)
		if ((int)o->needs[i].kind == body->kind && (int)o->needs[i].by == body->by)
			return (int)i;
	return -1;
}

static int refuse_code(struct request *rq, int error)
{
	if (error == -EKEYEXPIRED || error == -ENOENT)
		return reply_problem(rq, 403, "code-expired", N_("This code is too old. Please ask for a new one."));
	if (error == -EDQUOT)
		return reply_problem(rq, 403, "code-used-up",
				     N_("This code was mistyped too often. Please ask for a new one."));
	return error;
}

static int look(struct store *s, struct look_job *l, const struct order_record *o)
{
	const struct authorisation_request *body = l->rq->body;
	int64_t now = request_now(l->rq);
	int need = find_need(o, body), r;

	if (strcmp(body->terms, o->terms) != 0)
		return reply_problem(
			l->rq, 409, "terms-changed",
			N_("This proof is for something else than the order. Please look at the order again."));
	if (need < 0)
		return reply_problem(l->rq, 422, "need-unknown", N_("This order does not need that."));
	if (o->state != ORDER_STATE_WAITING || o->needs[need].status != NEED_STATUS_OPEN)
		return 0;
	if (o->needs[need].until <= now)
		return reply_problem(l->rq, 409, "order-expired",
				     N_("The time to confirm this order is over. Please begin it again."));
	l->is_open = true;
	if (body->by != NEED_BY_CODE)
		return 0;
	r = code_try_begin(s, o, now, &l->code);
	if (r == -EACCES)
		return reply_attempt_problem(l->rq, 403, "code-locked",
					     (struct attempts){ .until = l->code.locked_until },
					     N_("Too many wrong codes were typed today. Payments that need a code "
						"can be made again tomorrow."));
	return r ? refuse_code(l->rq, r) : 0;
}

static int look_run(struct store *s, struct job *job)
{
	struct look_job *l = (struct look_job *)job;
	struct order_record o;
	int r;

	reply_clear(l->rq);
	l->is_open = false;
	r = order_of_request(s, l->rq, &o);
	if (r <= 0)
		return r;
	r = look(s, l, &o);
	order_record_release(&o);
	return r;
}

static int check_pin(struct request *rq, struct authorisation *a)
{
	const struct authorisation_request *body = rq->body;
	struct credential_check check;
	int r = credential_check(rq->bank, rq->who.person, CREDENTIAL_PIN, body->proof, &check);

	if (r)
		return r;
	a->is_proved = check.answer == CREDENTIAL_RIGHT;
	if (check.answer == CREDENTIAL_WRONG && check.left)
		return reply_attempt_problem(rq, 403, "pin-wrong", (struct attempts){ .left = check.left },
					     N_("This PIN is wrong. Please type it again."));
	if (check.answer == CREDENTIAL_EARLY)
		return reply_attempt_problem(rq, 429, "pin-too-soon", (struct attempts){ .until = check.until },
					     N_("Please wait a moment before you try again."));
	if (!a->is_proved)
		return reply_attempt_problem(rq, 403, "pin-locked", (struct attempts){ .until = check.until },
					     N_("Your PIN is locked for half an hour after too many wrong "
						"tries. Nothing was paid."));
	return 0;
}

static int check_code(struct request *rq, const struct code_try *code, struct authorisation *a)
{
	const struct authorisation_request *body = rq->body;

	a->is_proved = code_matches(rq->bank, code, body->proof);
	if (a->is_proved)
		return 0;
	if (!code->left)
		return refuse_code(rq, -EDQUOT);
	return reply_attempt_problem(rq, 403, "code-wrong", (struct attempts){ .left = code->left },
				     N_("This code is wrong. Please type the six digits of the latest message."));
}

int order_authorise_prepare(struct request *rq)
{
	const struct authorisation_request *body = rq->body;
	struct look_job l = { .job = { .run = look_run }, .rq = rq };
	struct authorisation *a = calloc(1, sizeof(*a));
	int r;

	if (!a)
		return -ENOMEM;
	rq->scratch = a;
	rq->scratch_size = sizeof(*a);
	r = writer_run(rq->bank->writer, &l.job);
	if (r || rq->status || !l.is_open)
		return r;
	if (body->by == NEED_BY_PIN)
		return check_pin(rq, a);
	if (body->by == NEED_BY_CODE)
		return check_code(rq, &l.code, a);
	return reply_problem(rq, 422, "need-unknown", N_("This order does not need that."));
}

/* A right proof: the count of wrong ones begins anew, and the need is met if the order still has it. */
static int prove(struct store *s, const struct request *rq, struct order_record *o, bool *ret_met)
{
	const struct authorisation_request *body = rq->body;
	int need = find_need(o, body), r = 0;

	*ret_met = false;
	if (body->by == NEED_BY_PIN)
		r = credential_passed(s, rq->who.person, CREDENTIAL_PIN, NULL);
	else if (body->by == NEED_BY_CODE)
		r = code_passed(s, o->customer);
	if (r || o->state != ORDER_STATE_WAITING || need < 0 || o->needs[need].status != NEED_STATUS_OPEN)
		return r;
	*ret_met = true;
	return order_need_met(s, o, (size_t)need, rq->who.person, request_now(rq));
}

static int apply(struct store *s, struct request *rq, struct order_record *o)
{
	struct authorisation *a = rq->scratch;
	bool is_met;
	int r;

	if (!a->is_proved)
		return 0; /* repeated: the order as it stands */
	r = prove(s, rq, o, &is_met);
	if (r || !is_met || !order_needs_are_met(o))
		return r;
	r = order_proceed(s, o, request_now(rq));
	a->refusal = order_refusal(r) ? r : 0;
	return r;
}

int order_authorise_write(struct store *s, struct request *rq)
{
	struct order_record o;
	int r = order_of_request(s, rq, &o);

	if (r <= 0)
		return r;
	r = apply(s, rq, &o);
	if (!r)
		r = order_reply(s, rq, 200, &o);
	order_record_release(&o);
	return r;
}

int order_authorise_refused(struct store *s, struct request *rq)
{
	const struct authorisation *a = rq->scratch;
	struct order_record o;
	bool is_met;
	int r;

	if (!a->refusal)
		return -EIO;
	r = order_of_request(s, rq, &o);
	if (r <= 0)
		return r;
	r = prove(s, rq, &o, &is_met);
	if (!r)
		r = order_reject(s, &o, order_refusal(a->refusal), request_now(rq));
	if (!r)
		r = order_reply(s, rq, 200, &o);
	order_record_release(&o);
	return r;
}
