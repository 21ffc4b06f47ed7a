/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What time brings: see bank_run_due in bank.h. */
#include <errno.h>
#include <inttypes.h>
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
#define POSTPONE_LEAST 60 /* seconds */
#define POSTPONE_MOST 86400

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
	bool is_rejected; /* failed, and that was written */
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

	d->is_rejected = false;
	if (r <= 0)
		return r;
	r = 0;
	if (o.due && o.due <= now) { /* else somebody was faster */
		if (o.state == ORDER_STATE_WAITING)
			r = expire(s, &o, now);
		else if (o.state == ORDER_STATE_SCHEDULED)
			r = order_proceed(s, &o, now);
		else if (o.state == ORDER_STATE_ACCEPTED)
			r = order_settle(s, &o, now);
	}
	order_record_release(&o);
	return r;
}

/* A scheduled order that the ledger refuses is rejected. */
static int due_refused(struct store *s, struct job *job)
{
	struct due_job *d = (struct due_job *)job;
	const struct order_refusal *why = order_refusal(job->result);
	struct order_record o;
	int r;

	if (!why)
		return 0;
	r = order_load(s, d->id, &o);
	if (r <= 0)
		return r;
	r = 0;
	if (o.state == ORDER_STATE_SCHEDULED) {
		r = order_reject(s, &o, why, due_now(d->bank));
		d->is_rejected = !r;
	}
	order_record_release(&o);
	return r;
}

/*
 * What cannot be done now is tried again after as long as it has waited already: so it keeps no other order from its
 * turn and is not forgotten, and a person may have helped by then.
 */
static int postpone_run(struct store *s, struct job *job)
{
	struct due_job *d = (struct due_job *)job;
	struct statement *q = store_sql(s, "SELECT coalesce(execution, 0), updated FROM orders WHERE id = :id");
	int64_t now = due_now(d->bank), since, wait;
	int r;

	bind_int(q, ":id", d->id);
	r = statement_step(q);
	if (r <= 0)
		return r;
	since = column_int(q, 0) > column_int(q, 1) ? column_int(q, 0) : column_int(q, 1);
	statement_reset(q);
	wait = now - since;
	wait = wait < POSTPONE_LEAST ? POSTPONE_LEAST : wait > POSTPONE_MOST ? POSTPONE_MOST : wait;
	q = store_sql(s, "UPDATE orders SET due = :due WHERE id = :id");
	bind_int(q, ":due", now + wait);
	bind_int(q, ":id", d->id);
	return statement_run(q, NULL);
}

static int postpone(struct bank *bank, const struct due_job *failed)
{
	struct due_job d = { .job = { .run = postpone_run }, .bank = bank, .id = failed->id };

	log_event(LOG_ERROR, "order.postponed", "order %" PRId64 " could not be carried on: %s", d.id,
		  strerror(-failed->job.result));
	return writer_run(bank->writer, &d.job);
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
	for (size_t i = 0; !latch.status && i < list->count; i++)
		if (jobs[i].job.result < 0 && !jobs[i].is_rejected)
			latch.status = postpone(bank, &jobs[i]);
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
