/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The one writer: a thread that commits waiting jobs together, a savepoint each, seals one block per commit,
 * and answers nothing before COMMIT.
 *
 * run() does nothing but SQL on the store it is given, and may be called again from the start when a batch
 * was lost (so it first clears what it wrote to its job). 0 keeps its savepoint. Negative rolls it back; then
 * refused(), if given, writes what must be kept of a refusal (an attempt, a tombstone, an idempotency record).
 * done(job, status) is called once, on the writer's thread, after COMMIT (status 0) or when the batch could not
 * be committed twice in a row (status -EIO/-ENOSPC/-EBUSY: answer 503) or at shutdown (-ESHUTDOWN).
 */
#ifndef BANK_WRITER_H
#define BANK_WRITER_H

#include "bank/store.h"

struct bank;
struct writer;

struct job {
	int (*run)(struct store *store, struct job *job);
	int (*refused)(struct store *store, struct job *job); /* may be NULL */
	void (*done)(struct job *job, int status);
	int result;       /* what run returned, for done() */
	struct job *next; /* the writer's */
};

/* A job that blocks its caller until COMMIT: for start-up, tests and tools; never on a server thread. */
int writer_run(struct writer *w, struct job *job);

int writer_start(struct bank *bank, struct writer **ret, struct err *err);
void writer_submit(struct writer *w, struct job *job); /* any thread; the job is the caller's until done() */
void writer_stop(struct writer *w);                    /* commits what waits, then ends the thread and frees */

#endif
