/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <sys/socket.h>

#include "bank/server_private.h"

void connection_deadline(struct connection *c, int64_t after)
{
	atomic_store(&c->deadline, after ? server_ms(c->server) + after : 0);
}

static void connection_started(struct server *server, struct MHD_Connection *mhd, void **context)
{
	const union MHD_ConnectionInfo *info =
		MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CONNECTION_FD);
	struct connection *c = calloc(1, sizeof(*c));

	*context = c;
	if (!c || !info)
		return; /* exchange_handle() refuses its requests */
	c->server = server;
	c->fd = info->connect_fd;
	connection_deadline(c, SERVER_START_MS);
	pthread_mutex_lock(&server->lock);
	c->next = server->connections;
	c->link = &server->connections;
	if (c->next)
		c->next->link = &c->next;
	server->connections = c;
	pthread_mutex_unlock(&server->lock);
}

static void connection_closed(struct server *server, void **context)
{
	struct connection *c = *context;

	*context = NULL;
	if (!c)
		return;
	pthread_mutex_lock(&server->lock);
	if (c->link) {
		*c->link = c->next;
		if (c->next)
			c->next->link = c->link;
	}
	pthread_mutex_unlock(&server->lock);
	free(c);
}

void connection_notify(void *data, struct MHD_Connection *mhd, void **context,
		       enum MHD_ConnectionNotificationCode code)
{
	if (code == MHD_CONNECTION_NOTIFY_STARTED)
		connection_started(data, mhd, context);
	else
		connection_closed(data, context);
}

/* The lock keeps MHD from closing (and the system from reusing) a descriptor meanwhile: closed is notified
 * first. */
void connections_reap(struct server *server)
{
	int64_t now = server_ms(server);

	pthread_mutex_lock(&server->lock);
	for (struct connection *c = server->connections; c; c = c->next) {
		int64_t deadline = atomic_load(&c->deadline);

		if (deadline && deadline <= now)
			shutdown(c->fd, SHUT_RDWR);
	}
	pthread_mutex_unlock(&server->lock);
}
