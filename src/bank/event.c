/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bank/event.h"

int event_add(struct store *s, int64_t customer, enum event_kind kind, const char *subject, int64_t at)
{
	struct statement *q = store_sql(s, "INSERT INTO event(customer, kind, subject, at)"
					   " VALUES(:customer, :kind, :subject, :at)");

	bind_int(q, ":customer", customer);
	bind_int(q, ":kind", kind);
	bind_text(q, ":subject", subject);
	bind_int(q, ":at", at);
	return statement_run(q, NULL);
}
