/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 *	walk DIR BANK-DIR
 *
 * The terminal enrolled in DIR makes every call that the client knows, as customer 6001 of a fresh
 * demonstration bank with its books in BANK-DIR (where the codes of text messages lie), and meets
 * every refusal that a client can meet. What is asked is what the contract promises: status and
 * code. Prism, between the two, looks at the rest.
 */
#include <cjson/cJSON.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "client/call.h"
#include "client/client.h"
#include "tests/tap.h"

#define WAIT_MS	 70000
#define PIN	 "730418"
#define TERMS	 "0000000000000000000000000000000000000000000000000000000000000000"
#define OTHER_ID "ffffffffffffffffffffffffffffffff"

static struct client *client;
static const char *bank_dir;
static cJSON *body; /* of the last answer */
static struct {
	int status;
	char code[80], text[400];
	bool is_there;
	const struct json_table *table;
} last;

/* ---- asking ---- */

static void take(void *data, struct answer *a)
{
	_cleanup_(buf_release) struct buf text;

	(void)data;
	buf_init(&text, 0);
	last.is_there = true;
	last.status = a->outcome == ANSWER_OK || a->outcome == ANSWER_PROBLEM ? a->status : -1;
	snprintf(last.code, sizeof(last.code), "%s", a->problem ? a->problem->code : "");
	snprintf(last.text, sizeof(last.text), "%s", a->text);
	if (a->outcome == ANSWER_OK && a->body && a->status != 204 &&
	    !json_write(a->body, last.table, &text))
		body = cJSON_Parse(text.data);
}

/* One call; its answer must have this status and code ("": no problem). */
static bool ask(const struct call_type *type, const struct call_args *args, int status,
		const char *code, const char *what)
{
	int64_t end = clock_system.monotonic_ms(NULL) + WAIT_MS;

	cJSON_Delete(TAKE_PTR(body));
	last.is_there = false;
	last.status = 0;
	last.table = type->response;
	client_call(client, type, args, take, NULL);
	while (!last.is_there && clock_system.monotonic_ms(NULL) < end) {
		client_run(client);
		if (!last.is_there)
			client_poll(client, NULL, 0, 100);
	}
	if (ok(last.status == status && !strcmp(last.code, code), "%s: %s", type->name, what))
		return true;
	printf("# %d %s: %s\n", last.status, last.code, last.text);
	return false;
}

#define GET(type, ...) ask(&call_##type, &(struct call_args){ __VA_ARGS__ }, 200, "", #__VA_ARGS__)

/* The text at "accounts/0/accountId" of the last answer; "" when there is none. */
static const char *got(const char *path)
{
	_cleanup_(free_ptr) char *steps = strdup(path);
	const cJSON *at = body;
	char *rest = NULL;

	for (char *s = strtok_r(steps, "/", &rest); s && at; s = strtok_r(NULL, "/", &rest))
		at = cJSON_IsArray(at) ? cJSON_GetArrayItem(at, s[0] - '0')
				       : cJSON_GetObjectItemCaseSensitive(at, s);
	return cJSON_IsString(at) ? at->valuestring : "";
}

/* The member `want` of the element of a list whose member `name` is `value`. */
static const char *got_where(const char *list, const char *name, const char *value,
			     const char *want)
{
	const cJSON *item;

	cJSON_ArrayForEach(item, cJSON_GetObjectItemCaseSensitive(body, list))
	{
		const cJSON *is = cJSON_GetObjectItemCaseSensitive(item, name);

		if (cJSON_IsString(is) && !strcmp(is->valuestring, value))
			return cJSON_GetObjectItemCaseSensitive(item, want)->valuestring;
	}
	return "";
}

/* ---- orders ---- */

struct given {
	char key[33], terms[65];
	const char *type;
	cJSON *instruction;
};

static const char *key_new(void)
{
	static char key[33];
	static unsigned n;

	snprintf(key, sizeof(key), "%032x", ++n);
	return key;
}

static bool quote(const char *type, cJSON *instruction, int status, const char *code,
		  const char *what)
{
	struct quote_request request = { .type = (char *)type, .instruction = instruction };

	return ask(&call_create_quote, &(struct call_args){ .body = &request }, status, code, what);
}

