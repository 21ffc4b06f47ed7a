/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which connections and terminals bankd lets in. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>

#include "tests/server/wire.h"
#include "tests/tap.h"

static struct answer answer;

/* Whether our own client, as wire_open() makes it, would agree on this version with a server that has it. */
static bool is_offered(const struct bankd *b, int version)
{
	SSL_CTX *client_context = SSL_CTX_new(TLS_client_method()),
		*server_context = SSL_CTX_new(TLS_server_method());
	struct device server = { 0 };
	SSL *ends[2];
	BIO *pipe[2];
	bool is_done = false;

	device_load(b, "server", &server);
	SSL_CTX_set_security_level(client_context, 0);
	SSL_CTX_set_security_level(server_context, 0);
	SSL_CTX_set_min_proto_version(client_context, version);
	SSL_CTX_set_max_proto_version(client_context, version);
	SSL_CTX_set_min_proto_version(server_context, TLS1_VERSION);
	SSL_CTX_use_certificate(server_context, server.certificate);
	SSL_CTX_use_PrivateKey(server_context, server.key);
	ends[0] = SSL_new(client_context);
	ends[1] = SSL_new(server_context);
	BIO_new_bio_pair(&pipe[0], 0, &pipe[1], 0);
	SSL_set_bio(ends[0], pipe[0], pipe[0]);
	SSL_set_bio(ends[1], pipe[1], pipe[1]);
	for (int turn = 0; turn < 20 && !is_done; turn++) {
		int connected = SSL_connect(ends[0]), accepted = SSL_accept(ends[1]);

		is_done = connected == 1 && accepted == 1;
	}
	for (int i = 0; i < 2; i++)
		SSL_free(ends[i]);
	SSL_CTX_free(client_context);
	SSL_CTX_free(server_context);
	device_release(&server);
	return is_done;
}

static void test_versions(const struct bankd *b)
{
	static const struct {
		int version;
		const char *name;
		bool is_accepted;
	} versions[] = {
		{ TLS1_3_VERSION, "TLS 1.3", true },
		{ TLS1_2_VERSION, "TLS 1.2", true },
		{ TLS1_1_VERSION, "TLS 1.1", false },
		{ TLS1_VERSION, "TLS 1.0", false },
	};
	struct wire w;

	for (size_t i = 0; i < sizeof(versions) / sizeof(versions[0]); i++) {
		ok(is_offered(b, versions[i].version), "control: %s is offered", versions[i].name);
		is_int(wire_open(&w, b, NULL, versions[i].version), versions[i].is_accepted, "and %s",
		       versions[i].is_accepted ? "accepted" : "refused");
		wire_close(&w);
	}
	ok(wire_open(&w, b, NULL, WIRE_PLAIN), "a connection without TLS");
	wire_ask(&w, "GET", "/v1/config", "", NULL, &answer);
	is_int(answer.status, 0, "gets no answer");
	wire_close(&w);
}

static void test_ciphers(const struct bankd *b)
{
	static const char *const weak[] = { "AES128-GCM-SHA256", "ECDHE-ECDSA-AES128-SHA",
					    "ECDHE-ECDSA-AES128-SHA256", "NULL-SHA256", "AES256-SHA" };
	struct wire w = { .fd = -1 };

	for (size_t i = 0; i < sizeof(weak) / sizeof(weak[0]); i++) {
		SSL_CTX *context = SSL_CTX_new(TLS_client_method());
		SSL *ssl;

		SSL_CTX_set_security_level(context, 0);
		SSL_CTX_set_max_proto_version(context, TLS1_2_VERSION);
		is_int(SSL_CTX_set_cipher_list(context, weak[i]), 1, "%s can be offered", weak[i]);
		wire_open(&w, b, NULL, WIRE_PLAIN);
		ssl = SSL_new(context);
		SSL_set_fd(ssl, w.fd);
		ok(SSL_connect(ssl) != 1, "and is refused");
		SSL_free(ssl);
		SSL_CTX_free(context);
		wire_close(&w);
	}
}

/* What a terminal that is not let in gets. */
static void is_unknown(const struct bankd *b, const struct device *who, const char *what)
{
	is_int(ask(b, who, "GET", "/v1/config", "", NULL, &answer), 200, "%s may read what the bank is",
	       what);
	is_int(ask(b, who, "POST", "/v1/sessions", "", "{\"customerNumber\":\"1\",\"password\":\"x\"}",
		   &answer),
	       403, "%s may not log in", what);
	is_str(answer_text(&answer, "code"), "terminal-unknown", "because it is not known");
	is_int(ask(b, who, "GET", "/v1/sessions/current", "Authorization: Bearer x\r\n", NULL, &answer), 403,
	       "nor ask more");
}

