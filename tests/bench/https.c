/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/bench/https.h"

#include <cjson/cJSON.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

struct ticket {
	char address[80], code[64];
	unsigned char ca[4096];
	int ca_size;
};

static int complain(const char *what)
{
	fprintf(stderr, "bench: %s\n", what);
	ERR_print_errors_fp(stderr);
	return -EIO;
}

/* The few lines of a ticket, read by name; its authority is PEM in base64. */
static int ticket_read(const char *path, struct ticket *ret)
{
	char line[8192];
	FILE *f = fopen(path, "re");

	if (!f)
		return complain("the ticket cannot be read");
	*ret = (struct ticket){ 0 };
	while (fgets(line, sizeof(line), f)) {
		char *value = strchr(line, '=');
		char *end;

		if (!value)
			continue;
		end = value++;
		while (end > line && end[-1] == ' ')
			end--;
		*end = '\0';
		value += strspn(value, " ");
		value[strcspn(value, "\r\n")] = '\0';
		if (!strcmp(line, "address"))
			snprintf(ret->address, sizeof(ret->address), "%s", value);
		else if (!strcmp(line, "code"))
			snprintf(ret->code, sizeof(ret->code), "%s", value);
		else if (!strcmp(line, "ca") && strlen(value) < sizeof(ret->ca))
			ret->ca_size = EVP_DecodeBlock(ret->ca, (unsigned char *)value,
						       (int)strlen(value));
	}
	fclose(f);
	return ret->ca_size > 0 && ret->address[0] ? 0 : complain("the ticket lacks address or ca");
}

static char *path_in(const char *dir, const char *name)
{
	static char path[512];

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	return path;
}

static int file_put(const char *path, const char *bytes, size_t n)
{
	FILE *f = fopen(path, "we");

	if (!f || fwrite(bytes, 1, n, f) != n || fclose(f))
		return complain(path);
	return 0;
}

static int address_split(struct bench_terminal *t, const char *address)
{
	const char *colon = strrchr(address, ':');

	if (!colon || (size_t)(colon - address) >= sizeof(t->host))
		return complain("no address of the form HOST:PORT");
	snprintf(t->host, sizeof(t->host), "%.*s", (int)(colon - address), address);
	snprintf(t->port, sizeof(t->port), "%s", colon + 1);
	return 0;
}

static int context_open(struct bench_terminal *t, const char *dir, bool with_key)
{
	t->tls = SSL_CTX_new(TLS_client_method());
	SSL_CTX_set_min_proto_version(t->tls, TLS1_2_VERSION);
	SSL_CTX_set_verify(t->tls, SSL_VERIFY_PEER, NULL);
	if (SSL_CTX_load_verify_locations(t->tls, path_in(dir, "ca.pem"), NULL) != 1)
		return complain("the authority cannot be loaded");
	if (with_key &&
	    (SSL_CTX_use_certificate_chain_file(t->tls, path_in(dir, "certificate.pem")) != 1 ||
	     SSL_CTX_use_PrivateKey_file(t->tls, path_in(dir, "key.pem"), SSL_FILETYPE_PEM) != 1))
		return complain("the terminal's certificate cannot be loaded");
	return 0;
}

/* A P-256 key and the PKCS #10 request for it. */
static char *request_make(const char *dir)
{
	EVP_PKEY *key = EVP_EC_gen("P-256");
	X509_REQ *request = X509_REQ_new();
	BIO *pem = BIO_new(BIO_s_mem());
	FILE *f = fopen(path_in(dir, "key.pem"), "we");
	char *text = NULL, *bytes;
	long n;

	if (key && request && pem && f && X509_REQ_set_pubkey(request, key) &&
	    X509_REQ_sign(request, key, EVP_sha256()) &&
	    PEM_write_PrivateKey(f, key, NULL, NULL, 0, NULL, NULL) &&
	    PEM_write_bio_X509_REQ(pem, request)) {
		n = BIO_get_mem_data(pem, &bytes);
		text = strndup(bytes, (size_t)n);
	}
	if (f)
		fclose(f);
	BIO_free(pem);
	X509_REQ_free(request);
	EVP_PKEY_free(key);
	return text;
}

static int enrol(struct bench_terminal *t, const char *dir, const struct ticket *ticket)
{
	char *request = request_make(dir), *body;
	cJSON *json = cJSON_CreateObject();
	struct bench_connection c = { 0 };
	const char *certificate;
	int r = -EIO;

	if (!request)
		return complain("no key could be made");
	cJSON_AddStringToObject(json, "code", ticket->code);
	cJSON_AddStringToObject(json, "certificateRequest", request);
	cJSON_AddStringToObject(json, "label", "bench");
	body = cJSON_PrintUnformatted(json);
	if (bench_connect(&c, t) == 0) {
		r = bench_call(&c, t, "POST", "/v1/enrolments", NULL, NULL, body);
		certificate = r == 201 ? bench_member(c.body, "certificate") : NULL;
		r = certificate ? file_put(path_in(dir, "certificate.pem"), certificate,
					   strlen(certificate))
				: complain(c.body ? c.body : "no answer to the enrolment");
	}
	bench_close(&c);
	cJSON_Delete(json);
	free(body);
	free(request);
	return r;
}