/* Quote an instruction, as printf of JSON, which must be complete. */
static struct given prepare(const char *type, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
static struct given prepare(const char *type, const char *format, ...)
{
	struct given g = { .type = type };
	char text[1000];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	g.instruction = cJSON_Parse(text);
	snprintf(g.key, sizeof(g.key), "%s", key_new());
	quote(type, g.instruction, 200, "", text);
	snprintf(g.terms, sizeof(g.terms), "%s", got("terms"));
	if (!ok(g.terms[0], "it is complete"))
		printf("# %s\n", cJSON_PrintUnformatted(body));
	return g;
}

static bool give(const struct given *g, int status, const char *code, const char *what)
{
	struct order_request request = { .type = (char *)g->type,
					 .instruction = g->instruction,
					 .terms = (char *)g->terms };

	return ask(&call_create_order,
		   &(struct call_args){ .body = &request, .idempotency_key = g->key }, status, code,
		   what);
}

static bool authorise(const struct given *g, enum need_by by, const char *proof, int status,
		      const char *code, const char *what)
{
	struct authorisation_request request = { .kind = NEED_KIND_PROOF,
						 .by = by,
						 .proof = secret_from(proof, strlen(proof)),
						 .terms = (char *)g->terms };
	bool is_so = ask(&call_authorise_order,
			 &(struct call_args){ .path = { g->key }, .body = &request }, status, code,
			 what);

	secret_free(request.proof);
	return is_so;
}

/* The code of the latest text message. */
static const char *code_sent(void)
{
	static char code[8];
	char path[300], line[1000];
	FILE *file;

	snprintf(path, sizeof(path), "%s/delivery/6001.txt", bank_dir);
	file = fopen(path, "r");
	code[0] = '\0';
	while (file && fgets(line, sizeof(line), file))
		snprintf(code, 7, "%s", strchr(line, ' ') ? strchr(line, ' ') + 1 : "");
	if (file)
		fclose(file);
	return code;
}

/* The PIN, and the code where one is needed. */
static void prove(const struct given *g)
{
	authorise(g, NEED_BY_PIN, PIN, 200, "", "the PIN");
	if (!strcmp(got("state"), "waiting"))
		authorise(g, NEED_BY_CODE, code_sent(), 200, "", "the code");
}

static bool of(const struct given *g, const struct call_type *type, int status, const char *code,
	       const char *what)
{
	return ask(type, &(struct call_args){ .path = { g->key } }, status, code, what);
}

/* ---- the walk ---- */

static char account[40], other[40], mother[40], elsewhere[40];

static bool password(const struct call_type *type, const char *number, const char *word, int status,
		     const char *code)
{
	struct secret *secret = secret_from(word, strlen(word));
	struct session_request login = { .customer_number = (char *)number, .password = secret };
	struct unlock_request unlock = { .password = secret };
	const void *request = number ? (const void *)&login : &unlock;
	bool is_so = ask(type, &(struct call_args){ .body = request }, status, code, word);

	secret_free(secret);
	return is_so;
}

static bool walk_in(void)
{
	GET(get_config);
	password(&call_create_session, "6001", "wrong", 401, "login-refused");
	password(&call_create_session, "0000", "wrong", 401, "login-refused");
	if (!password(&call_create_session, "6001", "demo-bank", 201, ""))
		return false;
	GET(get_session);
	password(&call_unlock_session, NULL, "wrong", 401, "login-refused");
	password(&call_unlock_session, NULL, "demo-bank", 204, "");
	return true;
}

static void walk_accounts(void)
{
	char older[300], newer[300];

	GET(list_accounts);
	snprintf(account, sizeof(account), "%s", got("accounts/0/accountId"));
	snprintf(other, sizeof(other), "%s", got("accounts/1/accountId"));
	GET(get_account, .path = { account });
	ask(&call_get_account, &(struct call_args){ .path = { "0" } }, 404, "account-unknown",
	    "of nobody");
	GET(list_entries, .path = { account });
	snprintf(older, sizeof(older), "%s", got("olderCursor"));
	GET(list_entries, .path = { account },
	    .query = { { "cursor", older }, { "limit", "200" } });
	snprintf(newer, sizeof(newer), "%s", got("newerCursor"));
	GET(list_entries, .path = { account }, .query = { { "cursor", newer } });
	GET(list_entries, .path = { account },
	    .query = { { "oldestFirst", "true" }, { "limit", "1" } });
	GET(list_entries, .path = { account },
	    .query = { { "q", "房租" },
		       { "fromBookingDate", "2025-12-01" },
		       { "toBookingDate", "2026-06-30" } });
	GET(list_entries, .path = { account }, .query = { { "q", "no such text" } });
	ask(&call_list_entries, &(struct call_args){ .path = { "0" } }, 404, "account-unknown",
	    "of nobody");
	ask(&call_list_entries,
	    &(struct call_args){ .path = { account }, .query = { { "cursor", "x" } } }, 400,
	    "cursor-invalid", "an invented cursor");
	GET(list_payees);
	snprintf(mother, sizeof(mother), "%s", got_where("payees", "alias", "妈妈", "payeeId"));
	snprintf(elsewhere, sizeof(elsewhere), "%s",
		 got_where("payees", "alias", "弟弟", "payeeId"));
}

static void walk_forms(void)
{
	static const char *const types[] = { "transfer", "payee-add", "payee-remove" };
	_cleanup_(json_freep) cJSON *empty = cJSON_CreateObject();

	GET(look_up, .path = { "banks" });
	GET(look_up, .path = { "banks" }, .query = { { "q", "农业" } });
	ask(&call_look_up, &(struct call_args){ .path = { "fish" } }, 404, "lookup-unknown",
	    "no such list");
	GET(list_order_types);
	for (size_t i = 0; i < COUNT(types); i++) {
		GET(get_order_type, .path = { types[i] });
		quote(types[i], empty, 200, "", "empty");
	}
	ask(&call_get_order_type, &(struct call_args){ .path = { "fish" } }, 404,
	    "order-type-unknown", "no such type");
	quote("fish", empty, 422, "order-type-unknown", "no such type");
}

/* Between own accounts: done at once, and everything that a key promises. */
static void walk_own(void)
{
	static const char format[] =
		"{\"debtorAccount\":\"%s\",\"creditor\":\"own:%s\","
		"\"instructedAmount\":{\"currency\":\"CNY\",\"amount\":\"%s\"}}";
	struct given g = prepare("transfer", format, account, other, "12.34"), h = g;

	give(&g, 201, "", "done at once");
	give(&g, 201, "", "again: the stored answer");
	of(&g, &call_get_order, 200, "", "by its key");
	of(&g, &call_void_order, 409, "order-final", "done is done");
	of(&g, &call_send_code, 409, "code-not-needed", "it waits for nothing");
	snprintf(h.terms, sizeof(h.terms), "%s", TERMS);
	give(&h, 422, "idempotency-key-reused", "the key with another body");
	snprintf(h.key, sizeof(h.key), "%s", key_new());
	give(&h, 409, "terms-changed", "other terms than were quoted");
	give(&h, 409, "terms-changed", "again: the stored refusal");
	cJSON_DeleteItemFromObject(h.instruction, "creditor");
	snprintf(h.key, sizeof(h.key), "%s", key_new());
	give(&h, 422, "instruction-invalid", "a field is missing");
	h.type = "fish";
	snprintf(h.key, sizeof(h.key), "%s", key_new());
	give(&h, 422, "order-type-unknown", "no such type");
	json_free(g.instruction);
	GET(list_orders, .query = { { "state", "final" }, { "limit", "1" } });
	GET(list_orders);
}

static void wrong_codes(const struct given *g)
{
	for (int i = 0; i < 4; i++)
		authorise(g, NEED_BY_CODE, "000000", 403, "code-wrong", "a wrong code");
	authorise(g, NEED_BY_CODE, "000000", 403, "code-used-up", "the last try");
	authorise(g, NEED_BY_CODE, "000000", 403, "code-used-up", "after it");
}

/* To a person of this bank: PIN and code. */
static void walk_inside(void)
{
	struct given g = prepare("transfer",
				 "{\"debtorAccount\":\"%s\",\"creditor\":\"payee:%s\","
				 "\"instructedAmount\":{\"currency\":\"CNY\",\"amount\":\"6000\"},"
				 "\"remittanceInformation\":\"生日快乐\"}",
				 account, mother),
		     h = g;

	give(&g, 202, "", "waits for proofs");
	GET(list_orders, .query = { { "state", "open" } });
	authorise(&g, NEED_BY_PIN, "000000", 403, "pin-wrong", "a wrong PIN");
	authorise(&g, NEED_BY_DEVICE, "000000", 422, "need-unknown", "a proof nobody asked for");
	snprintf(h.terms, sizeof(h.terms), "%s", TERMS);
	authorise(&h, NEED_BY_PIN, PIN, 409, "terms-changed", "a proof for something else");
	authorise(&g, NEED_BY_PIN, PIN, 200, "", "the PIN");
	authorise(&g, NEED_BY_PIN, PIN, 200, "", "again: as it stands");
	wrong_codes(&g);
	of(&g, &call_send_code, 200, "", "a new code");
	authorise(&g, NEED_BY_CODE, code_sent(), 200, "", "the code");
	is_str(got("state"), "done", "both proofs carry it out");
	snprintf(g.key, sizeof(g.key), "%s", OTHER_ID);
	authorise(&g, NEED_BY_PIN, PIN, 404, "order-unknown", "of no order");
	of(&g, &call_get_order, 404, "order-unknown", "none");
	of(&g, &call_send_code, 404, "order-unknown", "none");
	json_free(g.instruction);
}

static struct given outside(const char *service, const char *amount)
{
	return prepare(
		"transfer",
		"{\"debtorAccount\":\"%s\",\"creditor\":\"payee:%s\",\"serviceLevel\":\"%s\","
		"\"instructedAmount\":{\"currency\":\"CNY\",\"amount\":\"%s\"}}",
		account, elsewhere, service, amount);
}

/* To another bank: sent at once, later, or withdrawn before that. */
static void walk_outside(void)
{
	static const char *const slow[] = { "ordinary", "next-day" };
	struct given g = outside("realtime", "20.00");

	give(&g, 202, "", "waits for proofs");
	prove(&g);
	is_str(got("state"), "accepted", "it is on its way");
	json_free(g.instruction);
	for (size_t i = 0; i < COUNT(slow); i++) {
		g = outside(slow[i], "4000");
		give(&g, 202, "", "waits for proofs");
		prove(&g);
		is_str(got("state"), "scheduled", "it is sent later");
		of(&g, &call_void_order, 200, "", "withdrawn before that");
		of(&g, &call_void_order, 200, "", "again: as it stands");
		json_free(g.instruction);
	}
	g = outside("ordinary", "10");
	of(&g, &call_void_order, 204, "", "a key that the bank never saw");
	give(&g, 409, "order-voided", "it comes too late");
	json_free(g.instruction);
}

/* Somebody new, under a name that the other bank does not know: it comes back. */
static void walk_return(void)
{
	struct given g =
		prepare("transfer",
			"{\"debtorAccount\":\"%s\",\"creditor\":\"new\",\"creditorAgent\":\"9102\","
			"\"creditorAccount\":\"9981022000014470018\",\"creditorName\":\"某某\","
			"\"serviceLevel\":\"realtime\",\"savePayee\":\"true\","
			"\"instructedAmount\":{\"currency\":\"CNY\",\"amount\":\"1\"}}",
			account);
	char cursor[40];

	GET(list_events, .query = { { "wait", "0" } });
	give(&g, 202, "", "waits for PIN and code");
	prove(&g);
	GET(list_events, .query = { { "wait", "0" } });
	snprintf(cursor, sizeof(cursor), "%s", got("cursor"));
	GET(list_events, .query = { { "after", cursor }, { "wait", "30" } });
	while (*got_where("events", "kind", "order", "subjectId") &&
	       strcmp(got_where("events", "subjectId", g.key, "kind"), "order")) {
		snprintf(cursor, sizeof(cursor), "%s", got("cursor"));
		GET(list_events, .query = { { "after", cursor }, { "wait", "30" } });
	}
	of(&g, &call_get_order, 200, "", "after the event");
	is_str(got("stateReason/code"), "returned", "the money came back");
	json_free(g.instruction);
	ask(&call_list_events, &(struct call_args){ .query = { { "after", "x" } } }, 400,
	    "cursor-invalid", "an invented cursor");
}

static void walk_payees(void)
{
	struct given g = prepare("payee-add",
				 "{\"creditorAgent\":\"9105\",\"creditorName\":\"李四\","
				 "\"creditorAccount\":\"9981055000011112222\",\"alias\":\"邻居\"}");

	give(&g, 202, "", "waits for the PIN");
	prove(&g);
	quote("payee-add", g.instruction, 200, "", "saved already");
	json_free(g.instruction);
	GET(list_payees);
	g = prepare("payee-remove", "{\"payee\":\"%s\"}",
		    got_where("payees", "alias", "邻居", "payeeId"));
	give(&g, 202, "", "waits for the PIN");
	prove(&g);
	json_free(g.instruction);
}

/* More than the system that is open on a Saturday carries. */
static void walk_wealthy(void)
{
	char payee[40];
	struct given g;

	GET(list_payees);
	snprintf(payee, sizeof(payee), "%s", got_where("payees", "agentCode", "9102", "payeeId"));
	GET(list_accounts);
	g = prepare(
		"transfer",
		"{\"debtorAccount\":\"%s\",\"creditor\":\"payee:%s\",\"serviceLevel\":\"realtime\","
		"\"instructedAmount\":{\"currency\":\"CNY\",\"amount\":\"1200000\"}}",
		got_where("accounts", "nickname", "备用金", "accountId"), payee);
	is_str(got("warnings/0/code"), "large-value-closed", "the bank warns");
	give(&g, 202, "", "waits for proofs");
	of(&g, &call_void_order, 200, "", "thought better of it");
	json_free(g.instruction);
}

static void walk_messages(void)
{
	char id[40];

	GET(list_messages);
	snprintf(id, sizeof(id), "%s", got("messages/0/messageId"));
	ask(&call_read_message, &(struct call_args){ .path = { id } }, 204, "", "read");
	ask(&call_read_message, &(struct call_args){ .path = { "0" } }, 404, "message-unknown",
	    "none");
	GET(list_messages, .query = { { "limit", "1" } });
	snprintf(id, sizeof(id), "%s", got("olderCursor"));
	GET(list_messages, .query = { { "cursor", id } });
	ask(&call_list_messages, &(struct call_args){ .query = { { "cursor", "x" } } }, 400,
	    "cursor-invalid", "an invented cursor");
}

static void walk_out(void)
{
	struct given g = outside("realtime", "30");

	give(&g, 202, "", "waits for the PIN");
	for (int i = 0; i < 4; i++)
		authorise(&g, NEED_BY_PIN, "000000", 403, "pin-wrong", "a wrong PIN");
	authorise(&g, NEED_BY_PIN, "000000", 403, "pin-locked", "the last try");
	of(&g, &call_void_order, 200, "", "given up");
	json_free(g.instruction);
	ask(&call_delete_session, NULL, 204, "", "out");
	client_forget_session(client);
	for (int i = 0; i < 3; i++)
		password(&call_create_session, "6003", "wrong", 401, "login-refused");
	password(&call_create_session, "6003", "wrong", 429, "login-too-soon");
}

int main(int argc, char **argv)
{
	struct client_options options = { .channel = "home" };
	struct err err = { .text = "" };

	if (argc != 3)
		return 2;
	options.dir = argv[1];
	bank_dir = argv[2];
	if (!ok(client_open(&options, &client, &err) == 0, "the terminal is enrolled %s", err.text))
		return done();
	if (walk_in()) {
		walk_accounts();
		walk_forms();
		walk_own();
		walk_inside();
		walk_outside();
		walk_payees();
		walk_return();
		walk_messages();
		walk_out();
	}
	client_set_language(client, "zh_CN");
	if (password(&call_create_session, "6002", "demo-bank", 201, ""))
		walk_wealthy();
	cJSON_Delete(TAKE_PTR(body));
	client_close(client);
	return done();
}
