/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ttytime: what a person at a terminal waits for, measured the same way for every program.
 *
 *	ttytime [-s COLSxROWS] [-q QUIET_MS] SCRIPT COMMAND [ARGUMENT...]
 *
 * Runs COMMAND on a pty and follows SCRIPT, one step per line:
 *
 *	start TEXT          until the screen first shows TEXT: gives start_us, from before the fork
 *	wait TEXT           until the screen shows TEXT (30 s at most)
 *	send BYTES          typed at once; \e \r \t \\ \xHH are escapes
 *	key NAME N BYTES    type BYTES N times, each measured from the write to the last byte of the
 *answer
 *
 * A burst is over after QUIET_MS (30) without output. The screen is libvterm's; while keys are
 *measured it is fed after the burst's time was taken. Its replies to queries of the program are
 *sent back.
 *
 * Prints `name value` lines: start_us; for each key step NAME_median_us, NAME_p99_us, NAME_bytes
 * and NAME_cells (medians of bytes received and cells changed, a wide character being two),
 * NAME_excess (most bytes beyond changed cells of one key); peak_kib (VmHWM of COMMAND's own
 * process). Exit 1 with the screen on stderr when a text does not come.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <vterm.h>

#include "base/macros.h"

#define WAIT_MS	 30000
#define KEYS_MAX 20000

struct terminal {
	int fd;
	pid_t child;
	int rows, cols, quiet_ms;
	VTerm *vt;
	VTermScreen *screen;
	VTermScreenCell *before;
	char bytes[1 << 20]; /* of the burst */
	size_t count;
};

struct samples {
	int64_t latency_us[KEYS_MAX], bytes[KEYS_MAX], cells[KEYS_MAX], excess[KEYS_MAX];
	int count;
};

static int64_t now_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static void terminal_reply(const char *bytes, size_t n, void *data)
{
	struct terminal *t = data;

	if (write(t->fd, bytes, n) < 0 && errno != EAGAIN && errno != EIO)
		perror("ttytime: reply");
}

static void terminal_open(struct terminal *t, char **argv)
{
	struct winsize size = { .ws_row = (unsigned short)t->rows,
				.ws_col = (unsigned short)t->cols };

	t->child = forkpty(&t->fd, NULL, NULL, &size);
	if (t->child == 0) {
		setenv("TERM", "xterm-256color", 1);
		execvp(argv[0], argv);
		perror(argv[0]);
		_exit(127);
	}
	fcntl(t->fd, F_SETFL, O_NONBLOCK);
	t->vt = vterm_new(t->rows, t->cols);
	vterm_set_utf8(t->vt, 1);
	vterm_output_set_callback(t->vt, terminal_reply, t);
	t->screen = vterm_obtain_screen(t->vt);
	vterm_screen_enable_altscreen(t->screen, 1);
	vterm_screen_reset(t->screen, 1);
	t->before = calloc((size_t)t->rows * (size_t)t->cols, sizeof(*t->before));
}

/*
 * Collect one burst: up to wait_ms for its first byte, then until quiet. Returns when its last byte
 * was read (0 when none came); the bytes are left for terminal_feed.
 */
static int64_t terminal_burst(struct terminal *t, int wait_ms)
{
	struct pollfd p = { .fd = t->fd, .events = POLLIN };
	int64_t last = 0;
	int timeout = wait_ms;

	t->count = 0;
	while (poll(&p, 1, timeout) > 0) {
		ssize_t n = read(t->fd, t->bytes + t->count, sizeof(t->bytes) - t->count);

		if (n < 0 && errno == EAGAIN)
			continue;
		if (n <= 0)
			break;
		last = now_us();
		t->count += (size_t)n;
		timeout = t->quiet_ms;
		if (t->count == sizeof(t->bytes))
			break;
	}
	return last;
}

static VTermScreenCell terminal_cell(struct terminal *t, int row, int col)
{
	VTermScreenCell cell;

	memset(&cell, 0, sizeof(cell));
	vterm_screen_get_cell(t->screen, (VTermPos){ .row = row, .col = col }, &cell);
	return cell;
}

static bool cell_same(const VTermScreenCell *a, const VTermScreenCell *b)
{
	return !memcmp(a->chars, b->chars, sizeof(a->chars)) &&
	       !memcmp(&a->attrs, &b->attrs, sizeof(a->attrs)) &&
	       vterm_color_is_equal(&a->fg, &b->fg) && vterm_color_is_equal(&a->bg, &b->bg);
}

