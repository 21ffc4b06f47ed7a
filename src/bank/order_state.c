/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bank/order_state.h"

#include <errno.h>
#include <string.h>

#include "bank/block.h"
#include "bank/event.h"
#include "bank/ledger.h"
#include "bank/message.h"
#include "bank/order_change.h"
#include "bank/order_terms.h"
#include "base/log.h"
#include "base/macros.h"

static const struct order_refusal refusals[] = {
	{ -EAGAIN, "funds-short", N_("There is not enough money in the account.") },
	{ -EACCES, "account-blocked", N_("The account cannot be used for this. Please ask the bank.") },
	{ -ENOENT, "creditor-unknown", N_("The payee's account does not exist any more.") },
	{ -EDQUOT, "limit-day", N_("This would pass your limit for today.") },
};

const struct order_refusal *order_refusal(int error)
{
	for (size_t i = 0; i < COUNT(refusals); i++)
		if (refusals[i].error == error)
			return &refusals[i];
	return NULL;
}

/* One step of an order's history. */
struct step {
	enum order_state state;
	const char *reason_code;
	const struct said *reason;
	int64_t posting, due;
};

static int history_add(struct store *s, const struct order_record *o, const struct step *step, int64_t now)
{
	return order_change_add(s, o, &(struct order_change){ step->state, step->reason_code, now, step->posting });
}

static int orders_update(struct store *s, const struct order_record *o, const struct step *step, int64_t now)
{
	struct statement *q = store_sql(s,
		"UPDATE orders SET state = :state, reason_code = :code, reason = :reason, updated = :now, due = :due,"
		" execution = :execution, posting = coalesce(posting, :posting),"
		" business_date = coalesce(business_date, :date), changes = changes + 1"
		" WHERE id = :id AND state = :from AND changes = :changes");

	bind_int(q, ":state", step->state);
	bind_text(q, ":code", step->reason_code);
	bind_text(q, ":reason", o->reason);
	bind_int(q, ":now", now);
	if (step->due)
		bind_int(q, ":due", step->due);
	if (o->execution)
		bind_int(q, ":execution", o->execution);
	if (step->posting) {
		bind_int(q, ":posting", step->posting);
		bind_int(q, ":date", store_draft(s)->business_date);
	}
	bind_int(q, ":id", o->id);
	bind_int(q, ":from", o->state);
	bind_int(q, ":changes", o->changes);
	return statement_must(q); /* one writer: nobody else can have moved it */
}

/* The record keeps what is stored of it, so that it can be shown without reading it again. */
static int record_reason(struct order_record *o, const struct step *step)
{
	struct buf out;

	if (!step->reason_code)
		return 0;
	buf_init(&out, 0);
	said_write(step->reason, &out);
	free(o->reason_code);
	free(o->reason);
	o->reason_code = strdup(step->reason_code);
	o->reason = buf_detach(&out);
	return o->reason_code && o->reason ? 0 : -ENOMEM;
}

static void record_follow(struct order_record *o, const struct step *step, date_days date, int64_t now)
{
	o->state = step->state;
	o->updated = now;
	o->due = step->due;
	if (step->posting && !o->posting) {
		o->posting = step->posting;
		o->business_date = date;
	}
}

/* Every change of a state passes here: row, history, block and event in one transaction. */
static int order_move(struct store *s, struct order_record *o, const struct step *step, int64_t now)
{
	int r = record_reason(o, step);

	if (!r)
		r = orders_update(s, o, step, now);
	if (r)
		return r;
	o->changes++;
	r = history_add(s, o, step, now);
	if (!r)
		r = event_add(s, o->customer, EVENT_KIND_ORDER, o->key, now);
	record_follow(o, step, store_draft(s)->business_date, now);
	return r;
}

static int message_reason(struct store *s, const struct order_record *o, const char *title, const struct said *reason,
			  int64_t now)
{
	struct said said = { 0 };
	int r = said_set(&said, title, NULL);

	if (!r)
		r = message_add(s, o->customer, &said, reason, o->key, now);
	said_release(&said);
	return r;
}

static int order_carry_out(struct store *s, struct order_record *o, int64_t now)
{
	struct outcome outcome = { .state = ORDER_STATE_DONE };
	int r = o->family->post(s, o, now, &outcome);

	if (r)
		return r;
	return order_move(
		s, o, &(struct step){ .state = outcome.state, .posting = outcome.posting, .due = outcome.due },
		now);
}

/* The first state, in which the row is written. */
static int order_enter(struct store *s, struct order_record *o, const struct step *step, int64_t now)
{
	int r;

	record_follow(o, step, store_draft(s)->business_date, now);
	o->changes = 1;
	r = order_insert(s, o);
	if (!r)
		r = history_add(s, o, step, now);
	return r ? r : event_add(s, o->customer, EVENT_KIND_ORDER, o->key, now);
}

