/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bank/server.h"

#include <arpa/inet.h>
#include <errno.h>
#include <gnutls/gnutls.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "bank/bank.h"
#include "bank/certificate.h"
#include "bank/event_hub.h"
#include "bank/identity.h"
#include "bank/server_private.h"
#include "base/catalogue.h"
#include "base/log.h"

/* TLS 1.3 and 1.2, forward secrecy and AEAD only; P-256 keys need no RSA. */
#define PRIORITIES                                                                                  \
	"NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2:-KX-ALL:+ECDHE-ECDSA:-CIPHER-ALL:+AES-128-GCM:" \
	"+AES-256-GCM:+CHACHA20-POLY1305:-MAC-ALL:+AEAD:-GROUP-ALL:+GROUP-X25519:+GROUP-SECP256R1"

#define TICK_MS		   250
#define SECRETS_PER_SECOND 20
#define SECRETS_BURST	   100
#define HEADERS_MAX	   ((size_t)32 << 10)
#define BACKLOG		   512

union address {
	struct sockaddr any;
	struct sockaddr_in in;
	struct sockaddr_in6 in6;
};

static int port_read(const char *text, in_port_t *ret)
{
	size_t digits = strspn(text, "0123456789");
	long port = digits && digits <= 5 && !text[digits] ? strtol(text, NULL, 10) : -1;

	if (port < 0 || port > 65535)
		return -EINVAL;
	*ret = htons((in_port_t)port);
	return 0;
}

/* "127.0.0.1:0", "[::1]:8443", "localhost:8443" */
static int address_read(const char *text, union address *ret, socklen_t *ret_size)
{
	const char *colon = strrchr(text, ':');
	char host[SERVER_ADDRESS_MAX];
	size_t n = colon ? (size_t)(colon - text) : 0;
	in_port_t port;

	if (!colon || n == 0 || n >= sizeof(host) || port_read(colon + 1, &port) < 0)
		return -EINVAL;
	memcpy(host, text, n);
	host[n] = '\0';
	memset(ret, 0, sizeof(*ret));
	if (host[0] == '[' && host[n - 1] == ']') {
		host[n - 1] = '\0';
		ret->in6 = (struct sockaddr_in6){ .sin6_family = AF_INET6, .sin6_port = port };
		*ret_size = sizeof(ret->in6);
		return inet_pton(AF_INET6, host + 1, &ret->in6.sin6_addr) == 1 ? 0 : -EINVAL;
	}
	ret->in = (struct sockaddr_in){ .sin_family = AF_INET, .sin_port = port };
	*ret_size = sizeof(ret->in);
	return inet_pton(AF_INET, strcmp(host, "localhost") ? host : "127.0.0.1", &ret->in.sin_addr) == 1
		       ? 0
		       : -EINVAL;
}

int server_check_listen(const char *listen, struct err *err)
{
	union address address;
	socklen_t size;

	if (address_read(listen, &address, &size) == 0)
		return 0;
	return err_set(err, -EINVAL,
		       _("%s is no address to listen on. Give one such as 127.0.0.1:8443 or [::1]:8443."), listen);
}

bool server_is_loopback(const char *listen)
{
	union address address;
	socklen_t size;

	if (address_read(listen, &address, &size) < 0)
		return false;
	if (address.any.sa_family == AF_INET6)
		return IN6_IS_ADDR_LOOPBACK(&address.in6.sin6_addr);
	return ntohl(address.in.sin_addr.s_addr) >> 24 == 127;
}

static void address_write(const union address *address, char out[SERVER_ADDRESS_MAX])
{
	char host[INET6_ADDRSTRLEN];
	bool is_6 = address->any.sa_family == AF_INET6;

	inet_ntop(address->any.sa_family,
		  is_6 ? (const void *)&address->in6.sin6_addr : &address->in.sin_addr, host, sizeof(host));
	snprintf(out, SERVER_ADDRESS_MAX, is_6 ? "[%s]:%u" : "%s:%u", host,
		 (unsigned)ntohs(is_6 ? address->in6.sin6_port : address->in.sin_port));
}

