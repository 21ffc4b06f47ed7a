/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * audit_store DIR: a small bank with demonstration data whose orders are in every state, keys that
 * were refused and voided among them, made through the bank's own routes on a clock of its own. For
 * audit.test.
 */
#include <cjson/cJSON.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bank/bank.h"
#include "bank/demo.h"
#include "bank/route.h"
#include "bank/writer.h"
#include "base/date.h"
#include "base/macros.h"

#define MONDAY INT64_C(1790557200) /* 2026-09-28 09:00 in China */

struct scene {
	struct bank *bank;
	struct store *reader;
	struct principal who;
	int64_t now;
	unsigned next_key;
	char key[33]; /* of the last order */
	char terms[80];
};

/* One request and its answer. */
struct reply {
	int status;
	cJSON *json;
	char code[8]; /* six digits of a message to the phone */
};

static void reply_release(struct reply *r)
{
	cJSON_Delete(r->json);
	*r = (struct reply){ 0 };
}

static const char *text_of(const cJSON *object, const char *name)
{
	const cJSON *value = cJSON_GetObjectItemCaseSensitive(object, name);

	return cJSON_IsString(value) ? value->valuestring : "";
}

static void take_code(const char *message, char ret[8])
{
	for (; message && *message; message++)
		if (strspn(message, "0123456789") == 6) {
			memcpy(ret, message, 6);
			return;
		} else {
			message += strspn(message, "0123456789") ? strspn(message, "0123456789") - 1
								 : 0;
		}
}

static void finished(struct request *rq, void *data)
{
	struct reply *r = data;

	r->status = rq->status;
	r->json = cJSON_ParseWithLength(rq->reply.data, rq->reply.len);
	take_code(rq->message, r->code);
}

struct latch {
	struct job job;
};

static int nothing(struct store *s UNUSED, struct job *job UNUSED)
{
	return 0;
}

static struct reply ask(struct scene *scene, const char *method, const char *path, const char *key,
			const char *body)
{
	struct latch barrier = { .job = { .run = nothing } };
	struct request rq;
	struct reply r = { 0 };

	request_init(&rq, scene->bank);
	request_route(&rq, method, path);
	if (key)
		request_key(&rq, key);
	request_body(&rq, body, body ? strlen(body) : 0);
	rq.who = scene->who;
	route_dispatch(&rq, scene->reader, finished, &r);
	writer_run(scene->bank->writer,
		   &barrier.job); /* what was asked to be written before is answered now */
	request_release(&rq);
	return r;
}

static void must(const struct reply *r, int status, const char *what)
{
	char *text;

	if (r->status == status)
		return;
	text = cJSON_Print(r->json);
	fprintf(stderr, "audit_store: %s: status %d, wanted %d\n%s\n", what, r->status, status,
		text ? text : "");
	exit(1);
}

/* Quote and give an order; its key and terms stay in the scene. */
static void order(struct scene *scene, int status, const char *instruction)
{
	char body[2048];
	struct reply r;

	snprintf(body, sizeof(body), "{\"type\":\"transfer\",\"instruction\":%s}", instruction);
	r = ask(scene, "POST", "/v1/quotes", NULL, body);
	must(&r, 200, instruction);
	snprintf(scene->terms, sizeof(scene->terms), "%s", text_of(r.json, "terms"));
	reply_release(&r);
	snprintf(scene->key, sizeof(scene->key), "%032x", ++scene->next_key);
	snprintf(body, sizeof(body), "{\"type\":\"transfer\",\"instruction\":%s,\"terms\":\"%s\"}",
		 instruction, scene->terms);
	r = ask(scene, "POST", "/v1/orders", scene->key, body);
	must(&r, status, instruction);
	reply_release(&r);
}

static void prove(struct scene *scene, const char *by, const char *proof)
{
	char path[128], body[512];
	struct reply r;

	snprintf(path, sizeof(path), "/v1/orders/%s/authorisations", scene->key);
	snprintf(body, sizeof(body),
		 "{\"kind\":\"proof\",\"by\":\"%s\",\"proof\":\"%s\",\"terms\":\"%s\"}", by, proof,
		 scene->terms);
	r = ask(scene, "POST", path, NULL, body);
	if (r.status / 100 != 2)
		must(&r, 200, by);
	reply_release(&r);
}

static void prove_all(struct scene *scene)
{
	char path[128];
	struct reply r;

	prove(scene, "pin", DEMO_PIN);
	snprintf(path, sizeof(path), "/v1/orders/%s/codes", scene->key);
	r = ask(scene, "POST", path, NULL, NULL);
	must(&r, 200, "a code");
	prove(scene, "code", r.code);
	reply_release(&r);
}

static void withdraw(struct scene *scene, const char *key, int status)
{
	char path[128];
	struct reply r;

	snprintf(path, sizeof(path), "/v1/orders/%s", key);
	r = ask(scene, "DELETE", path, NULL, NULL);
	if (r.status / 100 != 2)
		must(&r, status, "a withdrawal");
	reply_release(&r);
}

static void pass(struct scene *scene, int seconds)
{
	scene->now += seconds;
	bank_run_due(scene->bank);
}

