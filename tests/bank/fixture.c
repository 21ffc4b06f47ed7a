/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/bank/fixture.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <pthread.h>
#include <sys/wait.h>
#include <unistd.h>

#include "audit/audit.h"
#include "bank/credential.h"
#include "bank/ledger.h"
#include "bank/parameter.h"
#include "bank/route.h"
#include "base/date.h"
#include "base/macros.h"

static void must(bool held, const char *what)
{
	if (held)
		return;
	printf("Bail out! %s\n", what);
	exit(99);
}

/* One statement that answers the new row's id. */
static int64_t insert(struct store *s, struct statement *q)
{
	int64_t id;

	must(statement_step(q) > 0, store_error(s));
	id = column_int(q, 0);
	must(statement_step(q) == 0, store_error(s));
	return id;
}

static void add_person(struct store *s, struct fixture_person *p, const char *name, const char *number,
		       const char *hash)
{
	struct statement *q = store_sql(s, "INSERT INTO person(name, phone, document)"
					   " VALUES(:name, '13800000001', :number) RETURNING id");

	bind_text(q, ":name", name);
	bind_text(q, ":number", number);
	p->person = insert(s, q);
	snprintf(p->number, sizeof(p->number), "%s", number);
	q = store_sql(s, "INSERT INTO customer(number, person, segment, opened) VALUES(:number, :person, 1, "
			 "20000) RETURNING id");
	bind_text(q, ":number", number);
	bind_int(q, ":person", p->person);
	p->customer = insert(s, q);
	must(!credential_set(s, p->person, CREDENTIAL_PIN, hash, 0) &&
	     !credential_set(s, p->person, CREDENTIAL_PASSWORD, hash, 0), "a password and a PIN");
}

static int64_t add_account(struct store *s, int64_t customer, const char *number, const char *code, int class)
{
	struct statement *q = store_sql(
		s,
		"INSERT INTO account(number, code, customer, title, class, currency, status, opened, overdraft)"
		" VALUES(:number, :code, :customer, 'Current account', :class, 'CNY', 1, 20000, :overdraft) "
		"RETURNING id");

	bind_text(q, ":number", number);
	bind_text(q, ":code", code);
	bind_int(q, ":class", class);
	if (customer) {
		bind_int(q, ":customer", customer);
		bind_int(q, ":overdraft", 0);
	}
	return insert(s, q);
}

static void add_terminal(struct fixture *f, struct store *s)
{
	struct statement *q = store_sql(s, "INSERT INTO terminal(label, key_digest, serial, enrolled, expires)"
					   " VALUES('Test terminal', :digest, '01', 0, :now) RETURNING id");
	unsigned char digest[32] = { 1 };

	bind_blob(q, ":digest", digest, sizeof(digest));
	bind_int(q, ":now", f->now + 86400);
	f->terminal = insert(s, q);
}

static void add_correspondent(struct store *s)
{
	struct statement *q = store_sql(s, "INSERT INTO agent(code, name, name_zh) VALUES('" FIXTURE_AGENT
					   "', 'Other Bank', '他行')"
					   " ON CONFLICT DO NOTHING");

	must(statement_run(q, NULL) == 0, store_error(s));
	q = store_sql(s, "INSERT INTO correspondent_account(agent, number, name) VALUES('" FIXTURE_AGENT "',"
			 " '" FIXTURE_OUTSIDE "', '" FIXTURE_OUTSIDE_NAME "')");
	must(statement_run(q, NULL) == 0, store_error(s));
}

struct fill_job {
	struct job job;
	struct fixture *f;
	char pin[CREDENTIAL_HASH_MAX];
};

static int fill_run(struct store *s, struct job *job)
{
	struct fixture *f = ((struct fill_job *)job)->f;
	const char *pin = ((struct fill_job *)job)->pin;
	int64_t opening, posting;

	add_person(s, &f->wang, "王小明", "6001", pin);
	add_person(s, &f->zhang, "张伟", "6004", pin);
	opening = add_account(s, 0, "opening", "opening", 0);
	f->current = add_account(s, f->wang.customer, "9981566001000000011", NULL, 1);
	f->savings = add_account(s, f->wang.customer, "9981566001000000022", NULL, 0);
	snprintf(f->zhang_number, sizeof(f->zhang_number), "9981566004000000033");
	f->zhang_account = add_account(s, f->zhang.customer, f->zhang_number, NULL, 1);
	add_terminal(f, s);
	add_correspondent(s);
	struct leg legs[] = {
		{ opening, -1050000, "opening", NULL, NULL, NULL },
		{ f->current, 1000000, "opening", NULL, NULL, NULL },
		{ f->savings, 50000, "opening", NULL, NULL, NULL },
	};
	return ledger_post(s,
			   &(struct posting){ .booked = f->now, .currency = "CNY", .legs = legs, .count = 3 },
			   &posting);
}

