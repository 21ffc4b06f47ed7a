/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/demo.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/demo_state.h"
#include "base/catalogue.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/text.h"
#include "client/enrol.h"
#include "client/terminal.h"

#define DEMOS_MOST 9
#define STOP_MS 5000
#define LOCK_PATIENCE_MS 2000
#define LOCK_STEP_MS     50
#define DEMO_TERMINAL "Demo terminal" /* untranslated: the bank says it in its readers' languages */
#define PHONE_SECONDS 60
#define PHONE_MAX 1024     /* bytes of a message */

static void demo_free(struct demo *d)
{
	free(d->program);
	free(d->dir);
	free(d->bank_dir);
	free(d->terminal_dir);
	free(d->deliveries);
	free(d->phone);
	if (d->lock_fd >= 0)
		close(d->lock_fd);
	if (d->audit_fd >= 0)
		close(d->audit_fd);
	buf_release(&d->report);
	free(d);
}

/* ---- directories ---- */

#define TEMPORARY_NAME "bankterm-demo-"

static char *temporary_base(void)
{
	const char *temporary = getenv("TMPDIR");
	char *path = file_join(temporary && *temporary == '/' ? temporary : "/tmp", TEMPORARY_NAME "XXXXXX");

	if (path && !mkdtemp(path)) {
		free(path);
		path = NULL;
	}
	return path;
}

static char *state_base(void)
{
	const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");

	if (state && *state == '/')
		return file_join(state, "bankterm");
	if (home && *home == '/' && access(home, W_OK) == 0)
		return file_join(home, ".local/state/bankterm");
	return NULL;
}

/* Take the directory for this demo alone; -EWOULDBLOCK when another has it for longer than patience_ms. */
static int take_dir(struct demo *d, const char *base, int n, int patience_ms, struct err *err)
{
	char name[16];
	_cleanup_(free_ptr) char *lock = NULL;
	int r;

	snprintf(name, sizeof(name), n > 1 ? "demo-%d" : "demo", n);
	free(d->dir);
	d->dir = file_join(base, name);
	lock = d->dir ? file_join(d->dir, "lock") : NULL;
	if (!lock)
		return err_set(err, -ENOMEM, _("Out of memory"));
	r = file_make_private_dir(d->dir, err);
	if (r < 0)
		return r;
	d->lock_fd = open(lock, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (d->lock_fd < 0)
		return err_set(err, -errno, _("%s cannot be written: %s"), lock, strerror(errno));
	for (int waited = 0; ; waited += LOCK_STEP_MS) {
		if (flock(d->lock_fd, LOCK_EX | LOCK_NB) == 0)
			return 0;
		if (waited >= patience_ms)
			break;
		if (!waited)
			fputs(_("Waiting for another demo to end ...\n"), stderr);
		poll(NULL, 0, LOCK_STEP_MS);
	}
	close(d->lock_fd);
	d->lock_fd = -1;
	return -EWOULDBLOCK;
}

static int choose_dir(struct demo *d, struct err *err)
{
	_cleanup_(free_ptr) char *base = d->is_tour ? NULL : state_base();
	int r = -EWOULDBLOCK;

	d->is_temporary = !base;
	if (!base)
		base = temporary_base();
	if (!base)
		return err_set(err, -ENOENT, _("There is no directory to keep the demo in. Set HOME and start again."));
	for (int n = 1; r == -EWOULDBLOCK && n <= DEMOS_MOST; n++)
		/* The demo before this one may be just ending: what it knows should be found again. */
		r = take_dir(d, base, n, n == 1 ? LOCK_PATIENCE_MS : 0, err);
	if (r == -EWOULDBLOCK)
		return err_set(err, -EBUSY, _("Too many demos run at once. End one and start again."));
	if (r < 0)
		return r;
	d->bank_dir = file_join(d->dir, "bank");
	d->terminal_dir = file_join(d->dir, "terminal");
	if (!d->bank_dir || !d->terminal_dir)
		return err_set(err, -ENOMEM, _("Out of memory"));
	r = file_make_private_dir(d->bank_dir, err);
	return r < 0 ? r : file_make_private_dir(d->terminal_dir, err);
}

static int explain(struct demo *d, int r, struct err *err)
{
	struct buf log;
	_cleanup_(free_ptr) char *path = file_join(d->dir, "bank.log"), *last = NULL;
	char *line = NULL;

	buf_init(&log, 0);
	if (path && file_read(path, &log, NULL) == 0 && log.len > 1) {
		log.data[log.len - 1] = '\0';
		line = strrchr(log.data, '\n');
		line = line ? line + 1 : log.data;
		last = text_gated(line, GATE_ONE_LINE);
	}
	buf_release(&log);
	return err_set(err, r, _("The demo bank did not start. Its log, %s/bank.log, ends with: %.200s"), d->dir,
		       last ? last : "-");
}

/* ---- starting ---- */

/* The address that the terminal knows from last time; "" when it knows none. */
static void known_address(const struct demo *d, char *ret, size_t size, char **ret_pins)
{
	_cleanup_(terminal_release) struct terminal t;

	terminal_init(&t);
	*ret = '\0';
	*ret_pins = NULL;
	if (terminal_load(d->terminal_dir, &t, NULL) < 0)
		return;
	snprintf(ret, size, "%s", t.address);
	*ret_pins = TAKE_PTR(t.pins);
}

/* The ticket is of the bank whose CA the terminal pins already. */
static bool ticket_names(const char *path, const char *pins)
{
	struct buf text;
	bool is_same;

	buf_init(&text, 1 << 20);
	is_same = pins && file_read(path, &text, NULL) == 0 && strstr(text.data, pins);
	buf_wipe(&text);
	return is_same;
}

static int enrol(struct demo *d, const char *known, const char *pins, struct err *err)
{
	_cleanup_(free_ptr) char *ticket = file_join(d->bank_dir, "demo.ticket");

	if (!ticket)
		return err_set(err, -ENOMEM, _("Out of memory"));
	if (!strcmp(known, d->address) && ticket_names(ticket, pins))
		return 0;
	return enrol_with_ticket(d->terminal_dir, ticket, DEMO_TERMINAL, err);
}

int demo_start(bool is_tour, struct demo **ret, struct err *err)
{
	struct demo *d = calloc(1, sizeof(*d));
	_cleanup_(free_ptr) char *pins = NULL;
	char known[64];
	int r;

	if (!d)
		return err_set(err, -ENOMEM, _("Out of memory"));
	d->lock_fd = d->audit_fd = -1;
	d->is_tour = is_tour;
	d->clock_began = clock_system.now(clock_system.data);
	buf_init(&d->report, REPORT_MAX);
	d->program = demo_program_beside("bankd");
	if (!d->program || access(d->program, X_OK) < 0)
		r = err_set(err, -ENOENT, _("There is no bankd beside this program. Build or install it first."));
	else
		r = choose_dir(d, err);
	if (r < 0) {
		demo_free(d);
		return r;
	}
	known_address(d, known, sizeof(known), &pins);
	fputs(_("Starting the demo bank (the first start takes a little longer) "), stderr);
	r = demo_run_bank(d, *known ? known : "127.0.0.1:0");
	/* The port may be taken by now: any other serves, after enrolling again. */
	if (r < 0 && *known)
		r = demo_run_bank(d, "127.0.0.1:0");
	fputs(r < 0 ? "\n" : _(" ready.\n"), stderr);
	r = r < 0 ? explain(d, r, err) : enrol(d, known, pins, err);
	if (r < 0) {
		demo_stop(d);
		return r;
	}
	*ret = d;
	return 0;
}

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *at)
{
	(void)st;
	(void)kind;
	(void)at;
	remove(path);
	return 0;
}

