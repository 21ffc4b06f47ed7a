/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/fault/giver.h"

#include <cjson/cJSON.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "client/call.h"

#define WAIT_MS 30000

static int say(int code, const char *what, const char *why)
{
	fprintf(stderr, "# %s: %s\n", what, why);
	return code;
}

int giver_open(struct giver *g, const char *dir)
{
	struct client_options options = { .dir = dir, .channel = "home" };
	struct err err = { .text = "" };

	*g = (struct giver){ .client = NULL };
	return client_open(&options, &g->client, &err) < 0 ? say(-1, "open", err.text) : 0;
}

bool giver_run(struct giver *g, const bool *flag, int ms)
{
	int64_t end = clock_system.monotonic_ms(NULL) + ms;

	while (!*flag && clock_system.monotonic_ms(NULL) < end) {
		client_run(g->client);
		if (!*flag)
			client_poll(g->client, NULL, 0, 50);
	}
	return *flag;
}

static void take(void *data, struct answer *a)
{
	struct giver *g = data;

	g->is_answered = true;
	g->last = (struct answer){ .outcome = a->outcome, .status = a->status };
	snprintf(g->text, sizeof(g->text), "%s", a->text);
	if (a->outcome != ANSWER_OK || !a->body)
		return;
	/* All of it moves: whoever asked frees it. */
	g->last.body = memcpy(malloc(g->table->size), a->body, g->table->size);
	memset(a->body, 0, g->table->size);
}

/* The answer's body, or NULL. */
static void *ask(struct giver *g, const struct call_type *type, const struct call_args *args)
{
	g->is_answered = false;
	g->table = type->response;
	g->last = (struct answer){ .outcome = ANSWER_NO_REPLY };
	if (!client_call(g->client, type, args, take, g) || !giver_run(g, &g->is_answered, WAIT_MS))
		say(-1, type->name, "no answer");
	else if (g->last.outcome != ANSWER_OK && g->last.outcome != ANSWER_NOT_SENT &&
		 g->last.status != 404)
		say(-1, type->name, g->text);
	return g->last.body;
}

static void done_with(void *body, const struct json_table *table)
{
	json_release(body, table);
	free(body);
}

static bool is_away(const struct giver *g)
{
	return g->last.outcome == ANSWER_NOT_SENT || g->last.outcome == ANSWER_NO_REPLY;
}

/* A bank that was killed needs a moment to come back. */
static int look_patiently(struct giver *g)
{
	bool never = false;

	for (int ms = 0; ms < WAIT_MS; ms += 50) {
		if (giver_look(g) == 0)
			return 0;
		if (!is_away(g))
			break;
		giver_run(g, &never, 50);
	}
	return -1;
}

int giver_log_in(struct giver *g)
{
	struct secret *password = secret_from("demo-bank", 9);
	struct session_request request = { .customer_number = (char *)"6001",
					   .password = password };
	struct session *session = NULL;
	bool never = false;

	for (int ms = 0; !session && ms < WAIT_MS; ms += 50) {
		session = ask(g, &call_create_session, &(struct call_args){ .body = &request });
		if (!is_away(g))
			break;
		giver_run(g, &never, 50);
	}
	secret_free(password);
	if (!session)
		return -1;
	done_with(session, &session_json);
	return look_patiently(g);
}

int giver_look(struct giver *g)
{
	struct account_list *list = ask(g, &call_list_accounts, NULL);

	if (!list)
		return -1;
	json_release(&g->accounts, &account_list_json);
	g->accounts = *list;
	free(list);
	return g->accounts.accounts_count >= 2 ? 0 : say(-1, "accounts", "fewer than two");
}

int giver_entries(const struct giver *g)
{
	return g->accounts.accounts[0].entry_count;
}

int giver_quote(struct giver *g)
{
	char creditor[300];
	cJSON *instruction = cJSON_CreateObject(),
	      *amount = cJSON_AddObjectToObject(instruction, "instructedAmount");
	struct quote_request request = { .type = (char *)"transfer", .instruction = instruction };
	struct quote *quote;
	int r = -1;

	snprintf(creditor, sizeof(creditor), "own:%s", g->accounts.accounts[1].id);
	cJSON_AddStringToObject(instruction, "debtorAccount", g->accounts.accounts[0].id);
	cJSON_AddStringToObject(instruction, "creditor", creditor);
	cJSON_AddStringToObject(amount, "currency", "CNY");
	cJSON_AddStringToObject(amount, "amount", "0.01");
	cJSON_Delete(g->instruction);
	g->instruction = instruction;
	quote = ask(g, &call_create_quote, &(struct call_args){ .body = &request });
	if (!quote)
		return -1;
	free(g->terms);
	g->terms = NULL;
	for (size_t i = 0; i < quote->fields_count; i++)
		if (quote->fields[i].error)
			say(0, quote->fields[i].name, quote->fields[i].error->detail);
	if (quote->terms && (g->terms = strdup(quote->terms)))
		r = 0;
	done_with(quote, &quote_json);
	return r < 0 ? say(r, "quote", "not complete") : r;
}

int giver_give(struct giver *g, char key[33])
{
	struct order_request order = { .type = (char *)"transfer",
				       .instruction = g->instruction,
				       .terms = g->terms };
	struct err err = { .text = "" };

	return outbox_give(g->client, &order, "0.01", key, &err) < 0 ? say(-1, "give", err.text)
								     : 0;
}

static bool is_settled(struct giver *g, const char *key)
{
	const struct outbox_entry *const *entries;
	size_t count = outbox_list(g->client, &entries), open = 0;

	for (size_t i = 0; i < count; i++) {
		open += !key || !strcmp(entries[i]->key, key);
		if (entries[i]->next_try)
			outbox_retry(g->client, entries[i]->key);
	}
	return open == 0;
}

/* Only someone who logs in could bring it to its end. */
static bool is_parked(struct giver *g, const char *key)
{
	const struct outbox_entry *entry = key ? outbox_find(g->client, key) : NULL;

	return entry && entry->state == OUTBOX_PARKED;
}

int giver_settle(struct giver *g, const char *key)
{
	int64_t end = clock_system.monotonic_ms(NULL) + WAIT_MS;

	while (!is_settled(g, key)) {
		if (is_parked(g, key))
			return say(-1, "settle", "the bank has forgotten the session");
		if (clock_system.monotonic_ms(NULL) > end)
			return say(-1, "settle", "an order is still unknown");
		client_run(g->client);
		if (!is_settled(g, key))
			client_poll(g->client, NULL, 0, 20);
	}
	return 0;
}

int giver_state(struct giver *g, const char *key)
{
	struct order *order = ask(g, &call_get_order, &(struct call_args){ .path = { key } });
	int state = order ? order->state : ORDER_STATE_NONE;

	if (order)
		done_with(order, &order_json);
	return state;
}

void giver_close(struct giver *g)
{
	client_close(g->client);
	json_release(&g->accounts, &account_list_json);
	cJSON_Delete(g->instruction);
	free(g->terms);
	*g = (struct giver){ .client = NULL };
}
