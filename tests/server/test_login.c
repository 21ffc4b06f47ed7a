/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Logins, tokens and sessions, and that they outlive bankd. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>

#include "tests/server/wire.h"
#include "tests/tap.h"

static const char *const demo[] = { "--demo-data", NULL };
static struct answer answer;

static int session_of(const struct bankd *b, const struct device *who, const char *head)
{
	return ask(b, who, "GET", "/v1/sessions/current", head, NULL, &answer);
}

static void test_token(const struct bankd *b, const struct device *own, const struct device *other)
{
	char head[128] = "";

	is_int(login(b, own, "6001", "demo-bank", head, &answer), 201, "a login");
	ok(strlen(answer_text(&answer, "token")) == 43, "gives a token of 256 bits");
	is_int(session_of(b, own, head), 200, "that its terminal can use");
	ok(!strstr(answer.body, "token"), "and that is told only once");
	is_int(session_of(b, other, head), 401, "from another terminal it is refused");
	is_str(answer_text(&answer, "code"), "token-not-yours", "as another's");
	is_int(session_of(b, NULL, head), 403, "without a certificate too");
	is_str(answer_text(&answer, "code"), "terminal-unknown", "as from nobody");
	is_int(session_of(b, own, ""), 401, "without a token");
	is_str(answer_text(&answer, "code"), "session-expired", "one must log in");
	is_int(session_of(b, own, "Authorization: Bearer AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\r\n"),
	       401, "with an invented one");
	is_int(session_of(b, own, "Authorization: Basic NjAwMTpkZW1vLWJhbms=\r\n"), 401, "with a password");
	is_int(session_of(b, own, head), 200, "control: it still works");
}

/* The token's text must not be on the disk; its session's row must. */
static bool is_stored(const struct bankd *b, const char *needle, size_t n)
{
	static const char *const files[] = { "bank.db", "bank.db-wal" };
	bool is_found = false;

	for (size_t i = 0; i < 2; i++) {
		char path[128], *bytes;
		FILE *file;
		long size;

		snprintf(path, sizeof(path), "%s/%s", b->dir, files[i]);
		file = fopen(path, "r");
		if (!file)
			continue;
		fseek(file, 0, SEEK_END);
		size = ftell(file);
		rewind(file);
		bytes = malloc((size_t)size + 1);
		size = (long)fread(bytes, 1, (size_t)size, file);
		is_found = is_found || memmem(bytes, (size_t)size, needle, n);
		free(bytes);
		fclose(file);
	}
	return is_found;
}

static void test_storage(const struct bankd *b, const struct device *own)
{
	char head[128] = "";
	const char *token = head + strlen("Authorization: Bearer ");

	is_int(login(b, own, "6002", "demo-bank", head, &answer), 201, "a login");
	ok(!is_stored(b, token, 43), "its token is not in the books");
	ok(!is_stored(b, "demo-bank", 9), "nor is the password");
	ok(is_stored(b, "$argon2id$", 10), "control: its hash is");
	ok(!is_stored(b, b->code, strlen(b->code)), "nor is a ticket's code");
}

static void test_logout(const struct bankd *b, const struct device *own)
{
	char head[128] = "", before[128] = "";
	struct wire w;

	login(b, own, "6001", "demo-bank", before, &answer);
	login(b, own, "6001", "demo-bank", head, &answer);
	ok(strstr(answer.body, "\"dateTime\":") && strstr(answer.body, "\"terminal\":\"Demo\""),
	   "the login before is told");
	ok(wire_open(&w, b, own, WIRE_ANY), "a second connection");
	wire_ask(&w, "GET", "/v1/sessions/current", head, NULL, &answer);
	is_int(answer.status, 200, "knows the token");
	is_int(ask(b, own, "DELETE", "/v1/sessions/current", head, NULL, &answer), 204,
	       "logged out on another");
	wire_ask(&w, "GET", "/v1/sessions/current", head, NULL, &answer);
	is_int(answer.status, 401, "it is known nowhere, at once");
	is_int(session_of(b, own, before), 200, "control: another session lives");
	wire_close(&w);
}

/* What an answer says without what differs in each: ids and times. */
static void answer_core(char *out, size_t size)
{
	const char *at;

	snprintf(out, size, "%d %s ", answer.status, answer_text(&answer, "code"));
	at = strstr(answer.body, "\"attemptsLeft\":");
	snprintf(out + strlen(out), size - strlen(out), "%.17s %s", at ? at : "none",
		 answer_text(&answer, "title"));
}

