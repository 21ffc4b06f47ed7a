/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Calls as handles: each callback runs once, from client_run(), unless cancelled. Nobody is logged
 * in and no bank is there, so that the calls end without one.
 */
#include <errno.h>
#include <sys/socket.h>
#include <unistd.h>

#include "client/state.h"
#include "tests/tap.h"

static struct client *client;
static int ran;
static struct call *victim;

static struct call *call(call_done *fn, void *data)
{
	return client_call(client, &call_list_accounts, NULL, fn, data);
}

static void count(void *data, struct answer *a)
{
	(void)data;
	ran += a->outcome == ANSWER_NOT_SENT && *a->text;
}

static void cancel_other(void *data, struct answer *a)
{
	count(data, a);
	call_cancel(TAKE_PTR(victim));
}

static void cancel_self(void *data, struct answer *a)
{
	count(data, a);
	call_cancel(*(struct call **)data);
}

static void ask_again(void *data, struct answer *a)
{
	count(data, a);
	call(ask_again, NULL);
}

static void test_once(void)
{
	struct call *self;

	ran = 0;
	ok(call(count, NULL) != NULL, "a call is a handle");
	is_int(ran, 0, "its callback does not run at once");
	client_run(client);
	is_int(ran, 1, "but with the next run");
	client_run(client);
	is_int(ran, 1, "once");
	call_cancel(call(count, NULL));
	call_cancel(NULL);
	client_run(client);
	is_int(ran, 1, "cancelled it does not");
	ran = 0;
	call(cancel_other, NULL);
	victim = call(count, NULL);
	client_run(client);
	is_int(ran, 1, "a callback may cancel the next");
	self = call(cancel_self, &self);
	client_run(client);
	is_int(ran, 2, "and, to no effect, its own");
	ran = 0;
	call(ask_again, NULL);
	client_run(client);
	is_int(ran, 1, "what a callback asks is for the next run");
	client_run(client);
	is_int(ran, 2, "and gets it");
}

static void test_owners(void)
{
	int one, two;

	ran = 0;
	call_own(call(count, NULL), &one);
	call_own(call(count, NULL), &two);
	call_own(call(count, NULL), &one);
	ok(client_owns_calls(client, &one), "an owner has calls");
	client_cancel_owned(client, &one);
	ok(!client_owns_calls(client, &one), "and then none");
	client_cancel_owned(client, &one);
	while (client_owns_calls(client, &two))
		client_run(client);
	is_int(ran > 0, 1, "the other's ran");
}

static void test_poll(void)
{
	struct client_fd fds[1];
	int pair[2];

	if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) < 0)
		return;
	fds[0] = (struct client_fd){ .fd = pair[0] };
	is_int(client_poll(client, fds, 1, 0), 0, "a wait of no time");
	ok(!fds[0].readable, "nothing to read");
	ok(write(pair[1], "x", 1) == 1 && client_poll(client, fds, 1, 60000) == 0 &&
		   fds[0].readable,
	   "a descriptor ends the wait");
	is_int(client_poll(client, fds, CLIENT_FDS_MAX + 1, 0), -EINVAL, "too many descriptors");
	close(pair[0]);
	close(pair[1]);
}

int main(void)
{
	struct client_options options = { .channel = "home" };
	struct terminal terminal;
	struct err err = { .text = "" };

	terminal_init(&terminal);
	terminal.address = strdup("127.0.0.1:1");
	terminal.pins = strdup("");
	if (!ok(client_open_bare(&terminal, &options, &client, &err) == 0, "a client %s", err.text))
		return done();
	ok(!terminal.address, "takes the terminal");
	test_once();
	client_close(client);
	terminal.address = strdup("127.0.0.1:1");
	terminal.pins = strdup("");
	client_open_bare(&terminal, &options, &client, &err);
	test_owners();
	test_poll();
	ran = 0;
	call(count, NULL);
	client_close(client);
	is_int(ran, 0, "closing cancels");
	client_close(NULL);
	return done();
}
