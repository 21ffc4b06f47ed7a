/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Whom the client does not talk to, what it does not swallow, and whose advice it does not take.
 * The control is the same client with the right certificate and a decent answer: it gets through.
 */
#include <curl/curl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/secret.h"
#include "client/client.h"
#include "client/terminal.h"
#include "tests/certificates.h"
#include "tests/fault/hostile.h"
#include "tests/tap.h"

#define DAY  86400L
#define HEAD "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
#define CONFIG                                                                                   \
	"{\"version\":\"1.0.0\",\"bankName\":\"B\",\"bankCode\":\"1\",\"helpPhone\":\"1\","      \
	"\"dateTime\":\"2026-11-21T08:00:00Z\","                                                 \
	"\"zoneSeconds\":28800,\"businessDate\":\"2026-11-21\",\"isDemo\":true,\"idleSeconds\":" \
	"900,\"features\":[],\"currencies\":[]}"
#define GOOD HEAD "Connection: close\r\n\r\n" CONFIG

static char dir[] = "/tmp/bankterm-refuse-XXXXXX";
static EVP_PKEY *ca_key, *other_key, *server_key, *device_key;
static X509 *ca, *other_ca, *device;

static X509 *server_certificate(const char *san, long from_s, long until_s)
{
	struct certificate_wish wish = {
		.name = "bank", .san = san, .from_s = from_s, .until_s = until_s
	};

	return certificate_make(&wish, server_key, ca_key, ca);
}

static void make_authorities(void)
{
	struct certificate_wish authority = {
		.name = "ca", .is_ca = true, .from_s = -DAY, .until_s = DAY
	};
	struct certificate_wish terminal = { .name = "terminal", .from_s = -DAY, .until_s = DAY };

	ca_key = EVP_EC_gen("P-256");
	other_key = EVP_EC_gen("P-256");
	server_key = EVP_EC_gen("P-256");
	device_key = EVP_EC_gen("P-256");
	ca = certificate_make(&authority, ca_key, ca_key, NULL);
	other_ca = certificate_make(&authority, other_key, other_key, NULL);
	device = certificate_make(&terminal, device_key, ca_key, ca);
}

static struct client *open_client(int port)
{
	struct terminal t;
	struct client *c = NULL;
	struct client_options options = { .dir = dir, .channel = "home" };
	struct err err = { .text = "" };
	char pin[64];
	struct buf address;

	terminal_init(&t);
	buf_init(&address, 0);
	buf_printf(&address, "127.0.0.1:%d", port);
	t.address = buf_detach(&address);
	certificate_pin(ca_key, pin);
	t.pins = strdup(pin);
	t.id = strdup("t");
	t.label = strdup("");
	t.expires = 1900000000;
	certificate_write(ca, &t.ca);
	certificate_write_key(device_key, &t.device);
	certificate_write(device, &t.device);
	if (terminal_save(dir, &t, &err) < 0 || client_open(&options, &c, &err) < 0)
		printf("# %s\n", err.text);
	terminal_release(&t);
	return c;
}

struct outcome {
	bool is_done;
	enum answer_outcome outcome;
	char text[256];
	int64_t ms;
};

static void take(void *data, struct answer *a)
{
	struct outcome *o = data;

	o->is_done = true;
	o->outcome = a->outcome;
	snprintf(o->text, sizeof(o->text), "%s", a->text);
}

static struct outcome ask(struct hostile *h, const struct call_type *type)
{
	struct outcome o = { .is_done = false };
	struct client *c = open_client(h->port);
	struct secret *password = secret_from("p", 1);
	struct session_request login = { .customer_number = (char *)"1", .password = password };
	struct call_args args = { .body = type == &call_create_session ? &login : NULL };
	int64_t start = clock_system.monotonic_ms(NULL);

	if (!c || !client_call(c, type, &args, take, &o))
		return o;
	while (!o.is_done) {
		client_run(c);
		if (!o.is_done)
			client_poll(c, NULL, 0, 1000);
	}
	o.ms = clock_system.monotonic_ms(NULL) - start;
	client_close(c);
	secret_free(password);
	return o;
}

