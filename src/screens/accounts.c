/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The customer's accounts; Enter opens the statement. */
#include <stdio.h>
#include <string.h>

#include "base/catalogue.h"
#include "model/account.h"
#include "screens/load.h"
#include "screens/show.h"

struct accounts {
	struct load load;
	struct account_list list;
	char available[SHOW_MAX], balance[SHOW_MAX]; /* of the row asked for last */
};

static void accounts_done(void *data, struct answer *a)
{
	struct visit *v = data;
	struct accounts *s = v->state;

	if (load_finish(&s->load, a)) {
		json_release(&s->list, &account_list_json);
		s->list = *(struct account_list *)a->body;
		memset(a->body, 0, sizeof(struct account_list));
	}
	v->host->changed(v);
}

static void accounts_load(struct visit *v)
{
	struct accounts *s = v->state;

	if (s->load.state != LOAD_READY)
		load_start(&s->load);
	v->host->call(v, &call_list_accounts, NULL, accounts_done, v);
}

static int accounts_open(struct visit *v, const char *arg)
{
	(void)arg;
	accounts_load(v);
	return 0;
}

static int64_t accounts_count(void *data)
{
	struct accounts *s = data;

	return (int64_t)s->list.accounts_count;
}

static bool accounts_row(void *data, int64_t i, struct row *ret)
{
	struct accounts *s = data;
	const struct account *account = &s->list.accounts[i];

	ret->text[0] = account->nickname && account->nickname[0] ? account->nickname : account->name;
	ret->tone[0] = TONE_STRONG;
	ret->text[1] = account->number;
	ret->text[2] = show_amount(&account->available, SIDE_CREDIT, s->available);
	ret->text[3] = show_amount(&account->balance, account->balance_side, s->balance);
	ret->tone[3] = TONE_MUTED;
	return true;
}

static void accounts_build(struct visit *v, struct page *p)
{
	struct accounts *s = v->state;
	const struct column columns[] = {
		{ .title = _("Account"), .min = 12, .max = 30 },
		{ .title = _("Number"), .min = 9, .max = 24, .priority = 1 },
		{ .title = _("Available"), .align = COLUMN_RIGHT, .min = 12, .max = 20 },
		{ .title = _("Balance"), .align = COLUMN_RIGHT, .min = 12, .max = 20, .priority = 2 },
	};

	if (!load_build(&s->load, p, _("Asking for your accounts...")))
		return;
	page_table(p, "accounts", _("Accounts"), columns, COUNT(columns),
		   &(struct table_source){ accounts_count, accounts_row, s }, _("You have no accounts yet."));
	p->is_private = true;
}

static const struct account *account_in_event(struct accounts *s, const struct event_ui *e)
{
	int64_t row = e->row;

	return row >= 0 && (size_t)row < s->list.accounts_count ? &s->list.accounts[row] : NULL;
}

static void accounts_event(struct visit *v, const struct event_ui *e)
{
	struct accounts *s = v->state;
	const struct account *account = account_in_event(s, e);
	char arg[160];

	if (load_wants_retry(e) || event_is(e, "", "refresh") || e->kind == EVENT_NEWS || e->kind == EVENT_RESUMED) {
		accounts_load(v);
	} else if (account && e->kind == EVENT_ROW) {
		v->host->open(v, "statement", account->id);
	} else if (account && event_is(e, "", "details")) {
		v->host->open(v, "account", account->id);
	} else if (account && event_is(e, "", "transfer")) {
		snprintf(arg, sizeof(arg), "transfer debtorAccount=%s", account->id);
		v->host->open(v, "order", arg);
	}
}

static void accounts_close(struct visit *v)
{
	struct accounts *s = v->state;

	load_release(&s->load);
	json_release(&s->list, &account_list_json);
}

static const struct screen_key accounts_keys[] = {
	{ 'd', "details", N_("Details"), N_("The account's full number, class and opening date") },
	{ 't', "transfer", N_("Transfer"), N_("Transfer from this account") },
	{ K_F5, "refresh", N_("Refresh"), N_("Ask the bank again") },
	{ 0, NULL, NULL, NULL },
};

const struct screen screen_accounts = {
	.name = "accounts",
	.code = "AC",
	.title = N_("Accounts"),
	.summary = N_("Balances and statements"),
	.flags = SCREEN_IN_HOME | SCREEN_SINGLE,
	.state_size = sizeof(struct accounts),
	.keys = accounts_keys,
	.open = accounts_open,
	.build = accounts_build,
	.event = accounts_event,
	.close = accounts_close,
};