static void test_certificates(struct bankd *b)
{
	struct device foreign = { .key = key_new("EC", "P-256") },
		      stranger = { .key = key_new("EC", "P-256") };
	struct device expired = { .key = key_new("EC", "P-256") }, server = { 0 }, good = { 0 };

	is_unknown(b, NULL, "no certificate");
	foreign.certificate = certificate_new(b, foreign.key, ISSUER_STRANGER, "clientAuth", 30);
	is_unknown(b, &foreign, "another authority's");
	stranger.certificate = certificate_new(b, stranger.key, ISSUER_BANK, "clientAuth", 30);
	is_unknown(b, &stranger, "one of ours that was never enrolled");
	ok(device_load(b, "server", &server), "the server's own key");
	is_unknown(b, &server, "the server's own");
	ok(bankd_ticket(b, "Good"), "a ticket");
	is_int(enrol(b, &good, &answer), 201, "an enrolled one");
	is_int(ask(b, &good, "POST", "/v1/sessions", "", "{\"customerNumber\":\"1\",\"password\":\"x\"}",
		   &answer),
	       401, "control: is heard");
	/* The same enrolled key, presented in certificates that must not count. */
	expired.certificate = certificate_new(b, good.key, ISSUER_BANK, "clientAuth", -1);
	EVP_PKEY_free(expired.key);
	expired.key = good.key;
	is_unknown(b, &expired, "an expired one of an enrolled key");
	X509_free(expired.certificate);
	expired.certificate = certificate_new(b, good.key, ISSUER_BANK, "serverAuth", 30);
	is_unknown(b, &expired, "one for servers of an enrolled key");
	X509_free(expired.certificate);
	expired.certificate = certificate_new(b, good.key, ISSUER_STRANGER, "clientAuth", 30);
	is_unknown(b, &expired, "another authority's of an enrolled key");
	expired.key = NULL;
	device_release(&foreign);
	device_release(&stranger);
	device_release(&server);
	device_release(&expired);
	device_release(&good);
}

static int enrol_body(const struct bankd *b, const char *code, const char *pem)
{
	char body[8192], escaped[4096];
	size_t n = 0;

	for (; *pem && n < sizeof(escaped) - 3; pem++) {
		if (*pem == '\n')
			escaped[n++] = '\\';
		escaped[n++] = *pem == '\n' ? 'n' : *pem;
	}
	escaped[n] = '\0';
	snprintf(body, sizeof(body), "{\"code\":\"%s\",\"certificateRequest\":\"%s\"}", code, escaped);
	return ask(b, NULL, "POST", "/v1/enrolments", "", body, &answer);
}

static void test_tickets(struct bankd *b)
{
	struct device first = { 0 }, second = { 0 };
	char id[64], code[64];

	ok(bankd_ticket(b, "Counter 1"), "a ticket");
	is_int(enrol(b, &first, &answer), 201, "is exchanged for a certificate");
	snprintf(id, sizeof(id), "%s", answer_text(&answer, "terminalId"));
	is_int(enrol(b, &second, &answer), 409, "replayed for another key it is refused");
	is_str(answer_text(&answer, "code"), "ticket-used", "as used");
	is_int(enrol(b, &first, &answer), 201,
	       "the same key is answered again: the reply may have been lost");
	is_str(answer_text(&answer, "terminalId"), id, "as the same terminal");
	ok(bankd_ticket(b, "Counter 1"), "a second ticket");
	is_int(enrol(b, &first, &answer), 409, "does not make a second terminal of one key");
	is_str(answer_text(&answer, "code"), "terminal-known", "since it is known");
	snprintf(code, sizeof(code), "%s", b->code);
	for (char *c = code; *c; c++)
		*c = (char)(*c >= 'A' && *c <= 'Z' ? *c + 32 : *c);
	snprintf(b->code, sizeof(b->code), "%s", code);
	is_int(enrol(b, &second, &answer), 201, "a code may be typed in small letters");
	device_release(&first);
	device_release(&second);
}

