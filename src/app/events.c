/* SPDX-License-Identifier: GPL-3.0-or-later */
/* News of the bank: a long poll while somebody is logged in. Events carry ids only; screens ask for the rest. */
#include <string.h>

#include "app/state.h"
#include "base/catalogue.h"
#include "model/event.h"
#include "model/message.h"

#define WAIT_SECONDS "25"
#define RETRY_MS 2000
#define RETRY_MOST_MS 60000

/* A message is new when there are more unread ones than before: reading one is an event as well. */
static void counted(void *data, struct answer *a)
{
	struct app *app = data;
	struct news *n = &app->news;
	const struct message_list *list = a->body;

	if (a->outcome != ANSWER_OK || !list)
		return;
	if (n->counts_unread && list->unread > n->unread && !app_is_locked(app))
		app_toast(app, TONE_PLAIN, _("There is a new message from the bank."));
	n->counts_unread = true;
	n->unread = list->unread;
}

static void count_unread(struct app *app)
{
	struct call *call = client_call(app->client, &call_list_messages,
					&(struct call_args){ .query = { { "limit", "1" } } }, counted, app);

	if (call)
		call_own(call, app);
}

static void tell(struct app *app, const struct event *event)
{
	app_send_all(app, &(struct event_ui){ .kind = EVENT_NEWS, .block = "", .item = event_kind_names[event->kind],
					      .text = event->subject });
	if (event->kind == EVENT_KIND_MESSAGE)
		count_unread(app);
}

static void events_done(void *data, struct answer *a)
{
	struct app *app = data;
	struct news *n = &app->news;
	struct event_page *page = a->body;

	n->call = NULL;
	if (a->outcome != ANSWER_OK) {
		int64_t wait = (int64_t)RETRY_MS << (n->failures < 5 ? n->failures : 5);

		n->failures++;
		n->retry_at = app_now_ms(app) + (wait < RETRY_MOST_MS ? wait : RETRY_MOST_MS);
		return;
	}
	/* The bank is back: what is on the screen may have failed meanwhile. */
	if (n->failures && app_shown(app))
		entry_send(app_shown(app), &(struct event_ui){ .kind = EVENT_RESUMED, .block = "", .item = "" });
	n->failures = 0;
	n->retry_at = 0;
	if (page->cursor) {
		free(n->cursor);
		n->cursor = TAKE_PTR(page->cursor);
	}
	for (size_t i = 0; i < page->events_count; i++)
		tell(app, &page->events[i]);
}

void news_turn(struct app *app, int64_t now)
{
	struct news *n = &app->news;

	if (n->call || app->end_by || !client_session(app->client) || now < n->retry_at)
		return;
	if (!n->counts_unread && !n->failures)
		count_unread(app);
	/* After a failure the first answer is wanted at once: it tells that the bank is back. */
	n->call = client_call(app->client, &call_list_events,
			      &(struct call_args){ .query = { { "after", n->cursor },
							      { "wait", n->failures ? "0" : WAIT_SECONDS } } },
			      events_done, app);
	if (!n->call)
		n->retry_at = now + RETRY_MS;
}

void news_stop(struct app *app)
{
	call_cancel(TAKE_PTR(app->news.call));
	free(app->news.cursor);
	app->news = (struct news){ 0 };
}
