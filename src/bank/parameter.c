/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bank/parameter.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "bank/block.h"
#include "base/log.h"

#define CALENDAR_MAX 1000 /* exceptions read at once: more than ten years of them */

int parameter_text(struct store *s, const char *name, date_days on, char ret[PARAMETER_TEXT_MAX])
{
	struct statement *q = store_sql(s,
		"SELECT value FROM parameter WHERE name = :name AND effective <= :on ORDER BY effective DESC LIMIT 1");
	int r;

	bind_text(q, ":name", name);
	bind_int(q, ":on", on);
	r = statement_step(q);
	if (r < 0)
		return r;
	if (r == 0 || strlen(column_text(q, 0)) >= PARAMETER_TEXT_MAX) {
		log_event(LOG_ERROR, "parameter.missing", "%s", name);
		statement_reset(q);
		return -ENOENT;
	}
	memcpy(ret, column_text(q, 0), strlen(column_text(q, 0)) + 1);
	statement_reset(q);
	return 0;
}

/* Digits only, up to the given end character, which *text is moved past. */
static int number_read(const char **text, char end, int64_t *ret)
{
	char *after;
	long long value;

	if (**text < '0' || **text > '9')
		return -EINVAL;
	errno = 0;
	value = strtoll(*text, &after, 10);
	if (errno || *after != end)
		return -EINVAL;
	*text = end ? after + 1 : after;
	*ret = value;
	return 0;
}

int parameter_int(struct store *s, const char *name, date_days on, int64_t *ret)
{
	char value[PARAMETER_TEXT_MAX];
	const char *text = value;
	int r = parameter_text(s, name, on, value);

	if (!r)
		r = number_read(&text, '\0', ret);
	if (r == -EINVAL)
		log_event(LOG_ERROR, "parameter.invalid", "%s: %s", name, value);
	return r;
}

static int tier_find(const char *text, int64_t amount, int64_t *ret)
{
	for (;;) {
		bool is_last = *text == '*';
		int64_t limit = INT64_MAX, fee;
		int r = 0;

		if (!is_last)
			r = number_read(&text, ':', &limit);
		else if (text[1] == ':')
			text += 2;
		else
			r = -EINVAL;
		if (!r)
			r = number_read(&text, is_last ? '\0' : ' ', &fee);
		if (r)
			return r;
		if (amount <= limit) {
			*ret = fee;
			return 0;
		}
	}
}

int parameter_tier(struct store *s, const char *name, date_days on, int64_t amount, int64_t *ret)
{
	char value[PARAMETER_TEXT_MAX];
	int r = parameter_text(s, name, on, value);

	if (!r)
		r = tier_find(value, amount, ret);
	if (r == -EINVAL)
		log_event(LOG_ERROR, "parameter.invalid", "%s: %s", name, value);
	return r;
}

int parameter_set(struct store *s, const char *name, date_days effective, const char *value)
{
	unsigned char digest[SHA256_BYTES];
	struct canonical c;
	struct statement *q;
	int64_t item;
	int r;

	canonical_init(&c, BLOCK_TAG_PARAMETER);
	canonical_text(&c, name);
	canonical_int(&c, effective);
	canonical_text(&c, value);
	canonical_end(&c, digest);
	r = block_add(store_draft(s), digest, &item);
	if (r)
		return r;
	q = store_sql(s, "INSERT INTO parameter(name, effective, value, block, item, digest)"
			 " VALUES(:name, :effective, :value, :block, :item, :digest)");
	bind_text(q, ":name", name);
	bind_int(q, ":effective", effective);
	bind_text(q, ":value", value);
	bind_int(q, ":block", store_draft(s)->id);
	bind_int(q, ":item", item);
	bind_blob(q, ":digest", digest, sizeof(digest));
	return statement_run(q, NULL);
}

int calendar_load(struct store *s, date_days from, struct loaded_calendar *ret)
{
	struct statement *q = store_sql(s,
		"SELECT date, is_working FROM calendar_day WHERE date >= :from ORDER BY date LIMIT 1000");
	struct calendar_exception *list = calloc(CALENDAR_MAX, sizeof(*list));
	size_t n = 0;
	int r;

	if (!list)
		return -ENOMEM;
	bind_int(q, ":from", from - 31);
	while ((r = statement_step(q)) > 0 && n < CALENDAR_MAX)
		list[n++] = (struct calendar_exception){ (date_days)column_int(q, 0), column_int(q, 1) != 0 };
	statement_reset(q);
	if (r < 0) {
		free(list);
		return r;
	}
	*ret = (struct loaded_calendar){ .calendar = { list, n }, .exceptions = list };
	return 0;
}

void calendar_release(struct loaded_calendar *c)
{
	free(c->exceptions);
	*c = (struct loaded_calendar){ 0 };
}
