/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The picker: the choices of a field as a list that typing narrows. The page below it owns the choices, and looks them
 * up at the bank when they are too many to list (EVENT_SEARCH).
 */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "app/edit.h"
#include "app/state.h"
#include "base/catalogue.h"
#include "base/text.h"

/* Columns that a choice's title and detail are given at least, if they have as much to say. */
#define TITLE_LEAST 10
#define TITLE_MOST  24
#define DETAIL_MOST 24

struct picker {
	char block[FOCUS_ID_MAX], field[FOCUS_ID_MAX];
	/* Indices of the choices that match what was typed; made at each build. */
	size_t *matches;
	size_t count;
	const struct field *of; /* while building and reading rows: the field on the page below */
};

static struct entry *below(struct app *app)
{
	return app->depth > 1 ? app->stack[app->depth - 2] : NULL;
}

static const struct field *field_below(struct app *app, const struct picker *s, const struct block **ret_block)
{
	struct entry *e = below(app);
	const struct block *b = e && e->has_page ? page_block(&e->page, s->block) : NULL;

	for (size_t i = 0; b && b->kind == BLOCK_FORM && i < b->field_count; i++)
		if (!strcmp(b->fields[i].name, s->field)) {
			*ret_block = b;
			return &b->fields[i];
		}
	return NULL;
}

/* arg: "block field". */
static int picker_open(struct visit *v, const char *arg)
{
	struct picker *s = v->state;

	return sscanf(arg, "%63s %63s", s->block, s->field) == 2 ? 0 : -EINVAL;
}

static bool matches(const struct field *f, const struct choice_view *c, const char *typed)
{
	/* The bank has searched already when the choices are looked up. */
	return f->lookup || !*typed || text_contains(c->title ? c->title : "", typed) ||
	       text_contains(c->detail ? c->detail : "", typed) || text_contains(c->value, typed);
}

/* How well a title answers what was typed: the very name, one that begins so, any other match. */
enum rank { RANK_EXACT, RANK_BEGINS, RANK_OTHER, RANKS };

static enum rank rank_of(const struct choice_view *c, const char *typed)
{
	const char *title = c->title ? c->title : c->value;

	if (!*typed || !text_begins(title, typed))
		return RANK_OTHER;
	return text_begins(typed, title) ? RANK_EXACT : RANK_BEGINS;
}

/* Best first, and otherwise in the order of the form: Enter takes the first. */
static void narrow(struct picker *s, const struct field *f, const char *typed)
{
	size_t *list = realloc(s->matches, (f->choice_count + 1) * sizeof(*list));

	s->of = f;
	s->count = 0;
	if (!list)
		return;
	s->matches = list;
	for (enum rank rank = RANK_EXACT; rank < RANKS; rank++)
		for (size_t i = 0; i < f->choice_count; i++)
			if (rank_of(&f->choices[i], typed) == rank && matches(f, &f->choices[i], typed))
				s->matches[s->count++] = i;
}

/* Columns that the widest title (or else detail) of the matches takes, from least to most. */
static int widest(const struct picker *s, bool is_detail, int least, int most)
{
	int columns = least;

	for (size_t i = 0; i < s->count; i++) {
		const struct choice_view *c = &s->of->choices[s->matches[i]];
		const char *text = is_detail ? c->detail : c->title;
		int n = text ? text_columns(text) : 0;

		columns = n > columns ? n : columns;
	}
	return columns < most ? columns : most;
}

static int64_t choices_count(void *data)
{
	return (int64_t)((struct picker *)data)->count;
}

static bool choices_row(void *data, int64_t i, struct row *ret)
{
	const struct picker *s = data;
	const struct choice_view *c = &s->of->choices[s->matches[i]];

	*ret = (struct row){ .text = { c->title ? c->title : c->value, c->detail ? c->detail : "" } };
	ret->tone[1] = TONE_MUTED;
	return true;
}

/* In lines a list is chosen from by number; only what the bank looks up has to be typed, and once. */
static void add_filter(struct visit *v, struct page *p, const struct field *f)
{
	bool is_linear = visit_app(v)->front->is_linear;
	struct block *form;

	if (is_linear && (!f->lookup || *inputs_text(&v->inputs, "filter", "text")))
		return;
	form = page_form(p, "filter", "");
	form_add(p, form, &(struct field){ .name = "text", .input = FIELD_TEXT, .title = _("Search"), .max = 40,
					   .hint = is_linear ? _("Type a part of the name.") :
							       _("Type a part of it; arrows move; Enter chooses; "
								 "Esc leaves.") });
}

static void picker_build(struct visit *v, struct page *p)
{
	struct picker *s = v->state;
	const struct block *from = NULL;
	const struct field *f = field_below(visit_app(v), s, &from);
	struct column columns[] = {
		{ .title = f && f->title ? f->title : "" },
		{ .title = "", .priority = 1, .is_whole = true },
	};

	if (!f) {
		page_notice(p, REGION_MAIN, TONE_WARNING, _("This field is no longer asked for."),
			    _("Go back with Esc."));
		s->count = 0;
		return;
	}
	narrow(s, f, inputs_text(&v->inputs, "filter", "text"));
	p->title = page_string(p, f->title ? f->title : "");
	add_filter(v, p, f);
	/* The title takes no more than it needs; a detail without room for its beginning stands below, whole. */
	columns[0].min = widest(s, /* is_detail */ false, TITLE_LEAST, TITLE_MOST);
	columns[0].max = widest(s, /* is_detail */ false, TITLE_LEAST, INT_MAX);
	columns[1].min = widest(s, /* is_detail */ true, 1, DETAIL_MOST);
	page_table(p, "choices", "", columns, COUNT(columns),
		   &(struct table_source){ choices_count, choices_row, s },
		   _("Nothing matches. Type something else, or go back with Esc."));
	p->is_private = true;
}

