/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "bank/credential.h"
#include "base/catalogue.h"

#define PIN_DIGITS 6

static bool is_run(const char *pin, int step)
{
	for (size_t i = 1; i < PIN_DIGITS; i++)
		if (pin[i] - pin[i - 1] != step)
			return false;
	return true;
}

/* The first n digits again and again: 1 = 111111, 2 = 121212, 3 = 123123. */
static bool is_repeated(const char *pin, size_t n)
{
	for (size_t i = n; i < PIN_DIGITS; i++)
		if (pin[i] != pin[i - n])
			return false;
	return true;
}

static bool is_pairs(const char *pin)
{
	return pin[0] == pin[1] && pin[2] == pin[3] && pin[4] == pin[5];
}

/* Six digits in a row of the number, wherever they stand: tails as well as the middle of a document number.
 */
static bool is_within(const char *pin, const char *number)
{
	return number && strstr(number, pin) != NULL;
}

/* As people shorten it: 850312, 120385, 198503, 031285. */
static bool is_birthday(const char *pin, date_days birth)
{
	int year, month, day;
	char forms[5][9];

	if (birth == DATE_NONE)
		return false;
	date_to_ymd(birth, &year, &month, &day);
	snprintf(forms[0], sizeof(forms[0]), "%02d%02d%02d", year % 100, month, day);
	snprintf(forms[1], sizeof(forms[1]), "%02d%02d%02d", day, month, year % 100);
	snprintf(forms[2], sizeof(forms[2]), "%02d%02d%02d", month, day, year % 100);
	snprintf(forms[3], sizeof(forms[3]), "%04d%02d", year % 10000, month);
	snprintf(forms[4], sizeof(forms[4]), "%02d%04d", month, year % 10000);
	for (size_t i = 0; i < COUNT(forms); i++)
		if (!strcmp(pin, forms[i]))
			return true;
	return false;
}

const char *pin_weakness(const struct secret *secret, const struct pin_owner *owner)
{
	const char *pin = secret_reveal(secret);

	if (secret_length(secret) != PIN_DIGITS || strspn(pin, "0123456789") != PIN_DIGITS)
		return N_("A payment PIN has six digits.");
	if (is_repeated(pin, 1) || is_repeated(pin, 2) || is_repeated(pin, 3) || is_pairs(pin))
		return N_("This PIN repeats its digits. Please choose another.");
	if (is_run(pin, 1) || is_run(pin, -1))
		return N_("This PIN counts up or down. Please choose another.");
	if (is_birthday(pin, owner->birth))
		return N_("This PIN is your birthday. Please choose another.");
	if (is_within(pin, owner->phone))
		return N_("This PIN is part of your phone number. Please choose another.");
	if (is_within(pin, owner->document))
		return N_("This PIN is part of your identity number. Please choose another.");
	return NULL;
}
