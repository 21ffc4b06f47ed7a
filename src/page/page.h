/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A page: what a screen shows now, as data. A screen builds one from its state; renderers turn it into cells
 * (src/ui), lines (src/plain), speech (src/speech) and text for tests (page_text.h).
 *
 * A page has three regions, each a list of blocks in reading order. Blocks that take input have an id that
 * stays the same from build to build: focus, scroll position and typed text are kept outside, by that id
 * (focus.h, inputs.h), so that an update moves none of them.
 *
 * The page owns every string: builders copy, and pass each through the output gate (text_gate) once. When memory
 * is short, page->failed becomes true and blocks are left out; builders then return NULL, which all accept.
 */
#ifndef PAGE_PAGE_H
#define PAGE_PAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/money.h"

enum region { REGION_MAIN, REGION_SIDE, REGION_STATUS };

/* A role that themes colour and that never carries meaning alone: words or signs say it too. */
enum tone {
	TONE_PLAIN,
	TONE_STRONG,
	TONE_MUTED,
	TONE_CREDIT,
	TONE_DEBIT,
	TONE_SUCCESS,
	TONE_WARNING,
	TONE_ERROR,
	TONE_COUNT,
};

enum block_kind {
	BLOCK_HEADING,
	BLOCK_TEXT,
	BLOCK_FIGURE,   /* one amount that matters, with its label and its words */
	BLOCK_DETAILS,  /* label: value lines */
	BLOCK_MENU,     /* numbered items; takes focus */
	BLOCK_ACTIONS,  /* buttons; takes focus */
	BLOCK_TABLE,    /* rows from a source; takes focus */
	BLOCK_FORM,     /* fields; takes focus */
	BLOCK_NOTICE,   /* something that must be noticed: error, warning, success */
	BLOCK_PROGRESS, /* long work, with how far */
	BLOCK_DOCUMENT, /* fixed lines of a receipt or help page; scrolls */
	BLOCK_KIND_COUNT,
};

struct detail {
	const char *label;
	const char *value;
	enum tone tone;
};

enum item_flags {
	ITEM_DISABLED = 1, /* shown, and says why in detail, but cannot be chosen */
	ITEM_DEFAULT = 2,  /* Enter in a form does this */
	ITEM_CONFIRM = 4,  /* commits money: only through the review barrier */
	ITEM_DANGER = 8,
};

/* Of a menu or of actions. */
struct item {
	const char *id;     /* stable */
	const char *title;
	const char *detail; /* second line or right column; NULL none */
	const char *badge;  /* short count or code at the right; NULL none */
	int key;            /* shortcut (key.h), 0 none */
	unsigned flags;
};

enum column_align { COLUMN_LEFT, COLUMN_RIGHT };

struct column {
	const char *title;
	enum column_align align;
	int min;      /* fewest useful columns of the screen */
	int max;      /* most; 0: takes what is left */
	int priority; /* 0 is never dropped; the highest goes first when the screen is narrow */
	bool is_whole; /* what is cut here stands whole below the table for the focused row, as if dropped */
};

#define TABLE_COLUMNS_MAX 12
struct row {
	const char *text[TABLE_COLUMNS_MAX]; /* gated; valid until the next call of the source */
	enum tone tone[TABLE_COLUMNS_MAX];
};

/*
 * Rows on demand, so that a page of 100,000 rows costs nothing. The source lives as long as the screen's state.
 * row() fills *ret and returns true, or returns false while the row is not loaded (drawn as "…"); the
 * app tells the screen with EVENT_ROWS which rows are in sight.
 */
struct table_source {
	int64_t (*count)(void *data); /* rows known now */
	bool (*row)(void *data, int64_t index, struct row *ret);
	void *data;
};

/* How a field is typed. FIELD_AMOUNT takes digits, separators and a point; FIELD_CHOICE opens a picker. */
enum field_input {
	FIELD_TEXT,
	FIELD_SECRET,
	FIELD_PIN,
	FIELD_AMOUNT,
	FIELD_DATE,
	FIELD_DIGITS,
	FIELD_CHOICE,
	FIELD_SWITCH,
};

struct choice_view {
	const char *value; /* stable */
	const char *title;
	const char *detail; /* NULL none */
};

