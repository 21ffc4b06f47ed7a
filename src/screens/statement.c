/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The statement of an account: every entry with its running balance, found again by text, amount or dates.
 * arg: the account id; without one, the first account.
 */
#include <stdio.h>
#include <string.h>

#include "base/catalogue.h"
#include "base/text.h"
#include "model/account.h"
#include "screens/entry_window.h"
#include "screens/show.h"

struct statement {
	char *wanted;  /* account id asked for, NULL the first */
	struct load load;
	struct account_list list;
	size_t at;     /* index of the account shown */
	struct entry_window window;
	bool filter_is_open;
	char *problem; /* of the filter form */
	char cells[3][SHOW_MAX]; /* of the row asked for last */
};

static const struct account *account_shown(const struct statement *s)
{
	return s->at < s->list.accounts_count ? &s->list.accounts[s->at] : NULL;
}

static const struct entry_filter no_filter = { .from = DATE_NONE, .to = DATE_NONE };

static void accounts_done(void *data, struct answer *a)
{
	struct visit *v = data;
	struct statement *s = v->state;

	if (load_finish(&s->load, a)) {
		json_release(&s->list, &account_list_json);
		s->list = *(struct account_list *)a->body;
		memset(a->body, 0, sizeof(struct account_list));
		for (size_t i = 0; s->wanted && i < s->list.accounts_count; i++)
			if (strcmp(s->list.accounts[i].id, s->wanted) == 0)
				s->at = i;
		if (account_shown(s))
			entry_window_open(&s->window, v, account_shown(s)->id, &no_filter);
	}
	v->host->changed(v);
}

static int statement_open(struct visit *v, const char *arg)
{
	struct statement *s = v->state;

	s->wanted = arg ? strdup(arg) : NULL;
	load_start(&s->load);
	v->host->call(v, &call_list_accounts, NULL, accounts_done, v);
	return 0;
}

static int64_t rows_count(void *data)
{
	return entry_window_count(&((struct statement *)data)->window);
}

static const char *entry_words(const struct entry *entry)
{
	if (entry->text && entry->text[0])
		return entry->text;
	return entry->title;
}

static bool rows_row(void *data, int64_t index, struct row *ret)
{
	struct statement *s = data;
	const struct entry *entry = entry_window_row(&s->window, index);
	bool is_debit;

	if (!entry)
		return false;
	is_debit = entry->side == SIDE_DEBIT;
	ret->text[0] = show_date(entry->business_date, s->cells[0]);
	ret->tone[0] = TONE_MUTED;
	ret->text[1] = entry->party && entry->party[0] ? entry->party : entry->title;
	ret->text[2] = entry_words(entry);
	ret->tone[2] = TONE_MUTED;
	ret->text[3] = show_signed(&entry->amount, entry->side, s->cells[1]);
	ret->tone[3] = is_debit ? TONE_DEBIT : TONE_CREDIT;
	ret->text[4] = show_amount(&entry->balance, entry->balance_side, s->cells[2]);
	return true;
}

static void build_filter(struct visit *v, struct page *p)
{
	struct statement *s = v->state;
	struct block *form = page_form(p, "filter", _("Find entries"));
	struct block *actions;

	(void)v;
	form_add(p, form, &(struct field){ .name = "search", .input = FIELD_TEXT, .title = _("Text or amount"),
					   .hint = _("A name, a note, or an amount such as 1,234.50"),
					   .submits = true, .max = 60 });
	form_add(p, form, &(struct field){ .name = "from", .input = FIELD_DATE, .title = _("From date"),
					   .hint = _("For example 2026-01-31; empty means from the start") });
	form_add(p, form, &(struct field){ .name = "to", .input = FIELD_DATE, .title = _("To date"),
					   .hint = _("For example 2026-02-28; empty means until today") });
	actions = page_actions(p, "filter-actions");
	block_item(p, actions, &(struct item){ .id = "apply", .title = _("Find"), .flags = ITEM_DEFAULT });
	block_item(p, actions, &(struct item){ .id = "clear", .title = _("Show all") });
	if (s->problem)
		page_notice(p, REGION_MAIN, TONE_ERROR, s->problem, NULL);
}

