/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a session begins and ends in the client: answers are made here, the clock is a variable. */
#include "base/secret.h"
#include "client/state.h"
#include "tests/tap.h"

static int64_t now = 1800000000;
static struct clock clock_now;
static struct client client;
static char told[256];

static void tell(void *data, const char *reason)
{
	(void)data;
	snprintf(told, sizeof(told), "%s", reason);
}

static enum answer_outcome log_in(const char *token)
{
	struct call call = { .client = &client, .type = &call_create_session };
	struct session session;
	struct answer a = { .outcome = ANSWER_OK, .status = 201, .body = &session, .text = "" };

	json_init(&session, &session_json);
	session.token = token ? secret_from(token, strlen(token)) : NULL;
	session.idle_seconds = 300;
	session.customer.number = strdup("6001");
	session.customer.name = strdup("N");
	session.customer.phone = strdup("1");
	session.customer.segment = CUSTOMER_SEGMENT_STANDARD;
	session_answered(&client, &call, &a);
	if (a.outcome == ANSWER_OK) {
		is_str(session.customer.number, "6001", "the answer keeps what it says");
		ok(session.token == NULL, "but not the token");
	}
	json_release(&session, &session_json);
	return a.outcome;
}

static void refused(const struct call_type *type, unsigned login, const char *code)
{
	struct call call = { .client = &client, .type = type, .login = login };
	struct problem problem = { .status = 401, .code = (char *)code };
	struct answer a = {
		.outcome = ANSWER_PROBLEM, .status = 401, .problem = &problem, .text = ""
	};

	*told = '\0';
	session_answered(&client, &call, &a);
	session_run(&client);
}

static void test_login(void)
{
	is_int(log_in(NULL), ANSWER_BAD_REPLY, "a login without a token is none");
	is_int(log_in("t\r\nX-Evil: 1"), ANSWER_BAD_REPLY, "nor is one that would write a header");
	ok(!client_session(&client), "and leaves no session");
	is_int(log_in("t1"), ANSWER_OK, "a login");
	ok(!client_session(&client)->token, "which shows no token");
	is_str(secret_reveal(client.token), "t1", "but has it");
}

static void test_end(void)
{
	unsigned first = client.login;

	refused(&call_unlock_session, client.login, "password-wrong");
	ok(client_session(&client) && !*told, "a wrong password ends no session");
	refused(&call_create_session, client.login, "session-expired");
	ok(client_session(&client) && !*told, "nor does an answer to a call without token");
	log_in("t2");
	refused(&call_list_accounts, first, "session-expired");
	ok(client_session(&client) && !*told, "nor a late answer to an older session's call");
	refused(&call_list_accounts, client.login, "session-expired");
	ok(!client_session(&client) && *told, "the bank ended it: %s", told);
	log_in("t3");
	refused(&call_list_accounts, client.login, "token-not-yours");
	ok(!client_session(&client) && *told, "a token that is not ours ends it, too");
	*told = '\0';
	session_run(&client);
	is_str(told, "", "it is told once");
}

static void test_idle(void)
{
	log_in("t4");
	now += 299;
	session_run(&client);
	ok(client_session(&client), "299 seconds are fine");
	is_int(session_due_ms(&client), (now + 1) * 1000, "the loop knows when");
	now += 1;
	session_run(&client);
	ok(!client_session(&client) && *told, "300 are not: %s", told);
	is_int(session_due_ms(&client), INT64_MAX, "then nothing is due");
	log_in("t5");
	*told = '\0';
	client_forget_session(&client);
	session_run(&client);
	ok(!client_session(&client) && !*told, "what was asked for is not told");
}

int main(void)
{
	clock_now = clock_manual(&now);
	client = (struct client){ .clock = &clock_now, .rng = &rng_system };
	client_on_session_end(&client, tell, NULL);
	test_login();
	test_end();
	test_idle();
	session_close(&client);
	return done();
}
