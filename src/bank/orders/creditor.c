/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bank/orders/creditor.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "model/account.h"

/* Copy what we wrote ourselves; cut rather than overflow if it ever is longer. */
static void fill(char *ret, size_t n, const char *text)
{
	snprintf(ret, n, "%s", text ? text : "");
}

static void own_account_take(struct statement *q, struct own_account *ret)
{
	*ret = (struct own_account){ .id = column_int(q, 0), .is_enabled = column_int(q, 5) == ACCOUNT_STATUS_ENABLED };
	fill(ret->number, sizeof(ret->number), column_text(q, 1));
	if (column_is_null(q, 3))
		snprintf(ret->title, sizeof(ret->title), SAID_TR "%s", column_text(q, 2));
	else
		fill(ret->title, sizeof(ret->title), column_text(q, 3));
	fill(ret->currency, sizeof(ret->currency), column_text(q, 4));
	ret->available = column_int(q, 6) > 0 ? column_int(q, 6) : 0;
}

#define OWN_ACCOUNT_COLUMNS "id, number, title, nickname, currency, status, balance - held + coalesce(overdraft, 0)"

/* Row ids stand on the wire as digits. */
static bool id_read(const char *text, int64_t *ret)
{
	char *end;
	long long value;

	if (text[0] < '1' || text[0] > '9')
		return false;
	errno = 0;
	value = strtoll(text, &end, 10);
	if (errno || *end)
		return false;
	*ret = value;
	return true;
}

int own_account_find(struct quoting *q, const char *id, struct own_account *ret)
{
	struct statement *sql = store_sql(q->store,
		"SELECT " OWN_ACCOUNT_COLUMNS " FROM account WHERE id = :id AND customer = :customer");
	int64_t row;
	int r;

	if (!id_read(id, &row))
		return 0;
	bind_int(sql, ":id", row);
	bind_int(sql, ":customer", q->customer);
	r = statement_step(sql);
	if (r <= 0)
		return r;
	own_account_take(sql, ret);
	statement_reset(sql);
	return 1;
}

static const char *tail(const char *number)
{
	size_t n = strlen(number);

	return n > 4 ? number + n - 4 : number;
}

int own_account_label(const struct own_account *a, struct said *ret)
{
	return said_set(ret, "{1} **** {2}", a->title, tail(a->number), NULL);
}

int own_account_choices(struct quoting *q, struct plan_field *f, const char *prefix, int64_t except)
{
	struct statement *sql = store_sql(q->store,
		"SELECT " OWN_ACCOUNT_COLUMNS " FROM account WHERE customer = :customer AND status = 1 ORDER BY id");
	int r;

	bind_int(sql, ":customer", q->customer);
	while (f && (r = statement_step(sql)) > 0) {
		char value[40], amount[MONEY_TEXT_MAX];
		struct own_account a;
		struct plan_choice *choice;
		struct money m;

		own_account_take(sql, &a);
		if (a.id == except)
			continue;
		snprintf(value, sizeof(value), "%s%" PRId64, prefix, a.id);
		choice = plan_choice(q->plan, f, value);
		if (!choice)
			break;
		m.minor = a.available;
		memcpy(m.currency, a.currency, sizeof(m.currency));
		plan_check(q->plan, own_account_label(&a, &choice->title));
		plan_check(q->plan, said_set(&choice->detail, N_("Available {1}"), money_show_sign(&m, amount),
					     NULL));
	}
	statement_reset(sql);
	return f && r < 0 ? r : 0;
}

int creditor_own_agent(struct quoting *q, char ret[PARAMETER_TEXT_MAX])
{
	return parameter_text(q->store, "bank.code", q->date, ret);
}

int creditor_agent(struct quoting *q, const char *code, struct creditor *ret)
{
	struct statement *sql = store_sql(q->store, "SELECT name, name_zh FROM agent WHERE code = :code");
	char own[PARAMETER_TEXT_MAX];
	int r;

	bind_text(sql, ":code", code);
	r = statement_step(sql);
	if (r <= 0)
		return r;
	fill(ret->agent, sizeof(ret->agent), code);
	fill(ret->agent_name, sizeof(ret->agent_name), column_text(sql, 0));
	fill(ret->agent_name_zh, sizeof(ret->agent_name_zh), column_text(sql, 1));
	statement_reset(sql);
	r = creditor_own_agent(q, own);
	if (r)
		return r;
	ret->kind = strcmp(own, code) ? CREDITOR_OUTSIDE : CREDITOR_INSIDE;
	return 1;
}