/* The seeded generator is one thread's; the bank's threads take turns. */
static void shared_fill(void *data, void *bytes, size_t n)
{
	static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
	struct rng *seeded = data;

	pthread_mutex_lock(&turn);
	seeded->fill(seeded->data, bytes, n);
	pthread_mutex_unlock(&turn);
}

void fixture_start(struct fixture *f)
{
	struct clock clock = clock_manual(&f->now);
	struct rng rng = { .fill = shared_fill, .data = &f->seeded };
	struct bank_options options = { .dir = f->dir, .clock = &clock, .rng = &rng };
	struct err err = { .text = "" };

	f->seeded = rng_seeded(&f->seed, 7);
	must(bank_open(&options, &f->bank, &err) == 0, err.text);
	must(store_open(f->dir, STORE_READ, &f->reader, &err) == 0, err.text);
	must(bank_run_due(f->bank) == 0, "the business date");
}

/* Argon2 at full strength would be most of the tests' time: the hash is made once for all. */
static void pin_hash(struct fixture *f, char ret[CREDENTIAL_HASH_MAX])
{
	struct secret *pin = secret_from(FIXTURE_PIN, strlen(FIXTURE_PIN));

	must(pin && credential_hash(f->bank, pin, ret) == 0, "hash");
	secret_free(pin);
}

void fixture_open(struct fixture *f, int64_t now)
{
	struct fill_job fill = { .job = { .run = fill_run }, .f = f };

	*f = (struct fixture){ .now = now };
	snprintf(f->dir, sizeof(f->dir), "/tmp/bankterm-test-XXXXXX");
	must(mkdtemp(f->dir) != NULL, "mkdtemp");
	fixture_start(f);
	pin_hash(f, fill.pin);
	must(writer_run(f->bank->writer, &fill.job) == 0, "fill");
}

void fixture_stop(struct fixture *f)
{
	store_close(f->reader);
	bank_close(f->bank);
}

void fixture_restart(struct fixture *f)
{
	fixture_stop(f);
	fixture_start(f);
}

static void run(const char *program, const char *option, const char *first, const char *second)
{
	pid_t child = fork();
	int status = 1;

	if (child == 0) {
		execlp(program, program, option, first, second, (char *)NULL);
		_exit(127);
	}
	while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR)
		;
	must(status == 0, program);
}

void fixture_copy(const struct fixture *from, struct fixture *ret)
{
	char files[80];

	*ret = *from;
	snprintf(ret->dir, sizeof(ret->dir), "/tmp/bankterm-test-XXXXXX");
	must(mkdtemp(ret->dir) != NULL, "mkdtemp");
	snprintf(files, sizeof(files), "%s/.", from->dir);
	run("cp", "-r", files, ret->dir);
}

void fixture_remove(struct fixture *f)
{
	run("rm", "-rf", f->dir, NULL);
}

void fixture_close(struct fixture *f)
{
	fixture_stop(f);
	fixture_remove(f);
}

void reply_release(struct reply *r)
{
	free(r->text);
	free(r->message);
	cJSON_Delete(r->body);
	*r = (struct reply){ 0 };
}

const cJSON *reply_item(const struct reply *r, const char *path)
{
	const cJSON *item = r->body;
	char name[64];

	while (item && *path) {
		size_t n = strcspn(path, "/");

		snprintf(name, sizeof(name), "%.*s", (int)n, path);
		if (cJSON_IsArray(item))
			item = cJSON_GetArrayItem(item, (int)strtol(name, NULL, 10));
		else
			item = cJSON_GetObjectItemCaseSensitive(item, name);
		path += n + (path[n] == '/');
	}
	return item;
}

const char *reply_get(const struct reply *r, const char *path)
{
	const cJSON *item = reply_item(r, path);

	return cJSON_IsString(item) ? item->valuestring : NULL;
}

/* A write is finished on the writer's thread. */
struct finishing {
	pthread_mutex_t lock;
	pthread_cond_t ended;
	bool has_ended;
};

static void finish(struct request *rq, void *data)
{
	struct finishing *f = data;

	(void)rq;
	pthread_mutex_lock(&f->lock);
	f->has_ended = true;
	pthread_cond_signal(&f->ended);
	pthread_mutex_unlock(&f->lock);
}

