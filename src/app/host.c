/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What screens ask of the app. Moving about is done after the screen's callback has returned. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "app/settings.h"
#include "app/state.h"
#include "base/catalogue.h"
#include "base/text.h"

/* ---- wishes ---- */

static void wish_release(struct wish *w)
{
	free(w->screen);
	free(w->text);
}

int app_wish(struct app *app, enum wish_kind kind, struct visit *from, const char *screen, const char *text)
{
	struct wish w = { .kind = kind, .from = from };

	if (app->wish_count == app->wish_cap) {
		size_t cap = app->wish_cap ? 2 * app->wish_cap : 8;
		struct wish *list = realloc(app->wishes, cap * sizeof(*list));

		if (!list)
			return -ENOMEM;
		app->wishes = list;
		app->wish_cap = cap;
	}
	w.screen = screen ? strdup(screen) : NULL;
	w.text = text ? strdup(text) : NULL;
	if ((screen && !w.screen) || (text && !w.text)) {
		wish_release(&w);
		return -ENOMEM;
	}
	app->wishes[app->wish_count++] = w;
	return 0;
}

void app_forget_wishes(struct app *app, const struct visit *from)
{
	size_t kept = 0;

	for (size_t i = 0; i < app->wish_count; i++)
		if (!from || app->wishes[i].from == from)
			wish_release(&app->wishes[i]);
		else
			app->wishes[kept++] = app->wishes[i];
	app->wish_count = kept;
}

static const struct screen *wished_screen(struct app *app, const struct wish *w)
{
	const struct screen *screen = screen_find(w->screen);

	if (!screen)
		app_toast(app, TONE_ERROR, _("This page cannot be opened now."));
	return screen;
}

/* How many visits the stack has up to and with this one; 0 when it is not on it. */
static size_t height_of(const struct app *app, const struct visit *v)
{
	size_t i = app->depth;

	while (i && &app->stack[i - 1]->visit != v)
		i--;
	return i;
}

static void grant_open(struct app *app, const struct wish *w)
{
	const struct screen *screen = wished_screen(app, w);
	size_t height = height_of(app, w->from);

	if (screen && height)
		stack_close_above(app, app->stack[height - 1]);
	if (screen)
		stack_open(app, screen, w->text);
}

static void grant_back(struct app *app, const struct wish *w)
{
	if (!w->from) {
		stack_back(app, w->text);
	} else if (app->cover && w->from == &app->cover->visit) {
		app_uncover(app);
	} else if (height_of(app, w->from)) {
		stack_close_above(app, (const struct entry *)w->from);
		stack_back(app, w->text);
	}
}

static void grant_replace(struct app *app, const struct wish *w)
{
	const struct screen *screen = wished_screen(app, w);
	size_t height = height_of(app, w->from);

	if (!screen)
		return;
	if (height)
		stack_close_above(app, height > 1 ? app->stack[height - 2] : NULL);
	stack_open(app, screen, w->text);
}

static void grant(struct app *app, const struct wish *w)
{
	switch (w->kind) {
	case WISH_OPEN:
		grant_open(app, w);
		break;
	case WISH_BACK:
		grant_back(app, w);
		break;
	case WISH_REPLACE:
		grant_replace(app, w);
		break;
	case WISH_HOME:
		app_home(app);
		break;
	case WISH_LOCK:
		app_lock(app);
		break;
	case WISH_QUIT:
		app_end(app);
		break;
	case WISH_SESSION_END:
		app_restart(app, w->text);
		break;
	case WISH_COMMAND:
		command_run(app, w->text);
		break;
	}
}

void app_grant_wishes(struct app *app)
{
	/* Granting one may bring new ones, and closing a visit forgets its own: always the first of what is left. */
	while (app->wish_count) {
		struct wish w = app->wishes[0];

		memmove(app->wishes, app->wishes + 1, --app->wish_count * sizeof(w));
		grant(app, &w);
		wish_release(&w);
	}
}

void app_home(struct app *app)
{
	const struct screen *home = screen_find("home");

	if (!client_session(app->client)) {
		app_restart(app, NULL);
		return;
	}
	if (!home || (app->depth && app->stack[0]->visit.screen == home))
		stack_close_above(app, app->depth ? app->stack[0] : NULL);
	else
		app_restart(app, NULL);
}

