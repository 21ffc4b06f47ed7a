/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Logging in and out. */
#include <errno.h>
#include <stdlib.h>

#include "bank/bank.h"
#include "bank/credential.h"
#include "bank/route.h"
#include "bank/session.h"
#include "base/date.h"
#include "base/log.h"

/* What prepare() gives to write(): the check is done, the token made. */
struct login {
	struct credential_check check;
	int64_t person;
	char token[SESSION_TOKEN_MAX];
	unsigned char token_digest[SHA256_BYTES];
};

static int64_t now_of(const struct request *rq)
{
	return rq->bank->clock.now(rq->bank->clock.data);
}

/* Answers any check that was not passed. A wrong number and a wrong password read the same. */
static int check_refuse(struct request *rq, const struct credential_check *check)
{
	struct attempts attempts = { .left = check->left, .until = check->until };
	int64_t wait = check->until - now_of(rq);
	char until[INSTANT_TEXT_MAX];

	/* Never what was typed as the number: people type passwords there. */
	log_event(LOG_WARNING, check->left ? "login.refused" : "login.closed", "terminal %s",
		  rq->who.terminal_label);
	if (check->answer == CREDENTIAL_EARLY) {
		reply_attempt_problem(rq, 429, "login-too-soon", attempts,
				      N_("Please wait a moment, then try again. Seconds to wait: %d."),
				      (int)(wait > 0 ? wait : 1));
	} else if (check->answer == CREDENTIAL_LOCKED || !check->left) {
		instant_show(check->until, ZONE_CHINA, until);
		reply_attempt_problem(rq, 403, "login-locked", attempts,
				      N_("Too many wrong tries. Logging in is locked until %.16s. If it was "
					 "not you, call the bank."),
				      until);
	} else {
		reply_attempt_problem(rq, 401, "login-refused", attempts,
				      N_("The customer number or the password is not right. Please check "
					 "both. Tries left: %d."),
				      check->left);
	}
	return 0;
}

static struct login *login_new(struct request *rq)
{
	struct login *login = calloc(1, sizeof(*login));

	rq->scratch = login;
	rq->scratch_size = login ? sizeof(*login) : 0;
	return login;
}

static int login_prepare(struct request *rq)
{
	const struct session_request *in = rq->body;
	struct login *login = login_new(rq);
	int r;

	if (!login)
		return -ENOMEM;
	r = credential_check_login(rq->bank, in->customer_number, in->password, &login->check,
				   &login->person);
	if (r < 0)
		return r;
	if (login->check.answer != CREDENTIAL_RIGHT)
		return check_refuse(rq, &login->check);
	session_token(&rq->bank->rng, login->token, login->token_digest);
	return 0;
}

/* As its reader is told: the label of the last login's terminal. -ENOMEM. */
static int session_say(const struct request *rq, struct session *out)
{
	const char *label = out->last_login.terminal;
	char *shown = label ? strdup(tr_terminal(rq, label)) : NULL;

	if (label && !shown)
		return -ENOMEM;
	free(out->last_login.terminal);
	out->last_login.terminal = shown;
	return 0;
}

static int login_reply(struct store *store, struct request *rq, int64_t session, const char *token)
{
	struct session out;
	int r = session_read(store, session, &out);

	if (r < 0)
		return r;
	out.token = secret_from(token, SESSION_TOKEN_MAX - 2);
	if (out.token && session_say(rq, &out) == 0)
		reply_json(rq, 201, &session_json, &out);
	json_release(&out, &session_json);
	return rq->status ? 0 : -ENOMEM;
}

static int login_write(struct store *store, struct request *rq)
{
	const struct login *login = rq->scratch;
	struct session_start start = { .person = login->person,
				       .terminal = rq->who.terminal,
				       .token_digest = login->token_digest,
				       .key_digest = rq->who.key_digest,
				       .now = now_of(rq) };
	int64_t session;
	int r = credential_passed(store, login->person, CREDENTIAL_PASSWORD, &start.failed_before);

	if (r == 0)
		r = session_begin(store, &start, &session);
	return r < 0 ? r : login_reply(store, rq, session, login->token);
}

static int session_get(struct store *store, struct request *rq)
{
	struct session out;
	int r = session_read(store, rq->who.session, &out);

	if (r < 0)
		return r;
	r = session_say(rq, &out);
	if (r == 0)
		reply_json(rq, 200, &session_json, &out);
	json_release(&out, &session_json);
	return r;
}

static int session_delete(struct store *store, struct request *rq)
{
	int r = session_end(store, rq->who.session, now_of(rq));

	rq->changes_access = true;
	return r < 0 ? r : reply_empty(rq, 204);
}

static int unlock_prepare(struct request *rq)
{
	const struct unlock_request *in = rq->body;
	struct login *login = login_new(rq);

	if (!login)
		return -ENOMEM;
	return credential_check(rq->bank, rq->who.person, CREDENTIAL_PASSWORD, in->password, &login->check);
}

/* Whoever fails to unlock is not the customer: the lock ends the session as well. */
static int unlock_write(struct store *store, struct request *rq)
{
	const struct login *login = rq->scratch;
	int r;

	if (login->check.answer == CREDENTIAL_RIGHT) {
		r = credential_passed(store, rq->who.person, CREDENTIAL_PASSWORD, NULL);
		return r < 0 ? r : reply_empty(rq, 204);
	}
	check_refuse(rq, &login->check);
	if (rq->status != 403)
		return 0;
	rq->changes_access = true;
	return session_end(store, rq->who.session, now_of(rq));
}

static const struct route rows[] = {
	{ .method = "POST",
	  .path = "/v1/sessions",
	  .access = ACCESS_TERMINAL,
	  .body = &session_request_json,
	  .prepare = login_prepare,
	  .write = login_write },
	{ .method = "GET", .path = "/v1/sessions/current", .access = ACCESS_SESSION, .read = session_get },
	{ .method = "DELETE",
	  .path = "/v1/sessions/current",
	  .access = ACCESS_SESSION,
	  .write = session_delete },
	{ .method = "POST",
	  .path = "/v1/sessions/current/unlock",
	  .access = ACCESS_SESSION,
	  .body = &unlock_request_json,
	  .prepare = unlock_prepare,
	  .write = unlock_write },
};
const struct route_list session_routes = { rows, COUNT(rows) };
