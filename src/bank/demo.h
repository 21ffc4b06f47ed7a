/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Demonstration data: customers of a Chinese retail bank with two years behind them. Deterministic
 * for a given date; everything is booked through the ledger, so that bankaudit finds nothing.
 *
 * Passwords are public (customers demo-bank and PIN 730418, staff demo-counter): bankd fills demo
 * data only behind a loopback listener.
 */
#ifndef BANK_DEMO_H
#define BANK_DEMO_H

#include "base/date.h"
#include "base/err.h"

struct bank;

#define DEMO_PASSWORD	    "demo-bank"
#define DEMO_PIN	    "730418"
#define DEMO_STAFF_PASSWORD "demo-counter"

/*
 * Fill an empty store in one commit; takes a few seconds. -EEXIST when the
 * store has customers already (nothing is changed), -ENOMEM, and the writer's errors.
 */
int demo_fill(struct bank *bank, struct err *err);
/* The same people with a history that begins on `start`: tests want little of it. */
int demo_fill_from(struct bank *bank, date_days start, struct err *err);

#endif
