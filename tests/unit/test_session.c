/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long sessions and terminals live, by a clock that stands where it is put. */
#include <errno.h>
#include <stdlib.h>

#include "bank/access.h"
#include "bank/bank.h"
#include "bank/identity.h"
#include "bank/session.h"
#include "bank/writer.h"
#include "tests/tap.h"

static unsigned char own_key[SHA256_BYTES] = { 1 }, other_key[SHA256_BYTES] = { 2 };
static unsigned char digest[SHA256_BYTES];
static char token[SESSION_TOKEN_MAX], bearer[SESSION_TOKEN_MAX + 8];

#define START	     1790000000
#define TERMINAL_END (START + 400000)

/* Jobs of this test: one function each, with a session and a time. */
struct step {
	struct job job;
	int64_t session, now;
};

static int add_all(struct store *store, struct job *job)
{
	struct step *s = (struct step *)job;
	struct session_start start = { .person = 1,
				       .terminal = 1,
				       .token_digest = digest,
				       .key_digest = own_key,
				       .failed_before = 2,
				       .now = s->now };
	struct statement *q;
	int r = store_exec(
		store,
		"INSERT INTO person(id, name, phone, document)"
		" VALUES(1, '王建国', '13812340001', 'x'), (2, 'B', '2', 'y');"
		"INSERT INTO customer(id, number, person, segment, opened) VALUES(1, '6001', 1, 3, 0)",
		NULL);

	q = store_sql(store, "INSERT INTO terminal(id, label, key_digest, serial, enrolled, expires)"
			     " VALUES(1, 'Home', :key, '1', 0, :end)");
	bind_blob(q, ":key", own_key, sizeof(own_key));
	bind_int(q, ":end", TERMINAL_END);
	if (!r)
		r = statement_run(q, NULL);
	if (!r)
		r = session_begin(store, &start, &s->session);
	start.person = 2;
	if (!r && session_begin(store, &start, &(int64_t){ 0 }) != -ENOENT)
		r = -EINVAL; /* a person who is no customer has no session */
	return r;
}

static int touch(struct store *store, struct job *job)
{
	return session_touch(store, ((struct step *)job)->session, ((struct step *)job)->now);
}

static int end(struct store *store, struct job *job)
{
	return session_end(store, ((struct step *)job)->session, ((struct step *)job)->now);
}

static void run(struct bank *bank, struct step *s, int (*fn)(struct store *, struct job *), const char *what)
{
	s->job = (struct job){ .run = fn };
	is_int(writer_run(bank->writer, &s->job), 0, "%s", what);
	is_int(s->job.result, 0, "and it took");
}

static int find(struct store *reader, const unsigned char *key, int64_t now)
{
	struct principal who = { 0 };
	int64_t active;

	memcpy(who.key_digest, key, SHA256_BYTES);
	return session_find(reader, digest, now, &who, &active);
}

static void test_life(struct bank *bank, struct store *reader, struct step *s)
{
	int64_t idle = SESSION_IDLE_SECONDS + SESSION_TOUCH_SECONDS, now = START;

	is_int(idle, 15 * 60, "idle for 15 minutes at most");
	is_int(find(reader, own_key, now), 0, "a session");
	is_int(find(reader, other_key, now), -EKEYREJECTED, "is of its key alone");
	is_int(find(reader, own_key, now + idle - 1), 0, "it lives until it idled too long");
	is_int(find(reader, own_key, now + idle), -ENOENT, "and no longer");
	for (now = START + 600; now <= START + SESSION_LIFE_SECONDS - 600; now += 600) {
		s->now = now;
		run(bank, s, touch, "activity");
	}
	now -= 600;
	is_int(find(reader, own_key, now), 0, "activity keeps it");
	is_int(find(reader, own_key, START + SESSION_LIFE_SECONDS - 1), 0, "to its absolute end");
	is_int(find(reader, own_key, START + SESSION_LIFE_SECONDS), -ENOENT, "and no longer");
	s->now = START;
	run(bank, s, touch, "activity of the past");
	is_int(find(reader, own_key, now), 0, "takes nothing back");
}