struct field {
	const char *name; /* stable within the form */
	enum field_input input;
	const char *title;
	const char *hint;    /* shown while focused; NULL none */
	const char *display; /* what the bank makes of the value (masked name, amount in words); NULL none */
	const char *error;   /* shown beside the field; NULL none */
	bool is_required;
	bool submits;        /* Enter here submits the form, also when other fields follow */
	int max;             /* characters; 0 no limit but inputs.h's */
	const struct choice_view *choices;
	size_t choice_count;
	const char *lookup;  /* choices are asked for as one types; NULL none */
};

struct block {
	enum block_kind kind;
	enum region region;
	const char *id;    /* "" for blocks that take no focus and are not addressed */
	const char *label; /* accessible name; the heading's, notice's, figure's text otherwise */
	enum tone tone;
	const char *text;  /* HEADING TEXT NOTICE PROGRESS DOCUMENT(lines) FIGURE(the amount as shown) */
	const char *words; /* FIGURE: amount in words; NOTICE: what to do; NULL none */
	struct detail *details;
	size_t detail_count, detail_cap;
	struct item *items;
	size_t item_count, item_cap;
	struct column *columns;
	size_t column_count;
	struct table_source source;
	const char *empty; /* TABLE, MENU: what to say when there is nothing, and what to do */
	struct field *fields;
	size_t field_count, field_cap;
	int done, total;   /* PROGRESS: total 0 is unknown */
};

/* A key that works on this page, for the key line and help; made from the screen's key table. */
struct page_key {
	int key;
	const char *action; /* item id sent with EVENT_ACTION and block "" */
	const char *title;
};

#define PAGE_BLOCKS_MAX 64 /* a block more sets page->failed; so block pointers stay valid while the page lives */

struct page {
	const char *title;   /* where you are */
	const char *trail;   /* the way here, "Home > Accounts"; the app fills it */
	struct block *blocks; /* all regions, in reading order within each */
	size_t block_count, block_cap;
	struct page_key *keys;
	size_t key_count, key_cap;
	/*
	 * Not NULL: this is a review. A change of this text (the terms) re-arms the barrier; ITEM_CONFIRM works only
	 * behind it, and in plain mode only after typing confirm_total.
	 */
	const char *barrier;
	const char *confirm_total; /* wire text of the amount, "100.00"; NULL when no money moves */
	bool is_waiting;     /* keys typed now are kept until the page stands without this (a login under way) */
	bool is_private;     /* wiped from scrollback and not kept by the front after leaving */
	bool failed;
	struct arena *arena;
};

/* Never fails; a page without memory says so itself. */
void page_init(struct page *p, const char *title);
void page_release(struct page *p); /* wipes the arena */

void page_heading(struct page *p, enum region r, const char *text);
void page_text(struct page *p, enum region r, enum tone tone, const char *text);
void page_textf(struct page *p, enum region r, enum tone tone, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));
void page_notice(struct page *p, enum region r, enum tone tone, const char *text, const char *what_to_do);
/* amount is shown by money_show with its currency sign; words may be NULL. */
void page_figure(struct page *p, enum region r, const char *label, const struct money *amount, const char *words);
void page_progress(struct page *p, enum region r, const char *text, int done, int total);
struct block *page_document(struct page *p, const char *id, const char *lines);

struct block *page_details(struct page *p, enum region r, const char *label);
void details_add(struct page *p, struct block *b, const char *label, const char *value, enum tone tone);

struct block *page_menu(struct page *p, enum region r, const char *id, const char *label);
struct block *page_actions(struct page *p, const char *id);
/* item's strings are copied. */
void block_item(struct page *p, struct block *b, const struct item *item);

struct block *page_table(struct page *p, const char *id, const char *label, const struct column *columns, size_t count,
			 const struct table_source *source, const char *empty);

struct block *page_form(struct page *p, const char *id, const char *label);
/* field's strings and choices are copied. */
void form_add(struct page *p, struct block *form, const struct field *field);

void page_add_key(struct page *p, int key, const char *action, const char *title);

/* A gated copy in the page's arena; "" when memory is short. For callers that build texts. */
const char *page_string(struct page *p, const char *s);

/* "¥1,234.50", "-¥1,234.50", "XYZ 1.00" for a currency without sign; in the page's arena. */
const char *page_amount(struct page *p, const struct money *amount);

const struct block *page_block(const struct page *p, const char *id); /* NULL when absent */

/* A menu, actions or form that has something in it, a table with rows, a document with an id and lines. */
bool block_takes_focus(const struct block *b);

#endif
