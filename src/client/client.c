/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/client.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/catalogue.h"
#include "base/file.h"
#include "client/outbox_state.h"
#include "client/state.h"

static int client_new(struct terminal *terminal, const struct client_options *options,
		      struct client **ret, struct err *err)
{
	struct client *c = calloc(1, sizeof(*c));

	if (!c)
		return err_set(err, -ENOMEM, _("Out of memory"));
	*c = (struct client){ .clock = options->clock ? options->clock : &clock_system,
			      .rng = options->rng ? options->rng : &rng_system,
			      .language = "en" };
	c->calls_end = &c->calls;
	snprintf(c->channel, sizeof(c->channel), "%s",
		 options->channel ? options->channel : "home");
	c->terminal = *terminal;
	terminal_init(terminal);
	*ret = c;
	return 0;
}

int client_open_bare(struct terminal *terminal, const struct client_options *options,
		     struct client **ret, struct err *err)
{
	struct client *c = NULL;
	int r = client_new(terminal, options, &c, err);

	if (r == 0)
		r = transport_init(&c->transport, &c->terminal, err);
	if (r < 0)
		client_close(c);
	else
		*ret = c;
	return r;
}

int client_load(const struct client_options *options, struct client **ret, struct err *err)
{
	struct terminal terminal;
	int r;

	transport_harden();
	r = file_make_private_dir(options->dir, err);
	if (r == 0)
		r = terminal_read(options->dir, &terminal, err);
	if (r < 0)
		return r;
	r = client_new(&terminal, options, ret, err);
	terminal_release(&terminal);
	return r;
}

int client_start(struct client *c, const char *dir, struct err *err)
{
	int r = terminal_check(&c->terminal, err);

	if (r == 0)
		r = transport_init(&c->transport, &c->terminal, err);
	return r < 0 ? r : outbox_open(c, dir, err);
}

int client_open(const struct client_options *options, struct client **ret, struct err *err)
{
	struct client *c = NULL;
	int r = client_load(options, &c, err);

	if (r == 0)
		r = client_start(c, options->dir, err);
	if (r < 0)
		client_close(c);
	else
		*ret = c;
	return r;
}

void client_close(struct client *c)
{
	if (!c)
		return;
	outbox_close(c);
	session_close(c);
	while (c->calls)
		call_free(c->calls);
	transport_release(&c->transport);
	terminal_release(&c->terminal);
	free(c);
}

void client_set_language(struct client *c, const char *language)
{
	c->language = !strncmp(language, "zh", 2) ? "zh-CN" : "en";
}

int64_t client_ms(const struct client *c)
{
	return c->clock->monotonic_ms(c->clock->data);
}

int64_t client_now(const struct client *c)
{
	return c->clock->now(c->clock->data);
}

bool client_is_offline(const struct client *c)
{
	return c->is_offline;
}

/* When the client itself has something to do next, monotonic. */
static int64_t due_ms(const struct client *c)
{
	int64_t due = session_due_ms(c), outbox = outbox_due_ms(c);

	if (outbox < due)
		due = outbox;
	for (const struct call *call = c->calls; call; call = call->next) {
		if (call->state == CALL_FINISHED)
			return 0;
		if (call->state == CALL_WAITING && call->start_ms < due)
			due = call->start_ms;
	}
	return due;
}

int client_poll(struct client *c, struct client_fd *fds, size_t count, int timeout_ms)
{
	struct curl_waitfd waits[CLIENT_FDS_MAX];
	int64_t due = due_ms(c), left = due == INT64_MAX ? INT_MAX : due - client_ms(c);

	if (count > CLIENT_FDS_MAX)
		return -EINVAL;
	for (size_t i = 0; i < count; i++)
		waits[i] = (struct curl_waitfd){ .fd = fds[i].fd, .events = CURL_WAIT_POLLIN };
	if (left < 0)
		left = 0;
	if (timeout_ms < 0 || left < timeout_ms)
		timeout_ms = left > INT_MAX ? INT_MAX : (int)left;
	if (curl_multi_poll(c->transport.multi, waits, (unsigned)count, timeout_ms, NULL))
		return -ENOMEM;
	for (size_t i = 0; i < count; i++)
		fds[i].readable = waits[i].revents != 0;
	return 0;
}

static void start_waiting(struct client *c)
{
	int64_t now = client_ms(c);

	for (struct call *call = c->calls; call; call = call->next)
		if (call->state == CALL_WAITING && call->start_ms <= now)
			call_send(call);
}

static void take_returned(struct client *c)
{
	CURLMsg *message;
	int left;

	while ((message = curl_multi_info_read(c->transport.multi, &left))) {
		CURLcode result = message->data.result;
		char *call = NULL;

		if (message->msg == CURLMSG_DONE &&
		    curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &call) == CURLE_OK &&
		    call)
			call_returned((struct call *)call, result);
	}
}

static struct call *first_finished(struct client *c)
{
	for (struct call *call = c->calls; call; call = call->next)
		if (call->state == CALL_FINISHED)
			return call;
	return NULL;
}

/* A callback may start and cancel calls: those it adds are for the next run, those it cancels are
 * gone. */
static void finish_calls(struct client *c)
{
	size_t due = 0;

	for (struct call *call = c->calls; call; call = call->next)
		due += call->state == CALL_FINISHED;
	while (due-- > 0) {
		struct call *call = first_finished(c);

		if (!call)
			break;
		call_finish(call);
	}
}

void client_run(struct client *c)
{
	int running;

	start_waiting(c);
	curl_multi_perform(c->transport.multi, &running);
	take_returned(c);
	finish_calls(c);
	session_run(c);
	outbox_run(c);
}
