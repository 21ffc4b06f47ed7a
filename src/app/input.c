/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From what a person did to what it means: for the app, for the page, or for the screen. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "app/state.h"
#include "base/catalogue.h"

#define BATCH_MAX 256 /* inputs taken before the page is shown again */

/* ---- leaving a changed field ---- */

static void mark_dirty(struct entry *e, const struct deed *deed)
{
	snprintf(e->dirty_block, sizeof(e->dirty_block), "%s", deed->block->id);
	snprintf(e->dirty_field, sizeof(e->dirty_field), "%s", deed->field->name);
}

void entry_leave_field(struct entry *e, bool always)
{
	char block[FOCUS_ID_MAX], field[FOCUS_ID_MAX];
	bool is_there = *e->dirty_field && !strcmp(e->focus.block, e->dirty_block) &&
			!strcmp(focus_place(&e->focus, e->dirty_block)->item, e->dirty_field);

	if (!*e->dirty_field || (is_there && !always))
		return;
	memcpy(block, e->dirty_block, sizeof(block));
	memcpy(field, e->dirty_field, sizeof(field));
	*e->dirty_block = *e->dirty_field = '\0';
	entry_send(e, &(struct event_ui){ .kind = EVENT_CHANGED, .block = block, .item = field });
}

/* ---- doing ---- */

static void please_read(struct app *app)
{
	app->front->bell(app->front);
	app_toast(app, TONE_WARNING, _("Please read this page, then choose again."));
}

static bool has_confirm(const struct page *page)
{
	for (size_t i = 0; i < page->block_count; i++)
		for (size_t k = 0; k < page->blocks[i].item_count; k++)
			if (page->blocks[i].items[k].flags & ITEM_CONFIRM)
				return true;
	return false;
}

static void choose_item(struct app *app, struct entry *e, const struct deed *deed)
{
	const struct item *item = deed->item;

	if (item->flags & ITEM_DISABLED) {
		app->front->bell(app->front);
		app_toast(app, TONE_WARNING,
			  item->detail && *item->detail ? item->detail : _("This cannot be chosen now."));
		return;
	}
	if ((item->flags & ITEM_CONFIRM) && !app->front->is_linear && !barrier_may_confirm(&app->barrier)) {
		please_read(app);
		return;
	}
	entry_send(e, &(struct event_ui){ .kind = EVENT_ACTION, .block = deed->block->id, .item = item->id,
					  .row = focus_row(&(struct place_view){ .page = &e->page,
										 .focus = &e->focus }) });
}

static void submit(struct app *app, struct entry *e, const struct deed *deed)
{
	if (!app->front->is_linear && has_confirm(&e->page) && !barrier_may_confirm(&app->barrier)) {
		please_read(app);
		return;
	}
	entry_send(e, &(struct event_ui){ .kind = EVENT_SUBMIT, .block = deed->block->id, .item = "" });
}

void app_do(struct app *app, struct entry *e, const struct deed *deed)
{
	app->needs_show = true;
	switch (deed->kind) {
	case DEED_NONE:
	case DEED_REFUSED:
		app->front->bell(app->front);
		return;
	case DEED_EDITED:
		entry_leave_field(e, false);
		mark_dirty(e, deed);
		return;
	case DEED_MOVED:
		entry_leave_field(e, false);
		return;
	case DEED_SWITCHED:
		mark_dirty(e, deed);
		break;
	case DEED_ITEM:
	case DEED_ROW:
	case DEED_SUBMIT:
	case DEED_PICK:
		break;
	}
	entry_leave_field(e, true);
	if (deed->kind == DEED_ITEM)
		choose_item(app, e, deed);
	else if (deed->kind == DEED_ROW)
		entry_send(e, &(struct event_ui){ .kind = EVENT_ROW, .block = deed->block->id, .item = "",
						  .row = deed->row });
	else if (deed->kind == DEED_SUBMIT)
		submit(app, e, deed);
	else if (deed->kind == DEED_PICK)
		app_pick(app, e, deed->block, deed->field, deed->key);
}

/* ---- keys ---- */

static bool same_key(int a, int b)
{
	return a == b || (a > 0 && a < 0x80 && b > 0 && b < 0x80 && tolower(a) == tolower(b) && isalpha(a));
}

static void send_page_action(struct entry *e, const char *action)
{
	struct place_view at = { .page = &e->page, .focus = &e->focus };

	entry_send(e, &(struct event_ui){ .kind = EVENT_ACTION, .block = "", .item = action, .row = focus_row(&at) });
}

/* Keys of the page as it is built now: the screen's table, and what its build added. */
static bool send_page_key(struct entry *e, int key)
{
	for (size_t i = 0; i < e->page.key_count; i++)
		if (e->page.keys[i].action[0] && same_key(e->page.keys[i].key, key)) {
			send_page_action(e, e->page.keys[i].action);
			return true;
		}
	return false;
}