/* Names are compared without their spaces: 'Anna  Schmidt' is who 'Anna Schmidt' is. */
static bool names_match(const char *a, const char *b)
{
	for (;;) {
		a += strspn(a, " ");
		b += strspn(b, " ");
		if (*a != *b)
			return false;
		if (!*a)
			return true;
		a++;
		b++;
	}
}

static int holder_find(struct quoting *q, const char *number, char ret[FORM_TEXT_MAX], int64_t *ret_customer,
		       int *ret_status)
{
	struct statement *sql = store_sql(q->store,
		"SELECT p.name, a.customer, a.status FROM account a JOIN customer c ON c.id = a.customer"
		" JOIN person p ON p.id = c.person WHERE a.number = :number");
	int r;

	bind_text(sql, ":number", number);
	r = statement_step(sql);
	if (r <= 0)
		return r;
	fill(ret, FORM_TEXT_MAX, column_text(sql, 0));
	*ret_customer = column_int(sql, 1);
	*ret_status = (int)column_int(sql, 2);
	statement_reset(sql);
	return 1;
}

int creditor_check(struct quoting *q, struct plan_field *at, struct plan_field *name, struct creditor *c)
{
	char *masked;
	int64_t customer;
	int status = 0, r;

	if (c->kind != CREDITOR_INSIDE)
		return 1;
	r = holder_find(q, c->number, c->holder, &customer, &status);
	if (r < 0)
		return r;
	if (r == 0 || status == ACCOUNT_STATUS_CLOSED) {
		form_error(q, at, "account-unknown",
			   N_("This bank has no such account. Please check the number."), NULL);
		return 0;
	}
	masked = text_mask_name(c->holder);
	if (!masked)
		return -ENOMEM;
	form_display(q, at, masked);
	free(masked);
	if (c->given[0] && !names_match(c->given, c->holder)) {
		form_error(q, name, "name-mismatch",
			   N_("This is not the name of the account's holder. Please check name and number."),
			   NULL);
		return 0;
	}
	if (!c->name[0])
		memcpy(c->name, c->holder, sizeof(c->name));
	return 1;
}

int creditor_read(struct quoting *q, const struct order_family *family, struct creditor *ret)
{
	struct plan_field *agent = form_field(q, family, "creditorAgent", true);
	struct plan_field *account = form_field(q, family, "creditorAccount", true);
	struct plan_field *name;
	char code[FORM_TEXT_MAX] = "";
	bool has_account;
	int r = form_text(q, agent, code) ? creditor_agent(q, code, ret) : 0;

	if (r < 0)
		return r;
	if (r == 0 && code[0])
		form_error(q, agent, "agent-unknown", N_("Please choose a bank of the list."), NULL);
	if (r && agent && q->for_form && !agent->display.text)
		plan_check(q->plan, said_data(&agent->display, ret->agent_name, ret->agent_name_zh));
	has_account = form_account_number(q, account, ret->number);
	/* Inside, the account says whose it is; a name may be given to make sure. */
	name = form_field(q, family, "creditorName", !r || ret->kind != CREDITOR_INSIDE);
	if (form_text(q, name, ret->given))
		memcpy(ret->name, ret->given, sizeof(ret->name));
	if (!r || !has_account || (name && name->error))
		return 0;
	if (ret->kind == CREDITOR_OUTSIDE && !ret->given[0])
		return 0;
	return creditor_check(q, account, name, ret);
}

char *creditor_shown_name(const struct creditor *c)
{
	if (c->kind == CREDITOR_INSIDE && !c->given[0])
		return text_mask_name(c->holder);
	return strdup(c->name);
}

void creditor_review(struct quoting *q, const struct creditor *c)
{
	char *name = creditor_shown_name(c);
	struct plan_line *line;

	if (name)
		plan_text(q->plan, "creditorName", N_("Payee"), REVIEW_KIND_NAME, name);
	else
		q->plan->failed = true;
	free(name);
	plan_text(q->plan, "creditorAccount", N_("Payee's account"), REVIEW_KIND_ACCOUNT, c->number);
	line = plan_line(q->plan, "creditorAgent", N_("Payee's bank"), REVIEW_KIND_TEXT);
	if (line)
		plan_check(q->plan, said_data(&line->text, c->agent_name, c->agent_name_zh));
}
