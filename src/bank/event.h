/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Event rows: what changed for a customer, as ids. Written in the transaction of the change; event_hub.h wakes
 * readers. */
#ifndef BANK_EVENT_H
#define BANK_EVENT_H

#include "bank/store.h"
#include "model/event.h"

/* subject: an id on the wire. at: UTC seconds. 0 or a store error. */
int event_add(struct store *s, int64_t customer, enum event_kind kind, const char *subject, int64_t at);

#endif
