/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Who waits for events: GET /v1/events is a long poll, woken after COMMIT.
 *
 * Event rows are written by whoever changes something (event.h); the hub only knows how far the store has
 * come and which waiters that concerns. A handler reads in a snapshot, remembers the newest event id of *any*
 * customer it saw (max(id) of the table), and waits past it: what is committed in between is not missed.
 */
#ifndef BANK_EVENT_HUB_H
#define BANK_EVENT_HUB_H

#include <stdbool.h>
#include <stdint.h>

struct store;
struct event_hub;

/* One suspended request; the hub's from event_hub_wait() until woken() begins. */
struct event_waiter {
	int64_t customer;
	int64_t seen;				    /* newest event id of the handler's snapshot */
	int64_t deadline;			    /* monotonic ms: woken then in any case */
	void (*woken)(struct event_waiter *waiter); /* once for each wait, from any thread; must not block */
	struct event_waiter *next;		    /* the hub's */
};

int event_hub_new(struct event_hub **ret);
void event_hub_free(struct event_hub *hub); /* nobody may wait any more */

/* 0; -EAGAIN when something was committed since: read again; -ESHUTDOWN after event_hub_stop(). */
int event_hub_wait(struct event_hub *hub, struct event_waiter *waiter);
/* The writer calls this with its store after each COMMIT. */
void event_hub_committed(struct event_hub *hub, struct store *store);
/* Wakes those whose time is over; the server calls it every second. */
void event_hub_expire(struct event_hub *hub, int64_t monotonic_ms);
/* Wakes everybody now and lets nobody wait again: shutdown. */
void event_hub_stop(struct event_hub *hub);

#endif
