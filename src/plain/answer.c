/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plain/answer.h"

#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/catalogue.h"
#include "base/text.h"
#include "page/key.h"
#include "page/page_text.h"

#define CHOICES_LISTED 30

static void copy(char *to, const char *from)
{
	snprintf(to, FOCUS_ID_MAX, "%s", from);
}

/* ---- what to ask ---- */

static const struct block *form_of(const struct page *page)
{
	for (size_t i = 0; i < page->block_count; i++)
		if (page->blocks[i].kind == BLOCK_FORM && page->blocks[i].field_count)
			return &page->blocks[i];
	return NULL;
}

static const struct field *field_of(const struct block *form, const char *name)
{
	for (size_t i = 0; form && i < form->field_count; i++)
		if (!strcmp(form->fields[i].name, name))
			return &form->fields[i];
	return NULL;
}

static bool has_problem(const struct page *page, const struct block *form, const char **ret_field)
{
	for (size_t i = 0; i < form->field_count; i++)
		if (form->fields[i].error) {
			*ret_field = form->fields[i].name;
			return true;
		}
	*ret_field = NULL;
	for (size_t i = 0; i < page->block_count; i++)
		if (page->blocks[i].kind == BLOCK_NOTICE && page->blocks[i].tone == TONE_ERROR)
			return true;
	return false;
}

/* Where the screen put the focus in this form; NULL when it is elsewhere. */
static const char *focused_in(const struct asking *a, const struct block *form)
{
	const char *item;

	if (strcmp(a->focus->block, form->id) != 0)
		return NULL;
	item = focus_place(a->focus, form->id)->item;
	return field_of(form, item) ? item : NULL;
}

static bool choose(struct front_input *ret, const char *block, const char *item, int64_t row)
{
	ret->kind = INPUT_CHOOSE;
	copy(ret->block, block);
	copy(ret->item, item);
	ret->row = row;
	return true;
}

/* This one is answered. Which is next is settled when the page stands again: the answer may bring others. */
static void field_answered(struct asking *a, bool is_given)
{
	copy(a->filled, a->field);
	a->field[0] = a->announced[0] = '\0';
	a->must_advance = true;
	a->was_given = is_given;
}

static void advance(struct asking *a, const struct block *form)
{
	const struct field *filled = field_of(form, a->filled);
	size_t i;

	a->must_advance = false;
	/* A wrong answer is asked for again at once, or the next line would answer another question. */
	if (a->was_given && filled && filled->error) {
		copy(a->field, a->filled);
		return;
	}
	for (i = 0; i < form->field_count && strcmp(form->fields[i].name, a->filled) != 0; i++)
		;
	a->must_submit = i + 1 >= form->field_count;
	copy(a->field, a->must_submit ? "" : form->fields[i + 1].name);
}

bool asking_pending(struct asking *a, struct front_input *ret)
{
	if (!a->must_submit || !*a->form || !page_block(a->page, a->form))
		return false;
	a->must_submit = false;
	a->was_submitted = true;
	return choose(ret, a->form, "", -1);
}

static void begin_form(struct asking *a, const struct block *form)
{
	const char *at = focused_in(a, form);

	copy(a->form, form->id);
	copy(a->field, at ? at : form->fields[0].name);
	a->filled[0] = a->announced[0] = '\0';
	a->was_submitted = a->must_submit = a->must_advance = false;
}

static void follow_form(struct asking *a, const struct page *page, const struct block *form)
{
	const char *at = focused_in(a, form), *bad;

	if (strcmp(a->form, form->id) != 0) {
		begin_form(a, form);
		return;
	}
	if (a->was_submitted) {
		a->was_submitted = false;
		if (!has_problem(page, form, &bad))
			return;
		/* Asked again from where the trouble is. */
		copy(a->field, bad ? bad : at ? at : form->fields[0].name);
		a->announced[0] = '\0';
	} else if (at && *a->filled && strcmp(at, a->filled) != 0 && strcmp(at, a->field) != 0) {
		copy(a->field, at); /* the screen wants this one answered */
		a->announced[0] = '\0';
	}
	if (a->must_advance)
		advance(a, form);
	/* A field that went away while it was being asked: the form goes on with its first. */
	if (*a->field && !field_of(form, a->field))
		copy(a->field, form->fields[0].name);
}

