/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Pages of the app that cover everything: the lock, the question whether anybody is there, and leaving.
 *
 * A lock hides the page and keeps what was typed on it. The login password opens it; the bank checks it. After
 * UNLOCK_TRIES wrong ones the session ends.
 */
#include <string.h>

#include "app/state.h"
#include "base/catalogue.h"

#define UNLOCK_TRIES 5

struct lock {
	bool is_busy;
	int wrong;
	char *problem;
};

static void lock_build(struct visit *v, struct page *p)
{
	const struct lock *s = v->state;
	const struct session *session = client_session(v->client);
	struct block *b;

	page_heading(p, REGION_MAIN, _("The screen is locked"));
	if (session)
		page_textf(p, REGION_MAIN, TONE_PLAIN, _("%s, your work is kept. Type your login password to go on."),
			   session->customer.name);
	if (s->problem)
		page_notice(p, REGION_MAIN, TONE_ERROR, s->problem, NULL);
	b = page_form(p, "unlock", _("Unlock"));
	form_add(p, b, &(struct field){ .name = "password", .input = FIELD_SECRET, .title = _("Login password"),
					.is_required = true, .max = 64 });
	b = page_actions(p, "unlock-actions");
	block_item(p, b, &(struct item){ .id = "unlock", .title = _("Unlock"),
					 .flags = ITEM_DEFAULT | (s->is_busy ? ITEM_DISABLED : 0) });
	block_item(p, b, &(struct item){ .id = "end", .title = _("Log out") });
	if (s->is_busy)
		page_progress(p, REGION_MAIN, _("Checking..."), 0, 0);
	p->is_waiting = s->is_busy;
	p->is_private = true;
}

static void end_session(struct visit *v, const char *reason)
{
	struct app *app = visit_app(v);
	struct call *call = client_call(v->client, &call_delete_session, NULL, forget_answer, app);

	if (call)
		call_own(call, app);
	client_forget_session(v->client);
	app_wish(app, WISH_SESSION_END, NULL, NULL, reason);
}

static void unlock_done(void *data, struct answer *a)
{
	struct visit *v = data;
	struct lock *s = v->state;
	bool is_wrong = a->outcome == ANSWER_PROBLEM && (a->status == 401 || a->status == 403 || a->status == 422);

	s->is_busy = false;
	inputs_clear(&v->inputs, "unlock", "password");
	if (a->outcome == ANSWER_OK) {
		v->host->back(v, NULL);
		return;
	}
	s->wrong += is_wrong;
	if (s->wrong >= UNLOCK_TRIES) {
		end_session(v, _("The password was wrong too often. Please log in again."));
		return;
	}
	free(s->problem);
	s->problem = strdup(a->text);
	v->host->focus(v, "unlock", "password");
}

static void unlock(struct visit *v)
{
	struct lock *s = v->state;
	const struct secret *password = inputs_secret(&v->inputs, "unlock", "password");
	struct unlock_request request = { .password = (struct secret *)password };

	if (s->is_busy)
		return;
	free(s->problem);
	s->problem = NULL;
	if (!password || !secret_length(password))
		s->problem = strdup(_("Please type your password."));
	else
		s->is_busy = v->host->call(v, &call_unlock_session, &(struct call_args){ .body = &request },
					   unlock_done, v) != NULL;
	v->host->changed(v);
}

static void lock_event(struct visit *v, const struct event_ui *e)
{
	bool is_action = e->kind == EVENT_ACTION;

	if (e->kind == EVENT_SUBMIT || (is_action && !strcmp(e->item, "unlock")))
		unlock(v);
	else if (is_action && !strcmp(e->item, "end"))
		end_session(v, NULL);
}

static void lock_close(struct visit *v)
{
	struct lock *s = v->state;

	free(s->problem);
}

const struct own_screen lock_screen = {
	.screen = {
		.name = "lock",
		.title = N_("Locked"),
		.summary = N_("The screen is hidden until you type your password"),
		.state_size = sizeof(struct lock),
		.build = lock_build,
		.event = lock_event,
		.close = lock_close,
	},
	.is_locking = true,
};

bool app_is_locked(const struct app *app)
{
	return entry_is_own(app->cover, &lock_screen);
}

void app_lock(struct app *app)
{
	if (app_is_locked(app))
		return;
	app_forget_ahead(app);
	command_close(&app->command);
	app->toast.until = 0;
	if (client_session(app->client))
		app_cover(app, &lock_screen, NULL);
	else
		app_restart(app, NULL);
	/* At once, not at the end of the batch: what was on the screen is gone when this returns. */
	app_build(app);
	app_show(app, app_now_ms(app));
}

/* ---- nobody there? ---- */

static void idle_build(struct visit *v, struct page *p)
{
	const struct app *app = v->app;

	page_heading(p, REGION_MAIN, _("Still there?"));
	page_text(p, REGION_MAIN, TONE_STRONG, _("Press any key to go on."));
	page_textf(p, REGION_MAIN, TONE_PLAIN,
		   ngettext("Otherwise the screen locks in %d second. Your work is kept.",
			    "Otherwise the screen locks in %d seconds. Your work is kept.",
			    (unsigned long)app_lock_in(app)), app_lock_in(app));
	p->is_private = true;
}

static void idle_event(struct visit *v, const struct event_ui *e)
{
	if (e->kind == EVENT_TICK)
		v->host->changed(v);
}

const struct own_screen idle_screen = {
	.screen = {
		.name = "idle",
		.title = N_("Still there?"),
		.summary = N_("The screen locks when nobody answers"),
		.build = idle_build,
		.event = idle_event,
	},
};

/* ---- leaving ---- */

static void leave_build(struct visit *v, struct page *p)
{
	struct block *b;

	(void)v;
	page_heading(p, REGION_MAIN, _("Leave bankterm?"));
	b = page_actions(p, "leave");
	block_item(p, b, &(struct item){ .id = "leave", .title = _("Log out and leave"), .flags = ITEM_DEFAULT });
	block_item(p, b, &(struct item){ .id = "stay", .title = _("Stay") });
}

static void leave_event(struct visit *v, const struct event_ui *e)
{
	if (e->kind != EVENT_ACTION)
		return;
	if (!strcmp(e->item, "leave"))
		v->host->quit(v);
	else
		v->host->back(v, NULL);
}

const struct own_screen leave_screen = {
	.screen = {
		.name = "leave",
		.title = N_("Leave"),
		.summary = N_("Log out and end the program"),
		.build = leave_build,
		.event = leave_event,
	},
};