/* dir is .../bankterm-demo-XXXXXX/demo: both go. */
static void remove_temporary(char *dir)
{
	*strrchr(dir, '/') = '\0';
	if (strstr(dir, "/" TEMPORARY_NAME))
		nftw(dir, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

void demo_stop(struct demo *d)
{
	if (!d)
		return;
	d->is_stopping = true;
	if (d->pid) {
		kill(d->pid, SIGTERM);
		kill(d->pid, SIGCONT); /* the tour may have held it */
		for (int waited = 0; d->pid && waited < STOP_MS; waited += 10) {
			if (waitpid(d->pid, NULL, WNOHANG) != 0)
				d->pid = 0;
			else
				poll(NULL, 0, 10);
		}
	}
	if (d->pid) {
		kill(d->pid, SIGKILL);
		waitpid(d->pid, NULL, 0);
	}
	if (d->audit) {
		kill(d->audit, SIGKILL);
		waitpid(d->audit, NULL, 0);
	}
	if (d->is_temporary && d->dir)
		remove_temporary(d->dir);
	demo_free(d);
}

const char *demo_terminal_dir(const struct demo *d)
{
	return d ? d->terminal_dir : NULL;
}

/* ---- the customer's phone ---- */

void demo_follow(struct demo *d, const char *customer_number)
{
	struct stat st;

	if (!d)
		return;
	free(d->deliveries);
	free(d->phone);
	d->deliveries = d->phone = NULL;
	d->read_to = 0;
	if (!customer_number || strspn(customer_number, "0123456789") != strlen(customer_number))
		return;
	if (asprintf(&d->deliveries, "%s/delivery/%s.txt", d->bank_dir, customer_number) < 0)
		d->deliveries = NULL;
	if (d->deliveries && stat(d->deliveries, &st) == 0)
		d->read_to = st.st_size;
}

const char *demo_phone(const struct demo *d)
{
	return d ? d->phone : NULL;
}

/* The last whole line of what was added: "<time> <text>". */
static void take_message(struct demo *d, char *added, int64_t now)
{
	char *end = strrchr(added, '\n'), *line;

	if (!end)
		return;
	*end = '\0';
	line = strrchr(added, '\n');
	line = line ? line + 1 : added;
	line += strcspn(line, " ");
	free(d->phone);
	d->phone = text_gated(line + (*line == ' '), GATE_ONE_LINE);
	d->phone_until = now + PHONE_SECONDS;
	d->read_to += end + 1 - added;
}

static bool read_messages(struct demo *d, int64_t now)
{
	char added[PHONE_MAX + 1];
	int64_t before = d->phone_until;
	ssize_t n;
	int fd = d->deliveries ? open(d->deliveries, O_RDONLY | O_CLOEXEC) : -1;

	if (fd < 0)
		return false;
	n = pread(fd, added, PHONE_MAX, d->read_to);
	close(fd);
	if (n <= 0)
		return false;
	added[n] = '\0';
	take_message(d, added, now);
	return d->phone_until != before;
}

bool demo_turn(struct demo *d, int64_t now)
{
	bool is_new;

	if (!d)
		return false;
	if (!d->pid && d->restart_at && !d->is_stopping)
		demo_restart(d, now);
	is_new = read_messages(d, now);
	if (d->phone && now >= d->phone_until) {
		free(d->phone);
		d->phone = NULL;
		is_new = true;
	}
	return is_new;
}