static void build_searching(const struct statement *s, struct page *p)
{
	bool is_searching = entry_window_is_searching(&s->window);
	char text[SHOW_MAX], line[160];
	struct block *actions;

	if (!is_searching && !s->window.is_stopped)
		return;
	show_date(s->window.searched_to, text);
	if (s->window.is_stopped)
		snprintf(line, sizeof(line), _("Search stopped at %s."), text);
	else
		snprintf(line, sizeof(line), text[0] ? _("Searching, back to %s so far...") : _("Searching..."), text);
	page_progress(p, REGION_STATUS, line, 0, 0);
	actions = page_actions(p, "searching");
	if (is_searching)
		block_item(p, actions, &(struct item){ .id = "stop", .title = _("Stop searching") });
	else
		block_item(p, actions, &(struct item){ .id = "go-on", .title = _("Search on") });
}

static void statement_build(struct visit *v, struct page *p)
{
	struct statement *s = v->state;
	const struct account *account = account_shown(s);
	const struct column columns[] = {
		{ .title = _("Date"), .min = 10, .max = 10 },
		{ .title = _("With"), .min = 14, .max = 26 },
		{ .title = _("Reference"), .min = 10, .priority = 2 },
		{ .title = _("Amount"), .align = COLUMN_RIGHT, .min = 11, .max = 16 },
		{ .title = _("Balance"), .align = COLUMN_RIGHT, .min = 13, .max = 18, .priority = 1 },
	};
	char available[SHOW_MAX];

	p->is_private = true;
	if (!load_build(&s->load, p, _("Asking for your accounts...")))
		return;
	if (!account) {
		page_text(p, REGION_MAIN, TONE_PLAIN, _("You have no accounts yet."));
		return;
	}
	page_textf(p, REGION_MAIN, TONE_STRONG, "%s  %s  %s", account->name, account->number,
		   show_amount(&account->available, SIDE_CREDIT, available));
	if (s->filter_is_open)
		build_filter(v, p);
	build_searching(s, p);
	if (s->window.load.state == LOAD_FAILED || s->window.total < 0) {
		load_build(&s->window.load, p, _("Asking for the entries..."));
		if (s->window.total < 0)
			return;
	}
	page_table(p, "entries", _("Entries"), columns, COUNT(columns),
		   &(struct table_source){ rows_count, rows_row, s },
		   entry_filter_is_empty(&s->window.filter)
			   ? _("Nothing has been booked yet.")
			   : _("Nothing found. Try fewer words or other dates."));
}

static bool read_date(struct visit *v, const char *field, date_days *ret)
{
	const struct config *config = client_config(v->client);
	const char *text = inputs_text(&v->inputs, "filter", field);

	*ret = DATE_NONE;
	return !*text || date_parse_typed(text, config ? config->business_date : 0, ret) == 0;
}

static void apply_filter(struct visit *v)
{
	struct statement *s = v->state;
	struct entry_filter filter = no_filter;

	free(s->problem);
	s->problem = NULL;
	snprintf(filter.search, sizeof(filter.search), "%s", inputs_text(&v->inputs, "filter", "search"));
	if (!read_date(v, "from", &filter.from) || !read_date(v, "to", &filter.to)) {
		s->problem = strdup(_("Please type dates such as 2026-01-31."));
	} else if (filter.from != DATE_NONE && filter.to != DATE_NONE && filter.from > filter.to) {
		s->problem = strdup(_("The first date is after the last."));
	} else {
		s->filter_is_open = false;
		entry_window_open(&s->window, v, account_shown(s)->id, &filter);
		v->host->focus(v, "entries", "");
	}
	v->host->changed(v);
}