static void announce(struct asking *a, const struct field *f, struct buf *out)
{
	if (!strcmp(a->announced, f->name))
		return;
	copy(a->announced, f->name);
	if (f->error)
		buf_printf(out, "! %s\n", f->error);
	if (f->hint)
		buf_printf(out, "%s\n", f->hint);
	if (f->input != FIELD_CHOICE || f->lookup)
		return;
	for (size_t i = 0; i < f->choice_count && i < CHOICES_LISTED; i++)
		buf_printf(out, "%zu. %s%s%s\n", i + 1, f->choices[i].title, f->choices[i].detail ? " - " : "",
			   f->choices[i].detail ? f->choices[i].detail : "");
}

static void ask_field(struct asking *a, const struct block *form, const struct field *f, struct buf *out)
{
	struct buf now;

	announce(a, f, out);
	a->question = ASK_FIELD;
	a->is_secret = f->input == FIELD_SECRET || f->input == FIELD_PIN;
	buf_init(&now, 1024);
	field_shown(form, f, a->inputs, &now);
	if (now.len && !a->is_secret)
		snprintf(a->prompt, sizeof(a->prompt), _("%.200s [%.200s]: "), f->title, now.data);
	else
		snprintf(a->prompt, sizeof(a->prompt), _("%.200s: "), f->title);
	buf_wipe(&now);
}

static const char *heading_of(const struct page *page)
{
	for (size_t i = 0; i < page->block_count; i++)
		if (page->blocks[i].kind == BLOCK_HEADING)
			return page->blocks[i].text;
	return "";
}

void asking_follow(struct asking *a, const struct page *page, const struct view *view, struct buf *out)
{
	const struct block *form = form_of(page);
	const struct field *f;
	char title[sizeof(a->title)];

	snprintf(title, sizeof(title), "%s\n%s", *page->trail ? page->trail : page->title, heading_of(page));
	a->page = page;
	a->focus = view->focus;
	a->inputs = view->inputs;
	if (strcmp(a->title, title) != 0) {
		memcpy(a->title, title, sizeof(title));
		a->form[0] = a->field[0] = a->filled[0] = '\0';
		a->question = ASK_CHOICE;
	}
	if (a->question == ASK_TOTAL && page->barrier && page_block(page, a->block))
		return;
	a->question = ASK_CHOICE;
	a->is_secret = false;
	if (form)
		follow_form(a, page, form);
	else
		a->form[0] = '\0';
	f = form && *a->field ? field_of(form, a->field) : NULL;
	if (f)
		ask_field(a, form, f, out);
	else
		snprintf(a->prompt, sizeof(a->prompt), "%s", _("What next (? for help): "));
}

/* ---- numbers and words ---- */

/* All digits: its value; -1 otherwise. */
static int64_t number_of(const char *s)
{
	char *end;
	long long n;

	if (!isdigit((unsigned char)*s))
		return -1;
	errno = 0;
	n = strtoll(s, &end, 10);
	return *end || errno ? -1 : n;
}

static bool begins(const char *text, const char *with)
{
	return *with && text && !strncasecmp(text, with, strlen(with));
}

static const struct block *table_of(const struct page *page)
{
	for (size_t i = 0; i < page->block_count; i++)
		if (page->blocks[i].kind == BLOCK_TABLE)
			return &page->blocks[i];
	return NULL;
}

static bool has_items(const struct page *page)
{
	const struct block *b;
	const struct item *item;

	return page_text_item(page, 1, &b, &item);
}

static bool choose_command(struct asking *a, struct front_input *ret, const char *text)
{
	snprintf(a->value, sizeof(a->value), "%s", text);
	ret->text = a->value;
	return choose(ret, ":", "", -1);
}

/* Back as Esc goes: some pages have their own, such as from a review to its form. */
static bool go_back(struct asking *a, struct front_input *ret)
{
	for (size_t i = 0; i < a->page->key_count; i++)
		if (a->page->keys[i].key == K_ESC && *a->page->keys[i].action)
			return choose(ret, "", a->page->keys[i].action, -1);
	return choose_command(a, ret, "back");
}

static bool command(struct asking *a, struct front_input *ret, const char *text)
{
	if (!strcmp(text, "b") || !strcmp(text, "back"))
		return go_back(a, ret);
	return choose_command(a, ret, text);
}

static bool choose_item(struct asking *a, const struct block *b, const struct item *item, struct front_input *ret,
			struct buf *out)
{
	if (!(item->flags & ITEM_CONFIRM))
		return choose(ret, b->id, item->id, -1);
	a->question = ASK_TOTAL;
	a->is_secret = false;
	copy(a->block, b->id);
	copy(a->item, item->id);
	if (a->page->confirm_total)
		snprintf(a->prompt, sizeof(a->prompt), _("Type the total, %s, to confirm; Enter alone goes back: "),
			 a->page->confirm_total);
	else
		snprintf(a->prompt, sizeof(a->prompt), "%s", _("Type yes to confirm; Enter alone goes back: "));
	(void)out;
	return false;
}