static int order_enter_done(struct store *s, struct order_record *o, int64_t now)
{
	struct outcome outcome = { .state = ORDER_STATE_DONE };
	int r = o->family->post(s, o, now, &outcome);

	if (r)
		return r;
	return order_enter(
		s, o, &(struct step){ .state = outcome.state, .posting = outcome.posting, .due = outcome.due },
		now);
}

int order_start(struct store *s, struct order_record *o, int64_t most, int64_t now)
{
	struct step step = { .state = ORDER_STATE_SCHEDULED, .due = o->execution };
	int r = 0;

	if (o->counted)
		r = daily_count(s, o->customer, o->accepted_date, o->limit_name, o->counted, most);
	if (!r && !o->needs_count && o->execution <= now)
		return order_enter_done(s, o, now);
	if (o->needs_count)
		step = (struct step){ .state = ORDER_STATE_WAITING, .due = o->needs[0].until };
	if (!r)
		r = order_enter(s, o, &step, now);
	if (!r && o->debtor && o->total)
		r = hold_place(s, o->id, o->debtor, o->total, now);
	return r;
}

static int order_uncount(struct store *s, const struct order_record *o)
{
	return o->counted ? daily_uncount(s, o->customer, o->accepted_date, o->limit_name, o->counted) : 0;
}

/* What was sent cannot be refused any more: an order that was written to past the bank waits for a person. */
int order_settle(struct store *s, struct order_record *o, int64_t now)
{
	struct outcome outcome = { .state = ORDER_STATE_DONE };
	bool holds;
	int r = order_change_holds(s, o, &holds);

	if (!r)
		r = holds ? o->family->settle(s, o, now, &outcome) : -EBADMSG;
	if (!r && outcome.state == ORDER_STATE_REJECTED)
		r = order_uncount(s, o);
	if (!r)
		r = order_move(s, o,
			       &(struct step){ outcome.state, outcome.reason_code, &outcome.reason,
					       outcome.posting, outcome.due },
			       now);
	if (!r && outcome.state == ORDER_STATE_REJECTED)
		r = message_reason(s, o, N_("Payment came back"), &outcome.reason, now);
	said_release(&outcome.reason);
	return r;
}

int order_close(struct store *s, struct order_record *o, enum order_state state, const char *reason_code,
		const struct said *reason, int64_t now)
{
	int r = hold_release(s, o->id, now);

	if (!r)
		r = order_uncount(s, o);
	if (!r)
		r = order_move(s, o,
			       &(struct step){ .state = state, .reason_code = reason_code, .reason = reason },
			       now);
	return r;
}

int order_reject(struct store *s, struct order_record *o, const struct order_refusal *why, int64_t now)
{
	struct said reason = { 0 };
	int r = said_set(&reason, why->text, NULL);

	if (!r)
		r = order_close(s, o, ORDER_STATE_REJECTED, why->code, &reason, now);
	if (!r)
		r = message_reason(s, o, N_("Order not carried out"), &reason, now);
	said_release(&reason);
	return r;
}

static int order_refuse_changed(struct store *s, struct order_record *o, int64_t now)
{
	struct said reason = { 0 };
	int r = said_set(&reason,
			 N_("Something has changed since this order was given. Nothing was carried out. Please "
			    "give it again."),
			 NULL);

	log_event(LOG_ERROR, "order.terms-changed", "order %s", o->key);
	if (!r)
		r = order_close(s, o, ORDER_STATE_REJECTED, "terms-changed", &reason, now);
	if (!r)
		r = message_reason(s, o, N_("Order not carried out"), &reason, now);
	said_release(&reason);
	return r;
}

int order_proceed(struct store *s, struct order_record *o, int64_t now)
{
	bool holds;
	int r = order_terms_hold(s, o, now, &holds);

	if (r)
		return r;
	if (!holds)
		return order_refuse_changed(s, o, now);
	if (o->state == ORDER_STATE_WAITING && o->execution > now)
		return order_move(s, o, &(struct step){ .state = ORDER_STATE_SCHEDULED, .due = o->execution }, now);
	r = hold_release(s, o->id, now);
	return r ? r : order_carry_out(s, o, now);
}

int order_need_met(struct store *s, struct order_record *o, size_t need, int64_t person, int64_t now)
{
	struct statement *q = store_sql(s, "UPDATE need SET status = 2, person = :person, met = :now WHERE "
					   "orders = :id AND ordinal = :ordinal AND status = 1");
	int r;

	bind_int(q, ":person", person);
	bind_int(q, ":now", now);
	bind_int(q, ":id", o->id);
	bind_int(q, ":ordinal", (int64_t)need + 1);
	r = statement_must(q);
	if (!r)
		o->needs[need].status = NEED_STATUS_MET;
	return r;
}

bool order_needs_are_met(const struct order_record *o)
{
	for (size_t i = 0; i < o->needs_count; i++)
		if (o->needs[i].status != NEED_STATUS_MET)
			return false;
	return true;
}
