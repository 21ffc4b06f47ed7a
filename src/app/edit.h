/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Editing one field: what a key or a paste does to its input. A text stays within the output gate, the field's
 * length and its sort at every moment: what cannot become part of a value is refused at once.
 */
#ifndef APP_EDIT_H
#define APP_EDIT_H

#include "page/inputs.h"
#include "page/page.h"

enum edit_result {
	EDIT_UNUSED,  /* no editing key: the caller's */
	EDIT_MOVED,   /* the cursor moved, or could not */
	EDIT_CHANGED,
	EDIT_REFUSED, /* the field takes no such character, or no more */
};

/* True for the sorts of field that are typed into, not chosen or switched. */
bool edit_is_typed(const struct field *field);
enum edit_result edit_key(struct input *in, const struct field *field, int key);
/* Characters that do not fit the field are left out. */
enum edit_result edit_paste(struct input *in, const struct field *field, const char *text);

#endif
