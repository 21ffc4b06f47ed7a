/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <unistd.h>

#include "bank/bank.h"
#include "bank/check.h"
#include "bank/demo.h"
#include "bank/server.h"
#include "bank/ticket.h"
#include "base/catalogue.h"
#include "base/date.h"
#include "base/file.h"
#include "base/log.h"
#include "base/secret.h"
#include "base/text.h"

#define LISTEN_DEFAULT "127.0.0.1:8443"
#define NAMES_MAX      16
#define DEMO_TICKET    "demo.ticket" /* stands in every directory with demonstration people */

enum action { ACTION_SERVE, ACTION_TICKET, ACTION_REVOKE, ACTION_CHECK };

struct options {
	enum action action;
	const char *dir;
	const char *label; /* of a ticket, or of the terminals to revoke */
	bool is_demo;
	int64_t demo_clock; /* 0: the machine's */
	bool has_listen;
	struct server_options server;
	const char *names[NAMES_MAX];
};

static int fail(const struct err *err)
{
	fprintf(stderr, "bankd: %s\n", err->text);
	return 1;
}

static void usage(void)
{
	puts(_("Usage: bankd --data DIRECTORY [OPTION]...\n"
	       "The bank: double-entry books and an HTTPS server for terminals.\n"
	       "\n"
	       "  --data DIRECTORY        where the books and secrets are\n"
	       "  --listen ADDRESS:PORT   serve there (127.0.0.1:8443); port 0 chooses a free one\n"
	       "  --name HOST             another name of this bank for its certificate\n"
	       "  --demo-data             make demonstration customers; on the loopback only\n"
	       "  --demo-clock TIME       start the demonstration bank's clock at this RFC 3339 time\n"
	       "  --rate NUMBER           most requests a second of one terminal (500)\n"
	       "  --connections NUMBER    most connections of one address (300)\n"
	       "  --threads NUMBER        threads that serve (one for each core, at most 4)\n"
	       "  --new-ticket LABEL      print a ticket for one terminal of this name\n"
	       "  --revoke LABEL          let the terminals of this name in no more\n"
	       "  --check                 say whether all is well, or what to do\n"
	       "  --help                  show this\n"
	       "  --version               show the version"));
}

static const struct option long_options[] = {
	{ "data", required_argument, NULL, 'd' },
	{ "listen", required_argument, NULL, 'l' },
	{ "name", required_argument, NULL, 'n' },
	{ "demo-data", no_argument, NULL, 'D' },
	{ "demo-clock", required_argument, NULL, 'C' },
	{ "rate", required_argument, NULL, 'r' },
	{ "connections", required_argument, NULL, 'a' },
	{ "threads", required_argument, NULL, 't' },
	{ "new-ticket", required_argument, NULL, 'T' },
	{ "revoke", required_argument, NULL, 'R' },
	{ "check", no_argument, NULL, 'c' },
	{ "help", no_argument, NULL, 'h' },
	{ "version", no_argument, NULL, 'v' },
	{ NULL, 0, NULL, 0 },
};

static int number_read(const char *name, const char *text, int *ret, struct err *err)
{
	size_t digits = strspn(text, "0123456789");
	long value = digits && digits <= 8 && !text[digits] ? strtol(text, NULL, 10) : 0;

	if (value < 1)
		return err_set(err, -EINVAL, _("--%s needs a number from 1 to 99999999."), name);
	*ret = (int)value;
	return 0;
}

static int name_add(struct options *o, const char *name, struct err *err)
{
	if (o->server.names_count == NAMES_MAX || !*name || strlen(name) > 253)
		return err_set(err, -EINVAL, _("--name needs a host name or address, at most %d times."),
			       NAMES_MAX);
	o->names[o->server.names_count++] = name;
	return 0;
}

static int option_take(struct options *o, int c, const char *value, struct err *err)
{
	switch (c) {
	case 'd':
		o->dir = value;
		return 0;
	case 'l':
		o->server.listen = value;
		o->has_listen = true;
		return 0;
	case 'n':
		return name_add(o, value, err);
	case 'D':
		o->is_demo = true;
		return 0;
	case 'C':
		if (instant_parse(value, &o->demo_clock) < 0 || o->demo_clock <= 0)
			return err_set(err, -EINVAL,
				       _("--demo-clock needs a time such as 2026-11-21T10:00:00+08:00."));
		return 0;
	case 'r':
		return number_read("rate", value, &o->server.per_second, err);
	case 'a':
		return number_read("connections", value, &o->server.per_address, err);
	case 't':
		return number_read("threads", value, &o->server.threads, err);
	case 'T':
		o->action = ACTION_TICKET;
		o->label = value;
		return 0;
	case 'R':
		o->action = ACTION_REVOKE;
		o->label = value;
		return 0;
	case 'c':
		o->action = ACTION_CHECK;
		return 0;
	default:
		return err_set(err, -EINVAL, _("See bankd --help."));
	}
}

