/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>

#include "bank/bank.h"
#include "bank/route.h"
#include "model/problem.h"

#define DETAIL_MAX 1001 /* as in the contract */

static void answer_clear(struct request *rq)
{
	buf_clear(&rq->reply);
	rq->status = 0;
	rq->is_problem = false;
	rq->retry_after = 0;
	rq->wait_after = 0;
	rq->wait_seconds = 0;
}

void reply_clear(struct request *rq)
{
	answer_clear(rq);
	rq->changes_access = false;
	free(TAKE_PTR(rq->message));
}

int reply_json(struct request *rq, int status, const struct json_table *table, const void *in)
{
	answer_clear(rq);
	if (json_write(in, table, &rq->reply) < 0)
		return reply_busy(rq);
	rq->status = status;
	return 0;
}

int reply_empty(struct request *rq, int status)
{
	answer_clear(rq);
	rq->status = status;
	return 0;
}

static const struct {
	int status;
	const char *title;
} titles[] = {
	{ 400, N_("The request was not understood") },
	{ 401, N_("Please log in") },
	{ 403, N_("Not allowed") },
	{ 404, N_("Not found") },
	{ 405, N_("Not possible here") },
	{ 408, N_("Too slow") },
	{ 409, N_("Not possible now") },
	{ 413, N_("Too long") },
	{ 415, N_("Not understood") },
	{ 422, N_("Please check your entries") },
	{ 429, N_("Please wait a moment") },
	{ 503, N_("The bank is busy") },
};

static const char *title(int status)
{
	for (size_t i = 0; i < COUNT(titles); i++)
		if (titles[i].status == status)
			return titles[i].title;
	return N_("Not possible");
}

static int problem(struct request *rq, struct problem *p)
{
	char instance[sizeof(rq->interaction) + 9];

	answer_clear(rq);
	snprintf(instance, sizeof(instance), "urn:uuid:%s", rq->interaction);
	p->type = (char *)"about:blank";
	p->title = (char *)tr(rq, title(p->status));
	p->instance = instance;
	/* Were memory short even for this, the server answers the status alone. */
	if (json_write(p, &problem_json, &rq->reply) < 0)
		buf_clear(&rq->reply);
	rq->status = p->status;
	rq->is_problem = true;
	return 0;
}

int reply_problem(struct request *rq, int status, const char *code, const char *msgid, ...)
{
	struct problem p = { .status = status, .code = (char *)code };
	char detail[DETAIL_MAX];
	va_list args;

	va_start(args, msgid);
	vsnprintf(detail, sizeof(detail), tr(rq, msgid), args);
	va_end(args);
	p.detail = detail;
	return problem(rq, &p);
}

int reply_field_problem(struct request *rq, int status, const char *path, const char *code, const char *msgid,
			...)
{
	struct field_error error = { .path = (char *)path, .code = (char *)code };
	struct problem p = { .status = status, .code = (char *)code, .errors = &error, .errors_count = 1 };
	char detail[DETAIL_MAX];
	va_list args;

	va_start(args, msgid);
	vsnprintf(detail, sizeof(detail), tr(rq, msgid), args);
	va_end(args);
	p.detail = error.detail = detail;
	return problem(rq, &p);
}

static int seconds_until(const struct request *rq, int64_t until)
{
	int64_t wait = until - rq->bank->clock.now(rq->bank->clock.data);

	return wait > 0 ? (int)wait : 1;
}

int reply_attempt_problem(struct request *rq, int status, const char *code, struct attempts attempts,
			  const char *msgid, ...)
{
	struct problem p = { .status = status,
			     .code = (char *)code,
			     .attempts_left = attempts.left,
			     .until = attempts.until };
	char detail[DETAIL_MAX];
	va_list args;

	va_start(args, msgid);
	vsnprintf(detail, sizeof(detail), tr(rq, msgid), args);
	va_end(args);
	p.detail = detail;
	problem(rq, &p);
	if (status == 429)
		rq->retry_after = seconds_until(rq, attempts.until);
	return 0;
}

int request_message(struct request *rq, const char *msgid, ...)
{
	va_list args;
	char *text;
	int r;

	va_start(args, msgid);
	r = vasprintf(&text, tr(rq, msgid), args);
	va_end(args);
	if (r < 0)
		return -ENOMEM;
	free(rq->message);
	rq->message = text;
	return 0;
}

int reply_busy(struct request *rq)
{
	reply_problem(rq, 503, "bank-busy",
		      N_("The bank cannot answer just now. Nothing was done. Please try again."));
	rq->retry_after = 1;
	return 0;
}
