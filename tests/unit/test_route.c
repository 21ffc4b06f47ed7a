/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <stdlib.h>

#include "bank/bank.h"
#include "bank/route.h"
#include "base/clock.h"
#include "model/problem.h"
#include "model/session.h"
#include "tests/tap.h"

static struct bank *bank_plain(void)
{
	static struct rng_seeded_state seed;
	static struct bank bank;

	bank.clock = clock_system;
	bank.rng = rng_seeded(&seed, 1);
	return &bank;
}

static struct request asked(const char *method, const char *path)
{
	struct request rq;

	request_init(&rq, bank_plain());
	request_route(&rq, method, path);
	return rq;
}

/* The answer as a problem; release with json_release. */
static struct problem problem_of(const struct request *rq)
{
	struct problem p = { 0 };

	json_read_text(rq->reply.data, rq->reply.len, &problem_json, JSON_STRICT, &p, NULL);
	return p;
}

static void is_problem(struct request *rq, int status, const char *code, const char *what)
{
	struct problem p = problem_of(rq);

	is_int(rq->status, status, "%s: %d", what, status);
	is_str(p.code, code, "%s: %s", what, code);
	ok(rq->is_problem && p.status == status && p.detail && *p.detail &&
		   !strncmp(p.instance, "urn:uuid:", 9),
	   "%s: a whole problem", what);
	json_release(&p, &problem_json);
	request_release(rq);
}

static void test_matching(void)
{
	static const struct {
		const char *method, *path;
		int status;
		const char *pattern;
	} cases[] = {
		{ "GET", "/v1/config", 0, "/v1/config" },
		{ "POST", "/v1/config", 405, NULL },
		{ "get", "/v1/config", 405, NULL },
		{ "GET", "/v1/config/", 404, NULL },
		{ "GET", "/v1//config", 404, NULL },
		{ "GET", "/v1", 404, NULL },
		{ "GET", "", 404, NULL },
		{ "GET", "/v1/configs", 404, NULL },
		{ "GET", "/V1/config", 404, NULL },
		{ "DELETE", "/v1/sessions/current", 0, "/v1/sessions/current" },
		{ "PUT", "/v1/sessions/current", 405, NULL },
		{ "GET", "/v1/../v1/config", 404, NULL },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct request rq = asked(cases[i].method, cases[i].path);

		is_int(rq.status, cases[i].status, "%s %s", cases[i].method, cases[i].path);
		is_str(rq.route ? rq.route->path : NULL, cases[i].pattern, "its route");
		request_release(&rq);
	}
}

static void test_table(void)
{
	size_t count;
	const struct route *const *rows = routes(&count);

	ok(count >= 7, "there are routes");
	for (size_t i = 0; i < count; i++) {
		const struct route *r = rows[i];
		size_t args = 0;

		for (const char *s = r->path; *s; s++)
			args += *s == '{';
		ok(args <= REQUEST_ARGS_MAX, "%s %s: its parameters fit", r->method, r->path);
		ok(!r->read != !r->write, "%s %s: reads or writes", r->method, r->path);
		ok(strcmp(r->method, "GET") || r->read, "%s %s: GET only reads", r->method, r->path);
		ok(!r->refused || r->write, "%s %s: only writes are refused", r->method, r->path);
		for (size_t j = 0; j < i; j++)
			ok(strcmp(rows[j]->path, r->path) || strcmp(rows[j]->method, r->method),
			   "%s %s: once", r->method, r->path);
	}
}

static void test_methods(void)
{
	char methods[ROUTE_METHODS_MAX];

	is_str(route_methods("/v1/sessions/current", methods), "GET, DELETE", "methods of a path");
	is_str(route_methods("/v1/none", methods), "", "none of no path");
}

static void test_query(void)
{
	struct request rq = asked("GET", "/v1/events");
	int value = -1;

	request_query_add(&rq, "wait", "7");
	is_str(request_get(&rq, "wait"), "7", "a parameter");
	is_str(request_get(&rq, "after"), NULL, "an absent one");
	is_int(request_get_int(&rq, "wait", 0, 60, 25, &value), 0, "as a number");
	is_int(value, 7, "its value");
	is_int(request_get_int(&rq, "after", 0, 60, 25, &value), 0, "absent");
	is_int(value, 25, "gives the fallback");
	request_query_add(&rq, "wait", "8");
	is_problem(&rq, 400, "query-repeated", "given twice");

	rq = asked("GET", "/v1/events");
	request_query_add(&rq, "wayt", "8");
	is_problem(&rq, 400, "query-unknown", "unknown");

	static const char *const bad[] = { "61", "-1", "", "7x", " 7", "+7", "1e1", "99999999999999999999" };
	for (size_t i = 0; i < COUNT(bad); i++) {
		rq = asked("GET", "/v1/events");
		request_query_add(&rq, "wait", bad[i]);
		is_int(request_get_int(&rq, "wait", 0, 60, 25, &value), -EINVAL,
		       "'%s' is no number of seconds", bad[i]);
		is_problem(&rq, 400, "query-invalid", bad[i]);
	}
}