static void test_peers(void)
{
	struct certificate_wish plain = {
		.name = "bank", .san = "IP:127.0.0.1", .from_s = -DAY, .until_s = DAY
	};
	const struct {
		const char *what;
		struct hostile h;
		enum answer_outcome outcome;
	} rows[] = {
		{ "control: the bank",
		  { .certificate = server_certificate("IP:127.0.0.1", -DAY, DAY) },
		  ANSWER_OK },
		{ "control: TLS 1.2",
		  { .certificate = server_certificate("IP:127.0.0.1", -DAY, DAY),
		    .max_version = TLS1_2_VERSION },
		  ANSWER_OK },
		{ "expired",
		  { .certificate = server_certificate("IP:127.0.0.1", -2 * DAY, -DAY) },
		  ANSWER_NOT_SENT },
		{ "not yet valid",
		  { .certificate = server_certificate("IP:127.0.0.1", DAY, 2 * DAY) },
		  ANSWER_NOT_SENT },
		{ "another host",
		  { .certificate = server_certificate("IP:127.0.0.2", -DAY, DAY) },
		  ANSWER_NOT_SENT },
		{ "no host",
		  { .certificate = server_certificate(NULL, -DAY, DAY) },
		  ANSWER_NOT_SENT },
		{ "self-signed",
		  { .certificate = certificate_make(&plain, server_key, server_key, NULL) },
		  ANSWER_NOT_SENT },
		{ "unknown authority",
		  { .certificate = certificate_make(&plain, server_key, other_key, other_ca) },
		  ANSWER_NOT_SENT },
		{ "a terminal's certificate signing",
		  { .certificate = certificate_make(&plain, server_key, device_key, device) },
		  ANSWER_NOT_SENT },
		{ "TLS 1.1",
		  { .certificate = server_certificate("IP:127.0.0.1", -DAY, DAY),
		    .max_version = TLS1_1_VERSION },
		  ANSWER_NOT_SENT },
		{ "no TLS", { .kind = HOSTILE_PLAIN }, ANSWER_NOT_SENT },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct hostile h = rows[i].h;
		struct outcome o;
		bool is_control = rows[i].outcome == ANSWER_OK;

		h.key = server_key;
		h.reply = GOOD;
		hostile_start(&h);
		o = ask(&h, &call_get_config);
		is_int(o.outcome, rows[i].outcome, "%s: %s", rows[i].what, o.text);
		ok((atomic_load(&h.counts->request_bytes) > 0) == is_control,
		   "%s: %ld bytes of a request", rows[i].what,
		   atomic_load(&h.counts->request_bytes));
		hostile_stop(&h);
		X509_free(h.certificate);
	}
}

static char *nested(int depth)
{
	struct buf b;

	buf_init(&b, 0);
	buf_puts(&b, HEAD "Connection: close\r\n\r\n{\"features\":");
	buf_pad(&b, '[', (size_t)depth);
	buf_pad(&b, ']', (size_t)depth);
	buf_putc(&b, '}');
	return buf_detach(&b);
}

static char *many_names(int count)
{
	struct buf b;

	buf_init(&b, 0);
	buf_puts(&b, HEAD "Connection: close\r\n\r\n{\"a\":0");
	for (int i = 0; i < count; i++)
		buf_printf(&b, ",\"n%d\":%d", i, i);
	buf_putc(&b, '}');
	return buf_detach(&b);
}

