/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Customer number and password. A wrong one says how many tries are left, never which of the two was wrong. */
#include <string.h>

#include "base/catalogue.h"
#include "screens/load.h"
#include "screens/show.h"

struct login {
	struct load config;
	bool is_busy;
	char *problem;
};

static void config_done(void *data, struct answer *a)
{
	struct visit *v = data;
	struct login *s = v->state;

	load_finish(&s->config, a);
	v->host->changed(v);
}

static int login_open(struct visit *v, const char *arg)
{
	struct login *s = v->state;

	if (arg)
		s->problem = strdup(arg);
	load_start(&s->config);
	v->host->call(v, &call_get_config, NULL, config_done, v);
	return 0;
}

static void login_build(struct visit *v, struct page *p)
{
	struct login *s = v->state;
	const struct config *config = client_config(v->client);
	struct block *form, *actions;

	page_heading(p, REGION_MAIN, config ? config->bank_name : _("Welcome"));
	if (s->problem)
		page_notice(p, REGION_MAIN, TONE_ERROR, s->problem, NULL);
	else if (s->config.state == LOAD_FAILED)
		page_notice(p, REGION_MAIN, TONE_ERROR, s->config.text, NULL);
	form = page_form(p, "login", _("Log in"));
	form_add(p, form, &(struct field){ .name = "customer", .input = FIELD_TEXT, .title = _("Customer number"),
					   .hint = _("On your bank card's letter or your contract."),
					   .is_required = true, .max = 32 });
	form_add(p, form, &(struct field){ .name = "password", .input = FIELD_SECRET, .title = _("Login password"),
					   .hint = _("The bank never asks for it by phone."), .is_required = true,
					   .max = 64 });
	actions = page_actions(p, "login-actions");
	block_item(p, actions, &(struct item){ .id = "login", .title = _("Log in"),
					       .flags = ITEM_DEFAULT | (s->is_busy ? ITEM_DISABLED : 0) });
	block_item(p, actions, &(struct item){ .id = "language", .title = "中文/English" });
	if (s->is_busy)
		page_progress(p, REGION_MAIN, _("Logging in..."), 0, 0);
	if (config && config->is_demo)
		page_text(p, REGION_SIDE, TONE_MUTED,
			  _("Demo bank. Customers 6001, 6002, 6003, and 6009 with 100,000 entries; "
			    "password demo-bank; payment PIN 730418."));
	if (config)
		page_textf(p, REGION_SIDE, TONE_MUTED, _("Need help? Call %s."), config->help_phone);
	p->is_waiting = s->is_busy;
	p->is_private = true;
}

static void login_done(void *data, struct answer *a)
{
	struct visit *v = data;
	struct login *s = v->state;

	s->is_busy = false;
	inputs_clear(&v->inputs, "login", "password");
	if (a->outcome == ANSWER_OK) {
		v->host->replace(v, "home", NULL);
		return;
	}
	free(s->problem);
	s->problem = strdup(a->text);
	v->host->focus(v, "login", "password");
	v->host->changed(v);
}

static void login_try(struct visit *v)
{
	struct login *s = v->state;
	const char *customer = inputs_text(&v->inputs, "login", "customer");
	const struct secret *password = inputs_secret(&v->inputs, "login", "password");
	struct session_request request = { .customer_number = (char *)customer, .password = (struct secret *)password };
	bool has_password = password && secret_length(password) > 0;

	if (s->is_busy)
		return;
	free(s->problem);
	s->problem = NULL;
	if (!*customer || !has_password) {
		s->problem = strdup(!*customer ? _("Please type your customer number.")
					       : _("Please type your password."));
		v->host->focus(v, "login", *customer ? "password" : "customer");
	} else {
		s->is_busy = v->host->call(v, &call_create_session, &(struct call_args){ .body = &request }, login_done,
					   v) != NULL;
	}
	v->host->changed(v);
}

static void login_event(struct visit *v, const struct event_ui *e)
{
	struct login *s = v->state;

	if (event_is(e, "login-actions", "language"))
		v->host->replace(v, "language", NULL);
	else if (event_is(e, "login-actions", "login") || e->kind == EVENT_SUBMIT)
		login_try(v);
	else if (e->kind == EVENT_TICK && s->config.state == LOAD_FAILED && !client_config(v->client)) {
		load_start(&s->config);
		v->host->call(v, &call_get_config, NULL, config_done, v);
	}
}

static void login_close(struct visit *v)
{
	struct login *s = v->state;

	load_release(&s->config);
	free(s->problem);
}

const struct screen screen_login = {
	.name = "login",
	.title = N_("Log in"),
	.summary = N_("Customer number and password"),
	.flags = SCREEN_BEFORE_LOGIN | SCREEN_SINGLE,
	.state_size = sizeof(struct login),
	.open = login_open,
	.build = login_build,
	.event = login_event,
	.close = login_close,
};
