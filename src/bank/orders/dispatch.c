/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bank/orders/dispatch.h"

#include <string.h>

#include "bank/parameter.h"
#include "base/macros.h"

const struct service services[] = {
	{ "realtime", N_("At once"), N_("Fee {2}. Usually there within seconds."), "transfer.fee-realtime", NULL },
	{ "ordinary", N_("Ordinary"), N_("Fee {2}. Sent after {1} hours; can be withdrawn until then."),
	  "transfer.fee-ordinary", "transfer.ordinary-seconds" },
	{ "next-day", N_("Next day"), N_("Fee {2}. Sent after {1} hours; can be withdrawn until then."),
	  "transfer.fee-next-day", "transfer.next-day-seconds" },
};
const size_t services_count = COUNT(services);

const struct service *service_find(const char *value)
{
	for (size_t i = 0; i < services_count; i++)
		if (!strcmp(services[i].value, value))
			return &services[i];
	return NULL;
}

int service_fee(struct quoting *q, const struct service *s, int64_t amount, int64_t *ret)
{
	return parameter_tier(q->store, s->fee, q->date, amount, ret);
}

int service_seconds(struct quoting *q, const struct service *s, int64_t *ret)
{
	*ret = 0;
	return s->seconds ? parameter_int(q->store, s->seconds, q->date, ret) : 0;
}

int64_t large_value_from(const struct large_hours *h, int64_t at, date_days *ret_day)
{
	date_days today = instant_date(at, ZONE_CHINA), day;
	int64_t open;

	/* The session of a day runs from `open` of the evening before to its `close`. */
	day = calendar_working_from(h->calendar, instant_second_of_day(at, ZONE_CHINA) < h->close ? today : today + 1);
	open = instant_from(day - 1, h->open, ZONE_CHINA);
	*ret_day = day;
	return at > open ? at : open;
}

static int hours_load(struct quoting *q, struct large_hours *ret)
{
	int64_t open, close;
	int r = parameter_int(q->store, "system.large-open", q->date, &open);

	if (!r)
		r = parameter_int(q->store, "system.large-close", q->date, &close);
	if (r)
		return r;
	ret->open = (int)open;
	ret->close = (int)close;
	return 0;
}

int dispatch_plan(struct quoting *q, const struct service *s, int64_t amount, struct dispatch *ret)
{
	struct dispatch d = { .arrival = DATE_NONE };
	struct loaded_calendar calendar;
	struct large_hours hours;
	int64_t sent;
	int r = service_seconds(q, s, &d.delay);

	if (!r)
		r = parameter_int(q->store, "system.small-cap", q->date, &d.cap);
	if (r || amount <= d.cap) {
		*ret = d;
		return r;
	}
	r = hours_load(q, &hours);
	if (!r)
		r = calendar_load(q->store, q->date, &calendar);
	if (r)
		return r;
	hours.calendar = &calendar.calendar;
	sent = large_value_from(&hours, q->now + d.delay, &d.arrival);
	calendar_release(&calendar);
	if (sent > q->now + d.delay) {
		d.delay = 0;
		d.execution = sent;
	} else {
		d.arrival = DATE_NONE;
	}
	*ret = d;
	return 0;
}