/* Take a cell over; true when it changed. */
static bool terminal_changed(struct terminal *t, int row, int col, VTermScreenCell *ret)
{
	VTermScreenCell *old = &t->before[row * t->cols + col], cell = terminal_cell(t, row, col);
	bool is_same = cell_same(old, &cell);

	*ret = *old = cell;
	return !is_same;
}

/* Show the burst on the screen; returns how many cells it changed. A wide character is two cells. */
static int terminal_feed(struct terminal *t)
{
	int changed = 0;

	vterm_input_write(t->vt, t->bytes, t->count);
	vterm_screen_flush_damage(t->screen);
	for (int row = 0; row < t->rows; row++) {
		for (int col = 0; col < t->cols; col++) {
			VTermScreenCell cell, right;
			bool is_changed = terminal_changed(t, row, col, &cell);

			if (cell.width == 2 && ++col < t->cols)
				changed += terminal_changed(t, row, col, &right) || is_changed;
			changed += is_changed;
		}
	}
	return changed;
}

/* One row as text; the second cell of a wide character adds nothing. */
static void terminal_row(struct terminal *t, int row, char *out, size_t size)
{
	size_t n = 0;

	for (int col = 0; col < t->cols && n + 8 < size; col++) {
		uint32_t c = t->before[row * t->cols + col].chars[0];

		if (c == UINT32_MAX)
			continue;
		if (c == 0)
			c = ' ';
		if (c < 0x80) {
			out[n++] = (char)c;
		} else if (c < 0x800) {
			out[n++] = (char)(0xc0 | c >> 6);
			out[n++] = (char)(0x80 | (c & 63));
		} else {
			out[n++] = (char)(0xe0 | (c >> 12 & 15));
			out[n++] = (char)(0x80 | (c >> 6 & 63));
			out[n++] = (char)(0x80 | (c & 63));
		}
	}
	out[n] = '\0';
}

static bool terminal_shows(struct terminal *t, const char *text)
{
	char line[4096];

	for (int row = 0; row < t->rows; row++) {
		terminal_row(t, row, line, sizeof(line));
		if (strstr(line, text))
			return true;
	}
	return false;
}

static void terminal_complain(struct terminal *t, const char *text)
{
	char line[4096];

	fprintf(stderr, "ttytime: \"%s\" did not come; the screen:\n", text);
	for (int row = 0; row < t->rows; row++) {
		terminal_row(t, row, line, sizeof(line));
		fprintf(stderr, "|%s|\n", line);
	}
}

/* *ret_at gets the instant of the read that completed the text; exact when quiet_ms is 0. */
static int terminal_wait(struct terminal *t, const char *text, int64_t *ret_at)
{
	int64_t until = now_us() + (int64_t)WAIT_MS * 1000;

	*ret_at = now_us();
	while (!terminal_shows(t, text)) {
		int64_t last = terminal_burst(t, 100);

		if (last) {
			*ret_at = last;
			terminal_feed(t);
		} else if (now_us() > until || waitpid(t->child, NULL, WNOHANG) == t->child) {
			terminal_complain(t, text);
			return -ETIMEDOUT;
		}
	}
	return 0;
}

static int terminal_start(struct terminal *t, const char *text, int64_t begin)
{
	int quiet_ms = t->quiet_ms, r;
	int64_t at;

	t->quiet_ms = 0;
	r = terminal_wait(t, text, &at);
	t->quiet_ms = quiet_ms;
	if (r == 0)
		printf("start_us %lld\n", (long long)(at - begin));
	return r;
}

static size_t unescape(const char *in, char *out)
{
	size_t n = 0;

	for (; *in; in++) {
		if (*in != '\\') {
			out[n++] = *in;
			continue;
		}
		switch (*++in) {
		case 'e':
			out[n++] = '\033';
			break;
		case 'r':
			out[n++] = '\r';
			break;
		case 't':
			out[n++] = '\t';
			break;
		case 'x': {
			char hex[3] = { in[1], in[1] ? in[2] : '\0', '\0' };

			out[n++] = (char)strtol(hex, NULL, 16);
			in += strlen(hex);
			break;
		}
		default:
			out[n++] = *in;
		}
		if (!*in)
			break;
	}
	return n;
}

static int terminal_type(struct terminal *t, const char *text)
{
	char bytes[1024];
	size_t n = unescape(text, bytes);

	return write(t->fd, bytes, n) == (ssize_t)n ? 0 : -EIO;
}

