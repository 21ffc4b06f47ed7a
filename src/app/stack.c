/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page stack: visits, from the first page to the one on top, and what covers them. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "app/state.h"
#include "base/catalogue.h"

struct entry *stack_top(const struct app *app)
{
	return app->depth ? app->stack[app->depth - 1] : NULL;
}

struct entry *app_shown(const struct app *app)
{
	return app->cover ? app->cover : stack_top(app);
}

static void entry_close(struct app *app, struct entry *e)
{
	if (!e)
		return;
	client_cancel_owned(app->client, &e->visit);
	app_forget_wishes(app, &e->visit);
	if (e->visit.screen->close)
		e->visit.screen->close(&e->visit);
	inputs_release(&e->visit.inputs);
	if (e->has_page)
		page_release(&e->page);
	free(e->visit.state);
	free(e);
}

static struct entry *entry_open(struct app *app, const struct screen *screen, const char *arg)
{
	struct entry *e = calloc(1, sizeof(*e));

	if (!e)
		return NULL;
	e->visit = (struct visit){
		.screen = screen,
		.state = calloc(1, screen->state_size ? screen->state_size : 1),
		.client = app->client,
		.edition = &app->edition,
		.host = &app->host,
		.app = app,
	};
	e->is_changed = true;
	if (!e->visit.state || (screen->open && screen->open(&e->visit, arg) < 0)) {
		entry_close(app, e);
		return NULL;
	}
	return e;
}

int stack_open(struct app *app, const struct screen *screen, const char *arg)
{
	struct entry *e;

	for (size_t i = 0; (screen->flags & SCREEN_SINGLE) && i < app->depth; i++)
		if (app->stack[i]->visit.screen == screen) {
			stack_close_above(app, app->stack[i]);
			return 0;
		}
	if (app->depth == DEPTH_MAX) {
		app_toast(app, TONE_WARNING, _("Too many pages are open. Go back with Esc first."));
		return -EMFILE;
	}
	e = entry_open(app, screen, arg);
	if (!e) {
		app_toast(app, TONE_ERROR, _("This page cannot be opened now."));
		return -ENOMEM;
	}
	app->stack[app->depth++] = e;
	app->needs_show = true;
	return 0;
}

void stack_close_above(struct app *app, const struct entry *e)
{
	while (app->depth && stack_top(app) != e)
		entry_close(app, app->stack[--app->depth]);
	if (stack_top(app))
		stack_top(app)->is_changed = true;
	app->needs_show = true;
}

void stack_back(struct app *app, const char *result)
{
	if (app->depth < 2)
		return;
	entry_close(app, app->stack[--app->depth]);
	stack_top(app)->is_changed = true;
	app->needs_show = true;
	entry_send(stack_top(app), &(struct event_ui){ .kind = EVENT_RESUMED, .block = "", .item = "",
						       .text = result });
}

void app_cover(struct app *app, const struct own_screen *screen, const char *arg)
{
	app_uncover(app);
	app->cover = entry_open(app, &screen->screen, arg);
	app->needs_show = true;
}

void app_uncover(struct app *app)
{
	struct entry *e = TAKE_PTR(app->cover);

	entry_close(app, e);
	if (stack_top(app))
		stack_top(app)->is_changed = true;
	app->needs_show = true;
}

bool entry_is_own(const struct entry *e, const struct own_screen *screen)
{
	return e && e->visit.screen == &screen->screen;
}

struct place_view entry_place(struct app *app, struct entry *e)
{
	return (struct place_view){ .page = &e->page, .focus = &e->focus, .inputs = &e->visit.inputs,
				    .front = app->front };
}

void entry_send(struct entry *e, const struct event_ui *event)
{
	if (e->visit.screen->event)
		e->visit.screen->event(&e->visit, event);
}

void app_send_all(struct app *app, const struct event_ui *event)
{
	for (size_t i = 0; i < app->depth; i++)
		entry_send(app->stack[i], event);
	if (app->cover)
		entry_send(app->cover, event);
}

/* ---- building ---- */

static const char *entry_title(const struct entry *e)
{
	return e->has_page && e->page.title && *e->page.title ? e->page.title : _(e->visit.screen->title);
}

/* "Home > Accounts": the way here. */
static void add_trail(struct app *app, struct entry *e)
{
	struct buf trail;

	buf_init(&trail, 1024);
	for (size_t i = 0; i < app->depth && app->stack[i] != e && e != app->cover; i++)
		buf_printf(&trail, "%s > ", entry_title(app->stack[i]));
	buf_puts(&trail, entry_title(e));
	if (!trail.failed)
		e->page.trail = page_string(&e->page, trail.data);
	buf_release(&trail);
}

static bool has_key(const struct page *p, int key)
{
	for (size_t i = 0; i < p->key_count; i++)
		if (p->keys[i].key == key)
			return true;
	return false;
}

/* The page's own keys first, then the screen's, then those that work everywhere: the key line drops from the end. */
static void add_keys(struct app *app, struct entry *e)
{
	const struct screen_key *k;

	for (k = e->visit.screen->keys; k && k->key; k++)
		page_add_key(&e->page, k->key, k->action, _(k->title));
	if (app_is_locked(app) && e == app->cover)
		return;
	for (k = global_keys; k->key; k++) {
		bool is_root = app->depth == 1 && e != app->cover;

		if (!k->title || (k->key == K_ESC && is_root) || has_key(&e->page, k->key))
			continue;
		page_add_key(&e->page, k->key, "", k->key == K_F10 && is_root ? _("Leave") : _(k->title));
	}
}

static void entry_build(struct app *app, struct entry *e)
{
	struct place_view at;

	if (e->has_page)
		page_release(&e->page);
	page_init(&e->page, _(e->visit.screen->title));
	e->has_page = true;
	e->is_changed = false;
	e->visit.screen->build(&e->visit, &e->page);
	add_trail(app, e);
	add_keys(app, e);
	at = entry_place(app, e);
	focus_settle(&at);
}

bool app_build(struct app *app)
{
	struct entry *shown = app_shown(app);
	bool was_built = false;

	/* The page under a picker tells its choices, so it is kept up to date as well. */
	if (app->depth > 1 && entry_is_own(stack_top(app), &picker_screen)) {
		struct entry *below = app->stack[app->depth - 2];

		if (below->is_changed) {
			entry_build(app, below);
			stack_top(app)->is_changed = true;
		}
	}
	if (shown && (shown->is_changed || !shown->has_page)) {
		entry_build(app, shown);
		was_built = true;
		app->needs_show = true;
	}
	if (shown)
		barrier_built(&app->barrier, shown->page.barrier);
	return was_built;
}
