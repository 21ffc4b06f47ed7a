/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "page/focus.h"

#include <stdio.h>
#include <string.h>

struct focus_place *focus_place(struct focus *f, const char *block)
{
	struct focus_place *place;

	for (size_t i = 0; i < f->count; i++)
		if (!strcmp(f->places[i].block, block))
			return &f->places[i];
	if (f->count == FOCUS_BLOCKS_MAX) {
		/* The oldest goes, but never the one where the person is. */
		size_t gone = !strcmp(f->places[0].block, f->block);

		memmove(&f->places[gone], &f->places[gone + 1],
			(FOCUS_BLOCKS_MAX - gone - 1) * sizeof(*place));
		f->count--;
	}
	place = &f->places[f->count++];
	*place = (struct focus_place){ .row = 0 };
	snprintf(place->block, sizeof(place->block), "%s", block);
	return place;
}
