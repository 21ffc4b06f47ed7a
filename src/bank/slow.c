/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bank/slow.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/catalogue.h"
#include "base/macros.h"

#define THREADS_MAX 8

struct slow {
	pthread_mutex_t lock;
	pthread_cond_t work;
	struct slow_task *first, **last;
	size_t count;
	bool stopping;
	pthread_t threads[THREADS_MAX];
	struct store *readers[THREADS_MAX];
	int started, numbered;
};

static struct slow_task *take(struct slow *slow)
{
	struct slow_task *task;

	pthread_mutex_lock(&slow->lock);
	while (!slow->first && !slow->stopping)
		pthread_cond_wait(&slow->work, &slow->lock);
	task = slow->first;
	if (task) {
		slow->first = task->next;
		if (!slow->first)
			slow->last = &slow->first;
		slow->count--;
	}
	pthread_mutex_unlock(&slow->lock);
	return task;
}

static void *slow_thread(void *data)
{
	struct slow *slow = data;
	struct slow_task *task;
	struct store *reader;

	pthread_mutex_lock(&slow->lock);
	reader = slow->readers[slow->numbered++];
	pthread_mutex_unlock(&slow->lock);
	while ((task = take(slow)))
		task->run(task, reader);
	return NULL;
}

int slow_start(const char *dir, int threads, struct slow **ret, struct err *err)
{
	struct slow *slow = calloc(1, sizeof(*slow));
	int r = 0;

	if (!slow)
		return err_set(err, -ENOMEM, _("Memory is short."));
	pthread_mutex_init(&slow->lock, NULL);
	pthread_cond_init(&slow->work, NULL);
	slow->last = &slow->first;
	while (r == 0 && slow->started < threads && slow->started < THREADS_MAX) {
		r = store_open(dir, STORE_READ, &slow->readers[slow->started], err);
		if (r == 0) {
			r = -pthread_create(&slow->threads[slow->started], NULL, slow_thread, slow);
			if (r == 0)
				slow->started++;
			else
				err_set(err, r, _("A thread could not be started: %s"), strerror(-r));
		}
	}
	if (r < 0)
		slow_stop(slow);
	else
		*ret = slow;
	return r;
}

int slow_submit(struct slow *slow, struct slow_task *task)
{
	int r = 0;

	task->next = NULL;
	pthread_mutex_lock(&slow->lock);
	if (slow->stopping || slow->count == SLOW_QUEUE_MAX) {
		r = -EBUSY;
	} else {
		*slow->last = task;
		slow->last = &task->next;
		slow->count++;
		pthread_cond_signal(&slow->work);
	}
	pthread_mutex_unlock(&slow->lock);
	return r;
}

void slow_stop(struct slow *slow)
{
	if (!slow)
		return;
	pthread_mutex_lock(&slow->lock);
	slow->stopping = true;
	pthread_cond_broadcast(&slow->work);
	pthread_mutex_unlock(&slow->lock);
	for (int i = 0; i < slow->started; i++)
		pthread_join(slow->threads[i], NULL);
	for (int i = 0; i < THREADS_MAX; i++)
		store_close(slow->readers[i]);
	pthread_cond_destroy(&slow->work);
	pthread_mutex_destroy(&slow->lock);
	free(slow);
}
