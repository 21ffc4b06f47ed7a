/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bank/route.h"

#include <errno.h>
#include <pthread.h>
#include <string.h>

#include "bank/bank.h"
#include "bank/delivery.h"
#include "bank/identity.h"
#include "bank/writer.h"

/* One line for each file of routes. */
static const struct route_list *const lists[] = {
	&account_routes, &bank_routes,	  &event_routes,    &message_routes,
	&order_routes,	 &session_routes, &terminal_routes,
};

#define ROUTES_MAX 64

static const struct route *all[ROUTES_MAX];
static size_t all_count;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void collect(void)
{
	for (size_t i = 0; i < COUNT(lists); i++)
		for (size_t j = 0; j < lists[i]->count; j++) {
			if (all_count == ROUTES_MAX)
				abort(); /* the table above is constant: the first run of any test finds this
					  */
			all[all_count++] = &lists[i]->rows[j];
		}
}

const struct route *const *routes(size_t *ret_count)
{
	pthread_once(&once, collect);
	*ret_count = all_count;
	return all;
}

/* A segment's length, up to the next slash. */
static size_t segment(const char *s)
{
	return strcspn(s, "/");
}

static bool path_matches(const char *pattern, const char *path)
{
	for (;;) {
		size_t n = segment(pattern), m = segment(path);

		if (*pattern == '{' ? m == 0 : n != m || memcmp(pattern, path, n))
			return false;
		pattern += n;
		path += m;
		if (*pattern != *path)
			return false;
		if (*pattern == '\0')
			return true;
		pattern++;
		path++;
	}
}

static int take_args(struct request *rq, const char *pattern, const char *path)
{
	size_t count = 0;

	for (; *pattern; pattern += segment(pattern), path += segment(path)) {
		if (*pattern == '/') {
			pattern++;
			path++;
		}
		if (*pattern != '{')
			continue;
		if (count == REQUEST_ARGS_MAX)
			return -EMSGSIZE;
		rq->args[count] = strndup(path, segment(path));
		if (!rq->args[count++])
			return -ENOMEM;
	}
	return 0;
}

void request_route(struct request *rq, const char *method, const char *path)
{
	size_t count;
	const struct route *const *rows = routes(&count);
	bool is_path = false;

	if (rq->status)
		return;
	for (size_t i = 0; i < count; i++) {
		if (!path_matches(rows[i]->path, path))
			continue;
		is_path = true;
		if (strcmp(rows[i]->method, method))
			continue;
		if (take_args(rq, rows[i]->path, path) < 0)
			reply_busy(rq);
		else
			rq->route = rows[i];
		return;
	}
	if (is_path)
		reply_problem(rq, 405, "method-unknown", N_("This address does not accept this method."));
	else
		reply_problem(rq, 404, "route-unknown", N_("The bank has nothing at this address."));
}

char *route_methods(const char *path, char out[ROUTE_METHODS_MAX])
{
	size_t count, n = 0;
	const struct route *const *rows = routes(&count);

	out[0] = '\0';
	for (size_t i = 0; i < count; i++)
		if (path_matches(rows[i]->path, path) && n < ROUTE_METHODS_MAX)
			n += (size_t)snprintf(out + n, ROUTE_METHODS_MAX - n, "%s%s", n ? ", " : "",
					      rows[i]->method);
	return out;
}

/* A write on its way through the writer. */
struct write_job {
	struct job job;
	struct request *rq;
	void (*finish)(struct request *rq, void *data);
	void *data;
};

static struct write_job *write_job(struct job *job)
{
	return (struct write_job *)((char *)job - offsetof(struct write_job, job));
}

static int write_run(struct store *store, struct job *job)
{
	struct request *rq = write_job(job)->rq;

	reply_clear(rq); /* a lost batch runs again */
	return rq->route->write(store, rq);
}

static int write_refused(struct store *store, struct job *job)
{
	struct request *rq = write_job(job)->rq;

	return rq->route->refused ? rq->route->refused(store, rq) : 0;
}

static bool is_ours(int r)
{
	return r == -EIO || r == -ENOSPC || r == -EBUSY || r == -ENOMEM;
}

static void write_done(struct job *job, int status)
{
	struct write_job *w = write_job(job);

	if (status < 0 || w->rq->status == 0 || is_ours(job->result))
		reply_busy(w->rq);
	if (status == 0 && w->rq->changes_access)
		identity_changed(w->rq->bank->identity);
	if (status == 0 && w->rq->message)
		delivery_send(w->rq->bank, w->rq->who.customer_number, w->rq->message,
			      NULL); /* logs its failure */
	w->finish(w->rq, w->data);
	free(w);
}

static void submit(struct request *rq, void (*finish)(struct request *rq, void *data), void *data)
{
	struct write_job *w = calloc(1, sizeof(*w));

	if (!w) {
		reply_busy(rq);
		finish(rq, data);
		return;
	}
	*w = (struct write_job){
		.job = { .run = write_run, .refused = write_refused, .done = write_done },
		.rq = rq,
		.finish = finish,
		.data = data,
	};
	writer_submit(rq->bank->writer, &w->job);
}

void request_access(struct request *rq)
{
	if (rq->status)
		return;
	if (rq->route->access >= ACCESS_TERMINAL && !rq->who.terminal)
		reply_problem(rq, 403, "terminal-unknown",
			      N_("This terminal is not known to the bank. Enrol it with a new ticket."));
	else if (rq->route->access >= ACCESS_SESSION && !rq->who.session)
		reply_problem(rq, 401, "session-expired", N_("You are logged out. Please log in again."));
}

/* Nothing runs without what its row asks for, whoever made the request. */
static void check_whole(struct request *rq)
{
	request_access(rq);
	if (rq->status)
		return;
	if (rq->route->needs_key && !rq->idempotency_key)
		reply_problem(rq, 400, "idempotency-key-missing",
			      N_("An Idempotency-Key of 32 hexadecimal digits is needed."));
	else if (rq->route->body && !rq->body)
		reply_problem(rq, 400, "body-missing", N_("A JSON body is needed here."));
}

static void run_read(struct request *rq, struct store *reader)
{
	if (store_begin_read(reader) < 0) {
		reply_busy(rq);
		return;
	}
	if (rq->route->read(reader, rq) < 0 && rq->status == 0)
		reply_busy(rq);
	store_end_read(reader);
}

void route_dispatch(struct request *rq, struct store *reader, void (*finish)(struct request *rq, void *data),
		    void *data)
{
	check_whole(rq);
	if (!rq->status && rq->route->prepare && rq->route->prepare(rq) < 0 && !rq->status)
		reply_busy(rq);
	if (!rq->status && rq->route->write) {
		submit(rq, finish, data);
		return;
	}
	if (!rq->status)
		run_read(rq, reader);
	finish(rq, data);
}
