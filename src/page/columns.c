/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "page/columns.h"

#define OPEN_SHARE 4 /* times what a column with a most gets in a round */

static int total_of(size_t count, const int widths[])
{
	int sum = 0, kept = 0;

	for (size_t i = 0; i < count; i++)
		if (widths[i]) {
			sum += widths[i];
			kept++;
		}
	return kept ? sum + (kept - 1) * COLUMNS_GAP : 0;
}

/* The kept column that is the first to go: of highest priority, the rightmost of equals. -1: none
 * may go. */
static int droppable(const struct column *columns, size_t count, const int widths[])
{
	int found = -1;

	for (size_t i = 0; i < count; i++)
		if (widths[i] && columns[i].priority > 0 &&
		    (found < 0 || columns[i].priority >= columns[found].priority))
			found = (int)i;
	return found;
}

static int widest(size_t count, const int widths[])
{
	int found = -1;

	for (size_t i = 0; i < count; i++)
		if (widths[i] > 1 && (found < 0 || widths[i] > widths[found]))
			found = (int)i;
	return found;
}

/*
 * Give what is left, round by round: texts without a most profit from width more than those that
 * only get wider margins.
 */
static void widen(const struct column *columns, size_t count, int left, int widths[])
{
	bool has_given = true;

	while (left > 0 && has_given) {
		has_given = false;
		for (size_t i = 0; i < count && left > 0; i++) {
			int step = columns[i].max ? 1 : OPEN_SHARE;

			if (!widths[i] || (columns[i].max && widths[i] >= columns[i].max))
				continue;
			if (step > left)
				step = left;
			widths[i] += step;
			left -= step;
			has_given = true;
		}
	}
}

int columns_fit(const struct column *columns, size_t count, int width,
		int widths[TABLE_COLUMNS_MAX])
{
	int dropped = 0, at;

	for (size_t i = 0; i < count; i++)
		widths[i] = columns[i].min > 0 ? columns[i].min : 1;
	while (total_of(count, widths) > width && (at = droppable(columns, count, widths)) >= 0) {
		widths[at] = 0;
		dropped++;
	}
	while (total_of(count, widths) > width && (at = widest(count, widths)) >= 0)
		widths[at]--;
	if (total_of(count, widths) < width)
		widen(columns, count, width - total_of(count, widths), widths);
	return dropped;
}
