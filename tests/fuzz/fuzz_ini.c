/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/ini.h"
#include "base/macros.h"
#include "tests/fuzz/fuzz.h"

static void require(int holds)
{
	if (!holds)
		abort();
}

/* Written again from its entries, a file reads as the same entries. */
static void check(const struct ini *ini)
{
	struct ini again = { 0 };
	struct buf b;

	buf_init(&b, 4 << 20);
	for (size_t i = 0; i < ini->count; i++) {
		const struct ini_entry *e = &ini->entries[i];

		if (*e->section && (i == 0 || strcmp(e->section, e[-1].section) != 0))
			buf_printf(&b, "[%s]\n", e->section);
		buf_printf(&b, "%s=%s\n", e->key, e->value);
	}
	if (ini->count < 200) { /* ini_get is for files that people write */
		require(ini_parse("again", b.data, b.len, &again, NULL) == 0 &&
			again.count == ini->count);
		for (size_t i = 0; i < ini->count; i++) {
			const struct ini_entry *e = &ini->entries[i];
			const char *value = ini_get(&again, e->section, e->key);

			require(value && !strcmp(value, e->value));
		}
	}
	ini_release(&again);
	buf_release(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct ini ini = { 0 };
	struct err err = { 0 };

	if (ini_parse("fuzz", (const char *)data, size, &ini, &err) == 0)
		check(&ini);
	else
		require(err.text[0] != '\0' && !ini.entries);
	ini_release(&ini);
	return 0;
}
