/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What bankd does with requests that are broken, too large, too slow or too many. */
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>

#include "tests/server/wire.h"
#include "tests/tap.h"

static struct answer answer;

#define BODY_MAX (64 * 1024)

/* Raw bytes on a connection of their own. */
static int raw(const struct bankd *b, const char *bytes, size_t n, bool *ret_ends)
{
	struct wire w;

	memset(&answer, 0, sizeof(answer));
	if (wire_open(&w, b, NULL, WIRE_ANY) && wire_send(&w, bytes, n))
		wire_answer(&w, &answer);
	if (ret_ends)
		*ret_ends = wire_ends(&w);
	wire_close(&w);
	return answer.status;
}

static int raw_text(const struct bankd *b, const char *text, bool *ret_ends)
{
	return raw(b, text, strlen(text), ret_ends);
}

#define POST "POST /v1/enrolments HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"

static void test_framing(const struct bankd *b)
{
	bool ends;

	is_int(raw_text(b, POST "Content-Length: 2\r\nConnection: close\r\n\r\n{}", NULL), 400,
	       "control: one Content-Length");
	is_str(answer_text(&answer, "code"), "field-missing", "is read to its end");
	is_int(raw_text(b, POST "Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}", &ends), 400,
	       "two of them");
	is_str(answer_text(&answer, "code"), "framing-ambiguous", "are refused");
	ok(ends, "and the connection ends");
	is_int(raw_text(b, POST "Content-Length: 2\r\nContent-Length: 40\r\n\r\n{}", &ends), 400,
	       "two that differ");
	ok(ends && !strcmp(answer_text(&answer, "code"), "framing-ambiguous"), "are refused");
	is_int(raw_text(b, POST "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", &ends),
	       400, "both kinds");
	ok(ends && !strcmp(answer_text(&answer, "code"), "framing-ambiguous"), "are refused");
	is_int(raw_text(b, POST "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
			NULL),
	       400, "control: chunks alone");
	is_str(answer_text(&answer, "code"), "field-missing", "are read");
	is_int(raw_text(b, POST "Content-Length: -2\r\n\r\n{}", &ends) / 100, 4, "a negative length");
	is_int(raw_text(b, POST "Content-Length: 99999999999999999999\r\n\r\n{}", &ends) / 100, 4,
	       "a huge one");
	is_int(raw_text(b,
			"GET /v1/config HTTP/1.1\r\nHost: x\r\nAuthorization: a\r\nAuthorization: "
			"b\r\nConnection: close\r\n\r\n",
			NULL),
	       400, "two Authorizations");
	is_str(answer_text(&answer, "code"), "header-repeated", "are refused");
}

static void test_sizes(const struct bankd *b)
{
	size_t n = BODY_MAX + 2;
	char *body = malloc(n), head[256];
	bool ends;

	memset(body, ' ', n);
	body[BODY_MAX] = '\0';
	is_int(ask(b, NULL, "POST", "/v1/enrolments", "", body, &answer), 400, "control: 64 KiB are read");
	body[BODY_MAX] = ' ';
	body[BODY_MAX + 1] = '\0';
	is_int(ask(b, NULL, "POST", "/v1/enrolments", "", body, &answer), 413, "one byte more is not");
	is_str(answer_text(&answer, "code"), "body-too-long", "and said to be too long");
	is_int(raw_text(b, POST "Content-Length: 70000\r\n\r\n", &ends), 413, "refused before it is sent");
	ok(ends, "and the connection ends");
	free(body);
	body = malloc(200000);
	snprintf(body, 200000, POST "Transfer-Encoding: chunked\r\n\r\n18000\r\n");
	n = strlen(body);
	memset(body + n, ' ', 98304);
	n += 98304;
	memcpy(body + n, "\r\n0\r\n\r\n", 7);
	raw(b, body, n + 7, &ends);
	ok(ends && (answer.status == 413 || answer.status == 0), "96 KiB in a chunk are cut off (%d)",
	   answer.status);
	n = (size_t)snprintf(body, 200000, "GET /v1/config HTTP/1.1\r\nHost: x\r\nX: ");
	memset(body + n, 'a', 60000);
	memcpy(body + n + 60000, "\r\n\r\n", 5);
	is_int(raw_text(b, body, &ends), 431, "60 KB of headers");
	n = (size_t)snprintf(body, 200000, "GET /");
	memset(body + n, 'a', 60000);
	snprintf(body + n + 60000, 64, " HTTP/1.1\r\nHost: x\r\n\r\n");
	is_int(raw_text(b, body, &ends) / 100, 4, "60 KB of address");
	snprintf(head, sizeof(head), "Idempotency-Key: %0200d\r\n", 7);
	is_int(ask(b, NULL, "GET", "/v1/config", head, NULL, &answer), 400, "a long key");
	free(body);
}

