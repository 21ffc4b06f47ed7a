/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bank/tally.h"

#include <errno.h>

#include "bank/parameter.h"
#include "base/date.h"

#define DAY 86400
#define HOUR 3600

static const struct {
	const char *name, *most; /* parameter */
	int64_t seconds;	 /* of the period; days are those of the bank's zone */
} kinds[] = {
	[TALLY_CODE_SENT] = { "code-sent", "order.code-sends-hour", HOUR },
	[TALLY_CODE_WRONG] = { "code-wrong", "order.code-wrong-day", DAY },
	[TALLY_TOMBSTONE] = { "tombstone", "order.tombstones-day", DAY },
};

/* The period that an instant falls into, and when it ends. */
static int64_t period_of(enum tally_kind kind, int64_t now, int64_t *ret_until)
{
	int64_t period = kinds[kind].seconds == DAY ? instant_date(now, ZONE_CHINA) : now / HOUR;

	if (ret_until)
		*ret_until = kinds[kind].seconds == DAY ? instant_from((date_days)period + 1, 0, ZONE_CHINA)
							: (period + 1) * HOUR;
	return period;
}

static int most_of(struct store *s, enum tally_kind kind, int64_t now, int64_t *ret)
{
	int r = parameter_int(s, kinds[kind].most, instant_date(now, ZONE_CHINA), ret);

	return r == -ENOENT || r == -EINVAL ? -EIO : r;
}

int tally_add(struct store *s, int64_t customer, enum tally_kind kind, int64_t now, int64_t *ret_until)
{
	struct statement *q;
	int64_t most, period = period_of(kind, now, ret_until);
	int r = most_of(s, kind, now, &most);

	if (r)
		return r;
	q = store_sql(s, "INSERT INTO tally(customer, name, period, count)"
			 " SELECT :customer, :name, :period, 1 WHERE :most > 0"
			 " ON CONFLICT(customer, name) DO UPDATE SET"
			 " count = CASE WHEN tally.period < :period THEN 1 ELSE tally.count + 1 END,"
			 " period = CASE WHEN tally.period < :period THEN :period ELSE tally.period END"
			 " WHERE tally.period < :period OR tally.count < :most");
	bind_int(q, ":customer", customer);
	bind_text(q, ":name", kinds[kind].name);
	bind_int(q, ":period", period);
	bind_int(q, ":most", most);
	r = statement_guard(q);
	return r == -EAGAIN ? -EDQUOT : r;
}

int tally_take_back(struct store *s, int64_t customer, enum tally_kind kind)
{
	struct statement *q = store_sql(s, "UPDATE tally SET count = count - 1"
					   " WHERE customer = :customer AND name = :name AND count > 0");

	bind_int(q, ":customer", customer);
	bind_text(q, ":name", kinds[kind].name);
	return statement_run(q, NULL);
}

int tally_check(struct store *s, int64_t customer, enum tally_kind kind, int64_t now, int64_t *ret_until)
{
	struct statement *q;
	int64_t most, period = period_of(kind, now, ret_until);
	int r = most_of(s, kind, now, &most);

	if (r)
		return r;
	q = store_sql(s, "SELECT 1 FROM tally WHERE customer = :customer AND name = :name"
			 " AND period >= :period AND count >= :most");
	bind_int(q, ":customer", customer);
	bind_text(q, ":name", kinds[kind].name);
	bind_int(q, ":period", period);
	bind_int(q, ":most", most);
	r = statement_step(q);
	statement_reset(q);
	return r > 0 ? -EDQUOT : r;
}
