/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/check.h"

#include <errno.h>
#include <langinfo.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "app/options.h"
#include "app/settings.h"
#include "base/catalogue.h"
#include "base/clock.h"
#include "client/client.h"
#include "client/terminal.h"
#include "edition/edition.h"

#define DAY_SECONDS 86400
#define EXPIRY_WARN_DAYS 30

struct checks {
	const char *dir, *edition;
	struct client *client; /* once the terminal is known */
};

/* Each fills note with what is well, or err with what to do. */
struct note {
	char text[200];
};

static int check_configuration(struct checks *c, struct note *note, struct err *err)
{
	_cleanup_(settings_release) struct settings settings = { 0 };
	_cleanup_(free_ptr) char *path = settings_path();

	(void)c;
	if (path && access(path, F_OK) < 0 && errno == ENOENT)
		snprintf(note->text, sizeof(note->text), _("there is no %s; the defaults hold"), path);
	else
		snprintf(note->text, sizeof(note->text), "%s", path ? path : "-");
	return path ? settings_load(path, &settings, err) : 0;
}

static int check_theme(struct checks *c, struct note *note, struct err *err)
{
	_cleanup_(edition_release) struct edition edition = { 0 };

	snprintf(note->text, sizeof(note->text), "%s", c->edition);
	return edition_load(c->edition, &edition, err);
}

static int check_screen(struct checks *c, struct note *note, struct err *err)
{
	const char *term = getenv("TERM");
	struct winsize size = { 0 };

	(void)c;
	(void)err;
	if (!isatty(1) || ioctl(1, TIOCGWINSZ, &size) < 0) {
		snprintf(note->text, sizeof(note->text), "%s", _("no terminal: pages are shown as lines"));
		return 0;
	}
	snprintf(note->text, sizeof(note->text), _("%s, %d columns, %d rows, %s"), term ? term : "-", size.ws_col,
		 size.ws_row, nl_langinfo(CODESET));
	return 0;
}

static int check_terminal(struct checks *c, struct note *note, struct err *err)
{
	_cleanup_(terminal_release) struct terminal t;
	int64_t left;
	int r;

	terminal_init(&t);
	r = terminal_load(c->dir, &t, err);
	if (r < 0)
		return r;
	left = (t.expires - clock_system.now(clock_system.data)) / DAY_SECONDS;
	if (left < 0)
		return err_set(err, -EKEYEXPIRED, _("The certificate of this terminal has expired. Ask the bank for a "
						    "new ticket and run bankterm --enrol TICKET."));
	snprintf(note->text, sizeof(note->text),
		 left < EXPIRY_WARN_DAYS ? _("known to %s; the certificate ends in %d days: ask for a new ticket") :
					   _("known to %s; the certificate is good for %d days"), t.address, (int)left);
	return 0;
}

struct reply {
	bool is_there;
	int result;
	struct note *note;
	struct err *err;
};

static void config_done(void *data, struct answer *a)
{
	struct reply *reply = data;
	const struct config *config = a->body;

	reply->is_there = true;
	if (a->outcome == ANSWER_OK && config)
		snprintf(reply->note->text, sizeof(reply->note->text), "%s", config->bank_name);
	else
		reply->result = err_set(reply->err, -EHOSTUNREACH, "%s", a->text);
}

static int check_bank(struct checks *c, struct note *note, struct err *err)
{
	struct reply reply = { .note = note, .err = err };
	int r = client_open(&(struct client_options){ .dir = c->dir, .channel = "home" }, &c->client, err);

	if (r < 0)
		return r;
	if (!client_call(c->client, &call_get_config, NULL, config_done, &reply))
		return err_set(err, -ENOMEM, _("Out of memory"));
	while (!reply.is_there) {
		client_poll(c->client, NULL, 0, 1000);
		client_run(c->client);
	}
	return reply.result;
}

static const struct {
	const char *title; /* N_() */
	int (*check)(struct checks *c, struct note *note, struct err *err);
} checks[] = {
	{ N_("Configuration"), check_configuration },
	{ N_("Theme"), check_theme },
	{ N_("Screen"), check_screen },
	{ N_("Terminal"), check_terminal },
	{ N_("Bank"), check_bank },
};

int check_all(const char *dir, const char *edition)
{
	_cleanup_(free_ptr) char *own = dir ? NULL : options_default_dir();
	struct checks c = { .dir = dir ? dir : own ? own : "", .edition = edition ? edition : "standard" };
	int status = 0;

	for (size_t i = 0; i < COUNT(checks); i++) {
		struct note note = { "" };
		struct err err;

		if (checks[i].check(&c, &note, &err) == 0) {
			printf("%s: OK (%s)\n", _(checks[i].title), note.text);
		} else {
			printf("%s: %s\n", _(checks[i].title), err.text);
			status = 1;
		}
	}
	client_close(c.client);
	return status;
}
