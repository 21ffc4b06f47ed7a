/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bank/writer.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>

#include "bank/bank.h"
#include "bank/block.h"
#include "bank/event_hub.h"
#include "base/catalogue.h"
#include "base/log.h"

#define BATCH_MAX 256

struct writer {
	struct bank *bank;
	struct store *store;
	struct block_draft draft;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t work;
	struct job *first, **last; /* waiting */
	bool stopping;
};

/* The store's trouble, not the job's: the job was not refused, it was not done. */
static bool is_trouble(int r)
{
	return r == -EIO || r == -ENOSPC || r == -EBUSY || r == -ENOMEM;
}

static int savepoint(struct store *s, const char *sql)
{
	return statement_run(store_sql(s, sql), NULL);
}

/* One call inside a savepoint. Negative only when the transaction itself is gone. */
static int job_part(struct writer *w, struct job *job, int (*part)(struct store *, struct job *), int *ret)
{
	struct block_mark mark = block_mark(&w->draft);
	int r = savepoint(w->store, "SAVEPOINT job");

	if (r)
		return r;
	*ret = part(w->store, job);
	if (!store_in_transaction(w->store))
		return is_trouble(*ret) ? *ret : -EIO;
	if (*ret < 0) {
		block_return(&w->draft, &mark);
		r = savepoint(w->store, "ROLLBACK TO job");
	}
	return r ? r : savepoint(w->store, "RELEASE job");
}

static int job_run(struct writer *w, struct job *job)
{
	int r = job_part(w, job, job->run, &job->result), kept;

	if (r || job->result >= 0 || !job->refused || is_trouble(job->result))
		return r;
	r = job_part(w, job, job->refused, &kept);
	if (!r && kept < 0)
		job->result = is_trouble(kept) ? kept : -EIO; /* a refusal that could not be kept is no answer */
	return r;
}

static int batch_commit(struct writer *w, struct job *batch)
{
	int r = savepoint(w->store, "BEGIN IMMEDIATE");

	if (!r)
		r = block_begin(w->store, &w->draft);
	for (struct job *job = batch; !r && job; job = job->next)
		r = job_run(w, job);
	if (!r)
		r = block_seal(w->store, &w->draft, w->bank->clock.now(w->bank->clock.data));
	if (!r)
		r = savepoint(w->store, "COMMIT");
	if (r) {
		log_event(LOG_ERROR, "writer.batch-lost", "%s", store_error(w->store));
		if (store_in_transaction(w->store))
			savepoint(w->store, "ROLLBACK");
	}
	return r;
}

/* Everything is answered here, after COMMIT or after two failures in a row, and once. */
static void batch_run(struct writer *w, struct job *batch)
{
	int r = batch_commit(w, batch);

	if (r)
		r = batch_commit(w, batch);
	if (!r && w->bank->events)
		event_hub_committed(w->bank->events, w->store);
	while (batch) {
		struct job *next = batch->next; /* done() may free the job */

		batch->done(batch, r);
		batch = next;
	}
}

/* Take up to BATCH_MAX waiting jobs; NULL when there are none and the writer ends. */
static struct job *batch_take(struct writer *w)
{
	struct job *batch, *end;

	pthread_mutex_lock(&w->lock);
	while (!w->first && !w->stopping)
		pthread_cond_wait(&w->work, &w->lock);
	batch = end = w->first;
	for (int i = 1; end && end->next && i < BATCH_MAX; i++)
		end = end->next;
	if (end) {
		w->first = end->next;
		end->next = NULL;
	}
	if (!w->first)
		w->last = &w->first;
	pthread_mutex_unlock(&w->lock);
	return batch;
}

static void *writer_thread(void *data)
{
	struct writer *w = data;
	struct job *batch;

	while ((batch = batch_take(w)))
		batch_run(w, batch);
	return NULL;
}

/* Signals go to the main thread. */
static int writer_thread_start(struct writer *w)
{
	sigset_t all, before;
	int r;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	r = pthread_create(&w->thread, NULL, writer_thread, w);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return -r;
}

int writer_start(struct bank *bank, struct writer **ret, struct err *err)
{
	struct writer *w = calloc(1, sizeof(*w));
	int r;

	if (!w)
		return err_set(err, -ENOMEM, _("Memory is short."));
	w->bank = bank;
	w->last = &w->first;
	pthread_mutex_init(&w->lock, NULL);
	pthread_cond_init(&w->work, NULL);
	r = store_open(bank->dir, STORE_WRITE, &w->store, err);
	if (!r) {
		store_lend_draft(w->store, &w->draft);
		r = writer_thread_start(w);
		if (r)
			err_set(err, r, _("The bank's writer could not be started."));
	}
	if (r) {
		store_close(w->store);
		free(w);
		return r;
	}
	*ret = w;
	return 0;
}

void writer_submit(struct writer *w, struct job *job)
{
	bool is_late;

	job->next = NULL;
	pthread_mutex_lock(&w->lock);
	is_late = w->stopping;
	if (!is_late) {
		*w->last = job;
		w->last = &job->next;
		pthread_cond_signal(&w->work);
	}
	pthread_mutex_unlock(&w->lock);
	if (is_late)
		job->done(job, -ESHUTDOWN);
}

/* The caller's job inside one that wakes the caller. */
struct waiting_job {
	struct job job;
	struct job *inner;
	pthread_mutex_t lock;
	pthread_cond_t ended;
	bool has_ended;
	int status;
};

static int waiting_run(struct store *store, struct job *job)
{
	struct job *inner = ((struct waiting_job *)job)->inner;

	return inner->run(store, inner);
}

static int waiting_refused(struct store *store, struct job *job)
{
	struct job *inner = ((struct waiting_job *)job)->inner;

	return inner->refused ? inner->refused(store, inner) : 0;
}

static void waiting_done(struct job *job, int status)
{
	struct waiting_job *w = (struct waiting_job *)job;

	w->inner->result = job->result;
	if (w->inner->done)
		w->inner->done(w->inner, status);
	pthread_mutex_lock(&w->lock);
	w->status = status;
	w->has_ended = true;
	pthread_cond_signal(&w->ended);
	pthread_mutex_unlock(&w->lock);
}

int writer_run(struct writer *w, struct job *job)
{
	struct waiting_job wait = {
		.job = { .run = waiting_run, .refused = waiting_refused, .done = waiting_done },
		.inner = job,
		.lock = PTHREAD_MUTEX_INITIALIZER,
		.ended = PTHREAD_COND_INITIALIZER,
	};

	writer_submit(w, &wait.job);
	pthread_mutex_lock(&wait.lock);
	while (!wait.has_ended)
		pthread_cond_wait(&wait.ended, &wait.lock);
	pthread_mutex_unlock(&wait.lock);
	return wait.status ? wait.status : job->result;
}

void writer_stop(struct writer *w)
{
	if (!w)
		return;
	pthread_mutex_lock(&w->lock);
	w->stopping = true;
	pthread_cond_signal(&w->work);
	pthread_mutex_unlock(&w->lock);
	pthread_join(w->thread, NULL);
	store_close(w->store);
	block_release(&w->draft);
	pthread_cond_destroy(&w->work);
	pthread_mutex_destroy(&w->lock);
	free(w);
}