void app_restart(struct app *app, const char *reason)
{
	bool is_logged_in = client_session(app->client);
	const struct screen *first = screen_find(is_logged_in ? "home" : app->language[0] ? "login" : "language");

	news_stop(app);
	app_forget_ahead(app);
	command_close(&app->command);
	if (app->cover)
		app_uncover(app);
	stack_close_above(app, NULL);
	app_forget_wishes(app, NULL);
	if (first)
		stack_open(app, first, is_logged_in ? NULL : reason);
}

/* ---- the host's functions ---- */

void app_toast(struct app *app, enum tone tone, const char *text)
{
	_cleanup_(free_ptr) char *gated = text_gated(text, GATE_ONE_LINE);
	struct toast *t = &app->toast;

	snprintf(t->text, sizeof(t->text), "%.*s", (int)sizeof(t->text) - 1, gated ? gated : "");
	/* A cut must not leave half a character. */
	while (*t->text && !text_is_utf8(t->text, strlen(t->text)))
		t->text[strlen(t->text) - 1] = '\0';
	t->tone = tone;
	t->number++;
	t->until = app_now_ms(app) + TOAST_MS;
	app->needs_show = true;
}

void app_set_language(struct app *app, const char *language)
{
	snprintf(app->language, sizeof(app->language), "%s", language);
	catalogue_use(language);
	client_set_language(app->client, language);
	for (size_t i = 0; i < app->depth; i++)
		app->stack[i]->is_changed = true;
	if (app->cover)
		app->cover->is_changed = true;
}

static void host_changed(struct visit *v)
{
	((struct entry *)v)->is_changed = true;
}

static void host_open(struct visit *v, const char *screen, const char *arg)
{
	app_wish(visit_app(v), WISH_OPEN, v, screen, arg);
}

static void host_back(struct visit *v, const char *result)
{
	app_wish(visit_app(v), WISH_BACK, v, NULL, result);
}

static void host_replace(struct visit *v, const char *screen, const char *arg)
{
	app_wish(visit_app(v), WISH_REPLACE, v, screen, arg);
}

static void host_home(struct visit *v)
{
	app_wish(visit_app(v), WISH_HOME, v, NULL, NULL);
}

static void host_toast(struct visit *v, enum tone tone, const char *text)
{
	app_toast(visit_app(v), tone, text);
}

void host_focus_on(struct entry *e, const char *block, const char *item)
{
	struct focus_place *place;

	snprintf(e->focus.block, sizeof(e->focus.block), "%s", block);
	place = focus_place(&e->focus, block);
	snprintf(place->item, sizeof(place->item), "%s", item ? item : "");
}

static void host_focus(struct visit *v, const char *block, const char *item)
{
	host_focus_on((struct entry *)v, block, item);
	((struct entry *)v)->is_changed = true;
}

static void host_set_language(struct visit *v, const char *language)
{
	struct app *app = visit_app(v);

	app_set_language(app, language);
	settings_remember(app->remember, "language", language);
}

static int host_set_edition(struct visit *v, const char *name, struct err *err)
{
	struct app *app = visit_app(v);
	struct edition next = { 0 };
	int r = edition_load(name, &next, err);

	if (r < 0)
		return r;
	edition_release(&app->edition);
	app->edition = next;
	for (size_t i = 0; i < app->depth; i++)
		app->stack[i]->is_changed = true;
	app->front->redraw(app->front);
	return 0;
}

static void host_lock(struct visit *v)
{
	app_wish(visit_app(v), WISH_LOCK, v, NULL, NULL);
}

static void host_quit(struct visit *v)
{
	app_wish(visit_app(v), WISH_QUIT, v, NULL, NULL);
}

static const char *host_language(struct visit *v)
{
	const struct app *app = visit_app(v);

	return app->language[0] ? app->language : "en";
}

static struct call *host_call(struct visit *v, const struct call_type *type, const struct call_args *args,
			      call_done *done, void *data)
{
	struct call *call = client_call(v->client, type, args, done, data);

	if (call)
		call_own(call, v);
	return call;
}

void host_init(struct app *app)
{
	app->host = (struct host){
		.changed = host_changed,
		.open = host_open,
		.back = host_back,
		.replace = host_replace,
		.home = host_home,
		.toast = host_toast,
		.focus = host_focus,
		.set_language = host_set_language,
		.set_edition = host_set_edition,
		.lock = host_lock,
		.quit = host_quit,
		.language = host_language,
		.keys = global_keys,
		.call = host_call,
	};
}
