/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/app.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "app/demo.h"
#include "app/state.h"
#include "base/catalogue.h"

#define TICK_MS 1000

static void session_ended(void *data, const char *reason)
{
	app_wish(data, WISH_SESSION_END, NULL, NULL, reason);
}

static void run_line(void *data, const char *line)
{
	command_run(data, line);
}

static char *complete_line(void *data, const char *begin, size_t n)
{
	return command_complete(data, begin, n);
}

int app_new(const struct app_options *options, struct app **ret, struct err *err)
{
	struct app *app = calloc(1, sizeof(*app));
	int r;

	if (!app)
		return err_set(err, -ENOMEM, _("Memory is short. Close other programs and start again."));
	app->client = options->client;
	app->front = options->front;
	app->clock = options->clock ? *options->clock : clock_system;
	app->demo = options->demo;
	app->remember = options->remember ? strdup(options->remember) : NULL;
	app->lock_seconds = options->lock_seconds;
	r = signals_open(&app->signals);
	if (r < 0) {
		free(app->remember);
		free(app);
		return err_set(err, r, _("Signals cannot be received: %s."), strerror(-r));
	}
	app->edition = *options->edition;
	*options->edition = (struct edition){ 0 };
	host_init(app);
	command_init(&app->command, run_line, complete_line, app);
	client_on_session_end(app->client, session_ended, app);
	app->last_input = app->last_tick = app_now_ms(app);
	if (options->language)
		app_set_language(app, options->language);
	app_restart(app, NULL);
	*ret = app;
	return 0;
}

void app_free(struct app *app)
{
	if (!app)
		return;
	news_stop(app);
	client_on_session_end(app->client, NULL, NULL);
	if (app->cover)
		app_uncover(app);
	stack_close_above(app, NULL);
	app_forget_wishes(app, NULL);
	free(app->wishes);
	client_cancel_owned(app->client, app);
	command_release(&app->command);
	commands_forget(app);
	edition_release(&app->edition);
	signals_close(&app->signals);
	app_forget_ahead(app);
	free(app->remember);
	free(app);
}

/* ---- ending ---- */

void forget_answer(void *data, struct answer *a)
{
	(void)data;
	(void)a;
}

static void goodbye_done(void *data, struct answer *a)
{
	struct app *app = data;

	(void)a;
	app->is_over = true;
}

void app_end(struct app *app)
{
	struct call *call;

	if (app->end_by)
		return;
	app->end_by = app_now_ms(app) + END_MS;
	news_stop(app);
	call = client_session(app->client) ?
		       client_call(app->client, &call_delete_session, NULL, goodbye_done, app) : NULL;
	if (call)
		call_own(call, app);
	else
		app->is_over = true;
}

/* ---- signals ---- */

static void stop_and_go_on(struct app *app)
{
	if (!app->front->suspend)
		return;
	app->front->suspend(app->front, true);
	signals_stop_here();
	app->front->suspend(app->front, false);
	app->needs_show = true;
}

static void take_signal(struct app *app, int number)
{
	switch (number) {
	case SIGHUP:
	case SIGTERM:
	case SIGQUIT:
		app_end(app);
		break;
	case SIGINT:
		if (!app->front->interrupt || !app->front->interrupt(app->front))
			app_end(app);
		break;
	case SIGTSTP:
		stop_and_go_on(app);
		break;
	case SIGCONT:
	case SIGWINCH:
		app->front->redraw(app->front);
		app->needs_show = true;
		break;
	case SIGCHLD:
		if (demo_child_ended(app->demo))
			app_toast(app, TONE_PLAIN, _("The demo bank has ended and starts again in a few seconds. "
						     "Orders are kept."));
		break;
	}
}

/* ---- time ---- */

/* The session just began or ended: what depends on it. */
static void follow_session(struct app *app)
{
	bool has_session = client_session(app->client);

	if (has_session == app->had_session)
		return;
	app->had_session = has_session;
	app->last_input = app_now_ms(app);
	if (has_session) {
		commands_load(app);
		demo_follow(app->demo, client_session(app->client)->customer.number);
	} else {
		news_stop(app);
		commands_forget(app);
		demo_follow(app->demo, NULL);
	}
}

/* When idling locks, monotonic ms. */
static int64_t lock_at(const struct app *app)
{
	int seconds = app->lock_seconds ? app->lock_seconds : app->edition.idle_lock_seconds;

	return app->last_input + 1000LL * seconds;
}

int app_lock_in(const struct app *app)
{
	int64_t left = lock_at(app) - app_now_ms(app);

	return left > 0 ? (int)((left + 999) / 1000) : 0;
}

/* Milliseconds until something idle happens. */
static int64_t turn_idle(struct app *app, int64_t now)
{
	int64_t lock = lock_at(app);
	int64_t warn = lock - 1000LL * app->edition.idle_warn_seconds;

	if (app_is_locked(app) || !app->had_session || lock == app->last_input)
		return TICK_MS;
	if (now >= lock) {
		app_lock(app);
		return 0;
	}
	if (now >= warn && !entry_is_own(app->cover, &idle_screen)) {
		app_cover(app, &idle_screen, NULL);
		return 0;
	}
	return (now >= warn ? lock : warn) - now;
}

static int64_t turn_tick(struct app *app, int64_t now)
{
	if (now - app->last_tick < TICK_MS)
		return app->last_tick + TICK_MS - now;
	app->last_tick = now;
	app_send_all(app, &(struct event_ui){ .kind = EVENT_TICK, .block = "", .item = "" });
	if (demo_turn(app->demo, client_now(app->client)))
		app->needs_show = true;
	return TICK_MS;
}

/* Everything that time brings. Milliseconds until it next does. */
static int turn_time(struct app *app, int64_t now)
{
	int64_t wait = turn_tick(app, now), next = turn_idle(app, now);
	int barrier = barrier_turn(&app->barrier, now);

	if (next < wait)
		wait = next;
	if (barrier >= 0 && barrier < wait)
		wait = barrier;
	if (app->toast.until && now >= app->toast.until) {
		app->toast.until = 0;
		app->needs_show = true;
	}
	if (app->end_by && now >= app->end_by)
		app->is_over = true;
	news_turn(app, now);
	return wait < 0 ? 0 : (int)wait;
}

/* ---- the loop ---- */

/* Do what was asked for, and have the shown page stand. */
static void settle(struct app *app)
{
	app_grant_wishes(app);
	follow_session(app);
	app_build(app);
	app_play_ahead(app);
}

void app_show_first(struct app *app)
{
	if (app->front->is_linear)
		return;
	settle(app);
	app_show(app, app_now_ms(app));
}

bool app_turn(struct app *app, int most_ms)
{
	struct client_fd fds[2];
	size_t count = 0;
	int wait = turn_time(app, app_now_ms(app)), number;

	settle(app);
	if (app->needs_show && !app->is_over)
		app_show(app, app_now_ms(app));
	if (app->wish_count)
		wait = 0;
	fds[count++] = (struct client_fd){ .fd = app->signals.fd };
	if (app->front->fd(app->front) >= 0)
		fds[count++] = (struct client_fd){ .fd = app->front->fd(app->front) };
	if (!app->is_over)
		client_poll(app->client, fds, count, wait < most_ms ? wait : most_ms);
	client_run(app->client);
	/* A front of lines takes the next line when what it waits for has come. */
	app->needs_show |= app->front->is_linear;
	settle(app);
	while ((number = signals_next(&app->signals)))
		take_signal(app, number);
	app_take_input(app);
	return !app->is_over;
}

void app_run(struct app *app)
{
	while (app_turn(app, 60000))
		;
}