static void test_replies(void)
{
	struct {
		const char *what;
		struct hostile h;
		char *made;
	} rows[] = {
		{ "a redirect",
		  { .reply = "HTTP/1.1 302 Found\r\nLocation: "
			     "https://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n" },
		  NULL },
		{ "a redirect to plain text",
		  { .reply = "HTTP/1.1 307 X\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: "
			     "0\r\n\r\n" },
		  NULL },
		{ "HTML",
		  { .reply = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: "
			     "close\r\n\r\n<html>" },
		  NULL },
		{ "nonsense", { .reply = "220 mail.example ESMTP\r\n" }, NULL },
		{ "an old protocol", { .reply = "HTTP/0.9 hello" }, NULL },
		{ "half an answer",
		  { .reply = HEAD "Content-Length: 5000\r\n\r\n{\"version\"" },
		  NULL },
		{ "a body without end",
		  { .kind = HOSTILE_BOMB,
		    .reply = HEAD "\r\n{",
		    .filler = "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"," },
		  NULL },
		{ "heads without end",
		  { .kind = HOSTILE_BOMB,
		    .reply = HEAD,
		    .filler = "X-Bomb: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n" },
		  NULL },
		{ "one endless head",
		  { .kind = HOSTILE_BOMB,
		    .reply = HEAD "X-Bomb: ",
		    .filler = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" },
		  NULL },
		{ "chunks without end",
		  { .kind = HOSTILE_BOMB,
		    .reply = HEAD "Transfer-Encoding: chunked\r\n\r\n",
		    .filler = "8\r\naaaaaaaa\r\n" },
		  NULL },
		{ "compression not asked for",
		  { .reply = HEAD
		    "Content-Encoding: gzip\r\nConnection: close\r\n\r\n\x1f\x8b\x08\x04" },
		  NULL },
		{ "a name twice",
		  { .reply =
			    HEAD "Connection: close\r\n\r\n{\"version\":\"1\",\"version\":\"2\"}" },
		  NULL },
		{ "a huge number",
		  { .reply = HEAD "Connection: close\r\n\r\n{\"zoneSeconds\":1e400}" },
		  NULL },
		{ "100,000 deep", { .reply = NULL }, nested(100000) },
		{ "100,000 names", { .reply = NULL }, many_names(100000) },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct hostile h = rows[i].h;
		struct outcome o;

		h.key = server_key;
		h.certificate = server_certificate("IP:127.0.0.1", -DAY, DAY);
		h.reply = h.reply ? h.reply : rows[i].made;
		hostile_start(&h);
		o = ask(&h, &call_get_config);
		ok(o.outcome == ANSWER_BAD_REPLY || o.outcome == ANSWER_NO_REPLY, "%s: %d %s",
		   rows[i].what, o.outcome, o.text);
		is_int(atomic_load(&h.counts->connections), 1, "%s: asked once", rows[i].what);
		ok(o.ms < 10000, "%s: %lld ms", rows[i].what, (long long)o.ms);
		hostile_stop(&h);
		X509_free(h.certificate);
		free(rows[i].made);
	}
}

extern void __asan_init(void) __attribute__((weak));

static void test_memory(void)
{
	struct rusage usage;

	getrusage(RUSAGE_SELF, &usage);
	if (!__asan_init) /* whose shadow costs far more */
		ok(usage.ru_maxrss < 64 * 1024, "bombs cost less than 64 MiB: %ld KiB",
		   usage.ru_maxrss);
}

/* ---- advice from the environment ---- */

static char key_log[64];

static void set_environment(int proxy_port)
{
	char proxy[64];

	snprintf(proxy, sizeof(proxy), "http://127.0.0.1:%d", proxy_port);
	setenv("https_proxy", proxy, 1);
	setenv("HTTPS_PROXY", proxy, 1);
	setenv("ALL_PROXY", proxy, 1);
	setenv("SSLKEYLOGFILE", key_log, 1);
	setenv("SSL_CERT_FILE", "/nonexistent", 1);
	setenv("HOME", "/nonexistent", 1);
}

/* What a client that takes advice does: shows that the traps work. In a process of its own. */
static void control_environment(struct hostile *bank, struct hostile *proxy)
{
	pid_t pid;

	fflush(stdout);
	pid = fork();
	if (pid == 0) {
		CURL *easy;
		char url[64];

		set_environment(proxy->port);
		curl_global_init(CURL_GLOBAL_DEFAULT);
		easy = curl_easy_init();
		snprintf(url, sizeof(url), "https://127.0.0.1:%d/", bank->port);
		curl_easy_setopt(easy, CURLOPT_URL, url);
		curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, 2000L);
		curl_easy_perform(easy);
		_exit(0);
	}
	waitpid(pid, NULL, 0);
	ok(atomic_load(&proxy->counts->connections) > 0 && access(key_log, F_OK) == 0,
	   "control: advice would be taken");
	atomic_store(&proxy->counts->connections, 0);
	unlink(key_log);
}

static void test_environment(void)
{
	struct hostile bank = { .certificate = server_certificate("IP:127.0.0.1", -DAY, DAY),
				.key = server_key,
				.reply = GOOD };
	struct hostile proxy = { .kind = HOSTILE_PLAIN };
	struct outcome o;

	hostile_start(&bank);
	hostile_start(&proxy);
	control_environment(&bank, &proxy);
	set_environment(proxy.port);
	o = ask(&bank, &call_get_config);
	is_int(o.outcome, ANSWER_OK, "with a hostile environment the bank answers: %s", o.text);
	is_int(atomic_load(&proxy.counts->connections), 0, "no proxy is asked");
	ok(access(key_log, F_OK) < 0, "no keys are logged");
	hostile_stop(&bank);
	hostile_stop(&proxy);
	X509_free(bank.certificate);
}

static void test_dead_ends(void)
{
	struct hostile silent = { .kind = HOSTILE_PLAIN };
	struct outcome o;

	hostile_start(&silent);
	hostile_stop(&silent);
	o = ask(&silent, &call_get_config);
	is_int(o.outcome, ANSWER_NOT_SENT, "no bank: %s", o.text);
	o = ask(&silent, &call_list_accounts);
	is_int(o.outcome, ANSWER_NOT_SENT, "not logged in: %s", o.text);
}

/* The bank is busy for a second: what reads is asked again once, by itself; what writes is not. */
static void test_busy(void)
{
	struct hostile busy = {
		.certificate = server_certificate("IP:127.0.0.1", -DAY, DAY),
		.key = server_key,
		.reply = "HTTP/1.1 503 Busy\r\nRetry-After: 1\r\nContent-Type: text/html\r\n"
			 "Connection: close\r\n\r\n<html>"
	};
	struct outcome o;

	hostile_start(&busy);
	o = ask(&busy, &call_get_config);
	ok(o.outcome == ANSWER_BAD_REPLY && strstr(o.text, "just now"), "busy: %s", o.text);
	is_int(atomic_load(&busy.counts->connections), 2, "what reads is asked twice");
	o = ask(&busy, &call_create_session);
	is_int(o.outcome, ANSWER_BAD_REPLY, "busy at login");
	is_int(atomic_load(&busy.counts->connections), 3, "what writes is asked once");
	hostile_stop(&busy);
	X509_free(busy.certificate);
}

static void test_slow(void)
{
	struct hostile slow = { .kind = HOSTILE_TRICKLE,
				.certificate = server_certificate("IP:127.0.0.1", -DAY, DAY),
				.key = server_key,
				.reply = GOOD };
	struct hostile silent = { .kind = HOSTILE_SILENT };
	struct outcome o;

	hostile_start(&slow);
	o = ask(&slow, &call_get_config);
	ok(o.outcome == ANSWER_NO_REPLY && o.ms < 25000, "one byte a second: %lld ms, %s",
	   (long long)o.ms, o.text);
	hostile_stop(&slow);
	X509_free(slow.certificate);
	hostile_start(&silent);
	o = ask(&silent, &call_get_config);
	ok(o.outcome == ANSWER_NOT_SENT && o.ms < 15000, "silence: %lld ms, %s", (long long)o.ms,
	   o.text);
	hostile_stop(&silent);
}

int main(void)
{
	if (!mkdtemp(dir))
		return 99;
	snprintf(key_log, sizeof(key_log), "%s/keys", dir);
	make_authorities();
	test_environment(); /* first: before libcurl has read its environment */
	test_peers();
	test_replies();
	test_memory();
	test_dead_ends();
	test_busy();
	if (getenv("BANKTERM_LONG"))
		test_slow();
	X509_free(ca);
	X509_free(other_ca);
	X509_free(device);
	EVP_PKEY_free(ca_key);
	EVP_PKEY_free(other_key);
	EVP_PKEY_free(server_key);
	EVP_PKEY_free(device_key);
	return done();
}
