/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Accounts, their entries, and saved payees. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bank/entry_page.h"
#include "bank/parameter.h"
#include "bank/ledger.h"
#include "bank/route.h"
#include "base/text.h"
#include "model/account.h"
#include "model/payee.h"

#define ACCOUNT_COLUMNS \
	"id, number, title, nickname, class, currency, status, opened, balance, held, entry_count"

static char *copy(const char *s)
{
	return s ? strdup(s) : NULL;
}

static struct money money_of(int64_t minor, const char *currency)
{
	struct money m = { .minor = minor < 0 ? -minor : minor };

	snprintf(m.currency, sizeof(m.currency), "%s", currency);
	return m;
}

static int account_take(struct statement *q, const struct request *rq, bool is_masked, struct account *ret)
{
	const char *currency = column_text(q, 5), *number = column_text(q, 1);
	int64_t balance = column_int(q, 8), held = column_int(q, 9);

	json_init(ret, &account_json);
	if (asprintf(&ret->id, "%" PRId64, column_int(q, 0)) < 0)
		ret->id = NULL;
	ret->number = is_masked ? text_mask_tail(number, 4) : strdup(number);
	ret->name = copy(tr(rq, column_text(q, 2)));
	ret->nickname = copy(column_text(q, 3));
	ret->class = (int)column_int(q, 4);
	ret->status = (int)column_int(q, 6);
	ret->opened = (date_days)column_int(q, 7);
	ret->balance = money_of(balance, currency);
	ret->balance_side = balance < 0 ? SIDE_DEBIT : SIDE_CREDIT;
	ret->held = money_of(held, currency);
	ret->available = money_of(balance > held ? balance - held : 0, currency);
	ret->entry_count = (int)column_int(q, 10);
	return ret->id && ret->number && ret->name ? 0 : -ENOMEM;
}

static int accounts_read(struct store *s, struct request *rq)
{
	struct statement *q = store_sql(s, "SELECT " ACCOUNT_COLUMNS
					   " FROM account WHERE customer = :customer AND status <> 4"
					   " ORDER BY id LIMIT 100");
	struct account_list list = { .accounts = calloc(100, sizeof(*list.accounts)) };
	int r = 0, more = 0;

	if (!list.accounts)
		return -ENOMEM;
	bind_int(q, ":customer", rq->who.customer);
	while (!r && (more = statement_step(q)) > 0)
		r = account_take(q, rq, true, &list.accounts[list.accounts_count++]);
	statement_reset(q);
	if (!r && more >= 0)
		r = reply_json(rq, 200, &account_list_json, &list);
	json_release(&list, &account_list_json);
	return more < 0 ? more : r;
}

/* The account that the path names, standing in the statement: 1; 0 answered 404. */
static int account_find(struct store *s, struct request *rq, struct statement **ret)
{
	struct statement *q = store_sql(s, "SELECT " ACCOUNT_COLUMNS " FROM account WHERE customer = :customer"
					   " AND id = CAST(:id AS INTEGER) AND CAST(id AS TEXT) = :id");
	int r;

	bind_int(q, ":customer", rq->who.customer);
	bind_text(q, ":id", rq->args[0]);
	r = statement_step(q);
	if (r == 0)
		reply_problem(rq, 404, "account-unknown", N_("You have no such account."));
	*ret = q;
	return r;
}

static int account_read(struct store *s, struct request *rq)
{
	struct account account;
	struct statement *q;
	int r = account_find(s, rq, &q);

	if (r <= 0)
		return r;
	r = account_take(q, rq, false, &account);
	statement_reset(q);
	if (!r)
		r = reply_json(rq, 200, &account_json, &account);
	json_release(&account, &account_json);
	return r;
}

static int query_date(struct request *rq, const char *name, date_days *ret)
{
	const char *text = request_get(rq, name);

	*ret = DATE_NONE;
	if (!text || !date_parse(text, ret))
		return 0;
	reply_problem(rq, 400, "query-invalid", N_("A date such as 2026-11-21 is needed."));
	return -EINVAL;
}

