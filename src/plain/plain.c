/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plain/plain.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/catalogue.h"
#include "base/secret.h"
#include "base/text.h"
#include "page/key.h"
#include "page/page_text.h"
#include "plain/answer.h"
#include "plain/lines.h"

#define PATIENCE_MS 1500 /* a page still on its way is printed as it is after so long */

struct plain {
	struct front front; /* first */
	struct asking asking;
	char *printed;      /* the page as it was printed last */
	char *title;        /* and what identified it */
	int64_t hidden_since; /* monotonic ms; 0: what there is was printed */
	bool is_ready;      /* lines are taken */
	bool wants_all;     /* print the whole page at the next show */
	int toast_number;   /* of the toast printed last */
	char *text;         /* behind the last input */
	bool was_ended;
};

static int64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* ---- printing ---- */

/* The screen of rows that holds the focused one; renderers of cells do this in their layout. */
static void turn_tables(const struct page *page, struct focus *focus)
{
	for (size_t i = 0; i < page->block_count; i++) {
		struct focus_place *place;

		if (page->blocks[i].kind != BLOCK_TABLE)
			continue;
		place = focus_place(focus, page->blocks[i].id);
		place->top = place->row - place->row % PAGE_TEXT_ROWS;
	}
}

static bool rows_are_missing(const struct page *page, struct focus *focus)
{
	for (size_t i = 0; i < page->block_count; i++) {
		const struct block *b = &page->blocks[i];
		int64_t count = b->kind == BLOCK_TABLE && b->source.count ? b->source.count(b->source.data) : 0;
		int64_t top = count ? focus_place(focus, b->id)->top : 0;

		for (int64_t r = top; r < count && r < top + PAGE_TEXT_ROWS; r++) {
			struct row row = { 0 };

			if (!b->source.row(b->source.data, r, &row))
				return true;
		}
	}
	return false;
}

static bool has_line(const char *text, const char *line, size_t n)
{
	for (const char *at = text; *at;) {
		size_t len = strcspn(at, "\n");

		if (len == n && !memcmp(at, line, n))
			return true;
		at += len + (at[len] == '\n');
	}
	return false;
}

/* The line that repeats what was just answered. */
static bool is_echo(const struct plain *p, const struct page *page, const char *line)
{
	const struct block *form = *p->asking.form ? page_block(page, p->asking.form) : NULL;

	for (size_t i = 0; form && i < form->field_count; i++)
		if (!strcmp(form->fields[i].name, p->asking.filled))
			return !strncmp(line, form->fields[i].title, strlen(form->fields[i].title));
	return false;
}

/* The lines of text that were not printed before: what changed on a page that stayed. */
static void print_changes(const struct plain *p, const struct page *page, const char *before, const char *text)
{
	struct buf out;

	buf_init(&out, 0);
	for (const char *at = text; *at;) {
		size_t len = strcspn(at, "\n");

		if (len && !has_line(before, at, len) && !is_echo(p, page, at)) {
			buf_add(&out, at, len);
			buf_putc(&out, '\n');
		}
		at += len + (at[len] == '\n');
	}
	if (out.len && !out.failed)
		lines_print(out.data);
	buf_wipe(&out);
}

static void print_whole(const struct page *page, const char *text)
{
	struct buf out;
	char name[KEY_NAME_MAX];
	bool is_first = true;

	buf_init(&out, 0);
	buf_printf(&out, "\n%s", text);
	for (size_t i = 0; i < page->key_count; i++) {
		const struct page_key *k = &page->keys[i];

		if (!*k->action)
			continue;
		buf_printf(&out, "%s%s %s", is_first ? _("Keys: ") : ", ", key_name(k->key, name), k->title);
		is_first = false;
	}
	if (!is_first)
		buf_putc(&out, '\n');
	if (!out.failed)
		lines_print(out.data);
	buf_wipe(&out);
}

static void remember(char **where, const char *text)
{
	if (*where)
		secret_wipe(*where, strlen(*where));
	free(*where);
	*where = text ? strdup(text) : NULL;
}

/* What makes it another page for a listener: where it is, what it is headed, which terms it asks to confirm. */
static void identify(const struct page *page, struct buf *out)
{
	const char *heading = "";

	for (size_t i = page->block_count; i-- > 0;)
		if (page->blocks[i].kind == BLOCK_HEADING)
			heading = page->blocks[i].text;
	buf_printf(out, "%s\n%s\n%s", *page->trail ? page->trail : page->title, heading,
		   page->barrier ? page->barrier : "");
}

/* A toast stands on a screen for a while; a line stays, so it is printed once and never with the page. */
static void print_toast(struct plain *p, const struct view *view)
{
	struct buf out;

	if (!view->toast || view->toast_number == p->toast_number)
		return;
	p->toast_number = view->toast_number;
	buf_init(&out, 0);
	buf_printf(&out, _("%s: "), tone_word(view->toast_tone));
	if (!buf_printf(&out, "%s\n", view->toast))
		lines_print(out.data);
	buf_release(&out);
}

