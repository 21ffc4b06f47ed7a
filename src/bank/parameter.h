/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rules that the bank may change: each value holds from its effective date until the next one. Every name is
 * in this list; defaults.h gives first values. Amounts are minor units, spans are seconds.
 *
 *	bank.code                    own row of the directory of banks
 *	credential.password-tries    wrong passwords that lock logging in, 1 to 10 (PCI DSS 8.3.4)
 *	credential.pin-tries         wrong PINs that lock the PIN, 1 to 10
 *	credential.lock-seconds      how long a lock lasts, at least 1800 (PCI DSS 8.3.4)
 *	order.need-seconds           a waiting order expires after this
 *	order.code-seconds           life of a one-time code
 *	order.code-attempts          wrong codes that kill one
 *	order.code-sends             codes that may be sent for one order
 *	order.code-sends-hour        codes that may be sent to one customer within an hour of the clock
 *	order.code-wrong-day         wrong codes of one customer on a day, after which codes wait for the next
 *	order.tombstones-day         unknown orders that one customer may withdraw on a day
 *	transfer.code-from           from this amount a transfer needs a code too
 *	transfer.limit-each          most per transfer to other people
 *	transfer.limit-day           most per business date to other people
 *	transfer.fee-realtime        tiers, to another bank
 *	transfer.fee-ordinary        tiers
 *	transfer.fee-next-day        tiers
 *	transfer.ordinary-seconds    from accepting to sending
 *	transfer.next-day-seconds    from accepting to sending
 *	transfer.settle-seconds      from sending to the other bank's answer
 *	system.small-cap             most per payment that the round-the-clock systems carry (BEPS, IBPS)
 *	system.large-open            second of the day, the evening before a working day, at which HVPS opens
 *	system.large-close           second of a working day at which HVPS closes
 *
 * Tiers are "LIMIT:FEE LIMIT:FEE *:FEE", limits rising, both in minor units: the first tier whose limit is not
 * below the amount holds.
 */
#ifndef BANK_PARAMETER_H
#define BANK_PARAMETER_H

#include "bank/store.h"
#include "base/calendar.h"

#define PARAMETER_TEXT_MAX 256

/* -ENOENT when no value is effective on that date, -EINVAL when it is not of that form: both are logged. */
int parameter_text(struct store *s, const char *name, date_days on, char ret[PARAMETER_TEXT_MAX]);
int parameter_int(struct store *s, const char *name, date_days on, int64_t *ret);
int parameter_tier(struct store *s, const char *name, date_days on, int64_t amount, int64_t *ret);

/*
 * From a date on the name has this value. In a writer's job: the row is an item of the block (block.h) and is never
 * changed; another value needs another date. -EEXIST when the name has one from that date already.
 */
int parameter_set(struct store *s, const char *name, date_days effective, const char *value);

/* The working-day calendar from a month before `from` on. Release with calendar_release. */
struct loaded_calendar {
	struct calendar calendar;
	struct calendar_exception *exceptions;
};
int calendar_load(struct store *s, date_days from, struct loaded_calendar *ret);
void calendar_release(struct loaded_calendar *c);

#endif