static void dispatch(struct fixture *f, struct request *rq)
{
	struct finishing w = { PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, false };

	route_dispatch(rq, f->reader, finish, &w);
	pthread_mutex_lock(&w.lock);
	while (!w.has_ended)
		pthread_cond_wait(&w.ended, &w.lock);
	pthread_mutex_unlock(&w.lock);
}

struct reply fixture_call(struct fixture *f, const struct fixture_call *call)
{
	struct request rq;
	struct reply reply;
	char *path = strdup(call->path), *query = strchr(path, '?');

	request_init(&rq, f->bank);
	request_language(&rq, call->language);
	rq.who = (struct principal){ .terminal = f->terminal, .session = 1, .person = call->who->person,
				     .customer = call->who->customer };
	snprintf(rq.who.terminal_label, sizeof(rq.who.terminal_label), "Test terminal");
	snprintf(rq.who.customer_number, sizeof(rq.who.customer_number), "%s", call->who->number);
	if (query)
		*query++ = '\0';
	request_route(&rq, call->method, path);
	while (query && *query) {
		char *next = strchr(query, '&'), *value = strchr(query, '=');

		if (next)
			*next++ = '\0';
		*value++ = '\0';
		request_query_add(&rq, query, value);
		query = next;
	}
	request_key(&rq, call->key);
	request_body(&rq, call->body, call->body ? strlen(call->body) : 0);
	dispatch(f, &rq);
	reply = (struct reply){
		.status = rq.status, .text = strndup(rq.reply.data, rq.reply.len),
		.message = rq.message ? strdup(rq.message) : NULL,
	};
	reply.body = cJSON_Parse(reply.text);
	request_release(&rq);
	free(path);
	return reply;
}

const char *fixture_key(int n)
{
	static char key[33];

	snprintf(key, sizeof(key), "%032x", (unsigned)n);
	return key;
}

struct reply fixture_order(struct fixture *f, const struct fixture_person *who, const char *key, const char *type,
			   const char *instruction)
{
	char own_key[33], *body;
	struct reply reply;

	snprintf(own_key, sizeof(own_key), "%s", key);
	must(asprintf(&body, "{\"type\":\"%s\",\"instruction\":%s}", type, instruction) > 0, "memory");
	reply = fixture_call(f, &(struct fixture_call){ who, "POST", "/v1/quotes", NULL, body, NULL });
	free(body);
	if (!reply_get(&reply, "terms"))
		printf("# no terms: %s\n", reply.text);
	must(asprintf(&body, "{\"type\":\"%s\",\"instruction\":%s,\"terms\":\"%s\"}", type, instruction,
		      reply_get(&reply, "terms") ? reply_get(&reply, "terms") : "none") > 0, "memory");
	reply_release(&reply);
	reply = fixture_call(f, &(struct fixture_call){ who, "POST", "/v1/orders", own_key, body, NULL });
	free(body);
	return reply;
}

struct reply fixture_authorise(struct fixture *f, const struct fixture_person *who, const char *key, const char *by,
			       const char *proof)
{
	char path[80], body[256];
	struct reply reply;

	snprintf(path, sizeof(path), "/v1/orders/%s", key);
	reply = fixture_call(f, &(struct fixture_call){ who, "GET", path, NULL, NULL, NULL });
	snprintf(body, sizeof(body), "{\"kind\":\"proof\",\"by\":\"%s\",\"proof\":\"%s\",\"terms\":\"%s\"}", by, proof,
		 reply_get(&reply, "terms") ? reply_get(&reply, "terms") : "none");
	reply_release(&reply);
	snprintf(path, sizeof(path), "/v1/orders/%s/authorisations", key);
	return fixture_call(f, &(struct fixture_call){ who, "POST", path, NULL, body, NULL });
}

void fixture_code(const struct reply *r, char ret[7])
{
	snprintf(ret, 7, "%.6s", r->message ? r->message : "");
}

const char *fixture_own(struct fixture *f, const char *amount)
{
	static char text[300];

	snprintf(text, sizeof(text), "{\"debtorAccount\":\"%" PRId64 "\",\"creditor\":\"own:%" PRId64 "\","
		 "\"instructedAmount\":{\"currency\":\"CNY\",\"amount\":\"%s\"}}", f->current, f->savings, amount);
	return text;
}