static int entries_query(struct request *rq, struct entry_query *q)
{
	const char *oldest = request_get(rq, "oldestFirst");
	int r = request_get_int(rq, "limit", 1, 200, 50, &q->limit);

	if (!r)
		r = query_date(rq, "fromBookingDate", &q->from);
	if (!r)
		r = query_date(rq, "toBookingDate", &q->to);
	q->oldest_first = oldest && !strcmp(oldest, "true");
	if (!r && oldest && !q->oldest_first && strcmp(oldest, "false") != 0) {
		reply_problem(rq, 400, "query-invalid", N_("oldestFirst is true or false."));
		r = -EINVAL;
	}
	q->cursor = request_get(rq, "cursor");
	q->search = request_get(rq, "q");
	if (q->search && !q->search[0])
		q->search = NULL;
	if (!r && q->search && (strlen(q->search) > 400 || !text_is_utf8(q->search, strlen(q->search)))) {
		reply_problem(rq, 400, "query-invalid", N_("Please look for a shorter text."));
		r = -EINVAL;
	}
	return r;
}

static int entries_read(struct store *s, struct request *rq)
{
	struct entry_query query = { .customer = rq->who.customer, .language = rq->language };
	struct entry_page page;
	struct statement *q;
	char currency[4];
	int r = account_find(s, rq, &q);

	if (r <= 0)
		return r;
	snprintf(currency, sizeof(currency), "%s", column_text(q, 5));
	query.account = column_int(q, 0);
	query.total = column_int(q, 10);
	query.currency = currency;
	statement_reset(q);
	if (entries_query(rq, &query))
		return 0; /* answered */
	r = entry_page_read(s, &query, &page);
	if (r == -EINVAL)
		return reply_problem(rq, 400, "cursor-invalid",
				     N_("This cursor is not of the bank. Begin without one."));
	if (r)
		return r;
	r = reply_json(rq, 200, &entry_page_json, &page);
	json_release(&page, &entry_page_json);
	return r;
}

static int payee_take(struct statement *q, const struct request *rq, const char *own_agent, struct payee *ret)
{
	const char *agent = column_text(q, 4), *number = column_text(q, 3);

	json_init(ret, &payee_json);
	ret->is_own_bank = !strcmp(agent, own_agent);
	if (asprintf(&ret->id, "%" PRId64, column_int(q, 0)) < 0)
		ret->id = NULL;
	ret->name = copy(column_text(q, 1));
	ret->alias = copy(column_text(q, 2));
	ret->account = text_mask_tail(number, 4);
	ret->agent = copy(agent);
	ret->agent_name = copy(column_text(q, rq->language ? 6 : 5));
	ret->last_used = column_int(q, 7);
	return ret->id && ret->name && ret->account && ret->agent && ret->agent_name ? 0 : -ENOMEM;
}

static int payees_read(struct store *s, struct request *rq)
{
	struct statement *q;
	struct payee_list list = { 0 };
	char own_agent[PARAMETER_TEXT_MAX];
	date_days today;
	int r = business_date(s, &today), more = 0;

	if (!r)
		r = parameter_text(s, "bank.code", today, own_agent);
	if (r)
		return -EBUSY;
	list.payees = calloc(1000, sizeof(*list.payees));
	if (!list.payees)
		return -ENOMEM;
	q = store_sql(
		s,
		"SELECT p.id, p.name, p.alias, p.number, p.agent, a.name, a.name_zh, u.last_paid FROM payee p"
		" JOIN agent a ON a.code = p.agent"
		" LEFT JOIN paid_account u ON u.customer = p.customer AND u.agent = p.agent AND u.number = "
		"p.number"
		" WHERE p.customer = :customer AND p.removed IS NULL ORDER BY coalesce(u.last_paid, 0) DESC, "
		"p.id LIMIT 1000");
	bind_int(q, ":customer", rq->who.customer);
	while (!r && (more = statement_step(q)) > 0)
		r = payee_take(q, rq, own_agent, &list.payees[list.payees_count++]);
	statement_reset(q);
	if (!r && more >= 0)
		r = reply_json(rq, 200, &payee_list_json, &list);
	json_release(&list, &payee_list_json);
	return more < 0 ? more : r;
}

static const char *const entries_names[] = {
	"cursor", "limit", "oldestFirst", "fromBookingDate", "toBookingDate", "q", NULL,
};

static const struct route rows[] = {
	{ .method = "GET", .path = "/v1/accounts", .access = ACCESS_SESSION, .read = accounts_read },
	{ .method = "GET", .path = "/v1/accounts/{accountId}", .access = ACCESS_SESSION, .read = account_read },
	{ .method = "GET", .path = "/v1/accounts/{accountId}/entries", .access = ACCESS_SESSION, .query = entries_names,
	  .read = entries_read },
	{ .method = "GET", .path = "/v1/payees", .access = ACCESS_SESSION, .read = payees_read },
};
const struct route_list account_routes = { rows, COUNT(rows) };
