/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/outbox.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/catalogue.h"
#include "base/file.h"
#include "client/device.h"
#include "client/outbox_state.h"
#include "client/state.h"

#define FINAL_MOST 32 /* ended entries kept for outbox_find() during a session */

void outbox_item_free(struct outbox_item *item)
{
	if (!item)
		return;
	call_cancel(item->call);
	if (item->entry.order)
		json_release(item->entry.order, &order_json);
	free(item->entry.order);
	free(item->entry.text);
	free(item->refusal);
	json_release(&item->record, &outbox_record_json);
	free(item);
}

void outbox_item_freep(struct outbox_item **item)
{
	outbox_item_free(*item);
}

void outbox_item_show(struct outbox_item *item)
{
	snprintf(item->entry.key, sizeof(item->entry.key), "%s", item->record.key);
	item->entry.customer_number = item->record.customer;
	item->entry.type = item->record.type;
	item->entry.summary = item->record.summary;
	item->entry.created = item->record.created;
}

void outbox_set(struct outbox_item *item, enum outbox_state state, const char *text)
{
	char *copy = strdup(text);

	item->entry.state = state;
	item->is_changed = true;
	if (!copy)
		return;
	free(item->entry.text);
	item->entry.text = copy;
}

int outbox_append(struct outbox *o, struct outbox_item *item)
{
	struct outbox_item **items =
		reallocarray(o->items, o->count + 1, sizeof(struct outbox_item *));
	const struct outbox_entry **listed;

	if (!items)
		return -ENOMEM;
	o->items = items;
	listed = reallocarray(o->listed, o->count + 1, sizeof(struct outbox_entry *));
	if (!listed)
		return -ENOMEM;
	o->listed = listed;
	o->items[o->count++] = item;
	return 0;
}

struct outbox_item *outbox_item_find(const struct client *c, const char *key)
{
	for (size_t i = 0; c->outbox && i < c->outbox->count; i++)
		if (!strcmp(c->outbox->items[i]->entry.key, key))
			return c->outbox->items[i];
	return NULL;
}

bool outbox_is_mine(const struct client *c, const struct outbox_item *item)
{
	return c->session && !strcmp(c->session->customer.number, item->record.customer) &&
	       device_pins_meet(c->terminal.pins, item->record.bank);
}

/* ---- from disk ---- */

static int load_file(struct client *c, const char *name, struct err *err)
{
	struct outbox *o = c->outbox;
	struct outbox_item *item = calloc(1, sizeof(*item));
	int r = item ? outbox_file_read(&o->files, name, &item->record) : -ENOMEM;

	if (r == -EBADMSG) {
		r = outbox_file_set_aside(&o->files, name);
	} else if (r == 0) {
		item->client = c;
		outbox_item_show(item);
		item->is_maybe_sent = true; /* it may have left before the program ended */
		item->step = item->record.is_voiding ? OUTBOX_STEP_VOID : OUTBOX_STEP_ASK;
		outbox_park(item, _("Log in, and the bank will be asked how this order stands."));
		r = outbox_append(o, item);
		if (r == 0)
			item = NULL;
	}
	outbox_item_free(item);
	if (r < 0)
		return err_set(err, r,
			       _("The order kept in %s/%s cannot be read (%s). Call the bank "
				 "before you go on."),
			       o->files.dir, name, strerror(-r));
	return 0;
}

static bool ends_with(const char *s, const char *end)
{
	size_t n = strlen(s), m = strlen(end);

	return n >= m && !strcmp(s + n - m, end);
}

static int load_all(struct client *c, struct err *err)
{
	struct outbox *o = c->outbox;
	DIR *d = opendir(o->files.dir);
	const struct dirent *entry;
	int r = 0;

	if (!d)
		return err_set(err, -errno, _("Cannot read %s: %s"), o->files.dir, strerror(errno));
	while (r == 0 && (entry = readdir(d))) {
		const char *name = entry->d_name;

		if (name[0] == '.' || !strcmp(name, "damaged"))
			continue;
		if (ends_with(name, FILE_TEMPORARY_SUFFIX))
			outbox_file_remove(&o->files,
					   name); /* unfinished, so nothing of it was sent */
		else
			r = load_file(c, name, err);
	}
	closedir(d);
	return r;
}

static int by_age(const void *a, const void *b)
{
	const struct outbox_entry *x = &(*(struct outbox_item *const *)a)->entry;
	const struct outbox_entry *y = &(*(struct outbox_item *const *)b)->entry;

	if (x->created != y->created)
		return x->created < y->created ? -1 : 1;
	return strcmp(x->key, y->key);
}

int outbox_open(struct client *c, const char *dir, struct err *err)
{
	struct outbox *o = calloc(1, sizeof(*o));
	int r;

	if (!o)
		return err_set(err, -ENOMEM, _("Out of memory"));
	c->outbox = o;
	r = outbox_files_open(&o->files, dir, c->rng, err);
	if (r == 0)
		r = load_all(c, err);
	if (r == 0 && o->count > 0)
		qsort(o->items, o->count, sizeof(struct outbox_item *), by_age);
	if (r == 0)
		o->damaged = outbox_file_count_damaged(&o->files);
	return r;
}

