/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bank/order_render.h"

#include <cjson/cJSON.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "bank/order_code.h"
#include "bank/parameter.h"
#include "bank/quote.h"

static const char *const state_titles[] = {
	[ORDER_STATE_WAITING] = N_("Waiting for your confirmation"),
	[ORDER_STATE_SCHEDULED] = N_("Will be sent later"),
	[ORDER_STATE_ACCEPTED] = N_("On its way"),
	[ORDER_STATE_DONE] = N_("Done"),
	[ORDER_STATE_REJECTED] = N_("Not carried out"),
	[ORDER_STATE_VOIDED] = N_("Withdrawn"),
	[ORDER_STATE_EXPIRED] = N_("Expired"),
};

/* Copies that fail are noticed once, at the end. */
struct rendering {
	const struct catalogue *language;
	bool failed;
};

static char *copy(struct rendering *v, const char *s)
{
	char *c = s ? strdup(s) : NULL;

	v->failed = v->failed || (s && !c);
	return c;
}

static const char *member(const struct cJSON *line, const char *name)
{
	const struct cJSON *item = cJSON_GetObjectItemCaseSensitive(line, name);

	return cJSON_IsString(item) ? item->valuestring : NULL;
}

/* Sent later and on its way there: when, by the bank's clock. A delay from a moment that is gone says little. */
static char *time_text(struct rendering *v, const struct order_record *o)
{
	char text[INSTANT_TEXT_MAX];

	return copy(v, instant_show(o->execution, ZONE_CHINA, text));
}

static void line_render(struct rendering *v, const struct order_record *o, const struct cJSON *stored,
			struct review_line *ret)
{
	const struct cJSON *kind = cJSON_GetObjectItemCaseSensitive(stored, "k");
	const char *label = member(stored, "l"), *minor = member(stored, "m");
	bool runs = o->state == ORDER_STATE_SCHEDULED || o->state == ORDER_STATE_ACCEPTED ||
		    o->state == ORDER_STATE_DONE;
	struct said said = { 0 };

	if (!label || !cJSON_IsNumber(kind) || said_read(cJSON_GetObjectItemCaseSensitive(stored, "s"), &said)) {
		v->failed = true;
		return;
	}
	ret->name = copy(v, member(stored, "n"));
	ret->label = copy(v, catalogue_get(v->language, label));
	ret->kind = kind->valueint;
	if (runs && o->execution && said.text && !strcmp(said.text, PLAN_DELAY_TEXT))
		ret->text = time_text(v, o);
	else
		ret->text = said_text(&said, v->language);
	v->failed = v->failed || !ret->text;
	if (minor) {
		ret->amount.minor = strtoll(minor, NULL, 10);
		memcpy(ret->amount.currency, o->currency, sizeof(o->currency));
	}
	said_release(&said);
}

static void review_render(struct rendering *v, const struct order_record *o, struct order *ret)
{
	struct cJSON *stored = NULL;
	const struct cJSON *line;
	int n;

	if (o->plan) {
		v->failed = v->failed || quote_review(o->plan, v->language, &ret->review, &ret->review_count);
		return;
	}
	if (json_parse(o->review, strlen(o->review), &stored, NULL)) {
		v->failed = true;
		return;
	}
	n = cJSON_GetArraySize(stored);
	ret->review = calloc((size_t)n + 1, sizeof(*ret->review));
	if (ret->review) {
		ret->review_count = (size_t)n;
		n = 0;
		cJSON_ArrayForEach(line, stored)
			line_render(v, o, line, &ret->review[n++]);
	} else {
		v->failed = true;
	}
	json_free(stored);
}

static int code_hint(struct store *s, struct rendering *v, const struct order_record *o, struct need *need)
{
	char phone[40];
	struct said said = { 0 };
	int64_t most;
	int r = customer_phone_masked(s, o->customer, phone);

	if (!r)
		r = parameter_int(s, "order.code-attempts", o->accepted_date, &most);
	if (!r)
		r = said_set(&said, N_("Sent to {1}"), phone, NULL);
	if (r)
		return r;
	need->attempts_left = most > o->code_attempts ? (int)(most - o->code_attempts) : 0;
	need->hint = said_text(&said, v->language);
	v->failed = v->failed || !need->hint;
	said_release(&said);
	return 0;
}

