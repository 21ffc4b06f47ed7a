/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Saving and removing payees. */
#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "bank/order_record.h"
#include "bank/orders/creditor.h"
#include "bank/orders/orders.h"
#include "bank/payee.h"
#include "base/json.h"
#include "base/macros.h"

static const struct field_spec add_fields[] = {
	{ .name = "creditorAgent", .kind = FIELD_KIND_LOOKUP, .title = N_("Payee's bank"), .lookup = "banks" },
	{ .name = "creditorAccount",
	  .kind = FIELD_KIND_ACCOUNT_NUMBER,
	  .title = N_("Payee's account"),
	  .max_length = 40 },
	{ .name = "creditorName", .kind = FIELD_KIND_NAME, .title = N_("Payee's name"), .max_length = 60 },
	{ .name = "alias", .kind = FIELD_KIND_TEXT, .title = N_("What you call this payee"), .max_length = 30 },
};
static const struct field_spec remove_fields[] = {
	{ .name = "payee", .kind = FIELD_KIND_PAYEE, .title = N_("Payee") },
};

struct note {
	char *id; /* of the payee to remove */
	char *agent, *number, *name, *alias;
};
#define NOTE(member) { #member, JSON_TEXT, JSON_OPTIONAL, offsetof(struct note, member), 0, NULL, NULL }
static const struct json_field note_fields[] = { NOTE(id), NOTE(agent), NOTE(number), NOTE(name), NOTE(alias) };
static const struct json_table note_json = { "PayeeNote", sizeof(struct note), note_fields, COUNT(note_fields) };

static void plan_note(struct quoting *q, const struct note *n)
{
	struct buf out;

	buf_init(&out, 0);
	if (json_write(n, &note_json, &out))
		q->plan->failed = true;
	else
		q->plan->note = buf_detach(&out);
	buf_release(&out);
}

static int saved_already(struct quoting *q, const struct creditor *c)
{
	struct statement *sql = store_sql(q->store, "SELECT 1 FROM payee WHERE customer = :customer AND agent "
						    "= :agent AND number = :number AND removed IS NULL");
	int r;

	bind_int(sql, ":customer", q->customer);
	bind_text(sql, ":agent", c->agent);
	bind_text(sql, ":number", c->number);
	r = statement_step(sql);
	statement_reset(sql);
	return r;
}

static int add_quote(struct quoting *q)
{
	struct creditor c = { .kind = CREDITOR_OUTSIDE };
	char alias[FORM_TEXT_MAX] = "", *shown;
	struct plan_field *f;
	int r = creditor_read(q, &payee_add_family, &c), saved;

	f = form_field(q, &payee_add_family, "alias", false);
	form_text(q, f, alias);
	if (r <= 0)
		return r;
	saved = saved_already(q, &c);
	if (saved < 0)
		return saved;
	if (saved)
		form_error(q, &q->plan->fields[1], "payee-saved", N_("You have saved this payee already."), NULL);
	creditor_review(q, &c);
	if (alias[0])
		plan_text(q->plan, "alias", N_("What you call this payee"), REVIEW_KIND_TEXT, alias);
	plan_need(q->plan, NEED_KIND_PROOF, NEED_BY_PIN);
	shown = creditor_shown_name(&c);
	if (!shown)
		return -ENOMEM;
	plan_note(q, &(struct note){ .agent = c.agent,
				     .number = c.number,
				     .name = shown,
				     .alias = alias[0] ? alias : NULL });
	free(shown);
	return 0;
}

static int add_post(struct store *s, const struct order_record *o, int64_t now, struct outcome *ret)
{
	struct note n = { 0 };
	int r = json_read_text(o->note, strlen(o->note), &note_json, JSON_STRICT, &n, NULL) ? -EIO : 0;

	ret->state = ORDER_STATE_DONE;
	if (!r)
		r = payee_save(s, &(struct payee_new){ o->customer, n.name, n.alias, n.agent, n.number }, now);
	json_release(&n, &note_json);
	return r;
}

static int remove_quote(struct quoting *q)
{
	struct plan_field *f = form_field(q, &payee_remove_family, "payee", true);
	struct creditor c = { 0 };
	char id[FORM_TEXT_MAX];
	int r = q->for_form ? payee_choices(q, f, "") : 0;

	if (r || !form_text(q, f, id))
		return r;
	r = payee_creditor(q, id, &c);
	if (r == 0)
		form_error(q, f, "payee-unknown", N_("Please choose one of your payees."), NULL);
	if (r <= 0)
		return r;
	memcpy(c.given, c.name, sizeof(c.given)); /* the customer's own record: shown as it is */
	creditor_review(q, &c);
	plan_need(q->plan, NEED_KIND_PROOF, NEED_BY_PIN);
	plan_note(q, &(struct note){ .id = id });
	return 0;
}

static int remove_post(struct store *s, const struct order_record *o, int64_t now, struct outcome *ret)
{
	struct note n = { 0 };
	int r = json_read_text(o->note, strlen(o->note), &note_json, JSON_STRICT, &n, NULL) ? -EIO : 0;

	ret->state = ORDER_STATE_DONE;
	if (!r)
		r = payee_remove(s, o->customer, strtoll(n.id, NULL, 10), now);
	json_release(&n, &note_json);
	return r;
}

const struct order_family payee_add_family = {
	.type = "payee-add",
	.code = "PA",
	.family = "payees",
	.title = N_("Save a payee"),
	.summary = N_("Keep somebody's account, to pay without typing it again"),
	.fields = add_fields,
	.fields_count = COUNT(add_fields),
	.quote = add_quote,
	.post = add_post,
};

const struct order_family payee_remove_family = {
	.type = "payee-remove",
	.code = "PR",
	.family = "payees",
	.title = N_("Remove a payee"),
	.summary = N_("Forget a saved payee; payments made stay as they are"),
	.fields = remove_fields,
	.fields_count = COUNT(remove_fields),
	.quote = remove_quote,
	.post = remove_post,
};
