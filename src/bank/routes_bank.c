/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the bank is: readable before login, and before enrolment. */
#include "bank/bank.h"
#include "bank/route.h"
#include "bank/session.h"
#include "base/date.h"
#include "model/config.h"

static int config_read(struct store *store, struct request *rq)
{
	const struct clock *clock = &rq->bank->clock;
	struct currency yuan = { .code = (char *)"CNY", .digits = money_digits("CNY") };
	struct config config = {
		.version = (char *)"1.0.0",
		.bank_name = (char *)tr(rq, N_("Heshun Bank")),
		.bank_code = (char *)"999100000018",
		.help_phone = (char *)"400-000-6001",
		.now = clock->now(clock->data),
		.zone_seconds = ZONE_CHINA,
		.is_demo = rq->bank->is_demo,
		.idle_seconds = SESSION_IDLE_SECONDS,
		.currencies = &yuan,
		.currencies_count = 1,
	};

	(void)store;
	config.business_date = instant_date(config.now, ZONE_CHINA);
	return reply_json(rq, 200, &config_json, &config);
}

static const struct route rows[] = {
	{ .method = "GET", .path = "/v1/config", .access = ACCESS_ANYONE, .read = config_read },
};
const struct route_list bank_routes = { rows, COUNT(rows) };