static int needs_render(struct store *s, struct rendering *v, const struct order_record *o, struct order *ret)
{
	int r = 0;

	if (!o->needs_count)
		return 0;
	ret->needs = calloc(o->needs_count, sizeof(*ret->needs));
	if (!ret->needs)
		return -ENOMEM;
	ret->needs_count = o->needs_count;
	for (size_t i = 0; !r && i < o->needs_count; i++) {
		struct need *need = &ret->needs[i];

		*need = (struct need){ .kind = (int)o->needs[i].kind, .by = (int)o->needs[i].by,
				       .status = (int)o->needs[i].status, .until = o->needs[i].until };
		if (need->status == NEED_STATUS_OPEN && !order_is_open(o))
			need->status = o->state == ORDER_STATE_EXPIRED ? NEED_STATUS_EXPIRED : NEED_STATUS_FAILED;
		if (need->by == NEED_BY_CODE && need->status == NEED_STATUS_OPEN)
			r = code_hint(s, v, o, need);
	}
	return r;
}

static void reason_render(struct rendering *v, const struct order_record *o, struct order *ret)
{
	if (!o->reason_code)
		return;
	ret->reason = calloc(1, sizeof(*ret->reason));
	if (!ret->reason) {
		v->failed = true;
		return;
	}
	ret->reason->code = copy(v, o->reason_code);
	ret->reason->detail = said_stored_text(o->reason, v->language);
	v->failed = v->failed || !ret->reason->detail;
}

static void receipt_render(struct rendering *v, const struct order_record *o, struct order *ret)
{
	char text[64], date[DATE_TEXT_MAX];

	if (!o->posting || o->business_date == DATE_NONE)
		return;
	snprintf(text, sizeof(text), "%s-%08" PRId64, date_text(o->business_date, date), o->posting);
	ret->receipt = copy(v, text);
}

static void money_render(const struct order_record *o, struct order *ret)
{
	if (!o->currency[0])
		return;
	ret->total.minor = o->total;
	ret->fee.minor = o->fee;
	memcpy(ret->total.currency, o->currency, sizeof(o->currency));
	memcpy(ret->fee.currency, o->currency, sizeof(o->currency));
}

static int instruction_render(const struct order_record *o, struct order *ret)
{
	if (!o->given)
		return json_parse(o->instruction, strlen(o->instruction), &ret->instruction, NULL);
	ret->instruction = cJSON_Duplicate(o->given, true);
	return ret->instruction ? 0 : -ENOMEM;
}

int order_render(struct store *s, const struct request *rq, const struct order_record *o, struct order *ret)
{
	struct rendering v = { .language = rq->language };
	struct order order;
	int r;

	json_init(&order, &order_json);
	order.id = copy(&v, o->key);
	order.type = copy(&v, o->family->type);
	order.title = copy(&v, tr(rq, o->family->title));
	order.state = (int)o->state;
	order.state_title = copy(&v, tr(rq, state_titles[o->state]));
	order.terms = copy(&v, o->terms);
	order.interaction = copy(&v, o->interaction);
	order.context.maker = copy(&v, o->maker_number);
	order.context.terminal = copy(&v, tr_terminal(rq, o->terminal_label));
	order.context.channel = copy(&v, o->channel);
	order.created = o->created;
	order.updated = o->updated;
	order.execution = o->execution;
	order.business_date = o->business_date;
	order.can_void = order_can_void(o);
	reason_render(&v, o, &order);
	review_render(&v, o, &order);
	money_render(o, &order);
	receipt_render(&v, o, &order);
	r = instruction_render(o, &order);
	if (!r)
		r = needs_render(s, &v, o, &order);
	if (r || v.failed) {
		json_release(&order, &order_json);
		return r ? r : -ENOMEM;
	}
	*ret = order;
	return 0;
}

int order_reply(struct store *s, struct request *rq, int status, const struct order_record *o)
{
	struct order order;
	int r = order_render(s, rq, o, &order);

	if (r)
		return r == -ENOENT || r == -EINVAL ? -EIO : r;
	r = reply_json(rq, status, &order_json, &order);
	json_release(&order, &order_json);
	return r;
}