static bool answer_total(struct asking *a, char *line, struct front_input *ret, struct buf *out)
{
	bool is_yes = !strcasecmp(line, "yes") || !strcmp(line, _("yes"));

	a->question = ASK_CHOICE;
	if (!strcasecmp(line, "b"))
		return go_back(a, ret);
	if (!*line || (!a->page->confirm_total && !is_yes)) {
		buf_printf(out, "%s\n", _("Nothing was sent."));
		a->wants_all = true;
		return false;
	}
	ret->text = line;
	return choose(ret, a->block, a->item, -1);
}

/* ---- answers of fields ---- */

static const struct choice_view *choice_of(const struct field *f, const char *answer)
{
	int64_t n = number_of(answer);
	const struct choice_view *found = NULL;

	/* The numbers were printed; a value that looks like one was not. */
	if (n > 0 && (size_t)n <= f->choice_count && n <= CHOICES_LISTED)
		return &f->choices[n - 1];
	for (size_t i = 0; i < f->choice_count; i++)
		if (!strcmp(f->choices[i].value, answer) || !strcmp(f->choices[i].title, answer))
			return &f->choices[i];
	for (size_t i = 0; *answer && i < f->choice_count; i++) {
		if (!text_contains(f->choices[i].title, answer) &&
		    !text_contains(f->choices[i].detail ? f->choices[i].detail : "", answer))
			continue;
		if (found)
			return NULL;
		found = &f->choices[i];
	}
	return found;
}

static bool is_word(const char *answer, const char *word)
{
	return !strcasecmp(answer, word) || !strcmp(answer, _(word)) || (answer[0] == word[0] && !answer[1]);
}

static const char *switch_value(const char *answer, struct buf *out)
{
	if (is_word(answer, N_("yes")))
		return "true";
	if (is_word(answer, N_("no")))
		return "false";
	buf_printf(out, "! %s\n", _("Please answer yes or no."));
	return NULL;
}

static const char *value_of(const struct field *f, const char *answer, struct buf *out)
{
	const struct choice_view *choice;

	if (!strcmp(answer, "-"))
		return "";
	if (f->input == FIELD_SWITCH)
		return switch_value(answer, out);
	if (f->input != FIELD_CHOICE)
		return answer;
	choice = choice_of(f, answer);
	if (!choice)
		buf_printf(out, "! %s\n", _("Please answer with one of the numbers."));
	return choice ? choice->value : NULL;
}

static bool answer_field(struct asking *a, const struct block *form, char *line, struct front_input *ret,
			 struct buf *out)
{
	const struct field *f = field_of(form, a->field);
	const char *value;

	if (f->input == FIELD_CHOICE && f->lookup && *line && strcmp(line, "-") != 0) {
		field_answered(a, /* is_given */ true);
		return choose(ret, form->id, f->name, -1); /* its picker */
	}
	if (!*line) { /* as it is */
		field_answered(a, /* is_given */ false);
		return false;
	}
	value = value_of(f, line, out);
	if (!value)
		return false;
	ret->kind = INPUT_FILL;
	copy(ret->block, form->id);
	copy(ret->item, f->name);
	ret->text = value;
	field_answered(a, /* is_given */ true);
	return true;
}

/* ---- choices ---- */

static void explain(const struct asking *a, struct buf *out)
{
	const struct page *page = a->page;
	char name[KEY_NAME_MAX];

	if (has_items(page))
		buf_printf(out, "%s\n", _("Type the number or the first letters of what you want."));
	if (table_of(page))
		buf_printf(out, "%s\n", _("#12 opens row 12; + and - show the next and previous rows."));
	for (size_t i = 0; i < page->key_count; i++)
		if (*page->keys[i].action)
			buf_printf(out, "%s: %s\n", key_name(page->keys[i].key, name), page->keys[i].title);
	if (table_of(page))
		buf_printf(out, "%s\n", _("A key's letter may be followed by a row: d 12."));
	buf_printf(out, "%s\n", _("b goes back; . shows the page again; :help tells more; :quit ends."));
	if (a->question == ASK_FIELD)
		buf_printf(out, "%s\n", _("In a form: Enter keeps the value, - empties it; :3 chooses item 3, "
					  ":back leaves."));
}

static bool choose_row(struct asking *a, int64_t n, struct front_input *ret, struct buf *out)
{
	const struct block *b = table_of(a->page);
	int64_t count = b && b->source.count ? b->source.count(b->source.data) : 0;

	if (!b || n < 1 || n > count) {
		buf_printf(out, "! %s\n", _("There is no such row."));
		return false;
	}
	return choose(ret, b->id, "", n - 1);
}

