/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How screens word amounts, dates and orders: one place, so that the same thing looks the same everywhere. */
#ifndef SCREENS_SHOW_H
#define SCREENS_SHOW_H

#include "base/money.h"
#include "model/account.h"
#include "model/order.h"
#include "screens/screen.h"

#define SHOW_MAX 64

/* "¥1,234.50" or "-¥1,234.50" (side Debit) into buf; returns buf. */
char *show_amount(const struct money *amount, int side, char buf[SHOW_MAX]);
/* "+1,234.50" / "-1,234.50" without a currency sign, for columns. */
char *show_signed(const struct money *amount, int side, char buf[SHOW_MAX]);
/* "2026-11-21 20:54" in the bank's zone, "" for 0. */
char *show_time(const struct visit *v, int64_t utc, char buf[SHOW_MAX]);
char *show_date(date_days d, char buf[SHOW_MAX]);
/* The amount in words of the language in use, malloc'ed; NULL when there are none for it. */
char *show_words(struct visit *v, const struct money *amount);

enum tone order_tone(int state);
/* A review or receipt: the amount as a figure with its words, then all else as details. */
void show_review(struct visit *v, struct page *p, const struct review_line *lines, size_t count);

/* True when the event is this action. block "" matches keys. */
bool event_is(const struct event_ui *e, const char *block, const char *item);

#endif
