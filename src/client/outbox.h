/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The outbox: nothing is lost and nothing is done twice.
 *
 * Before an order leaves, its key (128 random bits, the order's id to be) and body are in DIR/outbox (fsynced,
 * encrypted with the terminal's key). No reply means UNKNOWN, never failed: the outbox asks by key, sends again with
 * the same key, waiting longer each time, and a restart goes on after the same customer logs in. Giving up is a void
 * that the bank remembers. An entry leaves the disk only when the bank has said how the order stands.
 */
#ifndef CLIENT_OUTBOX_H
#define CLIENT_OUTBOX_H

#include "client/client.h"

enum outbox_state {
	OUTBOX_SENDING,  /* on its way, first time */
	OUTBOX_UNKNOWN,  /* no reply, or not sent for want of a connection (text says which); being tried again */
	OUTBOX_VOIDING,  /* given up; the bank is being told */
	OUTBOX_PARKED,   /* another customer's, or needs a login first */
	OUTBOX_KNOWN,    /* the bank has answered: order is set; the disk entry is gone */
	OUTBOX_REFUSED,  /* the bank refused it finally: problem text; the disk entry is gone */
};

struct outbox_entry {
	char key[33];
	char *customer_number;
	char *type;
	char *summary;      /* for lists: "Transfer 100.00 to *小明" */
	int64_t created;    /* UTC seconds */
	enum outbox_state state;
	int tries;
	int64_t next_try;   /* UTC seconds; 0 none */
	char *text;         /* last thing that happened, translated */
	struct order *order; /* OUTBOX_KNOWN */
};

/*
 * Give an order. Writes the entry durably first: negative (with err: disk full ...) means that nothing was sent.
 * ret_key gets the key. changed(data, entry) runs whenever the entry changes, from client_run(); watch may be dropped.
 */
int outbox_give(struct client *c, const struct order_request *order, const char *summary, char ret_key[33],
		struct err *err);
/* Give up: the bank is told to void the key, and told until it has heard. */
int outbox_void(struct client *c, const char *key, struct err *err);
/* Ask again now instead of at next_try. */
void outbox_retry(struct client *c, const char *key);

/*
 * Entries that still matter, oldest first; borrowed until the next client_run(). Someone logged in sees only their
 * own; before login all are listed, parked, their type and summary "".
 */
size_t outbox_list(struct client *c, const struct outbox_entry *const **ret);
/* Also one that ended lately in this session. NULL: none; ask the bank by key (call_get_order). */
const struct outbox_entry *outbox_find(struct client *c, const char *key);
/*
 * Files in DIR/outbox/damaged: torn or tampered records found now or earlier, kept until someone who knows has looked.
 * Orders may be missing from the list: the person should compare the bank's list with what they gave.
 */
size_t outbox_damaged(const struct client *c);

/* One watcher per key (or key NULL: all); data identifies it for outbox_unwatch. */
typedef void outbox_changed(void *data, const struct outbox_entry *entry);
int outbox_watch(struct client *c, const char *key, outbox_changed *fn, void *data);
void outbox_unwatch(struct client *c, void *data);

#endif
