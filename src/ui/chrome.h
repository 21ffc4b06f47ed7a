/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What frames the regions: the first line, and the lines at the bottom. Part of layout.c's work. */
#ifndef UI_CHROME_H
#define UI_CHROME_H

#include "ui/pen.h"

/* Draw them; *ret_main is what they leave. */
void chrome_draw(struct layout *l, struct rect *ret_main);
/* The message line, once the blocks have said what its hint is. */
void chrome_message(struct layout *l);
/* Instead of all: the screen is too small. */
void chrome_too_small(struct layout *l);

#endif