static bool turn_rows(struct asking *a, int step, struct front_input *ret)
{
	const struct block *b = table_of(a->page);
	struct focus_place *place;

	if (!b)
		return false;
	place = focus_place(a->focus, b->id);
	ret->kind = INPUT_SCROLL;
	copy(ret->block, b->id);
	ret->amount = (int)(place->top - place->row) + step * PAGE_TEXT_ROWS;
	return true;
}

/* "d" or "details", with a row behind it or not: a key of the page. */
static bool answer_key(struct asking *a, const char *line, struct front_input *ret)
{
	char first[FOCUS_ID_MAX], name[KEY_NAME_MAX];
	const struct block *table = table_of(a->page);
	size_t n = strcspn(line, " ");
	int64_t row = number_of(line + n + strspn(line + n, " #"));

	snprintf(first, sizeof(first), "%.*s", (int)n, line);
	for (size_t i = 0; i < a->page->key_count; i++) {
		const struct page_key *k = &a->page->keys[i];

		bool is_this = !strcasecmp(key_name(k->key, name), first) || !strcasecmp(k->title, first) ||
			       !strcasecmp(k->action, first);

		if (!*k->action || !is_this)
			continue;
		if (table && row > 0 && row <= table->source.count(table->source.data)) {
			copy(a->focus->block, table->id);
			focus_place(a->focus, table->id)->row = row - 1;
		}
		return choose(ret, "", k->action, -1);
	}
	return false;
}

static bool answer_item(struct asking *a, const char *line, struct front_input *ret, struct buf *out, bool *ret_found)
{
	const struct block *b, *found_block = NULL;
	const struct item *item, *found = NULL;
	int64_t n = number_of(line);

	*ret_found = true;
	if (n > 0 && n < 1000 && page_text_item(a->page, (int)n, &b, &item))
		return choose_item(a, b, item, ret, out);
	for (int i = 1; page_text_item(a->page, i, &b, &item); i++)
		if (!strcasecmp(item->title, line) || !strcasecmp(item->id, line))
			return choose_item(a, b, item, ret, out);
	for (int i = 1; page_text_item(a->page, i, &b, &item); i++) {
		if (!begins(item->title, line) && !begins(item->id, line))
			continue;
		if (found) {
			buf_printf(out, "! %s\n", _("More than one begins like that. Type more of it, or its number."));
			return false;
		}
		found = item;
		found_block = b;
	}
	*ret_found = found;
	return found && choose_item(a, found_block, found, ret, out);
}

static bool answer_choice(struct asking *a, char *line, struct front_input *ret, struct buf *out)
{
	bool is_found, is_input;

	if (!*line || !strcmp(line, ".")) {
		a->wants_all = true;
		return false;
	}
	if (!strcasecmp(line, "b"))
		return go_back(a, ret);
	if (table_of(a->page) && (!strcmp(line, "+") || !strcmp(line, "-")))
		return turn_rows(a, *line == '+' ? 1 : -1, ret);
	if (*line == '#')
		return choose_row(a, number_of(line + 1), ret, out);
	is_input = answer_item(a, line, ret, out, &is_found);
	if (is_found)
		return is_input;
	if (answer_key(a, line, ret))
		return true;
	if (number_of(line) > 0 && table_of(a->page))
		return choose_row(a, number_of(line), ret, out);
	buf_printf(out, "! %s\n", _("That is not one of the choices. Type ? for help."));
	return false;
}

bool asking_answer(struct asking *a, char *line, struct front_input *ret, struct buf *out)
{
	const struct block *form = form_of(a->page);
	char *end = line + strlen(line);
	bool is_found, is_input;

	if (a->question != ASK_FIELD || !a->is_secret) {
		line += strspn(line, " \t");
		while (end > line && (end[-1] == ' ' || end[-1] == '\t' || end[-1] == '\r'))
			*--end = '\0';
	}
	if (!strcmp(line, "?") && !a->is_secret) {
		explain(a, out);
		return false;
	}
	if (*line == ':' && !a->is_secret) {
		is_input = number_of(line + 1) > 0 && answer_item(a, line + 1, ret, out, &is_found);
		return is_input || number_of(line + 1) > 0 ? is_input : command(a, ret, line + 1);
	}
	if (a->question == ASK_TOTAL)
		return answer_total(a, line, ret, out);
	if (a->question == ASK_FIELD && form && field_of(form, a->field))
		return answer_field(a, form, line, ret, out);
	return answer_choice(a, line, ret, out);
}
