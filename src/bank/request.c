/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "bank/bank.h"
#include "bank/route.h"
#include "base/hex.h"

#define KEY_DIGITS 32

static void interaction_make(const struct rng *rng, char out[37])
{
	unsigned char b[16];
	char hex[33];

	rng->fill(rng->data, b, sizeof(b));
	b[6] = (unsigned char)((b[6] & 0x0f) | 0x40); /* RFC 9562: version 4, variant 10 */
	b[8] = (unsigned char)((b[8] & 0x3f) | 0x80);
	hex_encode(b, sizeof(b), hex);
	snprintf(out, 37, "%.8s-%.4s-%.4s-%.4s-%.12s", hex, hex + 8, hex + 12, hex + 16, hex + 20);
}

static bool is_uuid(const char *s)
{
	for (size_t i = 0; i < 36; i++) {
		bool is_dash = i == 8 || i == 13 || i == 18 || i == 23;

		if (is_dash ? s[i] != '-' : !s[i] || !strchr("0123456789abcdefABCDEF", s[i]))
			return false;
	}
	return s[36] == '\0';
}

void request_init(struct request *rq, struct bank *bank)
{
	memset(rq, 0, sizeof(*rq));
	rq->bank = bank;
	buf_init(&rq->reply, 0);
	interaction_make(&bank->rng, rq->interaction);
}

void request_interaction(struct request *rq, const char *id)
{
	if (id && is_uuid(id))
		memcpy(rq->interaction, id, sizeof(rq->interaction));
}

/* Weights are rare from our clients: the first language that we have wins. */
void request_language(struct request *rq, const char *accept_language)
{
	const char *s = accept_language;

	rq->language = NULL;
	while (s && *s) {
		s += strspn(s, " ,");
		if (!strncasecmp(s, "zh", 2) && strchr("-_;, ", s[2])) { /* strchr also finds the end */
			rq->language = rq->bank->chinese;
			return;
		}
		if (!strncasecmp(s, "en", 2) && strchr("-_;, ", s[2]))
			return;
		s += strcspn(s, ",");
	}
}

void request_query_add(struct request *rq, const char *name, const char *value)
{
	const char *const *known = rq->route ? rq->route->query : NULL;
	struct request_query *q;

	if (rq->status)
		return;
	while (known && *known && strcmp(*known, name))
		known++;
	if (!known || !*known) {
		reply_problem(rq, 400, "query-unknown", N_("There is no such parameter here."));
	} else if (request_get(rq, name) || rq->query_count == REQUEST_QUERY_MAX) {
		reply_problem(rq, 400, "query-repeated", N_("A parameter is given twice."));
	} else {
		q = &rq->query[rq->query_count];
		snprintf(q->name, sizeof(q->name), "%s", name);
		q->value = strdup(value ? value : "");
		if (!q->value)
			reply_busy(rq);
		else
			rq->query_count++;
	}
}

void request_key(struct request *rq, const char *key)
{
	if (rq->status || !key)
		return;
	if (strlen(key) != KEY_DIGITS || strspn(key, "0123456789abcdef") != KEY_DIGITS) {
		reply_problem(rq, 400, "idempotency-key-invalid",
			      N_("An Idempotency-Key has 32 lower-case hexadecimal digits."));
		return;
	}
	rq->idempotency_key = strdup(key);
	if (!rq->idempotency_key)
		reply_busy(rq);
}

static void body_problem(struct request *rq, int r, const char *path)
{
	if (r == -ENOMEM)
		reply_busy(rq);
	else if (r == -ENOENT)
		reply_field_problem(rq, 400, path, "field-missing", N_("This field is missing."));
	else if (r == -EEXIST)
		reply_field_problem(rq, 400, path, "field-unknown", N_("This field is not known here."));
	else
		reply_field_problem(rq, 400, path, "field-invalid", N_("This value cannot be read."));
}

void request_body(struct request *rq, const char *bytes, size_t n)
{
	_cleanup_(json_freep) struct cJSON *document = NULL;
	char path[JSON_PATH_MAX] = "";
	const struct json_table *table;
	int r;

	if (rq->status || n == 0)
		return;
	table = rq->route->body;
	if (!table) {
		reply_problem(rq, 400, "body-unexpected", N_("No body is expected here."));
		return;
	}
	r = json_parse(bytes, n, &document, NULL);
	if (r < 0) {
		if (r == -ENOMEM)
			reply_busy(rq);
		else
			reply_problem(rq, 400, "body-invalid",
				      N_("The body is not a JSON document that can be read."));
		return;
	}
	rq->body = calloc(1, table->size);
	r = rq->body ? json_read(document, table, JSON_STRICT, rq->body, path) : -ENOMEM;
	if (r < 0) {
		free(TAKE_PTR(rq->body));
		body_problem(rq, r, path);
		return;
	}
	sha256(bytes, n, rq->body_digest);
}

const char *request_get(const struct request *rq, const char *name)
{
	for (size_t i = 0; i < rq->query_count; i++)
		if (!strcmp(rq->query[i].name, name))
			return rq->query[i].value;
	return NULL;
}

int request_get_int(struct request *rq, const char *name, int least, int most, int fallback, int *ret)
{
	const char *text = request_get(rq, name);
	size_t digits = text ? strspn(text, "0123456789") : 0;
	long value;

	if (!text) {
		*ret = fallback;
		return 0;
	}
	value = digits > 0 && digits < 10 && !text[digits] ? strtol(text, NULL, 10) : -1;
	if (value < least || value > most) {
		reply_problem(rq, 400, "query-invalid", N_("A number from %d to %d is needed."), least, most);
		return -EINVAL;
	}
	*ret = (int)value;
	return 0;
}

const char *tr(const struct request *rq, const char *msgid)
{
	return catalogue_get(rq->language, msgid);
}

const char *tr_terminal(const struct request *rq, const char *label)
{
	static const char demo[] = N_("Demo terminal");

	return label && !strcmp(label, demo) ? tr(rq, demo) : label;
}

void request_release(struct request *rq)
{
	for (size_t i = 0; i < REQUEST_ARGS_MAX; i++)
		free(rq->args[i]);
	for (size_t i = 0; i < rq->query_count; i++)
		free(rq->query[i].value);
	free(rq->idempotency_key);
	free(rq->message);
	if (rq->body)
		json_release(rq->body, rq->route->body);
	free(rq->body);
	if (rq->scratch)
		secret_wipe(rq->scratch, rq->scratch_size);
	free(rq->scratch);
	buf_wipe(&rq->reply); /* a login's answer holds the token */
	memset(rq, 0, sizeof(*rq));
}
