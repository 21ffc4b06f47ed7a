/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The demo bank's process: started, waited for, started again. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/demo_state.h"
#include "base/clock.h"
#include "base/date.h"
#include "base/file.h"
#include "client/terminal.h"

#define START_SECONDS 180  /* the first start makes two years of data */
#define RESTART_SECONDS 5
#define TOUR_CLOCK 1795228200 /* Saturday 2026-11-21, 10:30 in China */

char *demo_program_beside(const char *name)
{
	char path[4096];
	ssize_t n = readlink("/proc/self/exe", path, sizeof(path) - 1);
	char *slash;

	if (n <= 0)
		return NULL;
	path[n] = '\0';
	slash = strrchr(path, '/');
	if (!slash)
		return NULL;
	*slash = '\0';
	return file_join(path, name);
}

static _Noreturn void become_bank(const struct demo *d, int out, pid_t parent)
{
	char when[INSTANT_TEXT_MAX] = "";
	int64_t clock = TOUR_CLOCK + clock_system.now(clock_system.data) - d->clock_began;
	char *const argv[] = { d->program, (char *)"--data", d->bank_dir, (char *)"--listen", (char *)d->address,
			       (char *)"--demo-data", d->is_tour ? (char *)"--demo-clock" : NULL,
			       instant_text(clock, ZONE_CHINA, when), NULL };
	_cleanup_(free_ptr) char *log = file_join(d->dir, "bank.log");
	int err = log ? open(log, O_WRONLY | O_CREAT | O_APPEND, 0600) : -1;
	int in = open("/dev/null", O_RDONLY);

	/* The bank ends with its client, however that ends. */
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	if (getppid() != parent)
		_exit(0);
	if (in >= 0)
		dup2(in, 0);
	dup2(out, 1);
	if (err >= 0)
		dup2(err, 2);
	/* Away from the terminal's signals: Ctrl-C is the client's. */
	setpgid(0, 0);
	for (int s = 1; s < 32; s++)
		signal(s, SIG_DFL);
	execv(d->program, argv);
	_exit(127);
}

int demo_spawn(struct demo *d, int out)
{
	pid_t parent = getpid(), pid = fork();

	if (pid < 0)
		return -errno;
	if (pid == 0)
		become_bank(d, out, parent);
	d->pid = pid;
	return 0;
}

/* The bank says "ready ADDRESS:PORT" once. 1 when it did, 0 not yet, -EPIPE when it ended. */
static int read_ready(struct demo *d, int fd, char *line, size_t size, size_t *len)
{
	ssize_t n = read(fd, line + *len, size - 1 - *len);
	char *end;

	if (n <= 0)
		return n < 0 && errno == EINTR ? 0 : -EPIPE;
	*len += (size_t)n;
	line[*len] = '\0';
	end = strchr(line, '\n');
	if (!end)
		return *len == size - 1 ? -EPIPE : 0;
	*end = '\0';
	if (strncmp(line, "ready ", 6) != 0 || !terminal_address_is_valid(line + 6) ||
	    strlen(line + 6) >= sizeof(d->address))
		return -EPIPE;
	memcpy(d->address, line + 6, strlen(line + 6) + 1);
	return 1;
}

static int wait_ready(struct demo *d, int fd)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };
	char line[128];
	size_t len = 0;
	int r = 0;

	for (int seconds = 0; r == 0 && seconds < START_SECONDS; seconds++) {
		int n = poll(&p, 1, 1000);

		if (n > 0)
			r = read_ready(d, fd, line, sizeof(line), &len);
		else if (n == 0)
			fputs(".", stderr);
		/* Bytes that came are no second that passed. */
		seconds -= n > 0 && r == 0;
	}
	return r > 0 ? 0 : r < 0 ? r : -ETIMEDOUT;
}

int demo_run_bank(struct demo *d, const char *address)
{
	int fds[2], r;

	snprintf(d->address, sizeof(d->address), "%s", address);
	if (pipe2(fds, O_CLOEXEC) < 0)
		return -errno;
	r = demo_spawn(d, fds[1]);
	close(fds[1]);
	if (r == 0)
		r = wait_ready(d, fds[0]);
	close(fds[0]);
	if (r < 0 && d->pid) {
		kill(d->pid, SIGTERM);
		waitpid(d->pid, NULL, 0);
		d->pid = 0;
	}
	return r;
}

bool demo_child_ended(struct demo *d)
{
	if (!d || !d->pid || waitpid(d->pid, NULL, WNOHANG) != d->pid)
		return false;
	d->pid = 0;
	d->restart_at = -1; /* counted from the next turn, which knows the time */
	return !d->is_stopping;
}

void demo_restart(struct demo *d, int64_t now)
{
	int out;

	if (d->restart_at < 0)
		d->restart_at = now + RESTART_SECONDS;
	if (now < d->restart_at)
		return;
	d->restart_at = now + RESTART_SECONDS;
	out = open("/dev/null", O_WRONLY | O_CLOEXEC);
	if (out < 0)
		return;
	if (demo_spawn(d, out) == 0)
		d->restart_at = 0;
	close(out);
}
