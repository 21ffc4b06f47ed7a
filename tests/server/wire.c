/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/server/wire.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

static bool socket_open(struct wire *w, int port)
{
	struct sockaddr_in address = { .sin_family = AF_INET,
				       .sin_port = htons((in_port_t)port),
				       .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	struct timeval patience = { .tv_sec = WIRE_SECONDS };
	int on = 1;

	w->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (w->fd < 0)
		return false;
	setsockopt(w->fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
	setsockopt(w->fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof(patience));
	setsockopt(w->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	return connect(w->fd, (struct sockaddr *)&address, sizeof(address)) == 0;
}

static bool tls_open(struct wire *w, const struct bankd *b, const struct device *who, int version)
{
	w->context = SSL_CTX_new(TLS_client_method());
	SSL_CTX_set_security_level(w->context, 0); /* so that it is bankd that refuses what is old */
	SSL_CTX_set_min_proto_version(w->context, version ? version : TLS1_VERSION);
	SSL_CTX_set_max_proto_version(w->context, version);
	SSL_CTX_set_verify(w->context, SSL_VERIFY_PEER, NULL);
	X509_STORE_add_cert(SSL_CTX_get_cert_store(w->context), b->ca);
	if (who && who->certificate &&
	    (SSL_CTX_use_certificate(w->context, who->certificate) != 1 ||
	     SSL_CTX_use_PrivateKey(w->context, who->key) != 1))
		return false;
	w->ssl = SSL_new(w->context);
	SSL_set1_host(w->ssl, "localhost");
	SSL_set_tlsext_host_name(w->ssl, "localhost");
	SSL_set_fd(w->ssl, w->fd);
	return SSL_connect(w->ssl) == 1;
}

bool wire_open(struct wire *w, const struct bankd *b, const struct device *who, int version)
{
	*w = (struct wire){ .fd = -1 };
	return socket_open(w, b->port) && (version == WIRE_PLAIN || tls_open(w, b, who, version));
}

bool wire_send(struct wire *w, const void *bytes, size_t n)
{
	const char *at = bytes;

	while (n > 0) {
		ssize_t sent = w->ssl ? SSL_write(w->ssl, at, (int)n) : send(w->fd, at, n, MSG_NOSIGNAL);

		if (sent <= 0)
			return false;
		at += sent;
		n -= (size_t)sent;
	}
	return true;
}

static ssize_t wire_read(struct wire *w, char *bytes, size_t n)
{
	return w->ssl ? SSL_read(w->ssl, bytes, (int)n) : recv(w->fd, bytes, n, 0);
}

static const char *header(const struct answer *a, const char *name)
{
	size_t n = strlen(name);

	for (const char *line = a->head; (line = strstr(line, "\r\n"));) {
		line += 2;
		if (!strncasecmp(line, name, n) && line[n] == ':')
			return line + n + 1 + strspn(line + n + 1, " ");
	}
	return NULL;
}

bool wire_answer(struct wire *w, struct answer *ret)
{
	const char *length;
	size_t want;
	ssize_t n;

	memset(ret, 0, sizeof(*ret));
	while (!strstr(ret->head, "\r\n\r\n")) {
		if (ret->head_length == sizeof(ret->head) - 1 ||
		    wire_read(w, ret->head + ret->head_length, 1) != 1)
			return false;
		ret->head_length++;
	}
	ret->status = (int)strtol(ret->head + strlen("HTTP/1.1 "), NULL, 10);
	length = header(ret, "Content-Length");
	want = length ? strtoul(length, NULL, 10) : 0;
	while (ret->body_length < want && want < sizeof(ret->body)) {
		n = wire_read(w, ret->body + ret->body_length, want - ret->body_length);
		if (n <= 0)
			return false;
		ret->body_length += (size_t)n;
	}
	return true;
}

bool wire_ends(struct wire *w)
{
	char bytes[4096];
	ssize_t n;

	errno = 0;
	while ((n = wire_read(w, bytes, sizeof(bytes))) > 0)
		;
	return errno != EAGAIN && errno != EWOULDBLOCK;
}

void wire_close(struct wire *w)
{
	SSL_free(w->ssl);
	SSL_CTX_free(w->context);
	if (w->fd >= 0)
		close(w->fd);
	*w = (struct wire){ .fd = -1 };
}

bool wire_ask(struct wire *w, const char *method, const char *path, const char *head, const char *body,
	      struct answer *ret)
{
	size_t length = body ? strlen(body) : 0;
	size_t size = strlen(method) + strlen(path) + strlen(head) + length + 256;
	char *text = malloc(size), content[96] = "";
	bool is_sent;

	if (!text)
		return false;
	if (body)
		snprintf(content, sizeof(content),
			 "Content-Type: application/json\r\nContent-Length: %zu\r\n", length);
	snprintf(text, size, "%s %s HTTP/1.1\r\nHost: localhost\r\n%s%s\r\n%s", method, path, head, content,
		 body ? body : "");
	is_sent = wire_send(w, text, strlen(text));
	free(text);
	if (!is_sent)
		memset(ret, 0, sizeof(*ret));
	return wire_answer(w, ret); /* an early refusal may stand there although not all was sent */
}

int ask(const struct bankd *b, const struct device *who, const char *method, const char *path,
	const char *head, const char *body, struct answer *ret)
{
	struct wire w;

	memset(ret, 0, sizeof(*ret));
	if (wire_open(&w, b, who, WIRE_ANY))
		wire_ask(&w, method, path, head, body, ret);
	wire_close(&w);
	return ret->status;
}

const char *answer_text(const struct answer *a, const char *name)
{
	static char text[4096];
	char quoted[64];
	const char *at;
	size_t n = 0;

	text[0] = '\0';
	snprintf(quoted, sizeof(quoted), "\"%s\":\"", name);
	at = strstr(a->body, quoted);
	for (at = at ? at + strlen(quoted) : ""; *at && *at != '"' && n < sizeof(text) - 1; at++) {
		if (at[0] == '\\' && at[1] == 'n') {
			text[n++] = '\n';
			at++;
		} else {
			text[n++] = *at;
		}
	}
	text[n] = '\0';
	return text;
}

bool answer_has_header(const struct answer *a, const char *line)
{
	size_t n = strlen(line);

	for (const char *at = a->head; (at = strstr(at, "\r\n"));) {
		at += 2;
		if (!strncasecmp(at, line, n) && at[n] == '\r')
			return true;
	}
	return false;
}