static void test_guesses(struct bankd *b)
{
	struct device d = { .key = key_new("EC", "P-256") };
	char *pem = request_pem(d.key, NULL), wrong[64];

	ok(bankd_ticket(b, "Counter 2"), "a ticket");
	snprintf(wrong, sizeof(wrong), "%.*s-AAAAA-AAAAA-AAAAA-AAAAA", (int)strcspn(b->code, "-"), b->code);
	for (int i = 0; i < 4; i++)
		is_int(enrol_body(b, wrong, pem), 403, "a wrong code");
	is_str(answer_text(&answer, "code"), "ticket-unknown", "is not known");
	ok(strlen(answer_text(&answer, "detail")) > 10, "and the answer says what to do");
	is_int(enrol_body(b, "", pem), 403, "no code");
	is_int(enrol_body(b, "99999999999999999999-X", pem), 403, "a huge number");
	is_int(enrol_body(b, wrong, pem), 403, "the fifth wrong one");
	is_int(enrol_body(b, b->code, pem), 409, "kills the ticket: the right code is too late");
	ok(bankd_ticket(b, "Counter 2"), "control: a fresh ticket");
	is_int(enrol_body(b, b->code, pem), 201, "works for the same request");
	free(pem);
	device_release(&d);
}

static void test_requests(struct bankd *b)
{
	static const struct {
		const char *type, *parameter;
	} unfit[] = { { "RSA", "2048" }, { "EC", "P-384" } };
	EVP_PKEY *key = key_new("EC", "P-256"), *other = key_new("EC", "P-256");
	char *pem = request_pem(key, other);

	ok(bankd_ticket(b, "Counter 3"), "a ticket");
	is_int(enrol_body(b, b->code, pem), 422, "a request signed by another key is unfit");
	free(pem);
	for (size_t i = 0; i < 2; i++) {
		EVP_PKEY *large = key_new(unfit[i].type, unfit[i].parameter);

		pem = request_pem(large, NULL);
		is_int(enrol_body(b, b->code, pem), 422, "%s %s is unfit", unfit[i].type, unfit[i].parameter);
		is_str(answer_text(&answer, "code"), "request-unfit", "and said to be");
		free(pem);
		EVP_PKEY_free(large);
	}
	is_int(enrol_body(b, b->code, "nonsense"), 422, "nonsense is unfit");
	pem = request_pem(key, NULL);
	is_int(enrol_body(b, b->code, pem), 201, "control: the ticket still waits for a fit one");
	free(pem);
	EVP_PKEY_free(key);
	EVP_PKEY_free(other);
}

static bool is_patient(time_t since)
{
	return time(NULL) - since < WIRE_SECONDS;
}

static void test_revocation(struct bankd *b)
{
	struct device d = { 0 }, kept = { 0 };
	struct wire w;
	char out[256];
	time_t since = time(NULL);
	bool is_refused = false;

	ok(bankd_ticket(b, "Lost") && enrol(b, &d, &answer) == 201, "a terminal");
	ok(bankd_ticket(b, "Kept") && enrol(b, &kept, &answer) == 201, "and another");
	ok(wire_open(&w, b, &d, WIRE_ANY), "its connection");
	wire_ask(&w, "GET", "/v1/sessions/current", "", NULL, &answer);
	is_int(answer.status, 401, "is let in");
	is_int(bankd_run(b, "--revoke", "Lost", out, sizeof(out)), 0, "it is revoked by another process");
	while (!is_refused && is_patient(since) &&
	       wire_ask(&w, "GET", "/v1/sessions/current", "", NULL, &answer))
		is_refused = answer.status == 403;
	ok(is_refused, "the standing connection is let in no more");
	ok(time(NULL) - since <= 5, "within seconds");
	is_unknown(b, &d, "the revoked terminal");
	is_int(ask(b, &kept, "GET", "/v1/sessions/current", "", NULL, &answer), 401,
	       "control: the other one is let in");
	ok(bankd_run(b, "--revoke", "Nobody", out, sizeof(out)) != 0,
	   "a label that no terminal has is an error");
	wire_close(&w);
	device_release(&d);
	device_release(&kept);
}

int main(void)
{
	struct bankd b;

	signal(SIGPIPE, SIG_IGN);
	if (!ok(bankd_new(&b) && bankd_start(&b, NULL), "bankd is ready"))
		return done();
	test_versions(&b);
	test_ciphers(&b);
	test_certificates(&b);
	test_tickets(&b);
	test_guesses(&b);
	test_requests(&b);
	test_revocation(&b);
	is_int(bankd_end(&b, SIGTERM), 0, "bankd ends in order");
	bankd_release(&b);
	return done();
}
