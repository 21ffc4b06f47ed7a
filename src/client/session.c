/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <string.h>

#include "base/catalogue.h"
#include "client/outbox_state.h"
#include "client/state.h"

static void forget(struct client *c)
{
	if (!c->session)
		return;
	secret_free(TAKE_PTR(c->token));
	json_release(c->session, &session_json);
	free(TAKE_PTR(c->session));
	outbox_logout(c);
}

/* RFC 6750 2.1: what may follow "Bearer", and nothing that would begin another header. */
static bool is_token(const struct secret *token)
{
	static const char allowed[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+/=";
	const char *text = token ? secret_reveal(token) : "";

	return *text && strspn(text, allowed) == secret_length(token);
}

/* All of the answer moves here and a copy goes back; the token stays. */
static int begin(struct client *c, struct session *answered)
{
	struct session *session = malloc(sizeof(*session));

	forget(c);
	if (!session)
		return -ENOMEM;
	*session = *answered;
	memset(answered, 0, sizeof(*answered));
	c->session = session;
	c->token = TAKE_PTR(session->token);
	if (!is_token(c->token) || json_copy(session, &session_json, answered) < 0) {
		forget(c);
		return -ENOMEM;
	}
	c->login++;
	c->active_ms = client_ms(c);
	outbox_login(c);
	return 0;
}

static void keep_config(struct client *c, const struct config *answered)
{
	struct config *config = calloc(1, sizeof(*config));

	if (!config || json_copy(answered, &config_json, config) < 0) {
		free(config);
		return;
	}
	if (c->config)
		json_release(c->config, &config_json);
	free(c->config);
	c->config = config;
}

/* Codes of 401 that are about the session, not about a password that was tried in it. */
static bool is_ended(const struct answer *a)
{
	return a->outcome == ANSWER_PROBLEM && a->status == 401 &&
	       (!strcmp(a->problem->code, "session-expired") ||
		!strcmp(a->problem->code, "token-not-yours"));
}

void session_answered(struct client *c, const struct call *call, struct answer *a)
{
	if (a->outcome == ANSWER_OK && call->type == &call_create_session &&
	    begin(c, a->body) < 0) {
		a->outcome = ANSWER_BAD_REPLY;
		a->text = _("The login could not be taken up. Please try again.");
	}
	if (a->outcome == ANSWER_OK && call->type == &call_get_config)
		keep_config(c, a->body);
	if (is_ended(a) && !call->type->is_anonymous && call->login == c->login && c->session) {
		forget(c);
		c->ended = _("The bank ended your session. Please log in again.");
	}
}

int64_t session_due_ms(const struct client *c)
{
	if (c->ended)
		return 0;
	if (!c->session || c->session->idle_seconds <= 0)
		return INT64_MAX;
	return c->active_ms + (int64_t)c->session->idle_seconds * 1000;
}

void session_run(struct client *c)
{
	const char *reason;

	if (c->session && session_due_ms(c) <= client_ms(c)) {
		forget(c);
		c->ended = _("You were away for a while, so the session was closed. Please log in "
			     "again.");
	}
	reason = TAKE_PTR(c->ended);
	if (reason && c->session_end)
		c->session_end(c->session_end_data, reason);
}

void session_close(struct client *c)
{
	forget(c);
	c->ended = NULL;
	if (c->config)
		json_release(c->config, &config_json);
	free(TAKE_PTR(c->config));
}

const struct session *client_session(const struct client *c)
{
	return c->session;
}

void client_on_session_end(struct client *c, void (*fn)(void *data, const char *reason), void *data)
{
	c->session_end = fn;
	c->session_end_data = data;
}

void client_forget_session(struct client *c)
{
	forget(c);
	c->ended = NULL;
}

const struct config *client_config(const struct client *c)
{
	return c->config;
}
