/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/fault/hostile.h"

#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static SSL_CTX *context(const struct hostile *h)
{
	SSL_CTX *ctx = SSL_CTX_new(TLS_server_method());

	SSL_CTX_set_security_level(ctx, 0);
	if (h->max_version) {
		SSL_CTX_set_min_proto_version(ctx, 0);
		SSL_CTX_set_max_proto_version(ctx, h->max_version);
	}
	SSL_CTX_use_certificate(ctx, h->certificate);
	SSL_CTX_use_PrivateKey(ctx, h->key);
	SSL_CTX_set_verify(ctx, SSL_VERIFY_NONE, NULL);
	return ctx;
}

/* A request's head and, as long as requests here are, its body. */
static bool take_request(struct hostile *h, SSL *ssl)
{
	char bytes[16384];
	int n = SSL_read(ssl, bytes, sizeof(bytes));

	if (n > 0)
		atomic_fetch_add(&h->counts->request_bytes, n);
	return n > 0;
}

static void send_trickle(SSL *ssl, const char *reply)
{
	for (; *reply && SSL_write(ssl, reply, 1) == 1; reply++)
		poll(NULL, 0, 1000); /* the fault itself, not a wait for something */
}

static void serve_tls(struct hostile *h, SSL_CTX *ctx, int fd)
{
	SSL *ssl = SSL_new(ctx);

	SSL_set_fd(ssl, fd);
	if (SSL_accept(ssl) == 1 && take_request(h, ssl)) {
		if (h->kind == HOSTILE_TRICKLE)
			send_trickle(ssl, h->reply);
		else
			SSL_write(ssl, h->reply, (int)strlen(h->reply));
		while (h->kind == HOSTILE_BOMB &&
		       SSL_write(ssl, h->filler, (int)strlen(h->filler)) > 0)
			;
		SSL_shutdown(ssl);
	}
	SSL_free(ssl);
}

static void serve_plain(struct hostile *h, int fd)
{
	static const char answer[] = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
	char bytes[4096];
	ssize_t n = read(fd, bytes, sizeof(bytes));

	/* A TLS hello is no request: it begins with 22. */
	if (n > 0 && bytes[0] != 22)
		atomic_fetch_add(&h->counts->request_bytes, n);
	if (h->kind == HOSTILE_PLAIN && n > 0)
		n = write(fd, answer, sizeof(answer) - 1);
	while (h->kind == HOSTILE_SILENT && (n = read(fd, bytes, sizeof(bytes))) > 0)
		;
}

static void serve(struct hostile *h, int listener)
{
	SSL_CTX *ctx = h->certificate ? context(h) : NULL;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	signal(SIGPIPE, SIG_IGN);
	for (;;) {
		int fd = accept(listener, NULL, NULL);

		if (fd < 0)
			_exit(1);
		atomic_fetch_add(&h->counts->connections, 1);
		if (h->kind == HOSTILE_PLAIN || h->kind == HOSTILE_SILENT)
			serve_plain(h, fd);
		else
			serve_tls(h, ctx, fd);
		close(fd);
	}
}

int hostile_start(struct hostile *h)
{
	struct sockaddr_in at = { .sin_family = AF_INET,
				  .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t size = sizeof(at);
	int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	h->counts = mmap(NULL, sizeof(*h->counts), PROT_READ | PROT_WRITE,
			 MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (h->counts == MAP_FAILED || bind(listener, (struct sockaddr *)&at, size) < 0 ||
	    listen(listener, 16) < 0 || getsockname(listener, (struct sockaddr *)&at, &size) < 0)
		return -errno;
	h->port = ntohs(at.sin_port);
	fflush(NULL);
	h->pid = fork();
	if (h->pid == 0)
		serve(h, listener);
	close(listener);
	return h->pid < 0 ? -errno : 0;
}

void hostile_stop(struct hostile *h)
{
	kill(h->pid, SIGKILL);
	waitpid(h->pid, NULL, 0);
	munmap(h->counts, sizeof(*h->counts));
}
