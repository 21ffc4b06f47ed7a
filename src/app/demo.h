/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The demo: a bankd of our own on loopback, with demo data, as long as the client runs.
 *
 * Directories: $XDG_STATE_HOME/bankterm/demo (else ~/.local/state/bankterm/demo) with bank/ and
 * terminal/; a second demo at the same time takes demo-2, and so on, but only after 2 s, for the first
 * may be ending; without a usable home, and for a tour, one in $TMPDIR or /tmp that goes with the demo.
 * When the bank dies it is started again after some seconds at the same address, so that the outbox can
 * be seen to recover. What it would send to phones is read from bank/delivery/ and shown.
 *
 * NULL is no demo: every function but demo_start() accepts it.
 */
#ifndef APP_DEMO_H
#define APP_DEMO_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

struct demo;

/*
 * Start the bank and make this terminal known to it; blocking, before the loop begins: progress
 * goes to standard error. For a tour the bank is new and its clock starts on a Saturday morning.
 * -ENOENT no bankd beside this program; -ETIMEDOUT and others: the end of bank.log is in err.
 */
int demo_start(bool is_tour, struct demo **ret, struct err *err);
void demo_stop(struct demo *d); /* ends the bank, waiting for it; frees */
const char *demo_terminal_dir(const struct demo *d);

/* Show messages to this customer's phone from now on; NULL: none. */
void demo_follow(struct demo *d, const char *customer_number);
const char *demo_phone(const struct demo *d); /* the last message, gated; NULL none */
/* After SIGCHLD. True when the bank ended that should not have, and will be started again. */
bool demo_child_ended(struct demo *d);
/* What the tour does to its bank. */
void demo_hold_bank(struct demo *d);     /* it stands still, answering nothing */
void demo_kill_bank(struct demo *d);     /* it dies, and is started again later */
void demo_end_bank(struct demo *d);      /* asked to end, and not started again */
bool demo_bank_runs(const struct demo *d);
void demo_falsify(struct demo *d, const char *text); /* every `text` in the ended bank's store: digits become 9 */
int demo_audit_start(struct demo *d, struct err *err);
char *demo_audit_report(struct demo *d); /* what bankaudit said, gated lines, malloc'ed; NULL while it works */
/* Once a second: true when there is something new to show. now is UTC seconds. */
bool demo_turn(struct demo *d, int64_t now);

#endif
