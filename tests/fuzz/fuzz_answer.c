/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Whatever a bank answers: "OPERATION STATUS CONTENT-TYPE\n" and then the body. The outcome is one
 * of five; a problem is set only with its outcome, a text is there exactly when something went
 * wrong, and what was read can be written.
 */
#include <string.h>

#include "client/answer.h"
#include "client/call.h"
#include "tests/fuzz/fuzz.h"

static const struct call_type *const types[] = {
	&call_get_config,     &call_create_session, &call_list_accounts, &call_get_account,
	&call_list_entries,   &call_list_payees,    &call_look_up,	 &call_list_order_types,
	&call_get_order_type, &call_create_quote,   &call_list_orders,	 &call_get_order,
	&call_list_events,    &call_list_messages,  &call_read_message,	 &call_create_enrolment,
};

static void require(bool holds)
{
	if (!holds)
		abort();
}

static const struct call_type *type_named(const char *name, size_t n)
{
	for (size_t i = 0; i < COUNT(types); i++)
		if (strlen(types[i]->name) == n && !memcmp(types[i]->name, name, n))
			return types[i];
	return &call_get_order;
}

static void check(const struct call_type *type, const struct exchange *x)
{
	struct problem problem;
	struct answer a;
	struct buf out;

	answer_read(type, x, &problem, &a);
	require(a.outcome <= ANSWER_BAD_REPLY);
	require((a.outcome == ANSWER_PROBLEM) == (a.problem != NULL));
	require(a.text && (a.outcome == ANSWER_OK) == (*a.text == '\0'));
	require((a.body != NULL) == (type->response != NULL));
	if (a.outcome == ANSWER_OK && x->status != 204 && a.body) {
		buf_init(&out, 0);
		require(json_write(a.body, type->response, &out) == 0);
		buf_release(&out);
	}
	answer_release(type, &problem, &a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *text = (const char *)data, *line = memchr(text, '\n', size);
	size_t head = line ? (size_t)(line - text) : size,
	       n = head ? strcspn(strndupa(text, head), " ") : 0;
	struct exchange x = { .is_sent = true,
			      .status = 200,
			      .content_type = "application/json",
			      .bytes = "",
			      .n = 0 };
	char kind[64] = "";
	int status = 0;

	if (n < head && sscanf(strndupa(text + n, head - n), "%4d %63[^\n]", &status, kind) >= 1) {
		x.status = status;
		x.content_type = *kind ? kind : NULL;
	}
	if (line) {
		x.bytes = line + 1;
		x.n = size - head - 1;
	}
	check(type_named(text, n), &x);
	return 0;
}
