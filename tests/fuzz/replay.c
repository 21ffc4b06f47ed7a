/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>

#include "tests/fuzz/fuzz.h"
#include "tests/tap.h"

/*
 * The main of a fuzzer built without libFuzzer: fuzz_NAME feeds itself every file of
 * its corpus, tests/fuzz/corpus/NAME, once. A crash is the failure.
 */

static int replay_file(const char *dir, const char *name)
{
	const size_t room = 1 << 20;
	char *path = NULL;
	uint8_t *data = NULL, *exact = NULL;
	FILE *file = NULL;
	size_t size = 0;
	int r = -ENOMEM;

	if (asprintf(&path, "%s/%s", dir, name) < 0)
		return -ENOMEM;
	data = malloc(room);
	file = fopen(path, "rb");
	if (data && file) {
		size = fread(data, 1, room, file);
		/* of exact size, so that the address sanitizer sees one byte too far */
		exact = malloc(size ? size : 1);
	}
	if (exact) {
		memcpy(exact, data, size);
		LLVMFuzzerTestOneInput(exact, size);
		r = 0;
	}
	if (file)
		fclose(file);
	free(exact);
	free(data);
	free(path);
	return r;
}

int main(void)
{
	const char *srcdir = getenv("srcdir");
	const char *name = strchr(program_invocation_short_name, '_');
	struct dirent **entries;
	char *dir = NULL;
	int n;

	if (asprintf(&dir, "%s/tests/fuzz/corpus/%s", srcdir ? srcdir : ".",
		     name ? name + 1 : program_invocation_short_name) < 0)
		return 1;
	n = scandir(dir, &entries, NULL, alphasort);
	ok(n > 2, "%s holds a corpus", dir);
	for (int i = 0; i < n; i++) {
		if (entries[i]->d_name[0] != '.')
			ok(replay_file(dir, entries[i]->d_name) == 0, "%s", entries[i]->d_name);
		free(entries[i]);
	}
	if (n >= 0)
		free(entries);
	free(dir);
	return done();
}
