/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Control sequences (ECMA-48) in as few bytes as can be. Each function writes at out, which has room for
 * CSI_MAX bytes, and returns how many it wrote; no NUL follows.
 */
#ifndef UI_CSI_H
#define UI_CSI_H

#include <stddef.h>

#include "edition/edition.h"

#define CSI_MAX 96

/* CSI n final; 1 is what a missing number means. */
size_t csi(char *out, int n, char final);
/* To row, col, both from 0. */
size_t csi_place(char *out, int row, int col);
/*
 * From one place of a row to another, retyping nothing; `from` may be just behind the last cell only
 * when it is not to be left backwards.
 */
size_t csi_along(char *out, int from, int to);
/* SGR from one style to another; from NULL: an unknown one. 0 when they are equal. */
size_t csi_style(char *out, const struct style *from, const struct style *to);

bool style_equal(const struct style *a, const struct style *b);

#endif
