/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The first byte picks a currency, the rest is what came over the wire or from the keys. */
#include <stdlib.h>
#include <string.h>

#include "base/macros.h"
#include "base/money.h"
#include "tests/fuzz/fuzz.h"

static void require(bool holds)
{
	if (!holds)
		abort();
}

static void check_words(const struct money *m)
{
	struct buf b;

	buf_init(&b, 0);
	require((money_capitals_zh(m, &b) == 0) == (b.len > 0));
	buf_clear(&b);
	require((money_words_en(m, &b) == 0) == (b.len > 0));
	buf_release(&b);
}

/* What was read is written and read as the same. */
static void check_amount(const struct money *m, const char *currency)
{
	char wire[MONEY_TEXT_MAX], shown[MONEY_TEXT_MAX];
	struct money again = { 0 };
	struct err err = { 0 };

	require(m->minor >= 0);
	require(money_parse(money_wire(m, wire), currency, &again) == 0 && again.minor == m->minor);
	require(money_parse_typed(money_show(m, shown), currency, &again, &err) == 0 &&
		again.minor == m->minor);
	check_words(m);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const currencies[] = { "CNY", "JPY", "KWD", "XXX" };
	struct money wire = { 0 }, typed = { 0 };
	const char *currency;
	struct err err = { 0 };
	char *text;

	if (size == 0)
		return 0;
	currency = currencies[data[0] % COUNT(currencies)];
	text = strndup((const char *)data + 1, size - 1);
	if (!text)
		return 0;
	if (money_parse_typed(text, currency, &typed, &err) == 0)
		check_amount(&typed, currency);
	else
		require(err.text[0] != '\0');
	if (money_parse(text, currency, &wire) == 0) {
		check_amount(&wire, currency);
		require(wire.minor == typed.minor); /* a person may type all that the wire allows */
	}
	free(text);
	return 0;
}
