/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bank/defaults.h"

#include "base/macros.h"

/*
 * First values of every name of parameter.h. Amounts are fen.
 *
 * Confirmed: the three service levels and HVPS from 23:30 of the evening before a working day to
 * 17:15. From memory: transfers up to 5,000 yuan a day to other banks are free off the counter.
 * Assumed: the cap of 1,000,000 yuan for the round-the-clock systems, the fees above the free tier
 * (half of the counter's), the limits.
 */
#define FROM_THE_START "2020-01-01"
const struct default_parameter default_parameters[] = {
	{"bank.code", FROM_THE_START, DEFAULT_BANK_CODE},
	{"credential.password-tries", FROM_THE_START, "5"},
	{"credential.pin-tries", FROM_THE_START, "5"},
	{"credential.lock-seconds", FROM_THE_START, "1800"},
	{"order.need-seconds", FROM_THE_START, "900"},
	{"order.code-seconds", FROM_THE_START, "300"},
	{"order.code-attempts", FROM_THE_START, "5"},
	{"order.code-sends", FROM_THE_START, "5"},
	{"order.code-sends-hour", FROM_THE_START, "30"},
	{"order.code-wrong-day", FROM_THE_START, "10"},
	{"order.tombstones-day", FROM_THE_START, "100"},
	{"transfer.code-from", FROM_THE_START, "500000"},
	{"transfer.limit-each", FROM_THE_START, "200000000"},
	{"transfer.limit-day", FROM_THE_START, "500000000"},
	{"transfer.fee-realtime", FROM_THE_START, "500000:0 1000000:500 5000000:750 *:2500"},
	{"transfer.fee-ordinary", FROM_THE_START, "500000:0 1000000:250 5000000:500 *:1500"},
	{"transfer.fee-next-day", FROM_THE_START, "*:0"},
	{"transfer.ordinary-seconds", FROM_THE_START, "7200"},
	{"transfer.next-day-seconds", FROM_THE_START, "86400"},
	{"transfer.settle-seconds", FROM_THE_START, "5"},
	{"system.small-cap", FROM_THE_START, "100000000"},
	{"system.large-open", FROM_THE_START, "84600"},
	{"system.large-close", FROM_THE_START, "62100"},
};
const size_t default_parameters_count = COUNT(default_parameters);
