/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A theme file: read whole, with limits kept, or refused with a sentence that names it. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "edition/edition.h"
#include "tests/fuzz/fuzz.h"

static char dir[] = "/tmp/fuzz_theme.XXXXXX";
static char path[64];

static void remove_all(void)
{
	unlink(path);
	rmdir(dir);
}

static bool is_colour(short c)
{
	return c == -1 || (c >= 16 && c <= 231);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct edition e;
	struct err err = { 0 };
	FILE *file;

	if (!*path) {
		if (!mkdtemp(dir))
			return 0;
		snprintf(path, sizeof(path), "%s/x.theme", dir);
		atexit(remove_all);
	}
	file = fopen(path, "wb");
	if (!file)
		return 0;
	fwrite(data, 1, size, file);
	fclose(file);
	if (edition_load_from(dir, "x", &e, &err) < 0) {
		if (!*err.text)
			abort();
		return 0;
	}
	if (e.text_scale < 1 || e.text_scale > 3 || e.idle_warn_seconds < 20 ||
	    e.idle_warn_seconds >= e.idle_lock_seconds)
		abort();
	for (int i = 0; i < ROLE_COUNT; i++)
		if (!is_colour(e.styles[i].foreground) || !is_colour(e.styles[i].background))
			abort();
	edition_release(&e);
	return 0;
}
