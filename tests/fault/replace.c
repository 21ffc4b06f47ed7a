/* SPDX-License-Identifier: GPL-3.0-or-later */
/* replace PATH TEXT: file_replace as it stands; prints "replaced" when it says so. */
#include <stdio.h>
#include <string.h>

#include "base/file.h"

int main(int argc, char **argv)
{
	struct err err = { .text = "" };

	if (argc != 3)
		return 2;
	if (file_replace(argv[1], argv[2], strlen(argv[2]), 0600, &err) < 0) {
		fprintf(stderr, "# %s\n", err.text);
		return 1;
	}
	puts("replaced");
	return 0;
}
