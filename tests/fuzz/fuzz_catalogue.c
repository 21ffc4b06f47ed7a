/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "base/catalogue.h"
#include "tests/fuzz/fuzz.h"

/* Whatever parses answers every question with a terminated text that can be read to its end. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const questions[] = { "", "a", "Balance", "%d day", "\xff", "zzzzzzzz" };
	struct catalogue *c = NULL;

	if (catalogue_parse(data, size, &c, NULL) == 0) {
		for (size_t i = 0; i < sizeof(questions) / sizeof(questions[0]); i++)
			if (strlen(catalogue_get(c, questions[i])) > size)
				abort();
	}
	catalogue_free(c);
	return 0;
}
