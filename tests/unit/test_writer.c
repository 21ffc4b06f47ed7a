/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The writer: jobs share commits, a refused one leaves nothing but what its refusal keeps, and ends are
 * answered once. */
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "bank/event.h"
#include "bank/ledger.h"
#include "base/macros.h"
#include "tests/bank/fixture.h"
#include "tests/tap.h"

#define NOW 1795140000
#define MANY 600

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int ended;

/* Writes an event, then succeeds or fails; a refusal writes another. */
struct event_job {
	struct job job;
	int64_t customer;
	int result, runs, dones, status;
	const char *subject, *refusal;
};

static int event_run(struct store *s, struct job *job)
{
	struct event_job *e = (struct event_job *)job;
	int r = event_add(s, e->customer, EVENT_KIND_ORDER, e->subject, NOW);

	e->runs++;
	return r ? r : e->result;
}

static int event_refused(struct store *s, struct job *job)
{
	struct event_job *e = (struct event_job *)job;

	return event_add(s, e->customer, EVENT_KIND_ORDER, e->refusal, NOW);
}

static void event_done(struct job *job, int status)
{
	struct event_job *e = (struct event_job *)job;

	pthread_mutex_lock(&lock);
	e->dones++;
	e->status = status;
	ended++;
	pthread_cond_signal(&changed);
	pthread_mutex_unlock(&lock);
}

static void wait_for(int count)
{
	pthread_mutex_lock(&lock);
	while (ended < count)
		pthread_cond_wait(&changed, &lock);
	pthread_mutex_unlock(&lock);
}

static int64_t events(struct fixture *f, const char *subject)
{
	struct statement *q = store_sql(f->reader, "SELECT count(*) FROM event WHERE subject = :subject");
	int64_t n;

	bind_text(q, ":subject", subject);
	statement_step(q);
	n = column_int(q, 0);
	statement_reset(q);
	return n;
}

static void test_many(struct fixture *f)
{
	static struct event_job jobs[MANY];
	int good = 0, bad = 0;

	ended = 0;
	for (int i = 0; i < MANY; i++) {
		jobs[i] = (struct event_job){ .job = { event_run, event_refused, event_done, 0, NULL },
					      .customer = f->wang.customer,
					      .result = i % 3 ? 0 : -EPERM,
					      .subject = "kept",
					      .refusal = "refused" };
		writer_submit(f->bank->writer, &jobs[i].job);
	}
	wait_for(MANY);
	for (int i = 0; i < MANY; i++) {
		good += jobs[i].dones == 1 && jobs[i].status == 0 && jobs[i].runs == 1;
		bad += jobs[i].job.result != jobs[i].result;
	}
	is_int(good, MANY, "each of %d jobs ran once and was answered once", MANY);
	is_int(bad, 0, "with its own result");
	is_int(events(f, "kept"), MANY / 3 * 2, "what succeeded is there, what failed is not");
	is_int(events(f, "refused"), MANY / 3, "and every refusal is");
}

static void test_trouble(struct fixture *f)
{
	struct event_job job = { .job = { event_run, event_refused, NULL, 0, NULL },
				 .customer = f->wang.customer,
				 .result = -ENOSPC,
				 .subject = "trouble",
				 .refusal = "trouble-refused" };

	is_int(writer_run(f->bank->writer, &job.job), -ENOSPC, "the disk's trouble is the job's answer");
	is_int(events(f, "trouble") + events(f, "trouble-refused"), 0,
	       "and nothing is kept: it was not refused, it was not done");
	job = (struct event_job){ .job = { event_run, NULL, NULL, 0, NULL }, .customer = 999, .subject = "nobody" };
	is_int(writer_run(f->bank->writer, &job.job), -EPERM, "a foreign key that leads nowhere");
	is_int(events(f, "nobody"), 0, "keeps nothing");
}

/* Stopping commits what waits. */
static void test_stop(struct fixture *f)
{
	struct event_job last = { .job = { event_run, NULL, event_done, 0, NULL },
				  .customer = f->wang.customer,
				  .subject = "last" };

	ended = 0;
	writer_submit(f->bank->writer, &last.job);
	fixture_restart(f);
	is_int(last.dones, 1, "what waited when the bank stopped was answered");
	is_int(last.status, 0, "after its commit");
	is_int(events(f, "last"), 1, "and is there after a restart");
}

