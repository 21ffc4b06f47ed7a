/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Transfers carried out: booked inside, sent to other banks, settled or returned. */
#include "bank/orders/transfer.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "bank/event.h"
#include "bank/ledger.h"
#include "bank/message.h"
#include "bank/orders/creditor.h"
#include "bank/payee.h"
#include "base/macros.h"
#include "base/text.h"

#define NOTE(member, kind) { #member, kind, JSON_OPTIONAL, offsetof(struct transfer_note, member), 0, NULL, NULL }
static const struct json_field note_fields[] = {
	NOTE(kind, JSON_INT),
	NOTE(agent, JSON_TEXT),
	NOTE(number, JSON_TEXT),
	NOTE(name, JSON_TEXT),
	NOTE(shown, JSON_TEXT),
	NOTE(debtor_number, JSON_TEXT),
	NOTE(debtor_name, JSON_TEXT),
	NOTE(remittance, JSON_TEXT),
	NOTE(is_saved, JSON_BOOL),
};
const struct json_table transfer_note_json = { "TransferNote", sizeof(struct transfer_note), note_fields,
					       COUNT(note_fields) };

static int note_read(const struct order_record *o, struct transfer_note *ret)
{
	*ret = (struct transfer_note){ 0 };
	return json_read_text(o->note, strlen(o->note), &transfer_note_json, JSON_STRICT, ret, NULL) ? -EIO : 0;
}

static int creditor_account(struct store *s, const char *number, int64_t *ret, int64_t *ret_customer)
{
	struct statement *q = store_sql(s, "SELECT id, customer FROM account WHERE number = :number");
	int r;

	bind_text(q, ":number", number);
	r = statement_step(q);
	if (r <= 0)
		return r ? r : -ENOENT;
	*ret = column_int(q, 0);
	*ret_customer = column_int(q, 1);
	statement_reset(q);
	return 0;
}

/* Somebody else at this bank learns that money came. */
static int tell_creditor(struct store *s, const struct order_record *o, const struct transfer_note *n, int64_t account,
			 int64_t customer, int64_t now)
{
	struct money m = { .minor = o->total - o->fee };
	_cleanup_(free_ptr) char *name = text_mask_name(n->debtor_name);
	struct said title = { 0 }, text = { 0 };
	char amount[MONEY_TEXT_MAX], subject[24];
	int r;

	memcpy(m.currency, o->currency, sizeof(m.currency));
	snprintf(subject, sizeof(subject), "%" PRId64, account);
	r = name ? said_set(&title, N_("Money received"), NULL) : -ENOMEM;
	if (!r)
		r = said_set(&text, N_("You received {1} from {2}."), money_show_sign(&m, amount), name, NULL);
	if (!r)
		r = message_add(s, customer, &title, &text, NULL, now);
	if (!r)
		r = event_add(s, customer, EVENT_KIND_ACCOUNT, subject, now);
	said_release(&title);
	said_release(&text);
	return r;
}

static int post_inside(struct store *s, const struct order_record *o, const struct transfer_note *n, int64_t now,
		       struct outcome *ret)
{
	int64_t creditor, customer, amount = o->total - o->fee;
	int r = creditor_account(s, n->number, &creditor, &customer);
	struct leg legs[] = {
		{ o->debtor, -amount, "transfer", n->shown, n->number, n->remittance },
		{ r ? 0 : creditor, amount, "transfer", n->debtor_name, n->debtor_number, n->remittance },
	};

	if (!r)
		r = ledger_post(s, &(struct posting){ .orders = o->id, .booked = now, .currency = o->currency,
						      .legs = legs, .count = COUNT(legs) }, &ret->posting);
	if (r || n->kind == CREDITOR_OWN)
		return r;
	r = payee_paid(s, o->customer, n->agent, n->number, now);
	return r ? r : tell_creditor(s, o, n, creditor, customer, now);
}

/* It leaves for the clearing account; what the other bank says is settled later. */
static int post_outside(struct store *s, const struct order_record *o, const struct transfer_note *n, int64_t now,
			struct outcome *ret)
{
	int64_t clearing, income, seconds, amount = o->total - o->fee;
	int r = ledger_internal(s, "clearing", &clearing);

