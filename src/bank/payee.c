/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bank/payee.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "bank/event.h"

static void account_bind(struct statement *q, int64_t customer, const char *agent, const char *number)
{
	bind_int(q, ":customer", customer);
	bind_text(q, ":agent", agent);
	bind_text(q, ":number", number);
}

int payee_choices(struct quoting *q, struct plan_field *f, const char *prefix)
{
	struct statement *sql = store_sql(q->store,
		"SELECT p.id, coalesce(p.alias, p.name), a.name, a.name_zh, p.number FROM payee p"
		" JOIN agent a ON a.code = p.agent"
		" LEFT JOIN paid_account u ON u.customer = p.customer AND u.agent = p.agent AND u.number = p.number"
		" WHERE p.customer = :customer AND p.removed IS NULL ORDER BY coalesce(u.last_paid, 0) DESC, p.id");
	int r;

	bind_int(sql, ":customer", q->customer);
	while (f && (r = statement_step(sql)) > 0) {
		const char *number = column_text(sql, 4);
		size_t n = strlen(number);
		char value[40];
		struct plan_choice *choice;

		snprintf(value, sizeof(value), "%s%" PRId64, prefix, column_int(sql, 0));
		choice = plan_choice(q->plan, f, value);
		if (!choice)
			break;
		plan_check(q->plan, said_data(&choice->title, column_text(sql, 1), NULL));
		plan_check(q->plan, said_set(&choice->detail, "**** {1} {2}", number + (n > 4 ? n - 4 : 0),
					     column_text(sql, 2), NULL));
		if (choice->detail.text && asprintf(&choice->detail.chinese, "**** %s %s",
						    number + (n > 4 ? n - 4 : 0), column_text(sql, 3)) < 0) {
			choice->detail.chinese = NULL;
			q->plan->failed = true;
		}
	}
	statement_reset(sql);
	return f && r < 0 ? r : 0;
}

int payee_creditor(struct quoting *q, const char *id, struct creditor *ret)
{
	struct statement *sql = store_sql(q->store, "SELECT agent, number, name FROM payee WHERE CAST(id AS "
						    "TEXT) = :id AND customer = :customer"
						    " AND (removed IS NULL OR removed >= :agreed)");
	char agent[PARAMETER_TEXT_MAX];
	int r;

	bind_text(sql, ":id", id);
	bind_int(sql, ":customer", q->customer);
	bind_int(sql, ":agreed", q->agreed ? q->agreed : INT64_MAX);
	r = statement_step(sql);
	if (r <= 0)
		return r;
	snprintf(agent, sizeof(agent), "%s", column_text(sql, 0));
	snprintf(ret->number, sizeof(ret->number), "%s", column_text(sql, 1));
	snprintf(ret->name, sizeof(ret->name), "%s", column_text(sql, 2));
	statement_reset(sql);
	return creditor_agent(q, agent, ret);
}

int payee_is_known(struct store *s, int64_t customer, const char *agent, const char *number, bool *ret)
{
	struct statement *q = store_sql(s,
		"SELECT 1 FROM paid_account WHERE customer = :customer AND agent = :agent AND number = :number");
	int r;

	account_bind(q, customer, agent, number);
	r = statement_step(q);
	if (r < 0)
		return r;
	*ret = r > 0;
	statement_reset(q);
	return 0;
}

int payee_paid(struct store *s, int64_t customer, const char *agent, const char *number, int64_t now)
{
	struct statement *q = store_sql(s,
		"INSERT INTO paid_account(customer, agent, number, first_paid, last_paid, times)"
		" VALUES(:customer, :agent, :number, :now, :now, 1)"
		" ON CONFLICT(customer, agent, number) DO UPDATE SET last_paid = :now, times = paid_account.times + 1");

	account_bind(q, customer, agent, number);
	bind_int(q, ":now", now);
	return statement_run(q, NULL);
}

static int payee_event(struct store *s, int64_t customer, int64_t id, int64_t now)
{
	char subject[24];

	snprintf(subject, sizeof(subject), "%" PRId64, id);
	return event_add(s, customer, EVENT_KIND_PAYEE, subject, now);
}

int payee_save(struct store *s, const struct payee_new *p, int64_t now)
{
	struct statement *q = store_sql(s,
		"INSERT INTO payee(customer, name, alias, agent, number, created)"
		" VALUES(:customer, :name, :alias, :agent, :number, :now) ON CONFLICT DO NOTHING RETURNING id");
	int64_t id;
	int r;

	account_bind(q, p->customer, p->agent, p->number);
	bind_text(q, ":name", p->name);
	bind_text(q, ":alias", p->alias);
	bind_int(q, ":now", now);
	r = statement_step(q);
	if (r <= 0)
		return r;
	id = column_int(q, 0);
	r = statement_step(q);
	return r ? r : payee_event(s, p->customer, id, now);
}

int payee_remove(struct store *s, int64_t customer, int64_t id, int64_t now)
{
	struct statement *q = store_sql(s,
		"UPDATE payee SET removed = :now WHERE id = :id AND customer = :customer AND removed IS NULL");
	int r;

	bind_int(q, ":now", now);
	bind_int(q, ":id", id);
	bind_int(q, ":customer", customer);
	r = statement_guard(q);
	if (r)
		return r == -EAGAIN ? -ENOENT : r;
	return payee_event(s, customer, id, now);
}
