/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * overhead TERMINAL_DIR COUNT: what the client's layer costs over curl's own easy handle, on the
 * same no-op route with the same TLS settings, alternating in one run. Prints `client_us`,
 * `easy_us` and `overhead_us`, medians of one call each.
 */
#include <curl/curl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/macros.h"
#include "client/client.h"
#include "client/transport.h"

struct bench {
	struct client *client;
	struct terminal terminal;
	struct transport transport;
	CURL *easy;
	char url[256];
	struct buf reply;
	bool is_done, is_ok;
};

static int64_t now_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static void config_done(void *data, struct answer *a)
{
	struct bench *b = data;

	b->is_done = true;
	b->is_ok = a->outcome == ANSWER_OK;
}

static int64_t time_client(struct bench *b)
{
	int64_t begin = now_us();

	b->is_done = false;
	if (!client_call(b->client, &call_get_config, &(struct call_args){ 0 }, config_done, b))
		return -1;
	while (!b->is_done) {
		client_poll(b->client, NULL, 0, 1000);
		client_run(b->client);
	}
	return b->is_ok ? now_us() - begin : -1;
}

static size_t keep(char *bytes, size_t size, size_t n, void *data)
{
	return buf_add(data, bytes, size * n) ? 0 : size * n;
}

static int64_t time_easy(struct bench *b)
{
	int64_t begin = now_us();
	long status = 0;

	buf_clear(&b->reply);
	curl_easy_setopt(b->easy, CURLOPT_URL, b->url);
	curl_easy_setopt(b->easy, CURLOPT_WRITEFUNCTION, keep);
	curl_easy_setopt(b->easy, CURLOPT_WRITEDATA, &b->reply);
	if (curl_easy_perform(b->easy) != CURLE_OK)
		return -1;
	curl_easy_getinfo(b->easy, CURLINFO_RESPONSE_CODE, &status);
	return status == 200 ? now_us() - begin : -1;
}

static int compare(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static int measure(struct bench *b, size_t count)
{
	int64_t *client = calloc(count, sizeof(*client)), *easy = calloc(count, sizeof(*easy));
	int r = client && easy && time_client(b) > 0 && time_easy(b) > 0
			? 0
			: 1; /* connections are made here */

	for (size_t i = 0; i < count && r == 0; i++) {
		client[i] = time_client(b);
		easy[i] = time_easy(b);
		r = client[i] < 0 || easy[i] < 0;
	}
	if (r == 0) {
		qsort(client, count, sizeof(*client), compare);
		qsort(easy, count, sizeof(*easy), compare);
		printf("client_us %lld\neasy_us %lld\noverhead_us %lld\n",
		       (long long)client[count / 2], (long long)easy[count / 2],
		       (long long)(client[count / 2] - easy[count / 2]));
	}
	free(client);
	free(easy);
	return r;
}

int main(int argc, char **argv)
{
	struct bench b = { 0 };
	struct err err;
	int r;

	transport_harden();
	if (argc != 3) {
		fputs("usage: overhead TERMINAL_DIR COUNT\n", stderr);
		return 2;
	}
	buf_init(&b.reply, 0);
	terminal_init(&b.terminal);
	if (client_open(&(struct client_options){ .dir = argv[1], .channel = "home" }, &b.client,
			&err) < 0 ||
	    terminal_load(argv[1], &b.terminal, &err) < 0 ||
	    transport_init(&b.transport, &b.terminal, &err) < 0) {
		fprintf(stderr, "overhead: %s\n", err.text);
		return 1;
	}
	snprintf(b.url, sizeof(b.url), "https://%s/v1/config", b.terminal.address);
	b.easy = transport_take(&b.transport);
	r = b.easy ? measure(&b, (size_t)strtol(argv[2], NULL, 10)) : 1;
	if (b.easy)
		transport_give_back(&b.transport, b.easy);
	transport_release(&b.transport);
	terminal_release(&b.terminal);
	client_close(b.client);
	buf_release(&b.reply);
	return r;
}
