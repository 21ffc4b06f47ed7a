/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bank/defaults.h"

#include <errno.h>
#include <stdlib.h>

#include "bank/parameter.h"
#include "base/date.h"

/* A date of our own tables. */
static date_days date_of(const char *text)
{
	date_days d;

	if (date_parse(text, &d) < 0)
		abort();
	return d;
}

static int parameter_exists(struct store *s, const char *name)
{
	struct statement *q = store_sql(s, "SELECT 1 FROM parameter WHERE name = :name LIMIT 1");
	int r;

	bind_text(q, ":name", name);
	r = statement_step(q);
	statement_reset(q);
	return r;
}

static int write_parameters(struct store *s)
{
	int r = 0;

	for (size_t i = 0; i < default_parameters_count && r == 0; i++) {
		const struct default_parameter *p = &default_parameters[i];

		r = parameter_exists(s, p->name);
		if (r == 0)
			r = parameter_set(s, p->name, date_of(p->effective), p->value);
		else if (r > 0)
			r = 0;
	}
	return r;
}

static int write_days(struct store *s, const struct default_days *days)
{
	date_days last = date_of(days->last ? days->last : days->first);
	int r = 0;

	for (date_days d = date_of(days->first); d <= last && r == 0; d++) {
		struct statement *q =
			store_sql(s, "INSERT INTO calendar_day(date, is_working, name)"
				     " VALUES(:date, :is_working, :name) ON CONFLICT DO NOTHING");

		if (!q)
			return -EIO;
		bind_int(q, ":date", d);
		bind_int(q, ":is_working", days->is_working);
		bind_text(q, ":name", days->name);
		r = statement_run(q, NULL);
	}
	return r;
}

static int write_agents(struct store *s)
{
	int r = 0;

	for (size_t i = 0; i < default_agents_count && r == 0; i++) {
		struct statement *q =
			store_sql(s, "INSERT INTO agent(code, name, name_zh)"
				     " VALUES(:code, :name, :name_zh) ON CONFLICT DO NOTHING");

		if (!q)
			return -EIO;
		bind_text(q, ":code", default_agents[i].code);
		bind_text(q, ":name", default_agents[i].name);
		bind_text(q, ":name_zh", default_agents[i].name_zh);
		r = statement_run(q, NULL);
	}
	return r;
}

int defaults_write(struct store *s)
{
	int r = write_parameters(s);

	for (size_t i = 0; i < default_calendar_count && r == 0; i++)
		r = write_days(s, &default_calendar[i]);
	return r ? r : write_agents(s);
}