	if (!r)
		r = ledger_internal(s, "fee-income", &income);
	if (!r)
		r = parameter_int(s, "transfer.settle-seconds", o->accepted_date, &seconds);
	if (r)
		return r == -ENOENT ? -EIO : r;
	struct leg legs[] = {
		{ o->debtor, -amount, "transfer", n->name, n->number, n->remittance },
		{ clearing, amount, "transfer", n->debtor_name, n->debtor_number, n->remittance },
		{ o->debtor, -o->fee, "fee", NULL, NULL, NULL },
		{ income, o->fee, "fee", NULL, n->debtor_number, NULL },
	};
	ret->state = ORDER_STATE_ACCEPTED;
	ret->due = now + seconds;
	return ledger_post(s, &(struct posting){ .orders = o->id, .booked = now, .currency = o->currency, .legs = legs,
						 .count = o->fee ? 4 : 2 }, &ret->posting);
}

int transfer_post(struct store *s, const struct order_record *o, int64_t now, struct outcome *ret)
{
	struct transfer_note n;
	int r = note_read(o, &n);

	if (r)
		return r;
	r = n.kind == CREDITOR_OUTSIDE ? post_outside(s, o, &n, now, ret) : post_inside(s, o, &n, now, ret);
	if (!r && n.is_saved)
		r = payee_save(s, &(struct payee_new){ o->customer, n.shown, NULL, n.agent, n.number }, now);
	json_release(&n, &transfer_note_json);
	return r;
}

/* The simulated correspondent: it knows accounts and their holders' names. 1 it takes the money, 0 it returns it. */
static int correspondent_takes(struct store *s, const struct transfer_note *n)
{
	struct statement *q = store_sql(s, "SELECT count(*) FROM correspondent_account WHERE agent = :agent "
					   "AND number = :number AND name = :name");
	int r;

	bind_text(q, ":agent", n->agent);
	bind_text(q, ":number", n->number);
	bind_text(q, ":name", n->name);
	r = statement_step(q);
	if (r <= 0)
		return r ? r : -EIO;
	r = column_int(q, 0) > 0;
	statement_reset(q);
	return r;
}

static int settle_done(struct store *s, const struct order_record *o, const struct transfer_note *n, int64_t now,
		       struct outcome *ret)
{
	int64_t clearing, correspondent;
	int r = ledger_internal(s, "clearing", &clearing);

	if (!r)
		r = ledger_internal(s, "correspondent", &correspondent);
	if (r)
		return r == -ENOENT ? -EIO : r;
	struct leg legs[] = {
		{ clearing, o->fee - o->total, "settlement", n->name, n->number, NULL },
		{ correspondent, o->total - o->fee, "settlement", n->name, n->number, NULL },
	};
	r = ledger_post(s, &(struct posting){ .orders = o->id, .booked = now, .currency = o->currency, .legs = legs,
					      .count = COUNT(legs) }, &ret->posting);
	return r ? r : payee_paid(s, o->customer, n->agent, n->number, now);
}

/* A return: the whole posting is reversed, fee included, since nothing was paid. */
static int settle_return(struct store *s, const struct order_record *o, const struct transfer_note *n, int64_t now,
			 struct outcome *ret)
{
	struct money m = { .minor = o->total };
	char amount[MONEY_TEXT_MAX];

	memcpy(m.currency, o->currency, sizeof(m.currency));
	ret->state = ORDER_STATE_REJECTED;
	ret->reason_code = "returned";
	if (said_set(&ret->reason,
		     N_("The other bank knows no account {1} of {2}. Your account has the {3} again. "
			"Please check name and number."),
		     n->number, n->name, money_show_sign(&m, amount), NULL))
		return -ENOMEM;
	return ledger_reverse(s, o->posting, o->id, "return", now, &ret->posting);
}

int transfer_settle(struct store *s, const struct order_record *o, int64_t now, struct outcome *ret)
{
	struct transfer_note n;
	int r = note_read(o, &n);

	if (r)
		return r;
	r = correspondent_takes(s, &n);
	if (r >= 0)
		r = r ? settle_done(s, o, &n, now, ret) : settle_return(s, o, &n, now, ret);
	json_release(&n, &transfer_note_json);
	return r;
}

int transfer_purpose(const struct order_record *o, struct said *ret)
{
	struct money m = { .minor = o->total - o->fee };
	char amount[MONEY_TEXT_MAX];
	struct transfer_note n;
	size_t length;
	int r = note_read(o, &n);

	if (r)
		return r;
	memcpy(m.currency, o->currency, sizeof(m.currency));
	length = strlen(n.number);
	r = said_set(ret, N_("transfer of {1} to account ending {2}"), money_show_sign(&m, amount),
		     n.number + (length > 4 ? length - 4 : 0), NULL);
	json_release(&n, &transfer_note_json);
	return r;
}
