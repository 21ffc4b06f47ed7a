/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Home: what the edition's theme lists, in its order. A name is a block of this file, a screen, or an order type;
 * neighbouring screens and order types make one menu.
 */
#include <stdio.h>
#include <string.h>

#include "base/catalogue.h"
#include "base/text.h"
#include "client/outbox.h"
#include "model/account.h"
#include "model/message.h"
#include "model/order_type.h"
#include "screens/load.h"
#include "screens/show.h"

struct home {
	struct load accounts_load;
	struct account_list accounts;
	struct order_type_list types;
	bool types_are_known; /* asked and answered: before, the menu would move under a finger */
	int unread;
};

static void accounts_done(void *data, struct answer *a)
{
	struct visit *v = data;
	struct home *s = v->state;

	if (load_finish(&s->accounts_load, a)) {
		json_release(&s->accounts, &account_list_json);
		s->accounts = *(struct account_list *)a->body;
		memset(a->body, 0, sizeof(struct account_list));
	}
	v->host->changed(v);
}

static void types_done(void *data, struct answer *a)
{
	struct visit *v = data;
	struct home *s = v->state;

	s->types_are_known = true;
	v->host->changed(v);
	if (a->outcome != ANSWER_OK)
		return;
	json_release(&s->types, &order_type_list_json);
	s->types = *(struct order_type_list *)a->body;
	memset(a->body, 0, sizeof(struct order_type_list));
}

static void messages_done(void *data, struct answer *a)
{
	struct visit *v = data;
	struct home *s = v->state;

	if (a->outcome != ANSWER_OK)
		return;
	s->unread = ((struct message_list *)a->body)->unread;
	v->host->changed(v);
}

static void home_load(struct visit *v)
{
	struct home *s = v->state;

	if (s->accounts_load.state != LOAD_READY)
		load_start(&s->accounts_load);
	v->host->call(v, &call_list_accounts, NULL, accounts_done, v);
	v->host->call(v, &call_list_order_types, NULL, types_done, v);
	v->host->call(v, &call_list_messages, &(struct call_args){ .query = { { "limit", "1" } } }, messages_done, v);
}

/* An order that had no answer has one now: said wherever the person is, once. */
static void outbox_moved(void *data, const struct outbox_entry *entry)
{
	struct visit *v = data;
	char text[300];

	if (entry->tries > 1 && entry->state == OUTBOX_KNOWN && entry->order) {
		snprintf(text, sizeof(text), "%s: %s", entry->summary, entry->order->state_title);
		v->host->toast(v, order_tone(entry->order->state), text);
	} else if (entry->tries > 1 && entry->state == OUTBOX_REFUSED) {
		v->host->toast(v, TONE_ERROR, entry->text);
	}
	v->host->changed(v);
}

static int home_open(struct visit *v, const char *arg)
{
	(void)arg;
	home_load(v);
	return outbox_watch(v->client, NULL, outbox_moved, v);
}

static void build_greeting(struct visit *v, struct page *p)
{
	const struct session *session = client_session(v->client);

	if (session)
		page_textf(p, REGION_MAIN, TONE_STRONG, _("Good day, %s"), session->customer.name);
}

static void build_last_login(struct visit *v, struct page *p)
{
	const struct session *session = client_session(v->client);
	char when[SHOW_MAX];

	if (!session)
		return;
	if (!session->last_login.at)
		page_text(p, REGION_SIDE, TONE_MUTED, _("This is your first login here."));
	else
		page_textf(p, REGION_SIDE, TONE_MUTED, _("Last login %s at %s."),
			   show_time(v, session->last_login.at, when),
			   session->last_login.terminal ? session->last_login.terminal : _("an unknown terminal"));
	if (session->last_login.failed_attempts > 0) {
		char text[200];

		snprintf(text, sizeof(text),
			 ngettext("%d wrong password was tried since then.",
				  "%d wrong passwords were tried since then.",
				  (unsigned long)session->last_login.failed_attempts),
			 session->last_login.failed_attempts);
		page_notice(p, REGION_MAIN, TONE_WARNING, text, _("If it was not you, call the bank."));
	}
}

static void build_balances(struct visit *v, struct page *p)
{
	struct home *s = v->state;
	struct money total = { 0 };
	size_t i;

	if (!load_build(&s->accounts_load, p, _("Asking for your accounts...")))
		return;
	for (i = 0; i < s->accounts.accounts_count; i++) {
		const struct account *account = &s->accounts.accounts[i];

		if (strcmp(account->available.currency, "CNY") != 0)
			continue;
		if (!total.currency[0])
			total = account->available;
		else if (money_add(&total, &account->available, &total) < 0)
			return;
	}
	if (total.currency[0])
		page_figure(p, REGION_MAIN, _("Available in all accounts"), &total, NULL);
}

