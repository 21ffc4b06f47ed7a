/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/date.h"
#include "base/file.h"
#include "base/json.h"
#include "base/text.h"

#define LOG_LINE_MAX   8192
#define LOG_DETAIL_MAX 1024

static const char *const level_names[] = { "error", "warning", "info", "debug" };

static int log_fd = STDERR_FILENO;
static enum log_level log_most = LOG_INFO;

void log_open(int fd, enum log_level most)
{
	log_fd = fd;
	log_most = most;
}

static void add_member(struct buf *line, const char *name, const char *value)
{
	_cleanup_(buf_release) struct buf gated;

	buf_init(&gated, LOG_LINE_MAX / 2);
	text_gate(&gated, value, strlen(value), GATE_ONE_LINE);
	buf_printf(line, ",\"%s\":", name);
	json_write_text(gated.data, line);
}

void log_event(enum log_level level, const char *event, const char *fmt, ...)
{
	_cleanup_(buf_release) struct buf line;
	char when[INSTANT_TEXT_MAX], detail[LOG_DETAIL_MAX];
	va_list args;

	if (level > log_most)
		return;
	va_start(args, fmt);
	vsnprintf(detail, sizeof(detail), fmt, args);
	va_end(args);
	buf_init(&line, LOG_LINE_MAX);
	buf_printf(&line, "{\"time\":\"%s\"", instant_text(clock_system.now(NULL), 0, when));
	add_member(&line, "level", level_names[level]);
	add_member(&line, "event", event);
	add_member(&line, "detail", detail);
	buf_puts(&line, "}\n");
	/* One write a line: lines of several threads do not mix. A log that fails must not stop the
	 * bank. */
	if (!line.failed)
		file_write_all(log_fd, line.data, line.len);
}