static const struct own_screen *own_of(const struct entry *e)
{
	static const struct own_screen *const all[] = { &lock_screen, &idle_screen, &leave_screen, &picker_screen };

	for (size_t i = 0; i < COUNT(all); i++)
		if (entry_is_own(e, all[i]))
			return all[i];
	return NULL;
}

static bool run_global_key(struct app *app, int key)
{
	const struct screen_key *k = global_key(key);

	if (!k || (app_is_locked(app) && strcmp(k->action, "redraw") != 0))
		return false;
	command_run(app, k->action);
	return true;
}

static void dispatch_key(struct app *app, struct entry *e, int key, int64_t now)
{
	struct place_view at = entry_place(app, e);
	const struct own_screen *own = own_of(e);
	struct deed deed;

	if (own && own->key && own->key(e, key))
		return;
	if (!focus_takes_key(&at, key) && send_page_key(e, key)) {
		entry_leave_field(e, true);
		return;
	}
	deed = focus_key(&at, key);
	if (deed.kind == DEED_NONE && run_global_key(app, key))
		return;
	if (deed.kind == DEED_NONE && key > K_SPACE && key < K_FIRST && barrier_stray(&app->barrier, now)) {
		please_read(app);
		return;
	}
	app_do(app, e, &deed);
}

/* The page waits for data and has nothing to act on yet, or says so itself. */
static bool is_waiting(const struct entry *e)
{
	bool has_progress = false;

	for (size_t i = 0; i < e->page.block_count; i++)
		has_progress |= e->page.blocks[i].kind == BLOCK_PROGRESS;
	return e->page.is_waiting || (has_progress && !focus_has_stop(&e->page));
}

static void keep_for_later(struct app *app, int key)
{
	if (app->ahead_count == AHEAD_MAX)
		app->front->bell(app->front);
	else
		app->ahead[app->ahead_count++] = key;
}

/* It may have been a password. */
void app_forget_ahead(struct app *app)
{
	secret_wipe(app->ahead, sizeof(app->ahead));
	app->ahead_count = 0;
}

static void take_key(struct app *app, int key, int64_t now)
{
	struct entry *e = app_shown(app);
	bool is_global = global_key(key) && (key == K_ESC || key >= K_F1 || key < K_SPACE);

	if (!e)
		return;
	if (entry_is_own(e, &idle_screen)) {
		app_uncover(app);
		return;
	}
	if (command_is_open(&app->command)) {
		command_key(&app->command, key);
		app->needs_show = true;
		return;
	}
	if (!barrier_pass(&app->barrier, now)) {
		/* Locking and redrawing harm nothing; all else was typed before the page could be read. */
		if (key == K_F12 || key == K_CTRL('L'))
			run_global_key(app, key);
		else if (key == K_ENTER || key == K_SPACE)
			please_read(app);
		return;
	}
	if (is_waiting(e) && !is_global) {
		keep_for_later(app, key);
		return;
	}
	if (key == K_ESC)
		app_forget_ahead(app);
	dispatch_key(app, e, key, now);
}

void app_play_ahead(struct app *app)
{
	struct entry *e = app_shown(app);

	if (app->barrier.state == BARRIER_BUILT)
		app_forget_ahead(app);
	while (app->ahead_count && e && (command_is_open(&app->command) || !is_waiting(e))) {
		int key = app->ahead[0];

		memmove(app->ahead, app->ahead + 1, --app->ahead_count * sizeof(*app->ahead));
		app->ahead[app->ahead_count] = 0;
		if (command_is_open(&app->command))
			command_key(&app->command, key);
		else
			dispatch_key(app, e, key, app_now_ms(app));
		app->needs_show = true;
		app_grant_wishes(app);
		app_build(app);
		e = app_shown(app);
		if (app->barrier.state == BARRIER_BUILT)
			app_forget_ahead(app);
	}
}

/* ---- clicks and pastes ---- */

static void take_target(struct app *app, const struct front_input *in, int64_t now)
{
	struct entry *e = app_shown(app);
	struct place_view at;
	struct deed deed;

	if (!e || !barrier_pass(&app->barrier, now))
		return;
	if (entry_is_own(e, &idle_screen)) {
		app_uncover(app);
		return;
	}
	at = entry_place(app, e);
	deed = focus_target(&at, in->block, in->item, in->row);
	if (deed.kind != DEED_NONE)
		app_do(app, e, &deed);
}

static void take_paste(struct app *app, const struct front_input *in, int64_t now)
{
	struct entry *e = app_shown(app);
	struct place_view at;
	struct deed deed;

	if (!e || !in->text || entry_is_own(e, &idle_screen) || !barrier_pass(&app->barrier, now))
		return;
	if (command_is_open(&app->command)) {
		command_paste(&app->command, in->text);
		app->needs_show = true;
		return;
	}
	at = entry_place(app, e);
	deed = focus_paste(&at, in->text);
	app_do(app, e, &deed);
}

