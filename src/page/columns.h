/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a table's columns share the width at hand; one answer for all renderers. */
#ifndef PAGE_COLUMNS_H
#define PAGE_COLUMNS_H

#include "page/page.h"

#define COLUMNS_GAP 2 /* screen columns between two table columns */

/*
 * Fill widths[i] for every column of a table that is `width` screen columns wide, gaps included; 0
 * means dropped. Columns of priority 0 are never dropped: they shrink when even they do not fit.
 * The sum never exceeds width, except that each kept column has at least 1. Returns how many
 * columns were dropped.
 */
int columns_fit(const struct column *columns, size_t count, int width,
		int widths[TABLE_COLUMNS_MAX]);

#endif