static void test_terminal(struct store *reader)
{
	struct principal who = { 0 };

	is_int(terminal_find(reader, own_key, START, &who), 0, "a terminal");
	is_int(who.terminal, 1, "is its row");
	is_str(who.terminal_label, "Home", "and its label");
	is_int(terminal_find(reader, own_key, TERMINAL_END, &who), -ENOENT, "ends with its certificate");
	is_int(terminal_find(reader, other_key, START, &who), -ENOENT, "another key is none");
}

static void test_read(struct store *reader, int64_t session)
{
	struct session out;

	if (!is_int(session_read(reader, session, &out), 0, "a session is read"))
		return;
	is_str(out.customer.phone, "138****0001", "its phone is masked");
	is_int(out.customer.segment, CUSTOMER_SEGMENT_SENIOR, "its segment");
	is_int(out.last_login.failed_attempts, 2, "wrong tries before it");
	is_int(out.last_login.at, 0, "no login before it");
	ok(out.token == NULL, "no token");
	json_release(&out, &session_json);
	is_int(session_read(reader, 999, &out), -ENOENT, "another id is none");
}

/* As the server asks for each request of one connection. */
static int ask(struct bank *bank, struct store *reader, struct peer *peer, const char *path, bool *ret_touch)
{
	struct request rq;
	int status;

	request_init(&rq, bank);
	request_route(&rq, "GET", path);
	access_check(&rq, peer, reader, bearer, ret_touch);
	request_access(&rq);
	status = rq.status;
	request_release(&rq);
	return status;
}

static void test_access(struct bank *bank, struct store *reader, struct step *s, int64_t *now)
{
	struct peer peer = { .is_verified = true, .has_key = true }, other = peer,
		    none = { .is_verified = true };
	bool must_touch;

	memcpy(peer.who.key_digest, own_key, sizeof(own_key));
	memcpy(other.who.key_digest, other_key, sizeof(other_key));
	*now = START + SESSION_LIFE_SECONDS - 600; /* the last activity */
	is_int(ask(bank, reader, &peer, "/v1/sessions/current", &must_touch), 0, "a request passes");
	ok(!must_touch, "nothing to write yet");
	is_int(ask(bank, reader, &none, "/v1/sessions/current", &must_touch), 403,
	       "not without a certificate");
	is_int(ask(bank, reader, &other, "/v1/sessions/current", &must_touch), 403, "nor with another");
	*now += SESSION_TOUCH_SECONDS;
	is_int(ask(bank, reader, &peer, "/v1/events", &must_touch), 0, "a poll passes");
	ok(!must_touch, "but is no activity");
	is_int(ask(bank, reader, &peer, "/v1/sessions/current", &must_touch), 0, "a request");
	ok(must_touch, "is, once a minute");
	is_int(ask(bank, reader, &peer, "/v1/sessions/current", &must_touch), 0, "the next");
	ok(!must_touch, "is not written again");
	run(bank, s, end, "it ends");
	is_int(ask(bank, reader, &peer, "/v1/sessions/current", &must_touch), 0,
	       "control: it was remembered");
	identity_changed(bank->identity);
	is_int(ask(bank, reader, &peer, "/v1/sessions/current", &must_touch), 401,
	       "until the bank says otherwise");
}

int main(void)
{
	char dir[] = "/tmp/test_session.XXXXXX";
	int64_t now = START;
	struct clock clock = clock_manual(&now);
	struct bank_options options = { .dir = mkdtemp(dir), .clock = &clock };
	struct step s = { .now = START };
	struct store *reader = NULL;
	struct bank *bank = NULL;

	if (!ok(options.dir && bank_open(&options, &bank, NULL) == 0, "a bank") ||
	    !ok(store_open(dir, STORE_READ, &reader, NULL) == 0, "a reader"))
		return done();
	session_token(&rng_system, token, digest);
	is_int(strlen(token), 43, "a token of 256 bits");
	snprintf(bearer, sizeof(bearer), "Bearer %s", token);
	run(bank, &s, add_all, "a session begins");
	test_terminal(reader);
	test_read(reader, s.session);
	test_life(bank, reader, &s);
	test_access(bank, reader, &s, &now);
	store_close(reader);
	bank_close(bank);
	return done();
}
