/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Contrast of colours of the 256-colour cube (indices 16-231, whose values no terminal theme
 * changes). */
#ifndef EDITION_CONTRAST_H
#define EDITION_CONTRAST_H

#define CUBE_FIRST 16
#define CUBE_LAST  231

/* The WCAG 2 contrast ratio of two cube indices, times 100: 100 (equal) to 2100 (black and white).
 */
int contrast_of(int a, int b);

#endif
