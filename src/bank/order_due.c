/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What time brings: see bank_run_due in bank.h. */
#include <errno.h>
#include <pthread.h>
#include <string.h>

#include "bank/bank.h"
#include "bank/ledger.h"
#include "bank/order_state.h"
#include "bank/writer.h"
#include "base/log.h"
#include "base/macros.h"

#define DUE_MAX 64 /* orders taken at once: one commit, while customers' orders join it */
#define ROUNDS_MAX 64 /* then the next call goes on */
#define POSTPONE_SECONDS 3600

static int64_t due_now(const struct bank *bank)
{
	return bank->clock.now(bank->clock.data);
}

struct turn_job {
	struct job job;
	struct bank *bank;
};

/* A clock set back turns nothing back: the business date only rises. */
static int turn_run(struct store *s, struct job *job)
{
	int64_t now = due_now(((struct turn_job *)job)->bank);
	date_days today = instant_date(now, ZONE_CHINA), open;
	int r = business_date(s, &open);

	if (r && r != -ENODATA)
		return r;
	return r == -ENODATA || open < today ? business_date_turn(s, today, now) : 0;
}

struct list_job {
	struct job job;
	struct bank *bank;
	int64_t ids[DUE_MAX];
	size_t count;
};

static int list_run(struct store *s, struct job *job)
{
	struct list_job *list = (struct list_job *)job;
	struct statement *q = store_sql(
		s, "SELECT id FROM orders WHERE due IS NOT NULL AND due <= :now ORDER BY due, id LIMIT 64");
	int r;

	list->count = 0;
	bind_int(q, ":now", due_now(list->bank));
	while ((r = statement_step(q)) > 0 && list->count < DUE_MAX)
		list->ids[list->count++] = column_int(q, 0);
	statement_reset(q);
	return r < 0 ? r : 0;
}

/* Many orders' jobs are submitted together, so that they share a commit; one latch waits for all. */
struct latch {
	pthread_mutex_t lock;
	pthread_cond_t zero;
	size_t left;
	int status;
};

struct due_job {
	struct job job;
	struct bank *bank;
	struct latch *latch;
	int64_t id;
};

static int expire(struct store *s, struct order_record *o, int64_t now)
{
	struct said reason = { 0 };
	int r = said_set(&reason, N_("It was not confirmed in time. Nothing was carried out."), NULL);

	if (!r)
		r = order_close(s, o, ORDER_STATE_EXPIRED, "not-confirmed", &reason, now);
	said_release(&reason);
	return r;
}

static int due_run(struct store *s, struct job *job)
{
	struct due_job *d = (struct due_job *)job;
	int64_t now = due_now(d->bank);
	struct order_record o;
	int r = order_load(s, d->id, &o);

	if (r <= 0)
		return r;
	r = 0;
	if (o.due && o.due <= now) { /* else somebody was faster */
		if (o.state == ORDER_STATE_WAITING)
			r = expire(s, &o, now);
		else if (o.state == ORDER_STATE_SCHEDULED)
			r = order_send(s, &o, now);
		else if (o.state == ORDER_STATE_ACCEPTED)
			r = order_settle(s, &o, now);
	}
	order_record_release(&o);
	return r;
}

/* An accepted order whose return cannot be booked (a closed account) is tried again until a person has helped. */
static int postpone(struct store *s, const struct order_record *o, const char *why, int64_t now)
{
	struct statement *q = store_sql(s, "UPDATE orders SET due = :due WHERE id = :id");

	log_event(LOG_ERROR, "order.settle-refused", "order %s: %s", o->key, why);
	bind_int(q, ":due", now + POSTPONE_SECONDS);
	bind_int(q, ":id", o->id);
	return statement_run(q, NULL);
}

/* A scheduled order that the ledger refuses is rejected. */
static int due_refused(struct store *s, struct job *job)
{
	struct due_job *d = (struct due_job *)job;
	const struct order_refusal *why = order_refusal(job->result);
	struct order_record o;
	int r;

	if (!why)
		return job->result;
	r = order_load(s, d->id, &o);
	if (r <= 0)
		return r;
	if (o.state == ORDER_STATE_SCHEDULED)
		r = order_reject(s, &o, why, due_now(d->bank));
	else
		r = postpone(s, &o, why->code, due_now(d->bank));
	order_record_release(&o);
	return r < 0 ? r : 0;
}

static void due_done(struct job *job, int status)
{
	struct due_job *d = (struct due_job *)job;
	struct latch *latch = d->latch;

	pthread_mutex_lock(&latch->lock);
	if (status && !latch->status)
		latch->status = status;
	if (--latch->left == 0)
		pthread_cond_signal(&latch->zero);
	pthread_mutex_unlock(&latch->lock);
}

static int due_all(struct bank *bank, const struct list_job *list)
{
	struct latch latch = { PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, list->count, 0 };
	struct due_job jobs[DUE_MAX];

	for (size_t i = 0; i < list->count; i++)
		jobs[i] = (struct due_job){ .job = { .run = due_run, .refused = due_refused, .done = due_done },
					    .bank = bank, .latch = &latch, .id = list->ids[i] };
	for (size_t i = 0; i < list->count; i++)
		writer_submit(bank->writer, &jobs[i].job);
	pthread_mutex_lock(&latch.lock);
	while (latch.left)
		pthread_cond_wait(&latch.zero, &latch.lock);
	pthread_mutex_unlock(&latch.lock);
	return latch.status;
}

int bank_run_due(struct bank *bank)
{
	struct turn_job turn = { .job = { .run = turn_run }, .bank = bank };
	struct list_job list = { .job = { .run = list_run }, .bank = bank };
	int r = writer_run(bank->writer, &turn.job);

	for (int i = 0; !r && i < ROUNDS_MAX; i++) {
		r = writer_run(bank->writer, &list.job);
		if (!r && list.count)
			r = due_all(bank, &list);
		if (list.count < DUE_MAX)
			break;
	}
	return r;
}