static int terminal_measure(struct terminal *t, int count, const char *text, struct samples *s)
{
	if (terminal_burst(t, 200)) /* nothing of what came before is counted */
		terminal_feed(t);
	for (int i = 0; i < count && s->count < KEYS_MAX; i++) {
		int64_t begin = now_us(), end;
		int k = s->count;

		if (terminal_type(t, text) < 0)
			return -EIO;
		end = terminal_burst(t, 1000);
		if (!end)
			continue; /* a key without an answer, at an end of the list */
		s->latency_us[k] = end - begin;
		s->bytes[k] = (int64_t)t->count;
		s->cells[k] = terminal_feed(t);
		s->excess[k] = s->bytes[k] - s->cells[k];
		s->count++;
	}
	return 0;
}

static int compare(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static void report_one(const char *name, const char *what, int64_t *values, int count, int percent)
{
	qsort(values, (size_t)count, sizeof(*values), compare);
	printf("%s_%s %lld\n", name, what,
	       (long long)values[(size_t)(count - 1) * (size_t)percent / 100]);
}

static void report(const char *name, struct samples *s)
{
	if (!s->count)
		return;
	report_one(name, "median_us", s->latency_us, s->count, 50);
	report_one(name, "p99_us", s->latency_us, s->count, 99);
	report_one(name, "bytes", s->bytes, s->count, 50);
	report_one(name, "cells", s->cells, s->count, 50);
	report_one(name, "excess", s->excess, s->count, 100);
}

static long peak_kib(pid_t pid)
{
	char path[64], line[256];
	long kib = 0;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%d/status", (int)pid);
	f = fopen(path, "r");
	while (f && fgets(line, sizeof(line), f))
		if (!strncmp(line, "VmHWM:", 6))
			kib = strtol(line + 6, NULL, 10);
	if (f)
		fclose(f);
	return kib;
}

/* NAME N BYTES */
static int step_keys(struct terminal *t, char *name)
{
	static struct samples s;
	char *count = strchr(name, ' '), *text;
	long n;
	int r;

	if (!count)
		return -EINVAL;
	*count++ = '\0';
	n = strtol(count, &text, 10);
	if (*text != ' ')
		return -EINVAL;
	s.count = 0;
	r = terminal_measure(t, (int)n, text + 1, &s);
	report(name, &s);
	return r;
}

static int step(struct terminal *t, char *line, int64_t begin)
{
	char *rest;
	int64_t at;

	line[strcspn(line, "\n")] = '\0';
	if (!*line || *line == '#')
		return 0;
	rest = strchr(line, ' ');
	if (!rest)
		return -EINVAL;
	*rest++ = '\0';
	if (!strcmp(line, "start"))
		return terminal_start(t, rest, begin);
	if (!strcmp(line, "wait"))
		return terminal_wait(t, rest, &at);
	if (!strcmp(line, "send"))
		return terminal_type(t, rest);
	return strcmp(line, "key") ? -EINVAL : step_keys(t, rest);
}

int main(int argc, char **argv)
{
	static struct terminal t = { .rows = 24, .cols = 80, .quiet_ms = 30 };
	char line[1024];
	int64_t begin;
	FILE *script;
	int option, r = 0;

	while ((option = getopt(argc, argv, "+s:q:")) != -1) {
		if (option == 'q')
			t.quiet_ms = (int)strtol(optarg, NULL, 10);
		else if (option != 's' || sscanf(optarg, "%dx%d", &t.cols, &t.rows) != 2)
			return 2;
	}
	if (argc - optind < 2 || !(script = fopen(argv[optind], "r"))) {
		fprintf(stderr, "usage: ttytime [-s COLSxROWS] [-q QUIET_MS] SCRIPT COMMAND "
				"[ARGUMENT...]\n");
		return 2;
	}
	begin = now_us();
	terminal_open(&t, argv + optind + 1);
	while (r == 0 && fgets(line, sizeof(line), script))
		r = step(&t, line, begin);
	fclose(script);
	if (r < 0)
		fprintf(stderr, "ttytime: %s: step \"%s\": %s\n", argv[optind], line, strerror(-r));
	printf("peak_kib %ld\n", peak_kib(t.child));
	kill(t.child, SIGTERM);
	close(t.fd);
	waitpid(t.child, NULL, 0);
	return r < 0;
}