static int socket_open(struct server *server, const char *text, int *ret, struct err *err)
{
	union address address;
	socklen_t size;
	int fd, on = 1;

	if (address_read(text, &address, &size) < 0)
		return server_check_listen(text, err);
	fd = socket(address.any.sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on)) < 0 ||
	    bind(fd, &address.any, size) < 0 || listen(fd, BACKLOG) < 0 ||
	    getsockname(fd, &address.any, &size) < 0) {
		int r = -errno;

		if (fd >= 0)
			close(fd);
		return err_set(err, r, _("%s cannot be listened on: %s"), text, strerror(-r));
	}
	address_write(&address, server->address);
	*ret = fd;
	return 0;
}

int64_t server_ms(const struct server *server)
{
	return server->bank->clock.monotonic_ms(server->bank->clock.data);
}

bool server_is_stopping(struct server *server)
{
	return atomic_load(&server->stopping);
}

struct store *server_reader(struct server *server)
{
	struct store *store = pthread_getspecific(server->reader);
	struct err err;

	if (store)
		return store;
	if (store_open(server->bank->dir, STORE_READ, &store, &err) < 0) {
		log_event(LOG_ERROR, "server.reader", "%s", err.text);
		return NULL;
	}
	pthread_setspecific(server->reader, store);
	return store;
}

static void reader_close(void *store)
{
	store_close(store);
}

void server_suspend(struct server *server, struct MHD_Connection *mhd)
{
	pthread_mutex_lock(&server->lock);
	server->suspended++;
	pthread_mutex_unlock(&server->lock);
	MHD_suspend_connection(mhd);
}

void server_resume(struct server *server, struct MHD_Connection *mhd)
{
	MHD_resume_connection(mhd);
	pthread_mutex_lock(&server->lock);
	if (--server->suspended == 0)
		pthread_cond_broadcast(&server->changed);
	pthread_mutex_unlock(&server->lock);
}

/* Deadlines of connections and long polls. */
static void *ticker(void *data)
{
	struct server *server = data;
	struct timespec until;

	while (!server_is_stopping(server)) {
		connections_reap(server);
		event_hub_expire(server->bank->events, server_ms(server));
		clock_gettime(CLOCK_MONOTONIC, &until);
		until.tv_nsec += TICK_MS * 1000000;
		until.tv_sec += until.tv_nsec / 1000000000;
		until.tv_nsec %= 1000000000;
		pthread_mutex_lock(&server->lock);
		if (!server_is_stopping(server))
			pthread_cond_timedwait(&server->changed, &server->lock, &until);
		pthread_mutex_unlock(&server->lock);
	}
	return NULL;
}

/* Handshakes that fail and peers that vanish are their own affair. */
static void log_quietly(void *data, const char *format, va_list args)
{
	(void)data;
	(void)format;
	(void)args;
}

static int threads_default(void)
{
	long cores = sysconf(_SC_NPROCESSORS_ONLN);

	return cores < 1 ? 1 : cores > 4 ? 4 : (int)cores;
}

static int daemon_start(struct server *server, const struct server_options *o, int fd, struct err *err)
{
	const struct authority *authority = server->bank->identity->authority;
	unsigned threads = (unsigned)(o->threads > 0 ? o->threads : threads_default());
	struct MHD_OptionItem items[] = {
		{ MHD_OPTION_LISTEN_SOCKET, fd, NULL },
		{ MHD_OPTION_CONNECTION_LIMIT, SERVER_CONNECTIONS_MAX, NULL },
		{ MHD_OPTION_PER_IP_CONNECTION_LIMIT, o->per_address ? o->per_address : SERVER_PER_ADDRESS,
		  NULL },
		{ MHD_OPTION_CONNECTION_MEMORY_LIMIT, HEADERS_MAX, NULL },
		{ MHD_OPTION_CONNECTION_TIMEOUT, SERVER_IDLE_MS / 1000 + 15, NULL },
		{ MHD_OPTION_HTTPS_MEM_CERT, 0, (void *)authority_server_certificate(authority) },
		{ MHD_OPTION_HTTPS_MEM_KEY, 0, (void *)authority_server_key(authority) },
		{ MHD_OPTION_HTTPS_MEM_TRUST, 0, (void *)authority_ca(authority) },
		{ MHD_OPTION_HTTPS_PRIORITIES, 0, (void *)PRIORITIES },
		{ MHD_OPTION_STRICT_FOR_CLIENT, 1, NULL },
		{ MHD_OPTION_NOTIFY_COMPLETED, (intptr_t)exchange_completed, server },
		{ MHD_OPTION_NOTIFY_CONNECTION, (intptr_t)connection_notify, server },
		{ threads > 1 ? MHD_OPTION_THREAD_POOL_SIZE : MHD_OPTION_END, (intptr_t)threads, NULL },
		{ MHD_OPTION_END, 0, NULL },
	};

	server->daemon = MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_TLS |
						  MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG,
					  0, NULL, NULL, exchange_handle, server, MHD_OPTION_EXTERNAL_LOGGER,
					  log_quietly, NULL, MHD_OPTION_ARRAY, items, MHD_OPTION_END);
	if (server->daemon)
		return 0;
	return err_set(err, -EIO, _("The HTTPS server could not be started."));
}

