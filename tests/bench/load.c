/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * load: what the bank carries.
 *
 *	load STATE TICKET transfer CONNECTIONS COUNT      COUNT durable own-account transfers, one
 *POST each load STATE TICKET get CUSTOMER PATH COUNT         one connection, one GET after another
 *
 * STATE is a directory that keeps the terminal. In PATH, "@N" stands for the id of the customer's
 *N-th account. Prints `name value` lines: done, failed, us (from the first request to the last
 *answer), median_us, p99_us, and for get the bytes of one answer. Exit 1 when an answer was not the
 *one that was wanted.
 */
#include <cjson/cJSON.h>
#include <errno.h>
#include <openssl/rand.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <time.h>

#include "base/hex.h"
#include "base/macros.h"
#include "tests/bench/https.h"

#define TOKEN_MAX 300

/* A customer of the demo bank with two accounts: transfers go there and back. */
struct payer {
	char token[TOKEN_MAX];
	char bodies[2][1024];
};

static const char *const payers[] = { "6001", "6002", "6003", "6009" };

struct slot {
	struct bench_connection connection;
	int64_t sent;
	size_t payer;
};

struct run {
	struct bench_terminal terminal;
	struct payer payers[COUNT(payers)];
	struct slot *slots;
	size_t slots_count;
	int64_t *latency;
	size_t wanted, sent, done, failed;
};

static int64_t now_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static int log_in(struct bench_connection *c, const struct bench_terminal *t, const char *customer,
		  char token[TOKEN_MAX])
{
	char body[256];
	const char *found;

	snprintf(body, sizeof(body), "{\"customerNumber\":\"%s\",\"password\":\"demo-bank\"}",
		 customer);
	if (bench_call(c, t, "POST", "/v1/sessions", NULL, NULL, body) != 201 ||
	    !(found = bench_member(c->body, "token"))) {
		fprintf(stderr, "load: login of %s: %s\n", customer,
			c->body ? c->body : "no answer");
		return -EACCES;
	}
	snprintf(token, TOKEN_MAX, "%s", found);
	return 0;
}

static int account_id(struct bench_connection *c, const struct bench_terminal *t, const char *token,
		      int index, char ret[64])
{
	cJSON *json;
	const cJSON *id;

	if (bench_call(c, t, "GET", "/v1/accounts", token, NULL, NULL) != 200)
		return -EIO;
	json = cJSON_Parse(c->body);
	id = cJSON_GetObjectItemCaseSensitive(
		cJSON_GetArrayItem(cJSON_GetObjectItemCaseSensitive(json, "accounts"), index),
		"accountId");
	if (cJSON_IsString(id))
		snprintf(ret, 64, "%s", id->valuestring);
	cJSON_Delete(json);
	return id ? 0 : -ENOENT;
}

/* The body of an order, with the terms of a quote for it. */
static int order_body(struct bench_connection *c, const struct bench_terminal *t, const char *token,
		      const char *from, const char *to, char ret[1024])
{
	char instruction[512], body[1024];
	const char *terms;

	snprintf(instruction, sizeof(instruction),
		 "{\"debtorAccount\":\"%s\",\"creditor\":\"own:%s\",\"instructedAmount\":{"
		 "\"currency\":\"CNY\",\"amount\":\"0.01\"}}",
		 from, to);
	snprintf(body, sizeof(body), "{\"type\":\"transfer\",\"instruction\":%s}", instruction);
	if (bench_call(c, t, "POST", "/v1/quotes", token, NULL, body) != 200 ||
	    !(terms = bench_member(c->body, "terms"))) {
		fprintf(stderr, "load: quote: %s\n", c->body ? c->body : "no answer");
		return -EIO;
	}
	snprintf(ret, 1024, "{\"type\":\"transfer\",\"instruction\":%s,\"terms\":\"%s\"}",
		 instruction, terms);
	return 0;
}

static int payer_open(struct run *run, struct bench_connection *c, size_t i)
{
	struct payer *p = &run->payers[i];
	char ids[2][64];
	int r = log_in(c, &run->terminal, payers[i], p->token);

	for (int k = 0; k < 2 && r == 0; k++)
		r = account_id(c, &run->terminal, p->token, k, ids[k]);
	for (int k = 0; k < 2 && r == 0; k++)
		r = order_body(c, &run->terminal, p->token, ids[k], ids[!k], p->bodies[k]);
	return r;
}

static int slot_send(struct run *run, struct slot *s)
{
	const struct payer *p = &run->payers[s->payer];
	unsigned char random[16];
	char key[33], request[4096];
	size_t n;

	RAND_bytes(random, sizeof(random));
	n = bench_request(request, sizeof(request), &run->terminal, "POST", "/v1/orders", p->token,
			  hex_encode(random, sizeof(random), key), p->bodies[run->sent % 2]);
	s->sent = now_us();
	run->sent++;
	return bench_send(&s->connection, request, n);
}