static int access_run(struct store *s, struct job *job UNUSED)
{
	static const char *const rows[] = {
		"INSERT INTO terminal(id, label, channel, key_digest, serial, enrolled, expires)"
		" VALUES(1, 'test', 'home', :digest, '01', 1790557200, 1821657600)",
		"INSERT INTO session(id, token_digest, key_digest, terminal, person, customer, "
		"created, last_active, expires)"
		" SELECT 1, :digest, :digest, 1, person, id, 1790557200, 1790557200, 1790600400 "
		"FROM customer WHERE number = '6001'",
		"INSERT INTO ticket(id, code_digest, label, created, expires, used, terminal)"
		" VALUES(1, :digest, 'test', 1790557200, 1790643600, 1790557200, 1)",
	};
	static const unsigned char digest[32] = { 1, 2, 3 };
	int r = 0;

	for (size_t i = 0; i < COUNT(rows) && r == 0; i++) {
		struct statement *q = store_sql(s, rows[i]);

		bind_blob(q, ":digest", digest, sizeof(digest));
		r = statement_run(q, NULL);
	}
	return r;
}

/* Somebody who is logged in as 6001. */
static void enter(struct scene *scene)
{
	struct job job = { .run = access_run };
	struct statement *q;

	if (writer_run(scene->bank->writer, &job) < 0 ||
	    store_open(scene->bank->dir, STORE_READ, &scene->reader, NULL) < 0)
		exit(1);
	q = store_sql(scene->reader, "SELECT id, person FROM customer WHERE number = '6001'");
	if (statement_step(q) != 1)
		exit(1);
	scene->who = (struct principal){ .terminal = 1,
					 .session = 1,
					 .customer = column_int(q, 0),
					 .person = column_int(q, 1) };
	snprintf(scene->who.terminal_label, sizeof(scene->who.terminal_label), "test");
	snprintf(scene->who.customer_number, sizeof(scene->who.customer_number), "6001");
	statement_reset(q);
}

/* The id that the contract gives an account or payee, by its place in the list. */
static char *listed(struct scene *scene, const char *path, const char *list, int index,
		    const char *name)
{
	struct reply r = ask(scene, "GET", path, NULL, NULL);
	char *id = strdup(text_of(
		cJSON_GetArrayItem(cJSON_GetObjectItemCaseSensitive(r.json, list), index), name));

	must(&r, 200, path);
	reply_release(&r);
	return id;
}

static const char *instruct(const char *from, const char *creditor, const char *amount)
{
	static char text[1024];

	snprintf(text, sizeof(text),
		 "{\"debtorAccount\":\"%s\",%s,\"instructedAmount\":{\"currency\":\"CNY\","
		 "\"amount\":\"%s\"}}",
		 from, creditor, amount);
	return text;
}

#define OUTSIDE(name, service)                                                 \
	"\"creditor\":\"new\",\"creditorAgent\":\"9308\",\"creditorAccount\":" \
	"\"9983088000031180034\","                                             \
	"\"creditorName\":\"" name "\",\"serviceLevel\":\"" service "\""

static void play(struct scene *scene)
{
	char *current = listed(scene, "/v1/accounts", "accounts", 0, "accountId");
	char *daily = listed(scene, "/v1/accounts", "accounts", 1, "accountId");
	char own[128], inside[128], stale[1024];
	char *payee = listed(scene, "/v1/payees", "payees", 0, "payeeId");
	struct reply r;

	snprintf(own, sizeof(own), "\"creditor\":\"own:%s\"", daily);
	snprintf(inside, sizeof(inside), "\"creditor\":\"payee:%s\"", payee);
	order(scene, 201, instruct(current, own, "100.00"));   /* done */
	order(scene, 202, instruct(current, inside, "88.00")); /* expires below */
	pass(scene, 1000);
	order(scene, 202,
	      instruct(current, OUTSIDE("黄海涛", "realtime"), "6000.00")); /* settled: done */
	prove_all(scene);
	order(scene, 202,
	      instruct(current, OUTSIDE("黄海波", "realtime"),
		       "300.00")); /* comes back: rejected */
	prove_all(scene);
	pass(scene, 60);
	order(scene, 202,
	      instruct(current, OUTSIDE("黄海涛", "ordinary"), "20.00")); /* scheduled */
	prove(scene, "pin", DEMO_PIN);
	order(scene, 202, instruct(current, inside, "66.00")); /* withdrawn: voided */
	withdraw(scene, scene->key, 200);
	order(scene, 202,
	      instruct(current, OUTSIDE("黄海涛", "realtime"), "7000.00")); /* accepted */
	prove_all(scene);
	order(scene, 202, instruct(current, inside, "5500.00")); /* waiting, its PIN met */
	prove(scene, "pin", DEMO_PIN);
	withdraw(scene, "ffffffffffffffffffffffffffffffff", 204); /* a tombstone */
	snprintf(stale, sizeof(stale),
		 "{\"type\":\"transfer\",\"instruction\":%s,\"terms\":\"%064d\"}",
		 instruct(current, own, "1.00"), 0);
	r = ask(scene, "POST", "/v1/orders", "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee",
		stale); /* refused */
	must(&r, 409, "stale terms");
	reply_release(&r);
	free(current);
	free(daily);
	free(payee);
}

int main(int argc, char **argv)
{
	struct scene scene = { .now = MONDAY };
	struct clock clock = clock_manual(&scene.now);
	struct err err = { 0 };

	if (argc != 2 || sodium_init() < 0) {
		fputs("usage: audit_store DIR\n", stderr);
		return 2;
	}
	if (bank_open(&(struct bank_options){ .dir = argv[1], .clock = &clock, .demo = true },
		      &scene.bank, &err) < 0 ||
	    demo_fill_from(scene.bank, instant_date(MONDAY, ZONE_CHINA) - 8, &err) < 0) {
		fprintf(stderr, "audit_store: %s\n", err.text);
		return 1;
	}
	enter(&scene);
	play(&scene);
	store_close(scene.reader);
	bank_close(scene.bank);
	return 0;
}
