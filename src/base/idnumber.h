/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Check digits that people's papers and cards carry. */
#ifndef BASE_IDNUMBER_H
#define BASE_IDNUMBER_H

#include <stdbool.h>

/* GB 11643-1999: 17 digits and an ISO 7064 MOD 11-2 check character (0-9 or X); the birth date must exist. */
bool idnumber_is_valid(const char *s);
/* The check character for 17 digits; 0 when they are not digits. */
char idnumber_check(const char digits[17]);

/* ISO/IEC 7812-1 annex B (Luhn), 12-19 digits. */
bool card_number_is_valid(const char *s);
char card_number_check(const char *digits_without_check); /* 0 when they are not digits, or not 11-18 */

#endif
