/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A page as lines of text, read from top to bottom: for the plain mode, for braille and scripts,
 * and for tests. No cursor, no colour, nothing that only a picture says. Texts are already gated;
 * lines end with '\n'.
 */
#ifndef PAGE_PAGE_TEXT_H
#define PAGE_PAGE_TEXT_H

#include "base/buf.h"
#include "page/front.h"
#include "page/page.h"

#define PAGE_TEXT_ROWS 20 /* rows of a table shown at once, from its place's top in view->focus */
#define PAGE_TEXT_MIN  20 /* fewer columns are taken for this many */

/*
 * Append the whole page: title, main, side and status regions, toast. view may be NULL, and so may
 * what it points to. 0 or buf_add's errors.
 */
int page_text_write(const struct page *p, const struct view *view, int columns, struct buf *out);
/* One block of it. */
int page_text_block(const struct page *p, const struct block *b, const struct view *view,
		    int columns, struct buf *out);

/*
 * Items of menus and actions are numbered 1, 2, ... through the whole page, those that cannot be
 * chosen left out. The nth of them; false when there is none.
 */
bool page_text_item(const struct page *p, int number, const struct block **ret_block,
		    const struct item **ret_item);

/* "+" or "-" when a tone says credit or debit and the text does not; "" otherwise. */
const char *tone_sign(enum tone tone, const char *text);
/* "Error", "Warning", "Done" or "Note": a notice's tone in a word; translated. */
const char *tone_word(enum tone tone);
/* What an input shows: its text, the title of a choice, or a dot for each character of a secret, in
 * out. */
int field_shown(const struct block *form, const struct field *f, const struct inputs *in,
		struct buf *out);
/* n with thousands separators ("2,041"), in buf, which it returns. */
#define COUNT_TEXT_MAX 32
const char *count_text(int64_t n, char buf[COUNT_TEXT_MAX]);

#endif