static void build_unknown(struct visit *v, struct page *p)
{
	const struct outbox_entry *const *entries;
	size_t count = outbox_list(v->client, &entries), open = 0;
	char text[200];

	if (outbox_damaged(v->client))
		page_notice(p, REGION_MAIN, TONE_ERROR, _("An order kept on this terminal cannot be read."),
			    _("Compare Orders with what you have given, and call the bank."));
	for (size_t i = 0; i < count; i++)
		open += entries[i]->state == OUTBOX_UNKNOWN || entries[i]->state == OUTBOX_SENDING ||
			entries[i]->state == OUTBOX_VOIDING;
	if (!open)
		return;
	snprintf(text, sizeof(text),
		 ngettext("%zu order has no answer from the bank yet.", "%zu orders have no answer from the bank yet.",
			  (unsigned long)open), open);
	page_notice(p, REGION_MAIN, TONE_WARNING, text, _("It is being asked for. See Orders before you repeat it."));
}

static const struct home_block {
	const char *name;
	void (*build)(struct visit *v, struct page *p);
} home_blocks[] = {
	{ "greeting", build_greeting },
	{ "last-login", build_last_login },
	{ "balances", build_balances },
	{ "unknown-orders", build_unknown },
};

static void add_screen(struct visit *v, struct page *p, struct block *menu, const struct screen *screen)
{
	struct home *s = v->state;
	char badge[32] = "";

	if (strcmp(screen->name, "messages") == 0 && s->unread > 0)
		snprintf(badge, sizeof(badge), ngettext("%d new", "%d new", (unsigned long)s->unread), s->unread);
	block_item(p, menu, &(struct item){ .id = screen->name, .title = _(screen->title), .detail = _(screen->summary),
					    .badge = badge[0] ? badge : screen->code });
}

static void add_order_type(struct visit *v, struct page *p, struct block *menu, const char *name)
{
	struct home *s = v->state;

	for (size_t i = 0; i < s->types.types_count; i++) {
		const struct order_type *type = &s->types.types[i];

		if (strcmp(type->type, name) == 0)
			block_item(p, menu, &(struct item){ .id = name, .title = type->title,
							    .detail = type->summary, .badge = type->code });
	}
}

static void home_build(struct visit *v, struct page *p)
{
	const struct home *s = v->state;
	struct block *menu = NULL;

	for (size_t i = 0; i < v->edition->home_count; i++) {
		const char *name = v->edition->home[i];
		const struct screen *screen = screen_find(name);
		bool is_block = false;

		for (size_t k = 0; k < COUNT(home_blocks); k++)
			if (strcmp(home_blocks[k].name, name) == 0) {
				home_blocks[k].build(v, p);
				is_block = true;
				menu = NULL;
			}
		if (is_block || !s->types_are_known)
			continue;
		if (!menu)
			menu = page_menu(p, REGION_MAIN, name, _("What would you like to do?"));
		if (screen)
			add_screen(v, p, menu, screen);
		else
			add_order_type(v, p, menu, name);
	}
	p->is_waiting = !s->types_are_known;
	p->is_private = true;
}

static void home_event(struct visit *v, const struct event_ui *e)
{
	if (load_wants_retry(e) || e->kind == EVENT_RESUMED || e->kind == EVENT_NEWS ||
	    event_is(e, "", "refresh"))
		home_load(v);
	else if (e->kind == EVENT_ACTION && screen_find(e->item))
		v->host->open(v, e->item, NULL);
	else if (e->kind == EVENT_ACTION && e->item[0])
		v->host->open(v, "order", e->item);
}

static void home_close(struct visit *v)
{
	struct home *s = v->state;

	outbox_unwatch(v->client, v);
	load_release(&s->accounts_load);
	json_release(&s->accounts, &account_list_json);
	json_release(&s->types, &order_type_list_json);
}

static const struct screen_key home_keys[] = {
	{ K_F5, "refresh", N_("Refresh"), N_("Ask the bank again") },
	{ 0, NULL, NULL, NULL },
};

const struct screen screen_home = {
	.name = "home",
	.code = "HO",
	.title = N_("Home"),
	.summary = N_("Balances and everything you can do"),
	.flags = SCREEN_SINGLE,
	.state_size = sizeof(struct home),
	.keys = home_keys,
	.open = home_open,
	.build = home_build,
	.event = home_event,
	.close = home_close,
};