static void print(struct plain *p, const struct page *page, const struct view *shown)
{
	struct view copy = *shown, *view = &copy;
	struct buf text, title;
	bool is_same;

	copy.toast = NULL;
	buf_init(&text, 0);
	buf_init(&title, 0);
	identify(page, &title);
	is_same = p->title && !strcmp(p->title, title.data) && !p->wants_all;
	if (page_text_write(page, view, lines_columns(), &text) == 0) {
		if (!is_same || !p->printed)
			print_whole(page, text.data);
		else
			print_changes(p, page, p->printed, text.data);
		remember(&p->printed, text.data);
		remember(&p->title, title.data);
		p->wants_all = false;
	}
	buf_wipe(&text);
	buf_wipe(&title);
	print_toast(p, shown);
}

static bool is_on_its_way(const struct page *page, const struct view *view)
{
	bool has_progress = false, has_choice = false;

	for (size_t i = 0; i < page->block_count; i++) {
		const struct block *b = &page->blocks[i];

		has_progress |= b->kind == BLOCK_PROGRESS && b->region != REGION_STATUS;
		has_choice |= b->item_count > 0 || b->field_count > 0 || b->kind == BLOCK_TABLE;
	}
	return view->is_busy || page->is_waiting || (has_progress && !has_choice) ||
	       rows_are_missing(page, view->focus);
}

static void plain_show(struct front *f, const struct page *page, const struct view *view)
{
	struct plain *p = (struct plain *)f;
	struct buf prompt;

	turn_tables(page, view->focus);
	p->is_ready = !is_on_its_way(page, view);
	if (!p->is_ready && !p->hidden_since)
		p->hidden_since = now_ms();
	if (p->is_ready || now_ms() - p->hidden_since >= PATIENCE_MS)
		print(p, page, view);
	if (!p->is_ready)
		return;
	p->hidden_since = 0;
	buf_init(&prompt, 4096);
	asking_follow(&p->asking, page, view, &prompt);
	if (prompt.len)
		lines_print(prompt.data);
	buf_release(&prompt);
	if (!p->asking.must_submit)
		lines_ask(p->asking.prompt, p->asking.is_secret);
}

/* ---- reading ---- */

static bool plain_read(struct front *f, struct front_input *ret)
{
	struct plain *p = (struct plain *)f;
	char *line = NULL;
	struct buf said;
	bool is_ended = false, is_input;

	if (!p->is_ready || p->was_ended)
		return false;
	if (asking_pending(&p->asking, ret))
		return true;
	if (!lines_next(&line, &is_ended)) {
		p->was_ended = is_ended;
		ret->kind = INPUT_END;
		return is_ended;
	}
	remember(&p->text, NULL);
	p->text = line;
	buf_init(&said, 16384);
	is_input = asking_answer(&p->asking, line, ret, &said);
	if (said.len)
		lines_print(said.data);
	buf_release(&said);
	p->wants_all |= p->asking.wants_all;
	p->asking.wants_all = false;
	if (!is_input)
		ret->kind = INPUT_RESIZE; /* nothing for the app, but ask again */
	return true;
}

/* ---- the rest of a front ---- */

static int plain_fd(struct front *f)
{
	/* A line that may not be taken yet must not wake the loop again and again. */
	return ((struct plain *)f)->is_ready && !((struct plain *)f)->was_ended ? 0 : -1;
}

static bool plain_fence(struct front *f)
{
	(void)f;
	return false;
}

static int plain_visible(struct front *f, const char *block)
{
	(void)f;
	(void)block;
	return PAGE_TEXT_ROWS;
}

static void plain_bell(struct front *f)
{
	(void)f;
}

static void plain_redraw(struct front *f)
{
	((struct plain *)f)->wants_all = true;
}

static void plain_suspend(struct front *f, bool is_stopped)
{
	(void)f;
	if (is_stopped)
		lines_discard();
}

static bool plain_interrupt(struct front *f)
{
	struct plain *p = (struct plain *)f;

	return lines_discard() || !p->is_ready;
}

static void plain_close(struct front *f)
{
	struct plain *p = (struct plain *)f;

	lines_close();
	remember(&p->printed, NULL);
	remember(&p->title, NULL);
	remember(&p->text, NULL);
	free(p);
}

int plain_open(struct front **ret, struct err *err)
{
	struct plain *p = calloc(1, sizeof(*p));

	if (!p || lines_open() < 0) {
		free(p);
		return err_set(err, -ENOMEM, _("Out of memory"));
	}
	p->front = (struct front){
		.name = "plain",
		.close = plain_close,
		.fd = plain_fd,
		.show = plain_show,
		.read = plain_read,
		.fence = plain_fence,
		.visible = plain_visible,
		.bell = plain_bell,
		.redraw = plain_redraw,
		.suspend = plain_suspend,
		.interrupt = plain_interrupt,
		.is_linear = true,
	};
	*ret = &p->front;
	return 0;
}