static void test_blocks(struct fixture *f)
{
	struct reply r = fixture_order(f, &f->wang, fixture_key(5), "transfer", fixture_own(f, "1.00"));

	is_int(r.status, 201, "an order");
	reply_release(&r);
	ok(fixture_number(f, "SELECT max(items) FROM block") >= 2, "its posting and its state stand in one block");
	is_int(fixture_number(f, "SELECT count(*) FROM block"), fixture_number(f, "SELECT max(id) FROM block"),
	       "blocks without gaps");
	ok(fixture_audit(f), "the audit finds nothing");
}

#define GIVERS 50

/* Many givers at once; each gives its body under its key. */
struct giver {
	struct fixture *f;
	const char *body;
	char key[33];
	struct reply reply;
};

static void *giver_run(void *data)
{
	struct giver *g = data;

	g->reply = fixture_call(g->f, &(struct fixture_call){ &g->f->wang, "POST", "/v1/orders",
							      g->key, g->body, NULL });
	return NULL;
}

/* How many were answered 201; the texts of all equal in *ret_same. */
static int give_together(struct fixture *f, const char *body, bool has_one_key, int first_key, bool *ret_same)
{
	static struct giver givers[GIVERS];
	pthread_t threads[GIVERS];
	int accepted = 0;

	for (int i = 0; i < GIVERS; i++) {
		givers[i] = (struct giver){ .f = f, .body = body };
		snprintf(givers[i].key, sizeof(givers[i].key), "%s", fixture_key(first_key + (has_one_key ? 0 : i)));
		pthread_create(&threads[i], NULL, giver_run, &givers[i]);
	}
	for (int i = 0; i < GIVERS; i++)
		pthread_join(threads[i], NULL);
	*ret_same = true;
	for (int i = 0; i < GIVERS; i++)
		if (strcmp(givers[i].reply.text, givers[0].reply.text) != 0)
			*ret_same = false;
	for (int i = 0; i < GIVERS; i++) {
		accepted += givers[i].reply.status == 201;
		reply_release(&givers[i].reply);
	}
	return accepted;
}

static void order_body(struct fixture *f, const char *amount, char ret[900])
{
	const char *instruction = fixture_own(f, amount);
	struct reply r;

	snprintf(ret, 900, "{\"type\":\"transfer\",\"instruction\":%s}", instruction);
	r = fixture_call(f, &(struct fixture_call){ &f->wang, "POST", "/v1/quotes", NULL, ret, NULL });
	snprintf(ret, 900, "{\"type\":\"transfer\",\"instruction\":%s,\"terms\":\"%s\"}",
		 instruction, reply_get(&r, "terms"));
	reply_release(&r);
}

/* Fifty givers of one order, then fifty of fifty orders for which there is money for seven. */
static void test_races(struct fixture *f)
{
	int64_t before = fixture_balance(f, f->current), rest;
	char body[900], amount[32];
	bool is_same;

	order_body(f, "10.00", body);
	is_int(give_together(f, body, true, 100, &is_same), GIVERS,
	       "one key given %d times at once is answered each time", GIVERS);
	ok(is_same, "with the same answer");
	is_int(fixture_balance(f, f->current), before - 1000, "and carried out once");
	rest = (before - 1000) / 7;
	snprintf(amount, sizeof(amount), "%d.%02d", (int)(rest / 100), (int)(rest % 100));
	order_body(f, amount, body);
	is_int(give_together(f, body, false, 200, &is_same), 7,
	       "of %d that each take a seventh, seven are carried out", GIVERS);
	ok(!is_same, "and the others told so");
	is_int(fixture_balance(f, f->current), before - 1000 - 7 * rest, "no more left the account");
	ok(fixture_audit(f), "the audit finds nothing");
}

int main(void)
{
	struct fixture f;

	fixture_open(&f, NOW);
	test_many(&f);
	test_trouble(&f);
	test_blocks(&f);
	test_races(&f);
	test_stop(&f);
	fixture_close(&f);
	return done();
}