const char *fixture_inside(struct fixture *f, const char *amount)
{
	static char text[500];
	char agent[PARAMETER_TEXT_MAX];

	must(parameter_text(f->reader, "bank.code", instant_date(f->now, ZONE_CHINA), agent) == 0, "bank.code");
	snprintf(text, sizeof(text),
		 "{\"debtorAccount\":\"%" PRId64 "\",\"creditor\":\"new\",\"creditorAgent\":\"%.20s\","
		 "\"creditorAccount\":\"%s\",\"instructedAmount\":{\"currency\":\"CNY\",\"amount\":\"%s\"},"
		 "\"remittanceInformation\":\"午饭\"}",
		 f->current, agent, f->zhang_number, amount);
	return text;
}

const char *fixture_outside(struct fixture *f, const char *amount, const char *service, const char *name)
{
	static char text[500];

	snprintf(text, sizeof(text),
		 "{\"debtorAccount\":\"%" PRId64 "\",\"creditor\":\"new\",\"creditorAgent\":\"" FIXTURE_AGENT
		 "\",\"creditorAccount\":\"" FIXTURE_OUTSIDE "\",\"creditorName\":\"%s\","
		 "\"instructedAmount\":{\"currency\":\"CNY\",\"amount\":\"%s\"},\"serviceLevel\":\"%s\"}",
		 f->current, name, amount, service);
	return text;
}

int64_t fixture_number(struct fixture *f, const char *sql)
{
	struct statement *q = store_sql(f->reader, sql);
	int64_t number = -1;

	if (statement_step(q) > 0)
		number = column_int(q, 0);
	statement_reset(q);
	return number;
}

static int64_t account_number(struct fixture *f, const char *sql, int64_t account)
{
	struct statement *q = store_sql(f->reader, sql);
	int64_t number;

	bind_int(q, ":id", account);
	must(statement_step(q) > 0, "an account");
	number = column_int(q, 0);
	statement_reset(q);
	return number;
}

int64_t fixture_balance(struct fixture *f, int64_t account)
{
	return account_number(f, "SELECT balance FROM account WHERE id = :id", account);
}

int64_t fixture_held(struct fixture *f, int64_t account)
{
	return account_number(f, "SELECT held FROM account WHERE id = :id", account);
}

struct sql_job {
	struct job job;
	const char *sql;
};

static int sql_run(struct store *s, struct job *job)
{
	return store_exec(s, ((struct sql_job *)job)->sql, NULL);
}

void fixture_sql(struct fixture *f, const char *sql)
{
	struct sql_job job = { .job = { .run = sql_run }, .sql = sql };

	must(writer_run(f->bank->writer, &job.job) == 0, sql);
}

struct fund_job {
	struct job job;
	int64_t account, minor, now;
};

static int fund_run(struct store *s, struct job *job)
{
	struct fund_job *fund = (struct fund_job *)job;
	int64_t opening, posting;
	int r = ledger_internal(s, "opening", &opening);
	struct leg legs[] = {
		{ opening, -fund->minor, "opening", NULL, NULL, NULL },
		{ fund->account, fund->minor, "opening", NULL, NULL, NULL },
	};

	return r ? r
		 : ledger_post(s, &(struct posting){ .booked = fund->now, .currency = "CNY", .legs = legs, .count = 2 },
			       &posting);
}

void fixture_fund(struct fixture *f, int64_t account, int64_t minor)
{
	struct fund_job job = { { .run = fund_run }, account, minor, f->now };

	must(writer_run(f->bank->writer, &job.job) == 0, "fund");
}

struct parameter_job {
	struct job job;
	const char *name, *value;
	date_days effective;
};

static int parameter_run(struct store *s, struct job *job)
{
	struct parameter_job *p = (struct parameter_job *)job;

	return parameter_set(s, p->name, p->effective, p->value);
}

void fixture_parameter(struct fixture *f, const char *name, date_days from, const char *value)
{
	struct parameter_job job = { .job = { .run = parameter_run }, .name = name, .value = value,
				     .effective = from };

	must(writer_run(f->bank->writer, &job.job) == 0, name);
}

void fixture_due(struct fixture *f, int64_t seconds)
{
	f->now += seconds;
	must(bank_run_due(f->bank) == 0, "bank_run_due");
}

bool fixture_audit(struct fixture *f)
{
	struct audit_options options = { .dir = f->dir };
	struct err err = { .text = "" };
	struct audit audit;
	bool found_nothing;
	char *found = NULL, *rest;
	size_t n;
	FILE *out = open_memstream(&found, &n);
	int r;

	options.out = out;
	r = audit_run(&options, &audit, &err);
	fclose(out);
	if (r)
		printf("# %s\n", err.text);
	else if (audit.findings)
		for (char *line = strtok_r(found, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest))
			printf("# %s\n", line);
	found_nothing = !r && audit.findings == 0;
	free(found);
	return found_nothing;
}
