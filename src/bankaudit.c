/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>

#include "audit/audit.h"
#include "base/catalogue.h"
#include "base/secret.h"
#include "base/text.h"

enum { EXIT_SOUND, EXIT_FOUND, EXIT_BLIND };

static void usage(FILE *out)
{
	fputs(_("usage: bankaudit [--head DIGEST] DIR\n"
		"\n"
		"Recomputes every balance, block and rule from the store in DIR and names each bad "
		"row.\n"
		"\n"
		"  --head DIGEST  also require that this digest, remembered from before, is of one "
		"of the blocks\n"
		"  --help         this text\n"
		"  --version      the version\n"
		"\n"
		"Exit status: 0 sound, 1 something was found, 2 it could not look.\n"),
	      out);
}

static void summary(const struct audit *a)
{
	printf(_("%" PRId64 " accounts, %" PRId64 " entries, %" PRId64 " postings, %" PRId64
		 " orders, %" PRId64 " keys, %" PRId64 " blocks\n"),
	       a->accounts, a->entries, a->postings, a->orders, a->requests, a->blocks);
	if (a->head[0])
		printf(_("head %s\n"), a->head);
	if (a->findings)
		printf(ngettext("%" PRId64 " finding\n", "%" PRId64 " findings\n",
				(unsigned long)a->findings),
		       a->findings);
	else
		puts(_("sound"));
}

/* -1: go on; else the exit status. */
static int options_parse(int argc, char **argv, struct audit_options *ret)
{
	static const struct option options[] = {
		{ "head", required_argument, NULL, 'h' },
		{ "help", no_argument, NULL, 'u' },
		{ "version", no_argument, NULL, 'v' },
		{ 0 },
	};
	unsigned char digest[SHA256_BYTES];
	int option;

	opterr = 0;
	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (option == 'v') {
			puts("bankaudit " PACKAGE_VERSION);
			return EXIT_SOUND;
		}
		if (option == 'u') {
			usage(stdout);
			return EXIT_SOUND;
		}
		if (option != 'h') {
			usage(stderr);
			return EXIT_BLIND;
		}
		if (hex_decode(optarg, digest, sizeof(digest)) < 0) {
			fputs(_("bankaudit: --head wants the 64 hex digits that an earlier run "
				"printed after \"head\".\n"),
			      stderr);
			return EXIT_BLIND;
		}
		ret->head = optarg;
	}
	if (argc - optind != 1) {
		usage(stderr);
		return EXIT_BLIND;
	}
	ret->dir = argv[optind];
	return -1;
}

int main(int argc, char **argv)
{
	struct audit_options options = { .out = stdout };
	struct audit audit;
	struct err err;
	int status;

	secret_lock_down();
	text_locale_init();
	bindtextdomain("bankterm", LOCALEDIR);
	textdomain("bankterm");
	status = options_parse(argc, argv, &options);
	if (status >= 0)
		return status;
	if (audit_run(&options, &audit, &err) < 0) {
		fprintf(stderr, "bankaudit: %s\n", err.text);
		return EXIT_BLIND;
	}
	summary(&audit);
	return audit.findings ? EXIT_FOUND : EXIT_SOUND;
}