static void test_methods(const struct bankd *b)
{
	is_int(ask(b, NULL, "DELETE", "/v1/config", "", NULL, &answer), 405, "DELETE of the configuration");
	ok(answer_has_header(&answer, "Allow: GET"), "names the method there is");
	is_str(answer_text(&answer, "code"), "method-unknown", "as a problem");
	is_int(ask(b, NULL, "TRACE", "/v1/config", "", NULL, &answer), 405, "TRACE");
	is_int(ask(b, NULL, "OPTIONS", "/v1/config", "", NULL, &answer), 405, "OPTIONS");
	is_int(ask(b, NULL, "GET", "/", "", NULL, &answer), 404, "the root");
	is_int(ask(b, NULL, "GET", "/etc/passwd", "", NULL, &answer), 404, "a file");
	is_int(ask(b, NULL, "GET", "/v1/%2e%2e/v1/config", "", NULL, &answer), 404, "dots");
	is_int(ask(b, NULL, "GET", "/v1/config?x=1", "", NULL, &answer), 400, "a parameter that is none");
	is_int(ask(b, NULL, "GET", "/v1/config?x=%00", "", NULL, &answer), 400, "a NUL in one");
	is_int(ask(b, NULL, "POST", "/v1/sessions", "", "{}", &answer), 403,
	       "who asks is looked at before what");
}

static void test_headers(const struct bankd *b)
{
	static const char id[] = "93bac548-d2de-4546-b106-880a5018460d";

	ask(b, NULL, "GET", "/v1/none", "x-fapi-interaction-id: 93bac548-d2de-4546-b106-880a5018460d\r\n",
	    NULL, &answer);
	ok(answer_has_header(&answer, "x-fapi-interaction-id: 93bac548-d2de-4546-b106-880a5018460d"),
	   "an id comes back");
	ok(strstr(answer.body, id) != NULL, "in the problem too");
	ask(b, NULL, "GET", "/v1/none", "x-fapi-interaction-id: <script>\r\n", NULL, &answer);
	ok(!strstr(answer.head, "script") && !strstr(answer.body, "script"), "what is no id does not");
	ok(strstr(answer.head, "x-fapi-interaction-id: ") != NULL, "the bank makes one");
	ok(answer_has_header(&answer, "Content-Type: application/problem+json"), "a problem is typed");
	ok(answer_has_header(&answer, "Cache-Control: no-store"), "nothing is cached");
	ok(answer_has_header(&answer, "X-Content-Type-Options: nosniff"), "or guessed");
	ok(strstr(answer.head, "Strict-Transport-Security: ") != NULL, "and TLS stays on");
	is_int(ask(b, NULL, "GET", "/v1/config", "", NULL, &answer), 200, "the configuration");
	ok(answer_has_header(&answer, "Content-Type: application/json"), "is JSON");
	is_int(raw_text(b,
			"POST /v1/enrolments HTTP/1.1\r\nHost: x\r\nContent-Type: "
			"text/plain\r\nContent-Length: 2\r\n"
			"Connection: close\r\n\r\n{}",
			NULL),
	       415, "another type");
	ask(b, NULL, "GET", "/v1/none", "Accept-Language: zh-CN\r\n", NULL, &answer);
	ok(answer_text(&answer, "title")[0] & 0x80, "Chinese when asked: %s", answer_text(&answer, "title"));
	ask(b, NULL, "GET", "/v1/none", "Accept-Language: en\r\n", NULL, &answer);
	is_str(answer_text(&answer, "title"), "Not found", "English when asked");
}

