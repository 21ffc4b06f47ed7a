/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/options.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/catalogue.h"
#include "base/file.h"
#include "base/text.h"

enum option_id { OPTION_DEMO = 1, OPTION_TOUR, OPTION_PLAIN, OPTION_EDITION, OPTION_LANG, OPTION_DIR, OPTION_ENROL,
	      OPTION_CHECK, OPTION_COUNTER, OPTION_PAD, OPTION_KIOSK, OPTION_HELP, OPTION_VERSION };

/* One row per option: --help and getopt_long read it. No help: not offered by this version. */
static const struct {
	enum option_id option;
	const char *name;
	const char *argument; /* N_(), NULL none */
	const char *help;     /* N_() */
} table[] = {
	{ OPTION_DEMO, "demo", NULL, N_("run with a demo bank of its own on this machine") },
	{ OPTION_TOUR, "tour", NULL, N_("with --demo: play three scenes; any key ends them") },
	{ OPTION_PLAIN, "plain", NULL, N_("lines instead of a screen: for screen readers, braille and scripts") },
	{ OPTION_EDITION, "edition", N_("NAME"), N_("use the theme NAME: standard, mono") },
	{ OPTION_LANG, "lang", N_("LANG"), N_("en or zh_CN") },
	{ OPTION_DIR, "dir", N_("DIR"), N_("the directory of this terminal's key and orders under way") },
	{ OPTION_ENROL, "enrol", N_("TICKET"), N_("make this terminal known to the bank with a ticket file") },
	{ OPTION_CHECK, "check", NULL, N_("look at configuration, terminal and bank; say OK or what to do") },
	{ OPTION_HELP, "help", NULL, N_("show this") },
	{ OPTION_VERSION, "version", NULL, N_("show the version") },
	{ OPTION_COUNTER, "counter", NULL, NULL },
	{ OPTION_PAD, "pad", NULL, NULL },
	{ OPTION_KIOSK, "kiosk", NULL, NULL },
};

static void print_help(void)
{
	printf(_("Usage: bankterm [OPTION]...\nA bank counter in a terminal.\n\n"));
	for (size_t i = 0; i < COUNT(table); i++) {
		const char *argument = table[i].argument ? _(table[i].argument) : "";
		int room = 16 - (int)strlen(table[i].name) - text_columns(argument);

		if (table[i].help)
			printf("  --%s %s%*s %s\n", table[i].name, argument, room, "", _(table[i].help));
	}
	printf(_("\nTry it: bankterm --demo, customer 6001, password demo-bank, payment PIN 730418.\n"));
}

/* "zh", "zh_CN", "zh_CN.UTF-8", "zh-Hans" -> "zh_CN"; "en...", "C" -> "en"; NULL: none of ours. */
static const char *language_of(const char *tag)
{
	if (!strncasecmp(tag, "zh", 2) && (!tag[2] || strchr("_-.:@", tag[2])))
		return "zh_CN";
	if (!strncasecmp(tag, "en", 2) && (!tag[2] || strchr("_-.:@", tag[2])))
		return "en";
	return NULL;
}

const char *options_environment_language(void)
{
	static const char *const names[] = { "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG" };

	for (size_t i = 0; i < COUNT(names); i++) {
		const char *value = getenv(names[i]);

		if (value && *value)
			return language_of(value) ? language_of(value) : "en";
	}
	return "en";
}

static int take(struct options *o, int option, const char *argument, struct err *err)
{
	switch (option) {
	case OPTION_DEMO:
		o->demo = true;
		return 0;
	case OPTION_TOUR:
		o->tour = true;
		return 0;
	case OPTION_PLAIN:
		o->plain = true;
		return 0;
	case OPTION_CHECK:
		o->check = true;
		return 0;
	case OPTION_EDITION:
		o->edition = argument;
		return 0;
	case OPTION_DIR:
		o->dir = argument;
		return 0;
	case OPTION_ENROL:
		o->enrol = argument;
		return 0;
	case OPTION_LANG:
		o->language = language_of(argument);
		if (!o->language)
			return err_set(err, -EINVAL, _("There is no language \"%.40s\": use en or zh_CN."), argument);
		catalogue_use(o->language);
		return 0;
	case OPTION_HELP:
		o->help = true; /* printed when all options are read: --lang may follow */
		return 0;
	case OPTION_VERSION:
		puts("bankterm " PACKAGE_VERSION);
		o->is_done = true;
		return 0;
	case OPTION_COUNTER:
	case OPTION_PAD:
	case OPTION_KIOSK:
		return err_set(err, -EINVAL, _("This version serves customers at home only: the counter, the pad and "
					       "the kiosk are not part of it yet. Start it without that option."));
	default:
		return err_set(err, -EINVAL, _("bankterm --help shows the options."));
	}
}

int options_read(struct options *ret, int argc, char **argv, struct err *err)
{
	struct option longs[COUNT(table) + 1] = { 0 };
	int option, r;

	for (size_t i = 0; i < COUNT(table); i++)
		longs[i] = (struct option){ .name = table[i].name, .has_arg = table[i].argument != NULL,
					    .val = (int)table[i].option };
	*ret = (struct options){ .is_usage_error = true };
	while ((option = getopt_long(argc, argv, "", longs, NULL)) != -1) {
		r = take(ret, option, optarg, err);
		if (r < 0 || ret->is_done)
			return r;
	}
	if (optind < argc)
		return err_set(err, -EINVAL, _("\"%.60s\" is no option. bankterm --help shows the options."),
			       argv[optind]);
	if (ret->tour && !ret->demo)
		return err_set(err, -EINVAL, _("--tour plays in the demo: add --demo."));
	if (ret->help)
		print_help();
	ret->is_done = ret->help;
	ret->is_usage_error = false;
	return 0;
}

char *options_default_dir(void)
{
	const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");

	if (state && *state == '/')
		return file_join(state, "bankterm/terminal");
	return home && *home == '/' ? file_join(home, ".local/state/bankterm/terminal") : NULL;
}