int bench_terminal_open(struct bench_terminal *t, const char *dir, const char *ticket_path)
{
	static struct ticket ticket;
	int r;

	*t = (struct bench_terminal){ 0 };
	mkdir(dir, 0700);
	r = ticket_read(ticket_path, &ticket);
	if (r == 0)
		r = address_split(t, ticket.address);
	if (r == 0)
		r = file_put(path_in(dir, "ca.pem"), (char *)ticket.ca, strlen((char *)ticket.ca));
	if (r == 0 && access(path_in(dir, "certificate.pem"), R_OK) != 0) {
		r = context_open(t, dir, false);
		if (r == 0)
			r = enrol(t, dir, &ticket);
		SSL_CTX_free(t->tls);
	}
	return r ? r : context_open(t, dir, true);
}

int bench_connect(struct bench_connection *c, const struct bench_terminal *t)
{
	struct addrinfo hints = { .ai_socktype = SOCK_STREAM }, *found;
	int one = 1;

	*c = (struct bench_connection){ .fd = -1, .reply = malloc(REPLY_MAX) };
	if (!c->reply || getaddrinfo(t->host, t->port, &hints, &found))
		return complain("no such address");
	c->fd = socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (c->fd < 0 || connect(c->fd, found->ai_addr, found->ai_addrlen) < 0) {
		freeaddrinfo(found);
		return complain("the bank does not answer");
	}
	freeaddrinfo(found);
	setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
	c->ssl = SSL_new(t->tls);
	SSL_set_fd(c->ssl, c->fd);
	X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(c->ssl), t->host);
	return SSL_connect(c->ssl) == 1 ? 0 : complain("no TLS connection");
}

void bench_close(struct bench_connection *c)
{
	SSL_free(c->ssl);
	if (c->fd >= 0)
		close(c->fd);
	free(c->reply);
	*c = (struct bench_connection){ .fd = -1 };
}

void bench_unblock(struct bench_connection *c)
{
	fcntl(c->fd, F_SETFL, fcntl(c->fd, F_GETFL) | O_NONBLOCK);
}

int bench_send(struct bench_connection *c, const char *request, size_t n)
{
	c->n = 0;
	c->body = NULL;
	return SSL_write(c->ssl, request, (int)n) == (int)n
		       ? 0
		       : complain("the request could not be sent");
}

/* Whether the reply is whole; sets body and status. */
static int is_whole(struct bench_connection *c)
{
	char *end, *length;

	c->reply[c->n] = '\0';
	end = strstr(c->reply, "\r\n\r\n");
	if (!end)
		return 0;
	length = strcasestr(c->reply, "\r\ncontent-length:");
	c->body = end + 4;
	c->status = (int)strtol(c->reply + strlen("HTTP/1.1 "), NULL, 10);
	if (!length || length > end)
		return c->status == 204;
	return c->n >= (size_t)(c->body - c->reply) +
			       (size_t)strtol(length + strlen("\r\ncontent-length:"), NULL, 10);
}

int bench_receive(struct bench_connection *c)
{
	for (;;) {
		int n = SSL_read(c->ssl, c->reply + c->n, (int)(REPLY_MAX - 1 - c->n));

		if (n <= 0)
			return SSL_get_error(c->ssl, n) == SSL_ERROR_WANT_READ
				       ? 0
				       : complain("the connection broke");
		c->n += (size_t)n;
		if (is_whole(c))
			return 1;
	}
}

size_t bench_request(char *out, size_t size, const struct bench_terminal *t, const char *method,
		     const char *path, const char *token, const char *key, const char *body)
{
	int n = snprintf(out, size, "%s %s HTTP/1.1\r\nHost: %s:%s\r\n", method, path, t->host,
			 t->port);

	if (token)
		n += snprintf(out + n, size - (size_t)n, "Authorization: Bearer %s\r\n", token);
	if (key)
		n += snprintf(out + n, size - (size_t)n, "Idempotency-Key: %s\r\n", key);
	if (body)
		n += snprintf(out + n, size - (size_t)n,
			      "Content-Type: application/json\r\nContent-Length: %zu\r\n",
			      strlen(body));
	n += snprintf(out + n, size - (size_t)n, "\r\n%s", body ? body : "");
	return (size_t)n;
}

int bench_call(struct bench_connection *c, const struct bench_terminal *t, const char *method,
	       const char *path, const char *token, const char *key, const char *body)
{
	static char request[65536];
	size_t n = bench_request(request, sizeof(request), t, method, path, token, key, body);
	int r = bench_send(c, request, n);

	while (r == 0)
		r = bench_receive(c);
	return r < 0 ? r : c->status;
}

const char *bench_member(const char *json, const char *name)
{
	static char text[8192];
	cJSON *object = cJSON_Parse(json);
	const cJSON *value = cJSON_GetObjectItemCaseSensitive(object, name);
	bool is_text = cJSON_IsString(value);

	if (is_text)
		snprintf(text, sizeof(text), "%s", value->valuestring);
	cJSON_Delete(object);
	return is_text ? text : NULL;
}
