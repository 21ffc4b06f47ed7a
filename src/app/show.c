/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Showing the top page, and telling its screen which rows a person now sees. */
#include <stdio.h>
#include <string.h>

#include "app/demo.h"
#include "app/state.h"

static void ask_rows(struct app *app, struct entry *e, const struct block *b)
{
	const struct focus_place *place = focus_place(&e->focus, b->id);
	int in_sight = app->front->visible(app->front, b->id);
	int64_t count = b->source.count ? b->source.count(b->source.data) : 0;
	int64_t first = place->top, last = first + (in_sight > 1 ? in_sight : 1) - 1;

	if (last >= count)
		last = count - 1;
	if (last < first || (!strcmp(e->rows_block, b->id) && e->rows_first == first && e->rows_last == last &&
			     e->rows_count == count))
		return;
	snprintf(e->rows_block, sizeof(e->rows_block), "%s", b->id);
	e->rows_first = first;
	e->rows_last = last;
	e->rows_count = count;
	entry_send(e, &(struct event_ui){ .kind = EVENT_ROWS, .block = b->id, .item = "", .row = first,
					  .last = last });
}

void app_show(struct app *app, int64_t now)
{
	struct entry *e = app_shown(app);
	bool can;

	if (!e || !e->has_page)
		return;
	app->needs_show = false;
	app->front->show(app->front, &e->page, &(struct view){
		.edition = &app->edition,
		.focus = &e->focus,
		.inputs = &e->visit.inputs,
		.command = command_line(&app->command),
		.toast = app->toast.until ? app->toast.text : NULL,
		.toast_tone = app->toast.tone,
		.toast_number = app->toast.number,
		.demo_phone = app_is_locked(app) ? NULL : demo_phone(app->demo),
		.is_busy = app->early_line || client_owns_calls(app->client, &e->visit),
		.is_offline = client_is_offline(app->client),
	});
	if (barrier_painted(&app->barrier, now)) {
		can = app->front->fence(app->front);
		barrier_fence_asked(&app->barrier, can, app_now_ms(app));
	}
	for (size_t i = 0; i < e->page.block_count; i++)
		if (e->page.blocks[i].kind == BLOCK_TABLE)
			ask_rows(app, e, &e->page.blocks[i]);
}
