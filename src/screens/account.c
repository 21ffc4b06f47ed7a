/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One account with its whole number. arg: the account id. */
#include <stdio.h>
#include <string.h>

#include "base/catalogue.h"
#include "model/account.h"
#include "screens/load.h"
#include "screens/show.h"

struct account_state {
	char *id;
	struct load load;
	struct account account;
};

static void account_done(void *data, struct answer *a)
{
	struct visit *v = data;
	struct account_state *s = v->state;

	if (load_finish(&s->load, a)) {
		json_release(&s->account, &account_json);
		s->account = *(struct account *)a->body;
		memset(a->body, 0, sizeof(struct account));
	}
	v->host->changed(v);
}

static void account_load(struct visit *v)
{
	struct account_state *s = v->state;

	load_start(&s->load);
	v->host->call(v, &call_get_account, &(struct call_args){ .path = { s->id } }, account_done, v);
}

static int account_open(struct visit *v, const char *arg)
{
	struct account_state *s = v->state;

	s->id = strdup(arg ? arg : "");
	if (!s->id)
		return -1;
	account_load(v);
	return 0;
}

static const char *const class_titles[] = { "", N_("Class I"), N_("Class II"), N_("Class III") };
static const char *const status_titles[] = { "", N_("Open"), N_("Dormant"), N_("Blocked"), N_("Closed") };

static void account_build(struct visit *v, struct page *p)
{
	struct account_state *s = v->state;
	const struct account *account = &s->account;
	char text[SHOW_MAX];
	struct block *details, *actions;

	if (!load_build(&s->load, p, _("Asking for the account...")))
		return;
	page_heading(p, REGION_MAIN, account->nickname && account->nickname[0] ? account->nickname : account->name);
	page_figure(p, REGION_MAIN, _("Available"), &account->available, NULL);
	details = page_details(p, REGION_MAIN, _("Account"));
	details_add(p, details, _("Account number"), account->number, TONE_STRONG);
	details_add(p, details, _("Product"), account->name, TONE_PLAIN);
	if (account->class > 0 && account->class < (int)COUNT(class_titles))
		details_add(p, details, _("Account class"), _(class_titles[account->class]), TONE_PLAIN);
	details_add(p, details, _("Balance"), show_amount(&account->balance, account->balance_side, text), TONE_PLAIN);
	if (account->held.minor)
		details_add(p, details, _("Held for orders"),
			    show_amount(&account->held, SIDE_CREDIT, text), TONE_WARNING);
	if (account->status > 0 && account->status < (int)COUNT(status_titles))
		details_add(p, details, _("Status"), _(status_titles[account->status]),
			    account->status == ACCOUNT_STATUS_ENABLED ? TONE_PLAIN : TONE_WARNING);
	details_add(p, details, _("Opened on"), show_date(account->opened, text), TONE_PLAIN);
	actions = page_actions(p, "account-actions");
	block_item(p, actions, &(struct item){ .id = "statement", .title = _("Statement"), .flags = ITEM_DEFAULT });
	block_item(p, actions, &(struct item){ .id = "transfer", .title = _("Transfer") });
	p->is_private = true;
}

static void account_event(struct visit *v, const struct event_ui *e)
{
	struct account_state *s = v->state;
	char arg[160];

	if (load_wants_retry(e) || e->kind == EVENT_NEWS) {
		account_load(v);
	} else if (event_is(e, "account-actions", "statement")) {
		v->host->open(v, "statement", s->id);
	} else if (event_is(e, "account-actions", "transfer")) {
		snprintf(arg, sizeof(arg), "transfer debtorAccount=%s", s->id);
		v->host->open(v, "order", arg);
	}
}

static void account_close(struct visit *v)
{
	struct account_state *s = v->state;

	free(s->id);
	load_release(&s->load);
	json_release(&s->account, &account_json);
}

const struct screen screen_account = {
	.name = "account",
	.title = N_("Account"),
	.summary = N_("One account with its full number"),
	.state_size = sizeof(struct account_state),
	.open = account_open,
	.build = account_build,
	.event = account_event,
	.close = account_close,
};
