/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "edition/contrast.h"

/* The six steps of a cube axis (0, 95, 135, 175, 215, 255) as linear light in millionths: WCAG 2,
 * "relative luminance". */
static const long linear[6] = { 0, 114435, 242281, 428690, 679542, 1000000 };

/* Millionths. */
static long luminance(int index)
{
	int i = index - CUBE_FIRST;

	return (2126 * linear[i / 36] + 7152 * linear[i / 6 % 6] + 722 * linear[i % 6]) / 10000;
}

int contrast_of(int a, int b)
{
	long x = luminance(a) + 50000, y = luminance(b) + 50000;

	return (int)(100 * (x > y ? x : y) / (x > y ? y : x));
}
