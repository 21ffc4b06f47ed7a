/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a stranger can put into a request before bankd knows who it is: lines of method, path, language,
 * interaction id, key, query name and value, and all that remains is the body.
 */
#include <stdlib.h>
#include <string.h>

#include "bank/bank.h"
#include "bank/route.h"
#include "base/clock.h"
#include "base/text.h"
#include "model/problem.h"
#include "tests/fuzz/fuzz.h"

static void require(int holds)
{
	if (!holds)
		abort();
}

/* The next line as a string; *text moves behind it. */
static char *line(const char **text, size_t *n)
{
	const char *end = *n ? memchr(*text, '\n', *n) : NULL;
	size_t length = end ? (size_t)(end - *text) : *n;
	char *copy = malloc(length + 1);

	require(copy != NULL);
	if (length)
		memcpy(copy, *text, length);
	copy[length] = '\0';
	*text += length + (end != NULL);
	*n -= length + (end != NULL);
	return copy;
}

/* Whatever came, the answer is a problem that a client can read. */
static void check_problem(const struct request *rq)
{
	struct problem p = { 0 };

	require(rq->is_problem && rq->status >= 400 && rq->status < 600);
	require(json_read_text(rq->reply.data, rq->reply.len, &problem_json, JSON_STRICT, &p, NULL) == 0);
	require(p.status == rq->status && text_is_utf8(rq->reply.data, rq->reply.len));
	json_release(&p, &problem_json);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, unsigned long size)
{
	static struct rng_seeded_state seed;
	static struct bank bank;
	const char *text = (const char *)data;
	char *parts[7];
	struct request rq;
	size_t n = size;

	bank.clock = clock_system;
	bank.rng = rng_seeded(&seed, 1);
	for (size_t i = 0; i < COUNT(parts); i++)
		parts[i] = line(&text, &n);
	request_init(&rq, &bank);
	request_language(&rq, parts[2]);
	request_interaction(&rq, parts[3]);
	require(strlen(rq.interaction) == 36);
	request_route(&rq, parts[0], parts[1]);
	request_query_add(&rq, parts[5], parts[6]);
	request_key(&rq, *parts[4] ? parts[4] : NULL);
	request_body(&rq, text, n);
	require(rq.status || rq.route);
	if (rq.status)
		check_problem(&rq);
	request_release(&rq);
	for (size_t i = 0; i < COUNT(parts); i++)
		free(parts[i]);
	return 0;
}