static void choose(struct visit *v, int64_t row)
{
	struct picker *s = v->state;
	struct app *app = visit_app(v);
	const struct block *b = NULL;
	const struct field *f = field_below(app, s, &b);
	struct entry *e = below(app);
	struct place_view at;
	struct input *in;

	if (!f || row < 0 || (size_t)row >= s->count) {
		app->front->bell(app->front);
		return;
	}
	in = focus_input(&e->visit.inputs, b, f);
	if (!in || inputs_set(&e->visit.inputs, b->id, f->name, f->choices[s->matches[row]].value) < 0)
		return;
	in->is_touched = true;
	at = entry_place(app, e);
	entry_send(e, &(struct event_ui){ .kind = EVENT_CHANGED, .block = s->block, .item = s->field });
	e->is_changed = true;
	/* On to the next field, as after Enter in any other. */
	if (f != &b->fields[b->field_count - 1])
		focus_key(&at, K_DOWN);
	v->host->back(v, NULL);
}

static void picker_search(struct visit *v)
{
	struct picker *s = v->state;
	struct app *app = visit_app(v);
	const struct block *b = NULL;
	const struct field *f = field_below(app, s, &b);

	focus_place(&((struct entry *)v)->focus, "choices")->row = 0;
	if (f && f->lookup)
		entry_send(below(app), &(struct event_ui){ .kind = EVENT_SEARCH, .block = s->block, .item = s->field,
							   .text = inputs_text(&v->inputs, "filter", "text") });
	v->host->changed(v);
}

static void picker_event(struct visit *v, const struct event_ui *e)
{
	if (e->kind == EVENT_ROW)
		choose(v, e->row);
	else if (e->kind == EVENT_CHANGED)
		picker_search(v);
	else if (e->kind == EVENT_SUBMIT && !visit_app(v)->front->is_linear)
		choose(v, focus_place(&((struct entry *)v)->focus, "choices")->row);
}

/* Letters always narrow, arrows always move in the list, whichever of the two has the focus. */
static bool picker_key(struct entry *e, int key)
{
	struct app *app = visit_app(&e->visit);
	struct place_view at = entry_place(app, e);
	static const struct field filter = { .name = "text", .input = FIELD_TEXT, .max = 40 };
	struct input *in;

	if (!page_block(&e->page, "choices"))
		return false;
	app->needs_show = true;
	if (key == K_ENTER) {
		choose(&e->visit, focus_place(&e->focus, "choices")->row);
		return true;
	}
	if (key == K_UP || key == K_DOWN || key == K_PAGE_UP || key == K_PAGE_DOWN) {
		host_focus_on(e, "choices", "");
		if (key == K_DOWN && focus_row(&at) + 1 >= choices_count(e->visit.state))
			return true;
		if (key == K_UP && focus_row(&at) <= 0)
			return true;
		focus_key(&at, key);
		return true;
	}
	in = inputs_get(&e->visit.inputs, "filter", "text", false);
	if (!in || edit_key(in, &filter, key) != EDIT_CHANGED)
		return false;
	picker_search(&e->visit);
	return true;
}

static void picker_close(struct visit *v)
{
	struct picker *s = v->state;

	free(s->matches);
}

const struct own_screen picker_screen = {
	.screen = {
		.name = "picker",
		.title = N_("Choose"),
		.summary = N_("The choices of a field"),
		.state_size = sizeof(struct picker),
		.open = picker_open,
		.build = picker_build,
		.event = picker_event,
		.close = picker_close,
	},
	.key = picker_key,
};

/* Start on the choice that stands in the field. */
static void focus_on_value(struct entry *picker, const struct inputs *inputs, const struct block *block,
			   const struct field *field)
{
	const char *value = inputs_text(inputs, block->id, field->name);

	for (size_t i = 0; i < field->choice_count; i++)
		if (!strcmp(field->choices[i].value, value))
			focus_place(&picker->focus, "choices")->row = (int64_t)i;
}

void app_pick(struct app *app, struct entry *e, const struct block *block, const struct field *field, int key)
{
	char arg[2 * FOCUS_ID_MAX + 2], text[5] = "";
	struct entry *picker;

	if (e != stack_top(app))
		return;
	snprintf(arg, sizeof(arg), "%s %s", block->id, field->name);
	if (stack_open(app, &picker_screen.screen, arg) < 0)
		return;
	picker = stack_top(app);
	host_focus_on(picker, "choices", "");
	if (key)
		text[text_encode((uint32_t)key, text)] = '\0';
	inputs_set(&picker->visit.inputs, "filter", "text", text);
	if (key || field->lookup)
		picker_search(&picker->visit);
	else
		focus_on_value(picker, &e->visit.inputs, block, field);
}
