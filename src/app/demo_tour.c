/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tour does to its bank. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/demo_state.h"
#include "base/catalogue.h"
#include "base/file.h"
#include "base/text.h"

static void signal_bank(const struct demo *d, int number)
{
	if (d && d->pid)
		kill(d->pid, number);
}

void demo_hold_bank(struct demo *d)
{
	signal_bank(d, SIGSTOP);
}

void demo_kill_bank(struct demo *d)
{
	signal_bank(d, SIGKILL);
}

void demo_end_bank(struct demo *d)
{
	if (!d)
		return;
	d->is_stopping = true;
	signal_bank(d, SIGTERM);
}

bool demo_bank_runs(const struct demo *d)
{
	return d && d->pid;
}

static void make_nines(char *text)
{
	for (; *text; text++)
		if (*text >= '0' && *text <= '9')
			*text = '9';
}

void demo_falsify(struct demo *d, const char *text)
{
	_cleanup_(free_ptr) char *path = d ? file_join(d->bank_dir, "bank.db") : NULL, *other = strdup(text);
	size_t n = strlen(text);
	struct buf store;

	if (!path || !other)
		return;
	make_nines(other);
	buf_init(&store, (size_t)1 << 30);
	if (file_read(path, &store, NULL) == 0) {
		for (char *at = store.data; (at = memmem(at, (size_t)(store.data + store.len - at), text, n)); at += n)
			memcpy(at, other, n);
		file_replace(path, store.data, store.len, 0600, NULL);
	}
	buf_release(&store);
}

int demo_audit_start(struct demo *d, struct err *err)
{
	_cleanup_(free_ptr) char *program = demo_program_beside("bankaudit");
	char *const argv[] = { program, d->bank_dir, NULL };
	int fds[2];

	if (!program || access(program, X_OK) < 0)
		return err_set(
			err, -ENOENT,
			_("There is no bankaudit beside this program. Build or install it first."));
	if (pipe2(fds, O_CLOEXEC | O_NONBLOCK) < 0)
		return err_set(err, -errno, _("bankaudit cannot be started: %s"), strerror(errno));
	d->audit = fork();
	if (d->audit == 0) {
		dup2(fds[1], 1);
		dup2(fds[1], 2);
		execv(program, argv);
		_exit(127);
	}
	close(fds[1]);
	d->audit_fd = fds[0];
	if (d->audit > 0)
		return 0;
	d->audit = 0;
	return err_set(err, -EAGAIN, _("bankaudit cannot be started: %s"), strerror(errno));
}

char *demo_audit_report(struct demo *d)
{
	char part[4096];
	ssize_t n;

	while ((n = read(d->audit_fd, part, sizeof(part))) > 0)
		buf_add(&d->report, part, (size_t)n);
	if (n < 0)
		return NULL;
	waitpid(d->audit, NULL, 0);
	d->audit = 0;
	return text_gated(d->report.len ? d->report.data : "-", GATE_LINES);
}