/* Bodies of a JSON reader's nightmares. Each is refused, and bankd goes on. */
static void test_bombs(const struct bankd *b)
{
	static char body[BODY_MAX];
	size_t n = 0;

	memset(body, '[', BODY_MAX - 1);
	is_int(ask(b, NULL, "POST", "/v1/enrolments", "", body, &answer), 400, "65,535 brackets");
	for (n = 0; n + 6 < BODY_MAX - 1; n += 5)
		memcpy(body + n, "{\"a\":", 5);
	body[n] = '\0';
	is_int(ask(b, NULL, "POST", "/v1/enrolments", "", body, &answer), 400, "13,000 objects deep");
	body[0] = '{';
	for (n = 1; n + 16 < BODY_MAX - 1;)
		n += (size_t)snprintf(body + n, 16, "\"k%zu\":0,", n);
	snprintf(body + n, 16, "\"z\":0}");
	is_int(ask(b, NULL, "POST", "/v1/enrolments", "", body, &answer), 400, "6,000 unknown fields");
	is_str(answer_text(&answer, "code"), "field-unknown", "are refused as unknown");
	is_int(ask(b, NULL, "POST", "/v1/enrolments", "", "{\"code\":1e400,\"certificateRequest\":\"x\"}",
		   &answer),
	       400, "1e400");
	is_int(ask(b, NULL, "POST", "/v1/enrolments", "",
		   "{\"code\":\"a\",\"code\":\"b\",\"certificateRequest\":\"x\"}", &answer),
	       400, "a name twice");
	is_int(ask(b, NULL, "POST", "/v1/enrolments", "",
		   "{\"code\":\"\xc3\x28\",\"certificateRequest\":\"x\"}", &answer),
	       400, "malformed UTF-8");
	is_int(ask(b, NULL, "POST", "/v1/enrolments", "",
		   "{\"code\":\"\\ud800\",\"certificateRequest\":\"x\"}", &answer),
	       400, "half a surrogate");
	is_int(ask(b, NULL, "GET", "/v1/config", "", NULL, &answer), 200, "and bankd still answers");
}

/* One connection that sends a byte each 300 ms, for as long as it is let. */
struct trickle {
	pthread_t thread;
	const struct bankd *b;
	const char *head; /* sent at once */
	int version;
	double seconds; /* until the connection ended */
};

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void *trickle_thread(void *data)
{
	struct trickle *t = data;
	double since = now();
	struct wire w;
	bool is_open = wire_open(&w, t->b, NULL, t->version) && wire_send(&w, t->head, strlen(t->head));

	while (is_open && now() - since < WIRE_SECONDS) {
		struct pollfd fd = { .fd = w.fd, .events = POLLIN };

		is_open = wire_send(&w, "a", 1) && poll(&fd, 1, 300) == 0;
	}
	t->seconds = now() - since;
	wire_close(&w);
	return NULL;
}

static struct trickle trickles[] = {
	{ .head = "GET /v1/config HTTP/1.1\r\nHost: x\r\nX-Slow: " },
	{ .head = POST "Content-Length: 60000\r\n\r\n" },
	{ .head = "\x16\x03\x01\x02\x00\x01", .version = WIRE_PLAIN }, /* the start of a handshake */
};
#define TRICKLES (sizeof(trickles) / sizeof(trickles[0]))

static void trickles_start(const struct bankd *b)
{
	for (size_t i = 0; i < TRICKLES; i++) {
		trickles[i].b = b;
		pthread_create(&trickles[i].thread, NULL, trickle_thread, &trickles[i]);
	}
}

/* A deadline, not a timeout between bytes: those come in time. */
static void trickles_end(void)
{
	static const char *const names[] = { "headers", "a body", "a handshake" };

	for (size_t i = 0; i < TRICKLES; i++) {
		pthread_join(trickles[i].thread, NULL);
		ok(trickles[i].seconds > 8 && trickles[i].seconds < 14,
		   "%s that trickle end after 10 s (%.1f)", names[i], trickles[i].seconds);
	}
}

