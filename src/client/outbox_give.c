/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people do with the outbox: give, give up, ask again, look. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/catalogue.h"
#include "base/hex.h"
#include "base/text.h"
#include "client/outbox_state.h"
#include "client/state.h"

static void new_key(const struct rng *rng, char out[OUTBOX_KEY_HEX + 1])
{
	unsigned char bytes[OUTBOX_KEY_HEX / 2];

	rng->fill(rng->data, bytes, sizeof(bytes));
	hex_encode(bytes, sizeof(bytes), out);
}

static char *write_body(const struct order_request *order)
{
	struct buf body;
	int r;

	buf_init(&body, OUTBOX_BODY_MAX);
	r = json_write(order, &order_request_json, &body);
	if (r == 0 && text_is_utf8(body.data, body.len))
		return buf_detach(&body);
	buf_release(&body);
	return NULL;
}

static int fill(struct client *c, const struct order_request *order, const char *summary,
		struct outbox_item *item)
{
	struct outbox_record *record = &item->record;

	item->client = c;
	json_init(record, &outbox_record_json);
	record->key = malloc(OUTBOX_KEY_HEX + 1);
	if (record->key)
		new_key(c->rng, record->key);
	record->bank = strdup(c->terminal.pins);
	record->customer = strdup(c->session->customer.number);
	record->type = strdup(order->type);
	record->summary = strdup(summary);
	record->body = write_body(order);
	record->created = client_now(c);
	if (!record->key || !record->bank || !record->customer || !record->type ||
	    !record->summary || !record->body)
		return -ENOMEM;
	outbox_item_show(item);
	return 0;
}

/*
 * The record could not be made durable. When the file is there all the same (only the directory's
 * fsync failed), a restart would send what was just called unsent: so its key is voided, too.
 */
static void take_back(struct client *c, struct outbox_item *item)
{
	struct outbox *o = c->outbox;

	if (outbox_file_exists(&o->files, item->entry.key)) {
		outbox_file_remove(&o->files, item->entry.key);
		item->record.is_voiding = true;
		item->step = OUTBOX_STEP_VOID;
		outbox_set(item, OUTBOX_VOIDING,
			   _("The order was not sent. The bank is being told to refuse it."));
		return;
	}
	o->count--; /* it was appended last */
	outbox_item_free(item);
}

int outbox_give(struct client *c, const struct order_request *order, const char *summary,
		char ret_key[33], struct err *err)
{
	_cleanup_(outbox_item_freep) struct outbox_item *item = NULL;
	struct outbox_item *kept;
	int r;

	if (!c->session)
		return err_set(err, -EPERM, _("Please log in first."));
	item = calloc(1, sizeof(*item));
	r = item ? fill(c, order, summary, item) : -ENOMEM;
	if (r == 0)
		r = outbox_append(c->outbox, item);
	if (r < 0)
		return err_set(err, r, _("Nothing was sent: this terminal is short of memory."));
	kept = TAKE_PTR(item);
	r = outbox_file_write(&c->outbox->files, &kept->record, c->rng, NULL);
	if (r < 0) {
		take_back(c, kept);
		return err_set(err, r,
			       _("Nothing was sent: this terminal could not save the order first "
				 "(%s). Make room on its disk or use another terminal."),
			       strerror(-r));
	}
	c->active_ms = client_ms(c);
	outbox_set(kept, OUTBOX_SENDING, "");
	memcpy(ret_key, kept->entry.key, OUTBOX_KEY_HEX + 1);
	outbox_step(c, kept);
	return 0;
}

/* On disk first: after a restart an order that was given up must not be given again. */
static int keep_void(struct client *c, struct outbox_item *item, struct err *err)
{
	int r;

	if (item->record.is_voiding)
		return 0;
	item->record.is_voiding = true;
	r = outbox_file_write(&c->outbox->files, &item->record, c->rng, NULL);
	if (r == 0)
		return 0;
	item->record.is_voiding = false;
	item->step = OUTBOX_STEP_ASK;
	item->due_ms = 0;
	return err_set(err, r,
		       _("This could not be saved (%s), so nothing has changed: the bank is still "
			 "being asked. "
			 "Make room on the disk and try again."),
		       strerror(-r));
}

int outbox_void(struct client *c, const char *key, struct err *err)
{
	struct outbox_item *item = outbox_item_find(c, key);
	int r;

	if (!item || outbox_is_final(item))
		return err_set(err, -ENOENT, _("The bank has answered already. See the order."));
	if (!outbox_is_mine(c, item))
		return err_set(err, -EPERM, _("Please log in first."));
	outbox_stop(item);
	if (!item->is_maybe_sent) {
		outbox_finish(c, item, OUTBOX_REFUSED,
			      _("The order is withdrawn. It was never sent."));
		return 0;
	}
	r = keep_void(c, item, err);
	if (r < 0)
		return r;
	item->step = OUTBOX_STEP_VOID;
	item->due_ms = 0;
	item->entry.tries = 0;
	item->entry.next_try = 0;
	outbox_set(item, OUTBOX_VOIDING, _("The bank is being told to withdraw the order."));
	return 0;
}

void outbox_retry(struct client *c, const char *key)
{
	struct outbox_item *item = outbox_item_find(c, key);

	if (!item || !outbox_can_run(item))
		return;
	c->active_ms = client_ms(c);
	item->due_ms = 0;
	item->entry.next_try = 0;
}

size_t outbox_list(struct client *c, const struct outbox_entry *const **ret)
{
	struct outbox *o = c->outbox;
	size_t count = 0;

	for (size_t i = 0; o && i < o->count; i++)
		if (!outbox_is_final(o->items[i]) &&
		    (!c->session || outbox_is_mine(c, o->items[i])))
			o->listed[count++] = &o->items[i]->entry;
	*ret = o ? o->listed : NULL;
	return count;
}

const struct outbox_entry *outbox_find(struct client *c, const char *key)
{
	const struct outbox_item *item = outbox_item_find(c, key);

	return item && !item->is_dropped ? &item->entry : NULL;
}