static void show_all(struct visit *v)
{
	struct statement *s = v->state;

	s->filter_is_open = false;
	inputs_clear(&v->inputs, "filter", "search");
	inputs_clear(&v->inputs, "filter", "from");
	inputs_clear(&v->inputs, "filter", "to");
	entry_window_open(&s->window, v, account_shown(s)->id, &no_filter);
	v->host->focus(v, "entries", "");
	v->host->changed(v);
}

static void open_entry(struct visit *v, int64_t row)
{
	struct statement *s = v->state;
	const struct entry *entry = entry_window_row(&s->window, row);
	_cleanup_(buf_release) struct buf json;

	buf_init(&json, 0);
	if (entry && json_write(entry, &entry_json, &json) == 0)
		v->host->open(v, "entry", json.data);
}

static void statement_key(struct visit *v, const struct event_ui *e)
{
	struct statement *s = v->state;

	if (!account_shown(s))
		return;
	if (strcmp(e->item, "find") == 0) {
		s->filter_is_open = true;
		v->host->changed(v);
		v->host->focus(v, "filter", "search");
	} else if (strcmp(e->item, "all") == 0) {
		show_all(v);
	} else if (strcmp(e->item, "account") == 0) {
		s->at = (s->at + 1) % s->list.accounts_count;
		show_all(v);
	} else if (strcmp(e->item, "refresh") == 0) {
		entry_window_open(&s->window, v, account_shown(s)->id, &s->window.filter);
		v->host->changed(v);
	}
}

static void statement_event(struct visit *v, const struct event_ui *e)
{
	struct statement *s = v->state;
	bool is_again = load_wants_retry(e) || e->kind == EVENT_RESUMED;

	if (is_again && s->load.state == LOAD_FAILED) {
		load_start(&s->load);
		v->host->call(v, &call_list_accounts, NULL, accounts_done, v);
	} else if (is_again && s->window.load.state == LOAD_FAILED) {
		entry_window_open(&s->window, v, account_shown(s)->id, &s->window.filter);
	} else if (e->kind == EVENT_ROWS) {
		entry_window_look(&s->window, e->row, e->last);
	} else if (e->kind == EVENT_ROW) {
		open_entry(v, e->row);
	} else if (event_is(e, "searching", "stop")) {
		entry_window_stop(&s->window);
		v->host->changed(v);
	} else if (event_is(e, "searching", "go-on")) {
		entry_window_go_on(&s->window);
		v->host->changed(v);
	} else if (event_is(e, "filter-actions", "apply") || e->kind == EVENT_SUBMIT) {
		apply_filter(v);
	} else if (event_is(e, "filter-actions", "clear")) {
		show_all(v);
	} else if (e->kind == EVENT_ACTION && !e->block[0]) {
		statement_key(v, e);
	}
}

static void statement_close(struct visit *v)
{
	struct statement *s = v->state;

	free(s->wanted);
	free(s->problem);
	load_release(&s->load);
	json_release(&s->list, &account_list_json);
	s->window.call = NULL; /* cancelled by the app */
	entry_window_release(&s->window);
}

static const struct screen_key statement_keys[] = {
	{ '/', "find", N_("Find"), N_("Find entries by text, amount or dates") },
	{ 'a', "all", N_("All"), N_("Show all entries again") },
	{ 'n', "account", N_("Next account"), N_("The statement of the next account") },
	{ K_F5, "refresh", N_("Refresh"), N_("Ask the bank again") },
	{ 0, NULL, NULL, NULL },
};

const struct screen screen_statement = {
	.name = "statement",
	.code = "ST",
	.title = N_("Statement"),
	.summary = N_("Every entry, with search"),
	.flags = SCREEN_IN_HOME,
	.state_size = sizeof(struct statement),
	.keys = statement_keys,
	.open = statement_open,
	.build = statement_build,
	.event = statement_event,
	.close = statement_close,
};