static void test_rate(void)
{
	static const char *const slow[] = { "--rate", "5", NULL };
	int refused = 0, answered = 0;
	struct bankd b;
	struct wire w;

	if (!ok(bankd_new(&b) && bankd_start(&b, slow) && wire_open(&w, &b, NULL, WIRE_ANY),
		"bankd with a low rate"))
		return;
	for (int i = 0; i < 30; i++) {
		wire_ask(&w, "GET", "/v1/config", "", NULL, &answer);
		answered += answer.status == 200;
		if (answer.status == 429 && !refused++) {
			is_str(answer_text(&answer, "code"), "too-many-requests", "says why");
			ok(answer_has_header(&answer, "Retry-After: 1"), "and how long to wait");
		}
	}
	ok(answered >= 10 && refused >= 10, "of 30 at once some wait (%d answered, %d refused)", answered,
	   refused);
	wire_close(&w);
	bankd_end(&b, SIGTERM);
	bankd_release(&b);
}

static void test_connections(void)
{
	static const char *const few[] = { "--connections", "4", NULL };
	struct wire w[6];
	struct bankd b;
	int answered = 0;

	if (!ok(bankd_new(&b) && bankd_start(&b, few), "bankd with few connections of one address"))
		return;
	for (int i = 0; i < 6; i++) {
		memset(&answer, 0, sizeof(answer));
		if (wire_open(&w[i], &b, NULL, WIRE_ANY))
			wire_ask(&w[i], "GET", "/v1/config", "", NULL, &answer);
		answered += answer.status == 200;
	}
	is_int(answered, 4, "no more than those are served");
	for (int i = 0; i < 6; i++)
		wire_close(&w[i]);
	bankd_end(&b, SIGTERM);
	bankd_release(&b);
}

#define IDLERS 900

/* Connections that never say anything keep nobody else waiting. */
static void test_idlers(void)
{
	static const char *const many[] = { "--connections", "1000", NULL };
	struct rlimit limit = { .rlim_cur = 2048, .rlim_max = 2048 };
	static struct wire idle[IDLERS];
	double slowest = 0;
	int opened = 0, answered = 0;
	struct bankd b;

	getrlimit(RLIMIT_NOFILE, &limit);
	limit.rlim_cur = limit.rlim_max < 2048 ? limit.rlim_max : 2048;
	setrlimit(RLIMIT_NOFILE, &limit);
	if (!ok(bankd_new(&b) && bankd_start(&b, many), "bankd for many connections"))
		return;
	for (int i = 0; i < IDLERS; i++)
		opened += wire_open(&idle[i], &b, NULL, WIRE_PLAIN);
	is_int(opened, IDLERS, "%d connections that say nothing", IDLERS);
	for (int i = 0; i < 20; i++) {
		double since = now();

		answered += ask(&b, NULL, "GET", "/v1/config", "", NULL, &answer) == 200;
		slowest = now() - since > slowest ? now() - since : slowest;
	}
	is_int(answered, 20, "others are served");
	ok(slowest < 1, "within a second (%.3f)", slowest);
	for (int i = 0; i < IDLERS; i++)
		wire_close(&idle[i]);
	bankd_end(&b, SIGTERM);
	bankd_release(&b);
}

/* SIGTERM while a request is under way: it is answered. */
static void test_end(struct bankd *b)
{
	struct wire w;

	ok(wire_open(&w, b, NULL, WIRE_ANY), "a standing connection");
	wire_ask(&w, "GET", "/v1/config", "", NULL, &answer);
	is_int(answer.status, 200, "is served");
	is_int(bankd_end(b, SIGTERM), 0, "bankd ends in order although it stands");
	ok(wire_ends(&w), "and the connection with it");
	wire_close(&w);
}

int main(void)
{
	struct bankd b;

	signal(SIGPIPE, SIG_IGN);
	if (!ok(bankd_new(&b) && bankd_start(&b, NULL), "bankd is ready"))
		return done();
	trickles_start(&b);
	test_framing(&b);
	test_sizes(&b);
	test_methods(&b);
	test_headers(&b);
	test_bombs(&b);
	test_rate();
	test_connections();
	test_idlers();
	trickles_end();
	test_end(&b);
	bankd_release(&b);
	return done();
}
