/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bankterm --check: everything a start needs, one line each: OK, or what to do. */
#ifndef APP_CHECK_H
#define APP_CHECK_H

/*
 * dir NULL: the default. edition NULL: standard. Prints to standard output. 0 when all is well, 1 otherwise. Blocks
 * for as long as one call to the bank may take.
 */
int check_all(const char *dir, const char *edition);

#endif
