/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bankd --check: whether a directory is fit to be served, without changing it. */
#ifndef BANK_CHECK_H
#define BANK_CHECK_H

#include <stdio.h>

/* One line for each thing looked at: "OK ..." or what to do. Returns how many are not OK. */
int bank_check(const char *dir, FILE *out);

#endif
