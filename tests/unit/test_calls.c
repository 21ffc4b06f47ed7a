/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>

#include "client/answer.h"
#include "client/call.h"
#include "client/terminal.h"
#include "model/account.h"
#include "model/entry.h"
#include "tests/tap.h"

static void test_urls(void)
{
	struct call_args args = {
		.path = { "a/b c%?#\xe4\xbd\xa0" },
		.query = { { "q", "x&y=z 1+1" }, { "cursor", NULL }, { "limit", "50" } }
	};
	char *url = NULL;
	static char long_text[CALL_URL_MAX];

	is_int(call_url("[::1]:8443", &call_list_entries, &args, &url), 0, "a path and a query");
	is_str(url,
	       "https://[::1]:8443/v1/accounts/a%2Fb%20c%25%3F%23%E4%BD%A0/"
	       "entries?q=x%26y%3Dz%201%2B1&limit=50",
	       "all but unreserved characters are encoded, NULL values left out");
	free(url);
	url = NULL;
	is_int(call_url("bank:1", &call_get_config, &(struct call_args){ .path = { NULL } }, &url),
	       0, "no arguments");
	is_str(url, "https://bank:1/v1/config", "and none added");
	free(url);
	url = NULL;
	is_int(call_url("bank:1", &call_get_account, &(struct call_args){ .path = { NULL } }, &url),
	       -EINVAL, "missing");
	is_int(call_url("bank:1", &call_get_account, &(struct call_args){ .path = { "" } }, &url),
	       -EINVAL, "empty");
	is_int(call_url("bank:1", &call_get_account, &(struct call_args){ .path = { ".." } }, &url),
	       -EINVAL, "dots");
	memset(long_text, 'x', sizeof(long_text) - 1);
	is_int(call_url("bank:1", &call_get_account, &(struct call_args){ .path = { long_text } },
			&url),
	       -EMSGSIZE, "long");
	ok(url == NULL, "and nothing is returned");
}

static void test_addresses(void)
{
	static const char *const good[] = { "127.0.0.1:8443", "[::1]:443", "bank.example:1",
					    "b-1:65535" };
	static const char *const bad[] = { "",	       ":1",
					   "bank",     "bank:",
					   "bank:0",   "bank:65536",
					   "bank:1/x", "u@bank:1",
					   "[]:1",     "[::1:1",
					   "::1:443",  "bank:1#",
					   "bank :1",  "bank:01",
					   "bank:1 ",  "b\xc3\xa4nk:1",
					   "[::1]x:1", "bank:99999999999999999999" };

	for (size_t i = 0; i < COUNT(good); i++)
		ok(terminal_address_is_valid(good[i]), "%s is an address", good[i]);
	for (size_t i = 0; i < COUNT(bad); i++)
		ok(!terminal_address_is_valid(bad[i]), "'%s' is none", bad[i]);
}

#define PROBLEM \
	"{\"title\":\"No\",\"status\":409,\"code\":\"terms-changed\",\"detail\":\"Look again.\"}"
#define JSON	     "application/json"
#define PROBLEM_JSON "application/problem+json; charset=utf-8"

