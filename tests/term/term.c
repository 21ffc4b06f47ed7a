/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "tests/term/term.h"

static long long now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * 1000LL + ts.tv_nsec / 1000000;
}

static void note_end(struct term *t)
{
	if (t->pid && !t->has_ended && waitpid(t->pid, &t->status, WNOHANG) == t->pid)
		t->has_ended = true;
}

/* One read of the program's output. 1: something came, 0: time is up, -EPIPE: nothing more comes. */
static int term_pump(struct term *t, int timeout)
{
	struct pollfd p = { .fd = t->fd, .events = POLLIN };
	char buf[16384];
	ssize_t n;

	if (t->fd < 0 || t->is_closed)
		return -EPIPE;
	if (poll(&p, 1, timeout) <= 0)
		return 0;
	n = read(t->fd, buf, sizeof(buf));
	if (n > 0) {
		t->bytes += n;
		vterm_input_write(t->vt, buf, n);
		vterm_screen_flush_damage(t->screen);
		return 1;
	}
	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return 0;
	/* EIO: the program's ends of the pty are closed. Closing ours before it has quite ended
	 * would be a SIGHUP to it. */
	t->is_closed = true;
	return -EPIPE;
}

/* A program that does not read must not stop us from reading what it writes. */
static void term_output(const char *s, size_t len, void *user)
{
	struct term *t = user;
	long long end = now_ms() + 5000;

	while (len > 0 && t->fd >= 0 && !t->is_closed && now_ms() < end) {
		ssize_t n = write(t->fd, s, len);

		if (n > 0) {
			s += n;
			len -= n;
		} else if (n < 0 && errno == EAGAIN) {
			struct pollfd p = { .fd = t->fd, .events = POLLOUT };

			poll(&p, 1, 100);
		} else if (n < 0 && errno != EINTR) {
			return;
		}
	}
}

static int term_property(VTermProp prop, VTermValue *value, void *user)
{
	struct term *t = user;

	if (prop == VTERM_PROP_CURSORVISIBLE)
		t->is_cursor_visible = value->boolean;
	else if (prop == VTERM_PROP_MOUSE)
		t->mouse = value->number;
	return 1;
}

static const VTermScreenCallbacks screen_callbacks = { .settermprop = term_property };

int term_init(struct term *t, int rows, int cols)
{
	*t = (struct term){ .rows = rows, .cols = cols, .fd = -1, .is_cursor_visible = true };
	t->vt = vterm_new(rows, cols);
	if (!t->vt)
		return -ENOMEM;
	vterm_set_utf8(t->vt, 1);
	vterm_output_set_callback(t->vt, term_output, t);
	t->screen = vterm_obtain_screen(t->vt);
	vterm_screen_set_callbacks(t->screen, &screen_callbacks, t);
	vterm_screen_enable_altscreen(t->screen, 1);
	vterm_screen_reset(t->screen, 1);
	return 0;
}

void term_release(struct term *t)
{
	if (t->fd >= 0)
		close(t->fd);
	t->fd = -1;
	if (t->pid && term_wait_end(t, 5000) < 0) {
		kill(-t->pid, SIGKILL);
		waitpid(t->pid, &t->status, 0);
	}
	if (t->vt)
		vterm_free(t->vt);
	*t = (struct term){ .fd = -1 };
}

int term_start(struct term *t, char *const argv[], char *const env[])
{
	struct winsize size = { .ws_row = t->rows, .ws_col = t->cols };
	pid_t pid;

	if (t->pid && !t->has_ended)
		return -EBUSY;
	if (t->fd >= 0)
		close(t->fd);
	t->is_closed = false;
	vterm_screen_reset(t->screen, 1);
	pid = forkpty(&t->fd, NULL, NULL, &size);
	if (pid < 0)
		return -errno;
	if (pid == 0) {
		execvpe(argv[0], argv, env);
		fprintf(stderr, "cannot run %s: %s\n", argv[0], strerror(errno));
		_exit(127);
	}
	t->pid = pid;
	t->has_ended = false;
	fcntl(t->fd, F_SETFL, O_NONBLOCK);
	fcntl(t->fd, F_SETFD, FD_CLOEXEC);
	return 0;
}

int term_resize(struct term *t, int rows, int cols)
{
	struct winsize size = { .ws_row = rows, .ws_col = cols };

	t->rows = rows;
	t->cols = cols;
	vterm_set_size(t->vt, rows, cols);
	if (t->fd >= 0 && ioctl(t->fd, TIOCSWINSZ, &size) < 0)
		return -errno;
	return 0;
}

int term_wait(struct term *t, term_condition *condition, void *arg, int timeout)
{
	long long end = now_ms() + timeout;

	while (!condition(t, arg)) {
		long long left = end - now_ms();

		if (left <= 0)
			return -ETIMEDOUT;
		if (term_pump(t, (int)left) == -EPIPE)
			return condition(t, arg) ? 0 : -EPIPE;
	}
	return 0;
}

int term_settle(struct term *t, int quiet, int timeout)
{
	long long end = now_ms() + timeout;

	while (now_ms() < end) {
		if (term_pump(t, quiet) != 1)
			return 0;
	}
	return -ETIMEDOUT;
}

/*
 * A program's end shows as the pty's closing, unless a child of it keeps that open or it
 * was closed from here: then the status alone tells, and is asked for now and then.
 */
int term_wait_end(struct term *t, int timeout)
{
	const struct timespec pause = { .tv_nsec = 2000000 };
	long long end = now_ms() + timeout;

	for (note_end(t); !t->has_ended; note_end(t)) {
		if (now_ms() >= end)
			return -ETIMEDOUT;
		if (term_pump(t, 20) == -EPIPE)
			nanosleep(&pause, NULL);
	}
	while (term_pump(t, 0) == 1)
		;
	return 0;
}
