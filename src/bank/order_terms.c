/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bank/order_terms.h"

#include <cjson/cJSON.h>
#include <errno.h>
#include <string.h>

#include "bank/order_change.h"
#include "bank/quote.h"
#include "base/json.h"
#include "base/macros.h"

static bool need_is_met(const struct order_record *o, const struct plan_need *need)
{
	for (size_t i = 0; i < o->needs_count; i++)
		if (o->needs[i].kind == need->kind && o->needs[i].by == need->by)
			return o->needs[i].status == NEED_STATUS_MET;
	return false;
}

/* The plan asks for nothing that was not given: then its needs are those that the terms name. */
static bool needs_hold(const struct order_record *o, struct plan *p)
{
	for (size_t i = 0; i < p->needs_count; i++)
		if (!need_is_met(o, &p->needs[i]))
			return false;
	for (size_t i = 0; i < o->needs_count; i++)
		p->needs[i] = (struct plan_need){ o->needs[i].kind, o->needs[i].by };
	p->needs_count = o->needs_count;
	return true;
}

static int take_plan(struct order_record *o, struct plan *p)
{
	char *note = p->note ? TAKE_PTR(p->note) : strdup("{}");

	if (!note)
		return -ENOMEM;
	free(o->note);
	o->note = note;
	o->total = p->total;
	o->fee = p->fee;
	o->debtor = p->debtor;
	return 0;
}

static int compare(struct order_record *o, struct plan *p, int64_t now, bool *ret)
{
	char terms[SHA256_HEX];

	*ret = false;
	if (!p->is_complete || !needs_hold(o, p))
		return 0;
	plan_terms(p, o->family->type, terms);
	if (strcmp(terms, o->terms) != 0)
		return 0;
	if (o->state == ORDER_STATE_WAITING)
		o->execution = p->delay ? now + p->delay : p->execution;
	*ret = true;
	return take_plan(o, p);
}

static int plan_anew(struct store *s, struct order_record *o, const struct cJSON *instruction, int64_t now, bool *ret)
{
	struct plan plan = { 0 };
	struct quoting q;
	const char *name;
	int r = quoting_init(&q, s, o->state == ORDER_STATE_WAITING ? now : o->created, o->customer);

	if (r)
		return r;
	q.plan = &plan;
	q.instruction = instruction;
	q.agreed = o->created;
	r = quote_plan(&q, o->family, &name);
	if (!r)
		r = compare(o, &plan, now, ret);
	plan_release(&plan);
	return r;
}

int order_terms_hold(struct store *s, struct order_record *o, int64_t now, bool *ret)
{
	struct cJSON *instruction = NULL;
	bool is_sealed;
	int r = order_change_holds(s, o, &is_sealed);

	if (r)
		return r;
	r = is_sealed ? json_parse(o->instruction, strlen(o->instruction), &instruction, NULL) : -EINVAL;
	if (!r)
		r = plan_anew(s, o, instruction, now, ret);
	json_free(instruction);
	if (r == -EINVAL) { /* not what the bank wrote, or an instruction that no plan can be made of */
		*ret = false;
		r = 0;
	}
	return r;
}
