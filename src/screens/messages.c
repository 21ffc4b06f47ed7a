/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Messages of the bank, newest first. */
#include <string.h>

#include "base/catalogue.h"
#include "model/message.h"
#include "screens/load.h"
#include "screens/show.h"

struct messages {
	struct load load;
	struct message_list list;
	struct call *call;
	bool is_more;
	struct visit *visit;
	char when[SHOW_MAX];
};

static void append_messages(struct messages *s, struct message_list *more)
{
	struct message *all = reallocarray(
		s->list.messages, s->list.messages_count + more->messages_count + 1, sizeof(*all));

	if (!all)
		return;
	memcpy(all + s->list.messages_count, more->messages, more->messages_count * sizeof(*all));
	s->list.messages = all;
	s->list.messages_count += more->messages_count;
	free(s->list.older);
	s->list.older = TAKE_PTR(more->older);
	free(TAKE_PTR(more->messages));
	more->messages_count = 0;
}

static void messages_done(void *data, struct answer *a)
{
	struct visit *v = data;
	struct messages *s = v->state;

	s->call = NULL;
	if (load_finish(&s->load, a)) {
		if (!s->is_more)
			json_release(&s->list, &message_list_json);
		append_messages(s, a->body);
	}
	v->host->changed(v);
}

static void messages_ask(struct visit *v, bool more)
{
	struct messages *s = v->state;

	call_cancel(s->call);
	s->is_more = more;
	if (s->load.state != LOAD_READY)
		load_start(&s->load);
	s->call = v->host->call(
		v, &call_list_messages,
		&(struct call_args){ .query = { { "cursor", more ? s->list.older : NULL } } },
		messages_done, v);
}

static int messages_open(struct visit *v, const char *arg)
{
	struct messages *s = v->state;

	(void)arg;
	s->visit = v;
	messages_ask(v, false);
	return 0;
}

static int64_t rows_count(void *data)
{
	return (int64_t)((struct messages *)data)->list.messages_count;
}

static bool rows_row(void *data, int64_t index, struct row *ret)
{
	struct messages *s = data;
	const struct message *message = &s->list.messages[index];

	ret->text[0] = message->is_read ? "" : _("new");
	ret->tone[0] = TONE_WARNING;
	ret->text[1] = message->title;
	ret->tone[1] = message->is_read ? TONE_PLAIN : TONE_STRONG;
	ret->text[2] = show_time(s->visit, message->at, s->when);
	ret->tone[2] = TONE_MUTED;
	return true;
}

static void messages_build(struct visit *v, struct page *p)
{
	struct messages *s = v->state;
	const struct column columns[] = {
		{ .title = "", .min = 4, .max = 6 },
		{ .title = _("Message"), .min = 14 },
		{ .title = _("Date"), .min = 16, .max = 16, .priority = 1 },
	};

	p->is_private = true;
	if (load_build(&s->load, p, _("Asking for your messages...")))
		page_table(p, "messages", _("Messages"), columns, COUNT(columns),
			   &(struct table_source){ rows_count, rows_row, s }, _("No messages."));
}

static void messages_event(struct visit *v, const struct event_ui *e)
{
	struct messages *s = v->state;
	_cleanup_(buf_release) struct buf json;

	buf_init(&json, 0);
	if (load_wants_retry(e) || e->kind == EVENT_RESUMED || e->kind == EVENT_NEWS)
		messages_ask(v, false);
	else if (e->kind == EVENT_ROW && e->row >= 0 && (size_t)e->row < s->list.messages_count &&
		 json_write(&s->list.messages[e->row], &message_json, &json) == 0)
		v->host->open(v, "message", json.data);
	else if (e->kind == EVENT_ROWS && e->last + 10 >= rows_count(s) && s->list.older && !s->call)
		messages_ask(v, true);
}

static void messages_close(struct visit *v)
{
	struct messages *s = v->state;

	load_release(&s->load);
	json_release(&s->list, &message_list_json);
}

const struct screen screen_messages = {
	.name = "messages",
	.code = "ME",
	.title = N_("Messages"),
	.summary = N_("What the bank wrote to you"),
	.flags = SCREEN_IN_HOME | SCREEN_SINGLE,
	.state_size = sizeof(struct messages),
	.open = messages_open,
	.build = messages_build,
	.event = messages_event,
	.close = messages_close,
};
