/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/idnumber.h"

#include "base/macros.h"
#include "tests/tap.h"

/* One wrong digit and two exchanged neighbours are what both check digits exist for. */
static void test_every_slip(const char *good, bool (*is_valid)(const char *), bool skips_09,
			    const char *what)
{
	char bad[32];
	int missed = 0;
	size_t n = strlen(good);

	for (size_t i = 0; i < n; i++) {
		for (char c = '0'; c <= '9'; c++) {
			memcpy(bad, good, n + 1);
			bad[i] = c;
			missed += c != good[i] && is_valid(bad);
		}
	}
	for (size_t i = 0; i + 1 < n; i++) {
		int sum = good[i] - '0' + good[i + 1] - '0';

		memcpy(bad, good, n + 1);
		bad[i] = good[i + 1];
		bad[i + 1] = good[i];
		if (good[i] != good[i + 1] && !(skips_09 && sum == 9))
			missed += is_valid(bad);
	}
	is_int(missed, 0, "%s: every wrong digit and exchange is seen", what);
}

int main(void)
{
	static const char *const bad_ids[] = {
		"",
		"11010519491231002x",
		"110105194912310020",
		"11010519491331002X",
		"1101051949123100",
		"11010519491231002X0",
		"A1010519491231002X",
		"11010519490230002X",
	};
	static const char *const bad_cards[] = { "", "79927398713", "6222 0202 0011 1222 333",
						 "62220202001112223330000", "622202020011122233a" };
	char number[20] = "622848000000000001";

	ok(idnumber_is_valid("11010519491231002X"), "the standard's own example");
	is_int(idnumber_check("11010519491231002"), 'X', "its check character");
	is_int(idnumber_check("1101051949123100a"), 0, "no check for what is no number");
	for (size_t i = 0; i < COUNT(bad_ids); i++)
		ok(!idnumber_is_valid(bad_ids[i]), "refused: \"%s\"", bad_ids[i]);
	test_every_slip("110105194912310038", idnumber_is_valid, false, "identity number");

	ok(card_number_is_valid("4111111111111111"), "a 16-digit card");
	is_int(card_number_check("411111111111111"), '1', "its check digit");
	number[18] = card_number_check(number);
	ok(card_number_is_valid(number), "19 digits with the check appended");
	is_int(card_number_check("12345"), 0, "too short for a check");
	for (size_t i = 0; i < COUNT(bad_cards); i++)
		ok(!card_number_is_valid(bad_cards[i]), "refused: \"%s\"", bad_cards[i]);
	/* Luhn cannot see 09 for 90 */
	test_every_slip("4111111111111111", card_number_is_valid, true, "card");
	test_every_slip(number, card_number_is_valid, true, "long card");
	return done();
}
