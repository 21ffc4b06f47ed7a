/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One message; opening it marks it as read. arg: the message as JSON. */
#include <string.h>

#include "base/catalogue.h"
#include "model/message.h"
#include "screens/show.h"

static void read_done(void *data, struct answer *a)
{
	struct visit *v = data;
	struct message *message = v->state;

	message->is_read = message->is_read || a->outcome == ANSWER_OK;
}

static int message_open(struct visit *v, const char *arg)
{
	struct message *message = v->state;
	int r = arg ? json_read_text(arg, strlen(arg), &message_json, JSON_LAX, message, NULL) : -1;

	if (r == 0 && !message->is_read)
		v->host->call(v, &call_read_message, &(struct call_args){ .path = { message->id } }, read_done, v);
	return r;
}

static void build_paragraphs(struct page *p, const char *text)
{
	while (*text) {
		size_t length = strcspn(text, "\n");
		_cleanup_(free_ptr) char *paragraph = strndup(text, length);

		if (paragraph && length)
			page_text(p, REGION_MAIN, TONE_PLAIN, paragraph);
		text += length + strspn(text + length, "\n");
	}
}

static void message_build(struct visit *v, struct page *p)
{
	const struct message *message = v->state;
	char when[SHOW_MAX];
	struct block *b;

	page_heading(p, REGION_MAIN, message->title);
	page_text(p, REGION_MAIN, TONE_MUTED, show_time(v, message->at, when));
	build_paragraphs(p, message->text);
	b = page_actions(p, "message");
	block_item(p, b, &(struct item){ .id = "back", .title = _("Back"), .flags = ITEM_DEFAULT });
	if (message->order_id)
		block_item(p, b, &(struct item){ .id = "order", .title = _("The order") });
	p->is_private = true;
}

static void message_event(struct visit *v, const struct event_ui *e)
{
	const struct message *message = v->state;

	if (event_is(e, "message", "back"))
		v->host->back(v, NULL);
	else if (event_is(e, "message", "order"))
		v->host->open(v, "receipt", message->order_id);
}

static void message_close(struct visit *v)
{
	json_release(v->state, &message_json);
}

const struct screen screen_message = {
	.name = "message",
	.title = N_("Message"),
	.summary = N_("One message of the bank"),
	.state_size = sizeof(struct message),
	.open = message_open,
	.build = message_build,
	.event = message_event,
	.close = message_close,
};
