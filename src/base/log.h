/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Log lines: one JSON object per line, through the output gate, to one descriptor (stderr by default).
 * Never a secret: no function takes one. Each line has "time" (UTC), "level", "event" and the given members.
 */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include "base/macros.h"

enum log_level { LOG_ERROR, LOG_WARNING, LOG_INFO, LOG_DEBUG };

void log_open(int fd, enum log_level most); /* not owned; call before other threads; stderr and LOG_INFO until then */
/* event is a stable dotted name ("writer.commit-failed"); the rest formats the "detail" member, cut at 1023 bytes. */
void log_event(enum log_level level, const char *event, const char *fmt, ...) PRINTF_LIKE(3, 4);

#endif
