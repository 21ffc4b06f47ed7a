/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the bank is: readable before login, and before enrolment. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "bank/bank.h"
#include "bank/parameter.h"
#include "bank/route.h"
#include "bank/session.h"
#include "base/date.h"
#include "model/config.h"

#define HELP_PHONE "400-000-6001" /* a number that is nobody's */

/* The open business date; before the first there is only the calendar's. */
static int business_date(struct store *store, int64_t now, date_days *ret)
{
	struct statement *q = store_sql(store, "SELECT max(date) FROM business_day");
	int r = statement_step(q);

	if (r > 0)
		*ret = column_is_null(q, 0) ? instant_date(now, ZONE_CHINA) : (date_days)column_int(q, 0);
	statement_reset(q);
	return r < 0 ? r : 0;
}

static int own_name(struct store *store, const struct request *rq, const char *code, char **ret)
{
	struct statement *q = store_sql(store, "SELECT name, name_zh FROM agent WHERE code = :code");
	int r;

	bind_text(q, ":code", code);
	r = statement_step(q);
	if (r > 0)
		*ret = strdup(column_text(q, rq->language ? 1 : 0));
	statement_reset(q);
	return r < 0 ? r : r == 0 ? -ENOENT : *ret ? 0 : -ENOMEM;
}

static int config_read(struct store *store, struct request *rq)
{
	const struct clock *clock = &rq->bank->clock;
	_cleanup_(free_ptr) char *name = NULL;
	char code[PARAMETER_TEXT_MAX];
	struct currency yuan = { .code = (char *)"CNY", .digits = money_digits("CNY") };
	struct config config = {
		.version = (char *)"1.0.0",
		.bank_code = code,
		.help_phone = (char *)HELP_PHONE,
		.now = clock->now(clock->data),
		.zone_seconds = ZONE_CHINA,
		.is_demo = rq->bank->is_demo,
		.idle_seconds = SESSION_IDLE_SECONDS,
		.currencies = &yuan,
		.currencies_count = 1,
	};
	int r = business_date(store, config.now, &config.business_date);

	if (r == 0)
		r = parameter_text(store, "bank.code", config.business_date, code);
	if (r == 0)
		r = own_name(store, rq, code, &name);
	if (r < 0)
		return r;
	config.bank_name = name;
	return reply_json(rq, 200, &config_json, &config);
}

static const struct route rows[] = {
	{ .method = "GET", .path = "/v1/config", .access = ACCESS_ANYONE, .read = config_read },
};
const struct route_list bank_routes = { rows, COUNT(rows) };