static int parts_start(struct server *server, const struct server_options *o, struct err *err)
{
	int per_second = o->per_second ? o->per_second : SERVER_PER_SECOND;
	pthread_condattr_t attributes;
	int fd = -1, r;

	pthread_mutex_init(&server->lock, NULL);
	pthread_condattr_init(&attributes);
	pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
	pthread_cond_init(&server->changed, &attributes);
	pthread_condattr_destroy(&attributes);
	server->requests = limit_new(per_second, 2 * per_second);
	server->secrets = limit_new(SECRETS_PER_SECOND, SECRETS_BURST);
	server->has_key = pthread_key_create(&server->reader, reader_close) == 0;
	if (!server->requests || !server->secrets || !server->has_key)
		return err_set(err, -ENOMEM, _("Memory is short."));
	r = authority_serve(server->bank->identity->authority, o->names, o->names_count, err);
	if (r == 0)
		r = slow_start(server->bank->dir, 2, &server->slow, err);
	if (r == 0)
		r = socket_open(server, o->listen, &fd, err);
	if (r == 0)
		r = daemon_start(server, o, fd, err);
	if (r < 0)
		return r;
	server->has_ticker = pthread_create(&server->ticker, NULL, ticker, server) == 0;
	return server->has_ticker
		       ? 0
		       : err_set(err, -EAGAIN, _("A thread could not be started: %s"), strerror(EAGAIN));
}

int server_start(struct bank *bank, const struct server_options *options, struct server **ret,
		 struct err *err)
{
	struct server *server = calloc(1, sizeof(*server));
	sigset_t all, before;
	int r;

	if (!server)
		return err_set(err, -ENOMEM, _("Memory is short."));
	server->bank = bank;
	sigfillset(&all); /* signals go to the main thread */
	pthread_sigmask(SIG_SETMASK, &all, &before);
	r = parts_start(server, options, err);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (r < 0)
		server_stop(server);
	else
		*ret = server;
	return r;
}

const char *server_address(const struct server *server)
{
	return server->address;
}

/* What the writer, a hash or the hub still holds comes back soon: MHD must not end before. */
static void wait_for_suspended(struct server *server)
{
	pthread_mutex_lock(&server->lock);
	pthread_cond_broadcast(&server->changed);
	while (server->suspended)
		pthread_cond_wait(&server->changed, &server->lock);
	pthread_mutex_unlock(&server->lock);
}

void server_stop(struct server *server)
{
	int fd = -1;

	if (!server)
		return;
	atomic_store(&server->stopping, true);
	if (server->daemon)
		fd = MHD_quiesce_daemon(server->daemon);
	event_hub_stop(server->bank->events);
	wait_for_suspended(server);
	if (server->has_ticker)
		pthread_join(server->ticker, NULL);
	if (server->daemon)
		MHD_stop_daemon(server->daemon);
	if (fd >= 0)
		close(fd);
	slow_stop(server->slow);
	limit_free(server->requests);
	limit_free(server->secrets);
	if (server->has_key)
		pthread_key_delete(server->reader);
	pthread_cond_destroy(&server->changed);
	pthread_mutex_destroy(&server->lock);
	free(server);
}
