/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * When a payment to another bank is sent, by the services that a customer chooses from and the working hours of
 * the payment systems: small payments (BEPS, IBPS) go round the clock up to a cap; above it the large-value system
 * (HVPS) takes them, which opens the evening before a working day and closes on that day.
 */
#ifndef BANK_ORDERS_DISPATCH_H
#define BANK_ORDERS_DISPATCH_H

#include "base/calendar.h"
#include "bank/order_family.h"

struct service {
	const char *value;         /* of the field serviceLevel */
	const char *title;         /* msgid */
	const char *detail;        /* msgid: {1} hours, {2} fee */
	const char *fee;           /* parameter, tiers */
	const char *seconds;       /* parameter; NULL: at once */
};
extern const struct service services[];
extern const size_t services_count;
const struct service *service_find(const char *value); /* NULL none */

int service_fee(struct quoting *q, const struct service *s, int64_t amount, int64_t *ret);
int service_seconds(struct quoting *q, const struct service *s, int64_t *ret);

struct dispatch {
	int64_t delay;      /* sent so long after accepting; 0: at once, or at execution */
	int64_t execution;  /* queued until this instant; 0 not queued */
	date_days arrival;  /* queued: the working day it is for */
	int64_t cap;        /* of the small-value systems, minor units */
};
int dispatch_plan(struct quoting *q, const struct service *s, int64_t amount, struct dispatch *ret);

/* Hours of the large-value system. open, close: seconds of the day in the bank's zone. */
struct large_hours {
	int open, close;
	const struct calendar *calendar;
};
/* The first instant at or after `at` when it works, and in *ret_day the working day that it then works for. */
int64_t large_value_from(const struct large_hours *h, int64_t at, date_days *ret_day);

#endif
