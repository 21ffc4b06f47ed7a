/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/idnumber.h"

#include <string.h>

#include "base/date.h"

#define ID_LENGTH 18
#define ID_BIRTH  6 /* where YYYYMMDD begins */
#define CARD_MIN  12
#define CARD_MAX  19

static size_t digits_at(const char *s)
{
	return strspn(s, "0123456789");
}

static int number_at(const char *s, int n)
{
	int value = 0;

	for (int i = 0; i < n; i++)
		value = value * 10 + (s[i] - '0');
	return value;
}

char idnumber_check(const char digits[17])
{
	static const char checks[] = "10X98765432"; /* by the sum modulo 11 */
	int sum = 0, weight = 2;

	for (int i = ID_LENGTH - 2; i >= 0; i--) {
		if (digits[i] < '0' || digits[i] > '9')
			return 0;
		sum += weight * (digits[i] - '0');
		weight = weight * 2 % 11;
	}
	return checks[sum % 11];
}

bool idnumber_is_valid(const char *s)
{
	const char *birth;
	date_days date;

	if (strlen(s) != ID_LENGTH || digits_at(s) < ID_LENGTH - 1)
		return false;
	birth = s + ID_BIRTH;
	if (date_from_ymd(number_at(birth, 4), number_at(birth + 4, 2), number_at(birth + 6, 2),
			  &date) < 0)
		return false;
	return s[ID_LENGTH - 1] == idnumber_check(s);
}

/* Luhn's sum of n digits; every second one counts double, beginning with the last when
 * `doubles_last`. */
static int luhn_sum(const char *digits, size_t n, bool doubles_last)
{
	bool is_doubled = doubles_last;
	int sum = 0;

	while (n-- > 0) {
		int digit = (digits[n] - '0') * (is_doubled ? 2 : 1);

		sum += digit / 10 + digit % 10;
		is_doubled = !is_doubled;
	}
	return sum;
}

bool card_number_is_valid(const char *s)
{
	size_t n = strlen(s);

	return n >= CARD_MIN && n <= CARD_MAX && digits_at(s) == n &&
	       luhn_sum(s, n, /* doubles_last */ false) % 10 == 0;
}

char card_number_check(const char *digits_without_check)
{
	size_t n = strlen(digits_without_check);

	if (n < CARD_MIN - 1 || n > CARD_MAX - 1 || digits_at(digits_without_check) != n)
		return 0;
	return (char)('0' +
		      (10 - luhn_sum(digits_without_check, n, /* doubles_last */ true) % 10) % 10);
}