static const struct {
	const char *what;
	const struct call_type *type;
	struct exchange x;
	enum answer_outcome outcome;
	const char *text; /* a part of it */
} cases[] = {
	{ "an answer",
	  &call_list_accounts,
	  { .is_sent = true, .status = 200, .content_type = JSON, .bytes = "{\"accounts\":[]}" },
	  ANSWER_OK,
	  "" },
	{ "no content",
	  &call_delete_session,
	  { .is_sent = true, .status = 204, .bytes = "" },
	  ANSWER_OK,
	  "" },
	{ "no content where a body may be",
	  &call_void_order,
	  { .is_sent = true, .status = 204, .bytes = "" },
	  ANSWER_OK,
	  "" },
	{ "half an answer",
	  &call_list_accounts,
	  { .is_sent = true, .status = 200, .content_type = JSON, .bytes = "{\"accounts\":[" },
	  ANSWER_BAD_REPLY,
	  "could not be understood" },
	{ "a missing field",
	  &call_list_accounts,
	  { .is_sent = true, .status = 200, .content_type = JSON, .bytes = "{}" },
	  ANSWER_BAD_REPLY,
	  "could not be understood" },
	{ "HTML",
	  &call_list_accounts,
	  { .is_sent = true,
	    .status = 200,
	    .content_type = "text/html",
	    .bytes = "{\"accounts\":[]}" },
	  ANSWER_BAD_REPLY,
	  "could not be understood" },
	{ "no type",
	  &call_list_accounts,
	  { .is_sent = true, .status = 200, .bytes = "{\"accounts\":[]}" },
	  ANSWER_BAD_REPLY,
	  "could not be understood" },
	{ "another type that begins alike",
	  &call_list_accounts,
	  { .is_sent = true,
	    .status = 200,
	    .content_type = "application/jsonx",
	    .bytes = "{\"accounts\":[]}" },
	  ANSWER_BAD_REPLY,
	  "could not be understood" },
	{ "a redirect",
	  &call_list_accounts,
	  { .is_sent = true, .status = 302, .content_type = "text/html", .bytes = "" },
	  ANSWER_BAD_REPLY,
	  "could not be understood" },
	{ "a problem",
	  &call_create_order,
	  { .is_sent = true, .status = 409, .content_type = PROBLEM_JSON, .bytes = PROBLEM },
	  ANSWER_PROBLEM,
	  "Look again." },
	{ "a problem with another status",
	  &call_create_order,
	  { .is_sent = true, .status = 400, .content_type = PROBLEM_JSON, .bytes = PROBLEM },
	  ANSWER_BAD_REPLY,
	  "understood" },
	{ "a gateway's HTML",
	  &call_create_order,
	  { .is_sent = true, .status = 503, .content_type = "text/html", .bytes = "<html>" },
	  ANSWER_BAD_REPLY,
	  "just now" },
	{ "too large",
	  &call_get_config,
	  { .result = CURLE_WRITE_ERROR, .is_sent = true, .is_too_large = true, .status = 200 },
	  ANSWER_BAD_REPLY,
	  "could not be understood" },
	{ "not HTTP",
	  &call_create_order,
	  { .result = CURLE_UNSUPPORTED_PROTOCOL, .is_sent = true },
	  ANSWER_BAD_REPLY,
	  "understood" },
	{ "cut",
	  &call_create_order,
	  { .result = CURLE_PARTIAL_FILE, .is_sent = true, .status = 201 },
	  ANSWER_NO_REPLY,
	  "look before you repeat" },
	{ "nothing came",
	  &call_get_order,
	  { .result = CURLE_GOT_NOTHING, .is_sent = true },
	  ANSWER_NO_REPLY,
	  "did not answer" },
	{ "no bank",
	  &call_create_order,
	  { .result = CURLE_COULDNT_CONNECT },
	  ANSWER_NOT_SENT,
	  "cannot be reached" },
	{ "another bank",
	  &call_create_order,
	  { .result = CURLE_PEER_FAILED_VERIFICATION },
	  ANSWER_NOT_SENT,
	  "may not be your bank" },
	{ "too late for a send",
	  &call_create_order,
	  { .result = CURLE_OPERATION_TIMEDOUT },
	  ANSWER_NOT_SENT,
	  "Nothing was sent" },
	{ "too late for an answer",
	  &call_create_order,
	  { .result = CURLE_OPERATION_TIMEDOUT, .is_sent = true },
	  ANSWER_NO_REPLY,
	  "look before" },
};

static void test_answers(void)
{
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct exchange x = cases[i].x;
		struct problem problem;
		struct answer a;

		x.bytes = x.bytes ? x.bytes : "";
		x.n = strlen(x.bytes);
		answer_read(cases[i].type, &x, &problem, &a);
		is_int(a.outcome, cases[i].outcome, "%s: outcome", cases[i].what);
		ok(strstr(a.text, cases[i].text) && (a.outcome == ANSWER_OK) == !*a.text,
		   "%s: \"%s\"", cases[i].what, a.text);
		ok((a.outcome == ANSWER_PROBLEM) == (a.problem != NULL), "%s: a problem only then",
		   cases[i].what);
		if (a.problem)
			is_str(a.problem->code, "terms-changed", "%s: code", cases[i].what);
		answer_release(cases[i].type, &problem, &a);
	}
}

static void test_dates_of_nothing(void)
{
	struct exchange x = { .result = CURLE_COULDNT_CONNECT, .bytes = "" };
	struct problem problem;
	struct answer a;

	answer_read(&call_list_entries, &x, &problem, &a);
	is_int(((struct entry_page *)a.body)->scanned_to, DATE_NONE,
	       "a body without answer has no dates");
	answer_release(&call_list_entries, &problem, &a);
}

int main(void)
{
	test_urls();
	test_addresses();
	test_answers();
	test_dates_of_nothing();
	return done();
}
