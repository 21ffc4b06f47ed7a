/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/log.h"

#include <cjson/cJSON.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/json.h"
#include "tests/tap.h"

static int ends[2];

/* The next lines written, as one text; valid until the next call. */
static const char *logged(void)
{
	static char text[32768];
	ssize_t n = read(ends[0], text, sizeof(text) - 1);

	text[n > 0 ? n : 0] = '\0';
	return text;
}

static void is_member(const struct cJSON *line, const char *name, const char *want)
{
	is_str(cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(line, name)), want, "%s",
	       name);
}

static void test_line(void)
{
	struct cJSON *line = NULL;
	const char *text;
	int64_t when;

	log_event(LOG_WARNING, "writer.commit-failed", "disk %s, \"%d\"\n\x1b[31m%s", "full", 7,
		  "王\xff");
	text = logged();
	is_int(strcspn(text, "\n") + 1, (long long)strlen(text), "one line, whatever is in it");
	if (!ok(json_parse(text, strlen(text), &line, NULL) == 0, "of JSON"))
		return;
	is_member(line, "level", "warning");
	is_member(line, "event", "writer.commit-failed");
	is_member(line, "detail", "disk full, \"7\" \xef\xbf\xbd[31m王\xef\xbf\xbd");
	is_int(instant_parse(cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(line, "time")),
			     &when),
	       0, "time");
	json_free(line);
}

static void test_levels(void)
{
	log_open(ends[1], LOG_ERROR);
	log_event(LOG_WARNING, "a", "not said");
	log_event(LOG_ERROR, "b", "said");
	const char *text = logged();

	ok(strstr(text, "\"event\":\"b\"") && !strstr(text, "not said"), "only what was asked for");
}

static void test_long(void)
{
	_cleanup_(buf_release) struct buf b;
	struct cJSON *line = NULL;
	const char *text;

	buf_init(&b, 0);
	for (int i = 0; i < 1000; i++)
		buf_puts(&b, "王\x01");
	log_event(LOG_ERROR, "long", "%s", b.data);
	text = logged();
	ok(json_parse(text, strlen(text), &line, NULL) == 0,
	   "a long detail is cut, the line stays whole");
	json_free(line);
}

int main(void)
{
	if (pipe(ends) < 0)
		return skip_all("no pipe");
	log_open(ends[1], LOG_INFO);
	test_line();
	test_levels();
	test_long();
	return done();
}