void outbox_close(struct client *c)
{
	struct outbox *o = TAKE_PTR(c->outbox);

	if (!o)
		return;
	for (size_t i = 0; i < o->count; i++)
		outbox_item_free(o->items[i]);
	free(o->items);
	free(o->listed);
	free(o->watches);
	outbox_files_release(&o->files);
	free(o);
}

/* ---- logging in and out ---- */

void outbox_login(struct client *c)
{
	for (size_t i = 0; c->outbox && i < c->outbox->count; i++) {
		struct outbox_item *item = c->outbox->items[i];

		if (outbox_is_final(item) || !outbox_is_mine(c, item))
			continue;
		outbox_item_show(item);
		item->due_ms = 0;
		item->entry.tries = 0;
		outbox_set(item, item->step == OUTBOX_STEP_VOID ? OUTBOX_VOIDING : OUTBOX_UNKNOWN,
			   _("The bank is being asked how this order stands."));
	}
}

/* What ended is the business of the one who leaves: it goes with the next run. */
void outbox_logout(struct client *c)
{
	for (size_t i = 0; c->outbox && i < c->outbox->count; i++) {
		struct outbox_item *item = c->outbox->items[i];

		if (outbox_is_final(item))
			item->is_dropped = true;
		else if (item->entry.state != OUTBOX_PARKED)
			outbox_park(item,
				    _("Log in, and the bank will be asked how this order stands."));
	}
}

/* ---- running ---- */

bool outbox_can_run(const struct outbox_item *item)
{
	return !outbox_is_final(item) && item->entry.state != OUTBOX_PARKED && !item->call;
}

int64_t outbox_due_ms(const struct client *c)
{
	int64_t due = INT64_MAX;

	for (size_t i = 0; c->outbox && i < c->outbox->count; i++) {
		const struct outbox_item *item = c->outbox->items[i];

		if (item->is_changed || item->is_dropped)
			return 0;
		if (outbox_can_run(item) && item->due_ms < due)
			due = item->due_ms;
	}
	return due;
}

/* Watchers may watch, unwatch, give and void: indexes stay good, pointers may not. */
static void tell(struct outbox *o, struct outbox_item *item)
{
	size_t count = o->watch_count;

	item->is_changed = false;
	for (size_t i = 0; i < count; i++) {
		struct outbox_watch w = o->watches[i];

		if (w.fn && (!*w.key || !strcmp(w.key, item->entry.key)))
			w.fn(w.data, &item->entry);
	}
}

static void sweep(struct outbox *o)
{
	size_t kept = 0, ended = 0;

	for (size_t i = 0; i < o->count; i++)
		ended += outbox_is_final(o->items[i]);
	for (size_t i = 0; i < o->count; i++) {
		struct outbox_item *item = o->items[i];

		if (outbox_is_final(item) && !item->is_changed &&
		    (item->is_dropped || ended > FINAL_MOST)) {
			ended--;
			outbox_item_free(item);
		} else {
			o->items[kept++] = item;
		}
	}
	o->count = kept;
	kept = 0;
	for (size_t i = 0; i < o->watch_count; i++)
		if (o->watches[i].fn)
			o->watches[kept++] = o->watches[i];
	o->watch_count = kept;
}

void outbox_run(struct client *c)
{
	struct outbox *o = c->outbox;
	int64_t now = client_ms(c);

	if (!o)
		return;
	for (size_t i = 0; i < o->count; i++)
		if (outbox_can_run(o->items[i]) && o->items[i]->due_ms <= now)
			outbox_step(c, o->items[i]);
	for (size_t i = 0; i < o->count; i++)
		if (o->items[i]->is_changed)
			tell(o, o->items[i]);
	sweep(o);
}

/* ---- watching ---- */

size_t outbox_damaged(const struct client *c)
{
	return c->outbox ? c->outbox->damaged : 0;
}

int outbox_watch(struct client *c, const char *key, outbox_changed *fn, void *data)
{
	struct outbox *o = c->outbox;
	struct outbox_watch *watches =
		reallocarray(o->watches, o->watch_count + 1, sizeof(*watches));

	if (!watches)
		return -ENOMEM;
	o->watches = watches;
	o->watches[o->watch_count] = (struct outbox_watch){ .fn = fn, .data = data };
	snprintf(o->watches[o->watch_count++].key, sizeof(watches->key), "%s", key ? key : "");
	return 0;
}

void outbox_unwatch(struct client *c, void *data)
{
	struct outbox *o = c->outbox;

	for (size_t i = 0; o && i < o->watch_count; i++)
		if (o->watches[i].data == data)
			o->watches[i].fn = NULL;
}
