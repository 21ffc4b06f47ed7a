/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bankterm: the client. Options, then one app over one front until it ends. */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/app.h"
#include "app/check.h"
#include "app/demo.h"
#include "app/options.h"
#include "app/settings.h"
#include "app/tour.h"
#include "base/catalogue.h"
#include "base/file.h"
#include "base/secret.h"
#include "base/text.h"
#include "client/client.h"
#include "client/enrol.h"
#include "plain/plain.h"
#include "ui/ui.h"

/* What this run is made of; released in reverse. */
struct run {
	struct options options;
	struct settings settings;
	char *settings_path;
	char *dir; /* the terminal's */
	struct demo *demo;
	struct edition edition;
	struct client *client;
	struct front *front;
	struct app *app;
};

static void run_release(struct run *r)
{
	app_free(r->app);
	if (r->front)
		r->front->close(r->front);
	client_close(r->client);
	edition_release(&r->edition);
	demo_stop(r->demo);
	free(r->settings_path);
	free(r->dir);
	settings_release(&r->settings);
}

/*
 * The environment is a stranger's. What would change trust or leak keys goes; what names files that libraries would
 * open goes too. The language and the kind of terminal stay: they only change how things look.
 */
static void harden_environment(void)
{
	static const char *const gone[] = { "SSLKEYLOGFILE", "SSL_CERT_FILE", "SSL_CERT_DIR", "OPENSSL_CONF",
					    "CURL_HOME", "CURL_CA_BUNDLE", "NETRC", "http_proxy", "https_proxy",
					    "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY",
					    "TERMINFO", "TERMINFO_DIRS", "TERMCAP", "TERMPATH", "INPUTRC",
					    "NLSPATH", "OUTPUT_CHARSET" };

	for (size_t i = 0; i < COUNT(gone); i++)
		unsetenv(gone[i]);
	umask(077);
}

/* Descriptors 0, 1 and 2 exist, so that no file of ours ever becomes "standard output". */
static void open_standard_files(void)
{
	int fd;

	do
		fd = open("/dev/null", O_RDWR | O_CLOEXEC);
	while (fd >= 0 && fd <= 2);
	if (fd > 2)
		close(fd);
}

static int load_settings(struct run *r, struct err *err)
{
	const char *language;
	int e;

	r->settings_path = settings_path();
	if (r->settings_path) {
		e = settings_load(r->settings_path, &r->settings, err);
		if (e < 0)
			return e;
	}
	language = r->options.language ? r->options.language : r->settings.language;
	if (language)
		catalogue_use(language);
	return 0;
}

static int open_edition(struct run *r, struct err *err)
{
	const char *name = r->options.edition ? r->options.edition :
			   r->settings.edition ? r->settings.edition : "standard";

	return edition_load(name, &r->edition, err);
}

static int load_client(struct run *r, struct err *err)
{
	if (r->demo)
		r->dir = strdup(demo_terminal_dir(r->demo));
	else
		r->dir = r->options.dir ? strdup(r->options.dir) : options_default_dir();
	if (!r->dir)
		return err_set(err, -ENOENT, _("There is no home directory. Name a directory with --dir."));
	return client_load(&(struct client_options){ .dir = r->dir, .channel = "home" }, &r->client, err);
}

/* A screen of cells when there is a terminal that can show one, lines otherwise. */
static int open_front(struct run *r, struct err *err)
{
	const char *term = getenv("TERM");
	bool is_screen = isatty(0) && isatty(1) && term && *term && strcmp(term, "dumb") != 0;

	if (r->options.plain || !is_screen)
		return plain_open(&r->front, err);
	return ui_open(&r->front, err);
}

static int run(struct run *r, struct err *err)
{
	struct app_options options = { .edition = &r->edition };
	int e = open_edition(r, err);

	if (e == 0 && r->options.demo)
		e = demo_start(r->options.tour, &r->demo, err);
	if (e == 0)
		e = load_client(r, err);
	if (e == 0)
		e = open_front(r, err);
	if (e == 0 && r->options.tour)
		e = tour_open(&r->front, r->demo, err);
	if (e < 0)
		return e;
	options.client = r->client;
	options.front = r->front;
	options.language = r->options.language ? r->options.language : r->settings.language;
	if (!options.language && r->options.tour) /* nobody is there to be asked */
		options.language = options_environment_language();
	options.lock_seconds = r->settings.lock_seconds;
	options.demo = r->demo;
	options.remember = r->settings_path;
	e = app_new(&options, &r->app, err);
	if (e < 0)
		return e;
	/* The first page is there before libraries are set up for what comes after it. */
	app_show_first(r->app);
	e = client_start(r->client, r->dir, err);
	if (e == 0)
		app_run(r->app);
	return e;
}

static int enrol(const struct options *options, struct err *err)
{
	_cleanup_(free_ptr) char *own = NULL;
	const char *dir = options->dir;
	char label[65] = "";
	int r;

	if (!dir)
		dir = own = options_default_dir();
	if (!dir)
		return err_set(err, -ENOENT, _("There is no home directory. Name a directory with --dir."));
	gethostname(label, sizeof(label) - 1);
	r = enrol_with_ticket(dir, options->enrol, label, err);
	if (r == 0)
		printf(_("This terminal is now known to the bank. Start it with: bankterm\n"));
	return r;
}

int main(int argc, char **argv)
{
	_cleanup_(run_release) struct run r = { .demo = NULL };
	struct err err;
	int e;

	open_standard_files();
	secret_lock_down();
	harden_environment();
	text_locale_init();
	catalogue_use(options_environment_language());
	e = options_read(&r.options, argc, argv, &err);
	if (e == 0 && r.options.is_done)
		return 0;
	if (e == 0)
		e = load_settings(&r, &err);
	if (e == 0 && r.options.check)
		return check_all(r.options.dir, r.options.edition ? r.options.edition : r.settings.edition);
	if (e == 0)
		e = r.options.enrol ? enrol(&r.options, &err) : run(&r, &err);
	if (e == 0)
		return 0;
	app_free(TAKE_PTR(r.app));
	if (r.front)
		r.front->close(TAKE_PTR(r.front));
	fprintf(stderr, "bankterm: %s\n", err.text);
	return r.options.is_usage_error ? 2 : 1;
}