static void test_guessing(const struct bankd *b, const struct device *own)
{
	char head[128], known[256], unknown[256];
	time_t since;

	for (int i = 0; i < 3; i++) {
		login(b, own, "6003", "wrong", head, &answer);
		answer_core(known, sizeof(known));
		is_int(answer.status, 401, "a wrong password");
		login(b, own, "6999", "wrong", head, &answer);
		answer_core(unknown, sizeof(unknown));
		is_str(unknown, known, "a wrong number reads the same");
	}
	is_int(login(b, own, "6003", "demo-bank", head, &answer), 429,
	       "the next try must wait, even the right one");
	is_str(answer_text(&answer, "code"), "login-too-soon", "it came too soon");
	ok(strstr(answer.head, "Retry-After: ") != NULL, "and is told when");
	for (since = time(NULL); answer.status == 429 && time(NULL) - since < WIRE_SECONDS;) {
		nanosleep(&(struct timespec){ .tv_nsec = 250000000 }, NULL); /* it asked us to wait */
		login(b, own, "6003", "demo-bank", head, &answer);
	}
	is_int(answer.status, 201, "then the right one passes");
	ok(strstr(answer.body, "\"failedAttempts\":3") != NULL, "and tells of three wrong ones");
}

static void test_unlock(const struct bankd *b, const struct device *own)
{
	char head[128] = "";

	login(b, own, "6002", "demo-bank", head, &answer);
	is_int(ask(b, own, "POST", "/v1/sessions/current/unlock", head, "{\"password\":\"wrong\"}", &answer),
	       401, "a wrong password");
	ok(strstr(answer.body, "\"attemptsLeft\":4") != NULL, "leaves four tries");
	is_int(session_of(b, own, head), 200, "and the session");
	is_int(ask(b, own, "POST", "/v1/sessions/current/unlock", head, "{\"password\":\"demo-bank\"}",
		   &answer),
	       204, "the right one unlocks");
	is_int(ask(b, own, "POST", "/v1/sessions/current/unlock", head, "{\"password\":\"wrong\"}", &answer),
	       401, "counted anew");
	ok(strstr(answer.body, "\"attemptsLeft\":4") != NULL, "from four");
}

static void test_events(const struct bankd *b, const struct device *own)
{
	char head[128] = "", path[128];
	time_t since;

	login(b, own, "6002", "demo-bank", head, &answer);
	is_int(ask(b, own, "GET", "/v1/events", head, NULL, &answer), 200, "events from now on");
	snprintf(path, sizeof(path), "/v1/events?wait=1&after=%s", answer_text(&answer, "cursor"));
	since = time(NULL);
	is_int(ask(b, own, "GET", path, head, NULL, &answer), 200, "waiting for one");
	ok(strstr(answer.body, "\"events\":[]") && time(NULL) - since < 5,
	   "ends with none when the time is over");
	is_int(ask(b, own, "GET", "/v1/events?after=x", head, NULL, &answer), 400, "a cursor that is none");
	is_int(ask(b, own, "GET", "/v1/events?wait=61", head, NULL, &answer), 400, "a long wait");
}

static void test_kill(struct bankd *b, const struct device *own)
{
	char head[128] = "", ended[128] = "";

	login(b, own, "6001", "demo-bank", head, &answer);
	login(b, own, "6001", "demo-bank", ended, &answer);
	ask(b, own, "DELETE", "/v1/sessions/current", ended, NULL, &answer);
	ok(WIFSIGNALED(bankd_end(b, SIGKILL)), "bankd is killed");
	if (!ok(bankd_start(b, demo), "and started again"))
		return;
	is_int(session_of(b, own, head), 200, "the session lives");
	is_int(session_of(b, own, ended), 401, "the ended one does not");
}

int main(void)
{
	struct device own = { 0 }, other = { 0 };
	struct bankd b;

	signal(SIGPIPE, SIG_IGN);
	if (!ok(bankd_new(&b) && bankd_start(&b, demo), "bankd is ready"))
		return done();
	ok(bankd_demo_ticket(&b) && enrol(&b, &own, &answer) == 201, "a terminal");
	ok(bankd_ticket(&b, "Other") && enrol(&b, &other, &answer) == 201, "and another");
	test_token(&b, &own, &other);
	test_storage(&b, &own);
	test_logout(&b, &own);
	test_guessing(&b, &own);
	test_unlock(&b, &own);
	test_events(&b, &own);
	test_kill(&b, &own);
	is_int(bankd_end(&b, SIGTERM), 0, "bankd ends in order");
	bankd_release(&b);
	device_release(&own);
	device_release(&other);
	return done();
}