/* 0 go on, 1 all done, negative. */
static int options_read(int argc, char **argv, struct options *o, struct err *err)
{
	int c, r = 0;

	while (r == 0 && (c = getopt_long(argc, argv, "", long_options, NULL)) != -1) {
		if (c == 'h') {
			usage();
			return 1;
		}
		if (c == 'v') {
			puts("bankd " PACKAGE_VERSION);
			return 1;
		}
		r = option_take(o, c, optarg, err);
	}
	if (r < 0)
		return r;
	if (optind < argc)
		return err_set(err, -EINVAL, _("%s: not expected. See bankd --help."), argv[optind]);
	if (!o->dir)
		return err_set(err, -EINVAL, _("--data DIRECTORY is needed: where the books are."));
	if (o->demo_clock && !o->is_demo)
		return err_set(err, -EINVAL, _("--demo-clock goes with --demo-data only."));
	return 0;
}

/* The machine's clock, moved. */
static int64_t moved_now(void *data)
{
	return clock_system.now(NULL) + *(const int64_t *)data;
}

static int64_t moved_monotonic_ms(void *data)
{
	(void)data;
	return clock_system.monotonic_ms(NULL);
}

static int bank_of(const struct options *o, struct bank **ret, struct err *err)
{
	static int64_t offset;
	struct clock moved = { .now = moved_now, .monotonic_ms = moved_monotonic_ms, .data = &offset };
	struct bank_options options = { .dir = o->dir, .demo = o->is_demo };

	if (o->demo_clock) {
		offset = o->demo_clock - clock_system.now(NULL);
		options.clock = &moved;
	}
	return bank_open(&options, ret, err);
}

/* One server for one directory; the descriptor keeps the lock until the program ends. */
static int directory_lock(const char *dir, struct err *err)
{
	_cleanup_(free_ptr) char *path = file_join(dir, "lock");
	int fd, r = file_make_private_dir(dir, err);

	if (r < 0)
		return r;
	fd = path ? open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600) : -1;
	if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) == 0)
		return 0;
	r = -errno;
	if (fd >= 0)
		close(fd);
	return err_set(err, r,
		       r == -EWOULDBLOCK ? _("Another bankd serves %s already.") : _("%s cannot be locked."),
		       dir);
}

static int file_put(const char *dir, const char *name, const struct buf *text, struct err *err)
{
	_cleanup_(free_ptr) char *path = file_join(dir, name);

	if (!path || text->failed)
		return err_set(err, -ENOMEM, _("Memory is short."));
	return file_replace(path, text->data, text->len, 0600, err);
}

static int ticket_make(struct bank *bank, const char *label, const char *address, struct buf *out,
		       struct err *err)
{
	_cleanup_(secret_freep) struct secret *code = NULL;
	int r = ticket_new(bank, label, &code, err);

	if (r == 0 && ticket_write(bank, address, code, out) < 0)
		r = err_set(err, -ENOMEM, _("Memory is short."));
	return r;
}

static int demo_ticket(struct bank *bank, const char *address, struct err *err)
{
	struct buf text;
	int r;

	buf_init(&text, 0);
	r = ticket_make(bank, "Demo", address, &text, err);
	if (r == 0)
		r = file_put(bank->dir, DEMO_TICKET, &text, err);
	buf_wipe(&text);
	return r;
}

static bool is_demo_directory(const char *dir)
{
	_cleanup_(free_ptr) char *path = file_join(dir, DEMO_TICKET);

	return path && access(path, F_OK) == 0;
}

/* Everybody knows the demonstration people's passwords. */
static int demo_check(struct options *o, struct err *err)
{
	o->is_demo = o->is_demo || is_demo_directory(o->dir);
	if (o->is_demo && !server_is_loopback(o->server.listen))
		return err_set(err, -EPERM,
			       _("A bank with demonstration people serves on the loopback only, such as %s."),
			       LISTEN_DEFAULT);
	return 0;
}

static int announce(const struct bank *bank, const char *address, struct err *err)
{
	struct buf text;
	int r;

	buf_init(&text, 0);
	buf_printf(&text, "%s\n", address);
	r = file_put(bank->dir, "address", &text, err);
	buf_release(&text);
	if (r < 0)
		return r;
	log_event(LOG_INFO, "bankd.ready", "%s", address);
	printf("ready %s\n", address);
	fflush(stdout);
	return 0;
}

/* Until SIGTERM or SIGINT; once a second what is due is done. */
static void serve_until_signal(struct bank *bank, const sigset_t *signals)
{
	const struct timespec second = { .tv_sec = 1 };

	while (sigtimedwait(signals, NULL, &second) < 0)
		if (errno == EAGAIN)
			bank_run_due(bank);
}