static void test_bodies(void)
{
	static const struct {
		const char *body, *code, *path;
	} bad[] = {
		{ "{", "body-invalid", NULL },
		{ "[]", "field-invalid", NULL },
		{ "nonsense", "body-invalid", NULL },
		{ "{\"customerNumber\":\"6001\"}", "field-missing", "/password" },
		{ "{\"customerNumber\":\"6001\",\"password\":\"x\",\"admin\":true}", "field-unknown",
		  "/admin" },
		{ "{\"customerNumber\":6001,\"password\":\"x\"}", "field-invalid", "/customerNumber" },
		{ "{\"customerNumber\":\"6001\",\"customerNumber\":\"6002\",\"password\":\"x\"}",
		  "body-invalid", NULL },
		{ "{\"customerNumber\":\"6001\",\"password\":\"x\"} {}", "body-invalid", NULL },
		{ "{\"customerNumber\":\"6001\",\"password\":\"\\u0000\"}", "body-invalid", NULL },
		{ "{\"customerNumber\":\"6001\",\"password\":1e400}", "body-invalid", NULL },
		{ "{\"customerNumber\":\"\xff\",\"password\":\"x\"}", "body-invalid", NULL },
		{ "{\"CustomerNumber\":\"6001\",\"password\":\"x\"}", NULL, NULL },
	};
	static const char good[] = "{\"customerNumber\":\"6001\",\"password\":\"x\"}";
	struct request rq = asked("POST", "/v1/sessions");

	request_body(&rq, good, strlen(good));
	is_int(rq.status, 0, "a good body");
	is_str(((struct session_request *)rq.body)->customer_number, "6001", "is read");
	request_release(&rq);
	for (size_t i = 0; i < COUNT(bad); i++) {
		struct problem p;

		rq = asked("POST", "/v1/sessions");
		request_body(&rq, bad[i].body, strlen(bad[i].body));
		is_int(rq.status, 400, "%s", bad[i].body);
		p = problem_of(&rq);
		if (bad[i].code)
			is_str(p.code, bad[i].code, "its code");
		if (bad[i].path)
			is_str(p.errors_count ? p.errors[0].path : NULL, bad[i].path, "its field");
		ok(rq.body == NULL, "and nothing is left");
		json_release(&p, &problem_json);
		request_release(&rq);
	}
	rq = asked("GET", "/v1/config");
	request_body(&rq, "{}", 2);
	is_problem(&rq, 400, "body-unexpected", "where none is expected");
}

static void count_finish(struct request *rq, void *data)
{
	(void)rq;
	++*(int *)data;
}

static void test_access(void)
{
	struct request rq = asked("GET", "/v1/sessions/current");
	int finished = 0;

	route_dispatch(&rq, NULL, count_finish, &finished);
	is_int(finished, 1, "finished once");
	is_problem(&rq, 403, "terminal-unknown", "without a certificate");
	rq = asked("GET", "/v1/sessions/current");
	rq.who.terminal = 1;
	route_dispatch(&rq, NULL, count_finish, &finished);
	is_problem(&rq, 401, "session-expired", "without a login");
	rq = asked("POST", "/v1/sessions");
	rq.who.terminal = 1;
	route_dispatch(&rq, NULL, count_finish, &finished);
	is_problem(&rq, 400, "body-missing", "without a body");
	is_int(finished, 3, "each finished once");
}

static void test_headers(void)
{
	struct request rq = asked("GET", "/v1/config");
	char own[37];

	ok(strlen(rq.interaction) == 36 && rq.interaction[14] == '4', "an interaction id of its own");
	snprintf(own, sizeof(own), "%s", rq.interaction);
	request_interaction(&rq, "not a uuid");
	is_str(rq.interaction, own, "what is no UUID is not taken");
	request_interaction(&rq, "93bac548-d2de-4546-b106-880a5018460d\r\nX: y");
	is_str(rq.interaction, own, "nor one with a tail");
	request_interaction(&rq, "93bac548-d2de-4546-b106-880a5018460d");
	is_str(rq.interaction, "93bac548-d2de-4546-b106-880a5018460d", "a UUID is");
	request_key(&rq, "0123456789abcdef0123456789abcdef");
	is_int(rq.status, 0, "a key");
	request_release(&rq);

	static const char *const bad[] = { "", "0123", "0123456789ABCDEF0123456789ABCDEF",
					   "0123456789abcdef0123456789abcdef0",
					   "0123456789abcdef0123456789abcdeg" };
	for (size_t i = 0; i < COUNT(bad); i++) {
		rq = asked("GET", "/v1/config");
		request_key(&rq, bad[i]);
		is_problem(&rq, 400, "idempotency-key-invalid", bad[i]);
	}
}

static void test_language(void)
{
	static const struct {
		const char *header;
		bool is_chinese;
	} cases[] = {
		{ "zh-CN", true },  { "zh", true },   { "ZH-hans,en", true }, { "zh;q=0.5", true },
		{ "fr, zh", true }, { "en", false },  { "en-GB, zh", false }, { "", false },
		{ "zhx", false },   { ",,,", false }, { "*", false },
	};
	static char marker; /* a catalogue is only pointed to here */
	struct request rq = asked("GET", "/v1/config");

	rq.bank->chinese = (struct catalogue *)&marker;
	for (size_t i = 0; i < COUNT(cases); i++) {
		request_language(&rq, cases[i].header);
		ok((rq.language != NULL) == cases[i].is_chinese, "'%s'", cases[i].header);
	}
	request_language(&rq, NULL);
	ok(rq.language == NULL, "none: English");
	rq.bank->chinese = NULL;
	request_release(&rq);
}

int main(void)
{
	test_matching();
	test_table();
	test_methods();
	test_query();
	test_bodies();
	test_access();
	test_headers();
	test_language();
	return done();
}
