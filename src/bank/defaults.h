/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a new bank knows before its first day: parameters, the working-day calendar, the directory
 * of banks. All of it is data with effective dates that orders of an administrator change later.
 */
#ifndef BANK_DEFAULTS_H
#define BANK_DEFAULTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bank/store.h"
#include "base/err.h"

struct default_parameter {
	const char *name;
	const char *effective; /* "2024-01-01" */
	const char *value;
};
extern const struct default_parameter default_parameters[];
extern const size_t default_parameters_count;

/* A run of days that differ from Monday to Friday working, Saturday and Sunday not. */
struct default_days {
	const char *first, *last; /* "2026-02-15"; last NULL: one day */
	bool is_working;	  /* make-up working days */
	const char *name;	  /* msgid */
};
extern const struct default_days default_calendar[];
extern const size_t default_calendar_count;

struct default_agent {
	const char *code, *name, *name_zh;
};
extern const struct default_agent default_agents[];
extern const size_t default_agents_count;

/* The own bank's row of the directory. */
#define DEFAULT_BANK_CODE "9000"

/* Write what is missing of all three; within a transaction. 0, -EIO, -ENOSPC. Existing rows stay.
 */
int defaults_write(struct store *s);

#endif