static int serve_bank(struct bank *bank, const struct options *o, const sigset_t *signals, struct err *err)
{
	struct server *server = NULL;
	int r = 0;

	if (o->is_demo) {
		r = demo_fill(bank, err);
		if (r == -EEXIST)
			r = 0;
	}
	if (r == 0 && (r = bank_run_due(bank)) < 0)
		err_set(err, r, _("The bank's day could not be opened: %s"), strerror(-r));
	if (r == 0)
		r = server_start(bank, &o->server, &server, err);
	if (r == 0 && o->is_demo)
		r = demo_ticket(bank, server_address(server), err);
	if (r == 0)
		r = announce(bank, server_address(server), err);
	if (r == 0)
		serve_until_signal(bank, signals);
	server_stop(server);
	if (r == 0)
		log_event(LOG_INFO, "bankd.end", "%s", "all answered");
	return r;
}

/* A descriptor for each connection, and some for files. */
static void raise_descriptors(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) < 0 || limit.rlim_cur >= 2 * SERVER_CONNECTIONS_MAX)
		return;
	limit.rlim_cur =
		limit.rlim_max < 2 * SERVER_CONNECTIONS_MAX ? limit.rlim_max : 2 * SERVER_CONNECTIONS_MAX;
	setrlimit(RLIMIT_NOFILE, &limit);
}

static int serve(struct options *o, struct err *err)
{
	struct bank *bank = NULL;
	sigset_t signals;
	int r;

	sigemptyset(&signals);
	sigaddset(&signals, SIGTERM);
	sigaddset(&signals, SIGINT);
	pthread_sigmask(SIG_BLOCK, &signals, NULL); /* before any thread: they inherit it */
	signal(SIGPIPE, SIG_IGN);
	raise_descriptors();
	r = server_check_listen(o->server.listen, err);
	if (r == 0)
		r = demo_check(o, err);
	if (r == 0)
		r = directory_lock(o->dir, err);
	if (r == 0)
		r = bank_of(o, &bank, err);
	if (r == 0)
		r = serve_bank(bank, o, &signals, err);
	bank_close(bank);
	return r;
}

/* Where terminals will find the bank: as told, as it was bound last, or the default; with the first --name.
 */
static int ticket_address(const struct options *o, struct buf *out)
{
	_cleanup_(free_ptr) char *path = file_join(o->dir, "address");
	const char *colon;
	char *end;

	if (o->has_listen || !path || file_read(path, out, NULL) < 0) {
		buf_clear(out);
		buf_puts(out, o->server.listen);
	}
	if (out->failed)
		return -ENOMEM;
	end = strchr(out->data, '\n');
	if (end)
		*end = '\0';
	if (!o->server.names_count)
		return 0;
	colon = strrchr(out->data, ':');
	_cleanup_(free_ptr) char *port = strdup(colon ? colon : "");
	buf_clear(out);
	return port ? buf_printf(out, "%s%s", o->names[0], port) : -ENOMEM;
}

static int print_ticket(const struct options *o, struct err *err)
{
	struct bank *bank = NULL;
	struct buf address, text;
	int r;

	buf_init(&address, 0);
	buf_init(&text, 0);
	r = ticket_address(o, &address) < 0 ? err_set(err, -ENOMEM, _("Memory is short."))
					    : bank_of(o, &bank, err);
	if (r == 0)
		r = ticket_make(bank, o->label, address.data, &text, err);
	if (r == 0 && (fwrite(text.data, 1, text.len, stdout) != text.len || fflush(stdout)))
		r = err_set(err, -EIO, _("The ticket could not be printed."));
	buf_wipe(&text);
	buf_release(&address);
	bank_close(bank);
	return r;
}

static int revoke_terminals(const struct options *o, struct err *err)
{
	struct bank *bank = NULL;
	int count, r = bank_of(o, &bank, err);

	if (r == 0)
		r = terminal_revoke(bank, o->label, &count, err);
	if (r == 0)
		printf(ngettext("%d terminal revoked.\n", "%d terminals revoked.\n", (unsigned long)count),
		       count);
	bank_close(bank);
	return r;
}

static void language_use(void)
{
	const char *names[] = { "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG" };
	const char *value = NULL;

	for (size_t i = 0; i < COUNT(names) && (!value || !*value); i++)
		value = getenv(names[i]);
	catalogue_use(value && !strncmp(value, "zh", 2) ? "zh_CN" : "en");
}

int main(int argc, char **argv)
{
	struct options o = { .server.listen = LISTEN_DEFAULT };
	struct err err = { 0 };
	int r;

	secret_lock_down();
	text_locale_init();
	language_use();
	log_open(STDERR_FILENO, LOG_INFO);
	o.server.names = o.names;
	r = options_read(argc, argv, &o, &err);
	if (r > 0)
		return 0;
	if (r == 0)
		switch (o.action) {
		case ACTION_SERVE:
			r = serve(&o, &err);
			break;
		case ACTION_TICKET:
			r = print_ticket(&o, &err);
			break;
		case ACTION_REVOKE:
			r = revoke_terminals(&o, &err);
			break;
		case ACTION_CHECK:
			return bank_check(o.dir, stdout) ? 1 : 0;
		}
	return r < 0 ? fail(&err) : 0;
}