static void take_scroll(struct app *app, const struct front_input *in)
{
	struct entry *e = app_shown(app);
	struct place_view at;

	if (!e)
		return;
	at = entry_place(app, e);
	focus_scroll(&at, in->block, in->amount);
	app->needs_show = true;
}

/* ---- lines ---- */

/* In lines things are named: an item, a row, a field to pick for, a form that is complete, or ":" and a command. */
static void take_choice(struct app *app, const struct front_input *in)
{
	struct entry *e = app_shown(app);
	const struct block *b = e ? page_block(&e->page, in->block) : NULL;
	struct place_view at;
	struct deed deed;

	if (!e)
		return;
	if (!strcmp(in->block, ":")) {
		if (!app_is_locked(app))
			command_run(app, in->text ? in->text : "");
		return;
	}
	if (!*in->block) {
		for (size_t i = 0; i < e->page.key_count; i++)
			if (*in->item && !strcmp(e->page.keys[i].action, in->item)) {
				send_page_action(e, e->page.keys[i].action);
				break;
			}
		return;
	}
	if (!b)
		return;
	if (b->kind == BLOCK_FORM && !*in->item) {
		app_do(app, e, &(struct deed){ .kind = DEED_SUBMIT, .block = b });
		return;
	}
	at = entry_place(app, e);
	deed = focus_target(&at, in->block, in->item, in->row);
	if (b->kind == BLOCK_TABLE)
		deed = (struct deed){ .kind = DEED_ROW, .block = b, .row = in->row };
	if (deed.kind == DEED_ITEM && (deed.item->flags & ITEM_CONFIRM) &&
	    !barrier_total_is(&e->page, in->text ? in->text : "")) {
		app_toast(app, TONE_WARNING, _("That is not the total shown. Nothing was sent."));
		return;
	}
	app_do(app, e, &deed);
}

static void take_fill(struct app *app, const struct front_input *in)
{
	struct entry *e = app_shown(app);
	struct place_view at;
	const struct field *field;
	struct input *input;

	if (!e || !in->text)
		return;
	at = entry_place(app, e);
	entry_leave_field(e, true);
	host_focus_on(e, in->block, in->item);
	field = focus_field(&at);
	if (!field || strcmp(field->name, in->item) != 0)
		return;
	input = focus_input(&e->visit.inputs, focus_block(&at), field);
	if (!input)
		return;
	if (input->secret) {
		secret_clear(input->secret);
		secret_append(input->secret, in->text, strlen(in->text));
	} else {
		inputs_set(&e->visit.inputs, in->block, in->item, in->text);
	}
	input->is_touched = true;
	e->is_changed = true;
	mark_dirty(e, &(struct deed){ .block = focus_block(&at), .field = field });
	entry_leave_field(e, true);
}

/* ---- all ---- */

/* What was said about the last thing done is over with the next; news stays until its time is up. */
static void end_toast(struct app *app)
{
	if (!app->toast.until || app->toast.tone == TONE_PLAIN)
		return;
	app->toast.until = 0;
	app->needs_show = true;
}

static void take_one(struct app *app, const struct front_input *in)
{
	int64_t now = app_now_ms(app);

	if (in->kind == INPUT_KEY || in->kind == INPUT_PASTE || in->kind == INPUT_TARGET ||
	    in->kind == INPUT_CHOOSE || in->kind == INPUT_FILL)
		end_toast(app);
	if (in->kind != INPUT_RESIZE && in->kind != INPUT_FENCE && in->kind != INPUT_END)
		app->last_input = now;
	switch (in->kind) {
	case INPUT_NONE:
		break;
	case INPUT_KEY:
		take_key(app, in->key, now);
		break;
	case INPUT_PASTE:
		take_paste(app, in, now);
		break;
	case INPUT_TARGET:
		take_target(app, in, now);
		break;
	case INPUT_SCROLL:
		take_scroll(app, in);
		break;
	case INPUT_RESIZE:
		app->needs_show = true;
		break;
	case INPUT_FENCE:
		barrier_fence_answered(&app->barrier, now);
		break;
	case INPUT_CHOOSE:
		take_choice(app, in);
		break;
	case INPUT_FILL:
		take_fill(app, in);
		break;
	case INPUT_END:
		app_end(app);
		break;
	}
}

void app_take_input(struct app *app)
{
	struct front_input in;

	for (int n = 0; n < BATCH_MAX && !app->is_over; n++) {
		in = (struct front_input){ .row = -1 };
		/* Lines answer the page as it stands: it is shown before each. */
		if (app->front->is_linear && app->needs_show)
			app_show(app, app_now_ms(app));
		if (!app->front->read(app->front, &in))
			break;
		take_one(app, &in);
		app_grant_wishes(app);
		app_build(app);
		app_play_ahead(app);
		app->needs_show |= app->front->is_linear;
	}
}
