/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the demo share. */
#ifndef APP_DEMO_STATE_H
#define APP_DEMO_STATE_H

#include <sys/types.h>

#include "app/demo.h"
#include "base/buf.h"

#define REPORT_MAX 65536

struct demo {
	char *program;
	char *dir, *bank_dir, *terminal_dir;
	int lock_fd;
	char address[64];  /* once it was ready */
	pid_t pid;         /* 0: not running */
	int64_t restart_at; /* 0: not wanted */
	bool is_stopping;
	char *deliveries;  /* file of the customer followed; NULL none */
	off_t read_to;
	char *phone;
	int64_t phone_until;
	bool is_tour;
	bool is_temporary;   /* the directory goes with the demo */
	int64_t clock_began; /* the machine's, when the tour's clock began */
	pid_t audit;         /* bankaudit; 0: not running */
	int audit_fd;
	struct buf report;
};

/* A program in the directory of this one, malloc'ed; NULL when memory is short. */
char *demo_program_beside(const char *name);

/* ---- demo_bank.c ---- */
/* Start the bank, its standard output to out. 0 or -errno. */
int demo_spawn(struct demo *d, int out);
/* Start it at an address and wait until it is ready; d->address is where it listens. */
int demo_run_bank(struct demo *d, const char *address);
/* It died: start it again when its time has come. now is UTC seconds. */
void demo_restart(struct demo *d, int64_t now);

#endif
