/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Threads for requests whose prepare() takes long (password hashing) or blocks on the writer, so that
 * the server's own threads never wait. A bounded queue: what does not fit is told to come back.
 */
#ifndef BANK_SLOW_H
#define BANK_SLOW_H

#include "bank/store.h"

struct slow;

struct slow_task {
	void (*run)(struct slow_task *task, struct store *reader);
	struct slow_task *next; /* the pool's */
};

#define SLOW_QUEUE_MAX 64

/* Each thread has a reader of its own on DIR/bank.db. */
int slow_start(const char *dir, int threads, struct slow **ret, struct err *err);
int slow_submit(struct slow *slow,
		struct slow_task *task); /* 0, -EBUSY; the task is the caller's again in run() */
void slow_stop(struct slow *slow);	 /* runs what waits first; NULL allowed */

#endif