/* Take an answer; send the next request while there are any. */
static int slot_advance(struct run *run, struct slot *s)
{
	int r = bench_receive(&s->connection);

	if (r <= 0)
		return r;
	run->latency[run->done++] = now_us() - s->sent;
	if (s->connection.status != 201 && run->failed++ < 3)
		fprintf(stderr, "load: %d %s\n", s->connection.status, s->connection.body);
	return run->sent < run->wanted ? slot_send(run, s) : 0;
}

static int run_events(struct run *run, int poll)
{
	struct epoll_event events[64];
	int r = 0;

	while (run->done < run->wanted && r >= 0) {
		int n = epoll_wait(poll, events, COUNT(events), 10000);

		if (n <= 0)
			return -ETIMEDOUT;
		for (int i = 0; i < n && r >= 0; i++)
			r = slot_advance(run, events[i].data.ptr);
	}
	return r;
}

static int compare(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static void report(struct run *run, int64_t us)
{
	qsort(run->latency, run->done, sizeof(*run->latency), compare);
	printf("done %zu\nfailed %zu\nus %lld\n", run->done, run->failed, (long long)us);
	if (run->done)
		printf("median_us %lld\np99_us %lld\n", (long long)run->latency[run->done / 2],
		       (long long)run->latency[run->done * 99 / 100]);
}

static int slots_open(struct run *run, int poll)
{
	for (size_t i = 0; i < run->slots_count; i++) {
		struct slot *s = &run->slots[i];
		struct epoll_event event = { .events = EPOLLIN, .data.ptr = s };

		if (bench_connect(&s->connection, &run->terminal) < 0)
			return -EIO;
		bench_unblock(&s->connection);
		s->payer = i % COUNT(payers);
		epoll_ctl(poll, EPOLL_CTL_ADD, s->connection.fd, &event);
	}
	return 0;
}

static int run_transfers(struct run *run, long connections, long count)
{
	struct bench_connection first;
	int poll = epoll_create1(EPOLL_CLOEXEC), r = bench_connect(&first, &run->terminal);
	int64_t begin;

	for (size_t i = 0; i < COUNT(payers) && r == 0; i++)
		r = payer_open(run, &first, i);
	bench_close(&first);
	run->slots_count = (size_t)connections;
	run->wanted = (size_t)count;
	run->slots = calloc(run->slots_count, sizeof(*run->slots));
	run->latency = calloc(run->wanted, sizeof(*run->latency));
	if (r == 0)
		r = slots_open(run, poll);
	begin = now_us();
	for (size_t i = 0; i < run->slots_count && i < run->wanted && r == 0; i++)
		r = slot_send(run, &run->slots[i]);
	if (r == 0)
		r = run_events(run, poll);
	report(run, now_us() - begin);
	for (size_t i = 0; i < run->slots_count; i++)
		bench_close(&run->slots[i].connection);
	return r < 0 || run->failed;
}

/* PATH with "@N" replaced. */
static int path_fill(struct run *run, struct bench_connection *c, const char *path, char ret[512])
{
	const char *at = strchr(path, '@');
	char id[64] = "", *rest;
	int r;

	if (!at) {
		snprintf(ret, 512, "%s", path);
		return 0;
	}
	r = account_id(c, &run->terminal, run->payers[0].token, (int)strtol(at + 1, &rest, 10), id);
	snprintf(ret, 512, "%.*s%s%s", (int)(at - path), path, id, rest);
	return r;
}

static int run_gets(struct run *run, const char *customer, const char *path, long count)
{
	struct bench_connection c;
	char whole[512];
	int64_t begin, sent;
	int r = bench_connect(&c, &run->terminal);

	run->latency = calloc((size_t)count, sizeof(*run->latency));
	if (r == 0)
		r = log_in(&c, &run->terminal, customer, run->payers[0].token);
	if (r == 0)
		r = path_fill(run, &c, path, whole);
	begin = now_us();
	for (long i = 0; i < count && r == 0; i++) {
		sent = now_us();
		r = bench_call(&c, &run->terminal, "GET", whole, run->payers[0].token, NULL, NULL);
		run->latency[run->done++] = now_us() - sent;
		run->failed += r != 200;
		r = r < 0 ? r : 0;
	}
	report(run, now_us() - begin);
	printf("bytes %zu\n", c.n);
	bench_close(&c);
	return r < 0 || run->failed;
}

int main(int argc, char **argv)
{
	static struct run run;
	int r = 2;

	if (argc < 6 || bench_terminal_open(&run.terminal, argv[1], argv[2]) < 0) {
		fputs("usage: load STATE TICKET transfer CONNECTIONS COUNT\n"
		      "       load STATE TICKET get CUSTOMER PATH COUNT\n",
		      stderr);
		return r;
	}
	if (!strcmp(argv[3], "transfer"))
		r = run_transfers(&run, strtol(argv[4], NULL, 10), strtol(argv[5], NULL, 10));
	else if (!strcmp(argv[3], "get") && argc == 7)
		r = run_gets(&run, argv[4], argv[5], strtol(argv[6], NULL, 10));
	free(run.slots);
	free(run.latency);
	SSL_CTX_free(run.terminal.tls);
	return r;
}
