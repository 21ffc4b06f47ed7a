/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Defects for the controls: linked into copies of the fault programs by --wrap, never into the
 *client. $DEFECT names the one that is on.
 *
 *	new-key        gives again under a new key instead of asking by the old one
 *	forget-void    forgets an order that is given up instead of telling the bank
 *	no-record      sends without a record on disk
 */
#include <stdlib.h>
#include <string.h>

#include "base/hex.h"
#include "client/outbox_state.h"
#include "client/state.h"

struct call *__real_call_start(struct client *c, const struct call_type *type,
			       const struct call_start *start, call_done *done, void *data);
struct call *__wrap_call_start(struct client *c, const struct call_type *type,
			       const struct call_start *start, call_done *done, void *data);
int __real_outbox_void(struct client *c, const char *key, struct err *err);
int __wrap_outbox_void(struct client *c, const char *key, struct err *err);
int __real_outbox_file_write(const struct outbox_files *f, const struct outbox_record *record,
			     const struct rng *rng, struct err *err);
int __wrap_outbox_file_write(const struct outbox_files *f, const struct outbox_record *record,
			     const struct rng *rng, struct err *err);

static bool is_on(const char *defect)
{
	const char *on = getenv("DEFECT");

	return on && !strcmp(on, defect);
}

struct call *__wrap_call_start(struct client *c, const struct call_type *type,
			       const struct call_start *start, call_done *done, void *data)
{
	const struct outbox_item *item = data;
	unsigned char random[16];
	char key[33];
	struct call_args args = { .idempotency_key = key };
	struct buf body;
	struct call_start again = { .args = &args, .body = &body, .is_background = true };

	if (!is_on("new-key") || type != &call_get_order || !start->is_background)
		return __real_call_start(c, type, start, done, data);
	c->rng->fill(c->rng->data, random, sizeof(random));
	hex_encode(random, sizeof(random), key);
	body = (struct buf){ .data = item->record.body, .len = strlen(item->record.body) };
	return __real_call_start(c, &call_create_order, &again, done, data);
}

int __wrap_outbox_void(struct client *c, const char *key, struct err *err)
{
	for (size_t i = 0; is_on("forget-void") && i < c->outbox->count; i++) {
		if (strcmp(c->outbox->items[i]->entry.key, key))
			continue;
		outbox_stop(c->outbox->items[i]);
		outbox_finish(c, c->outbox->items[i], OUTBOX_REFUSED, "");
		return 0;
	}
	return __real_outbox_void(c, key, err);
}

int __wrap_outbox_file_write(const struct outbox_files *f, const struct outbox_record *record,
			     const struct rng *rng, struct err *err)
{
	return is_on("no-record") ? 0 : __real_outbox_file_write(f, record, rng, err);
}
