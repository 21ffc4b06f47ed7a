/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bank/said.h"

#include <cjson/cJSON.h>
#include <errno.h>
#include <stdarg.h>
#include <string.h>

#include "base/json.h"

#define SAID_MAX 4096 /* bytes of one text for people */

static int said_vset(struct said *ret, const char *msgid, va_list args)
{
	struct said said = { .text = strdup(msgid) };
	bool failed = !said.text;

	for (size_t i = 0; i < SAID_ARGS; i++) {
		const char *arg = va_arg(args, const char *);

		if (!arg)
			break;
		said.args[i] = strdup(arg);
		failed = failed || !said.args[i];
	}
	if (failed) {
		said_release(&said);
		return -ENOMEM;
	}
	*ret = said;
	return 0;
}

int said_set(struct said *ret, const char *msgid, ...)
{
	va_list args;
	int r;

	va_start(args, msgid);
	r = said_vset(ret, msgid, args);
	va_end(args);
	return r;
}

int said_data(struct said *ret, const char *text, const char *chinese)
{
	/* Data are not msgids: a placeholder of its own keeps them from being translated or filled in. */
	int r = said_set(ret, "{1}", text, NULL);

	if (r || !chinese)
		return r;
	ret->chinese = strdup(chinese);
	if (!ret->chinese)
		said_release(ret);
	return ret->text ? 0 : -ENOMEM;
}

void said_release(struct said *said)
{
	free(said->text);
	free(said->chinese);
	for (size_t i = 0; i < SAID_ARGS; i++)
		free(said->args[i]);
	*said = (struct said){ 0 };
}

char *said_text(const struct said *said, const struct catalogue *c)
{
	const char *text;
	struct buf out;

	if (!said->text)
		return NULL;
	if (c && said->chinese)
		return strdup(said->chinese);
	buf_init(&out, SAID_MAX);
	for (text = strcmp(said->text, "{1}") ? catalogue_get(c, said->text) : said->text; *text;) {
		if (text[0] == '{' && text[1] >= '1' && text[1] < '1' + SAID_ARGS && text[2] == '}') {
			const char *arg = said->args[text[1] - '1'];

			if (arg && arg[0] == SAID_TR[0])
				arg = catalogue_get(c, arg + 1);
			buf_puts(&out, arg ? arg : "");
			text += 3;
		} else {
			buf_putc(&out, *text++);
		}
	}
	if (!out.len && !out.failed)
		buf_puts(&out, "");
	return buf_detach(&out);
}

void said_write(const struct said *said, struct buf *out)
{
	buf_puts(out, "{\"t\":");
	json_write_text(said->text ? said->text : "", out);
	if (said->chinese) {
		buf_puts(out, ",\"zh\":");
		json_write_text(said->chinese, out);
	}
	for (size_t i = 0; i < SAID_ARGS && said->args[i]; i++) {
		buf_puts(out, i ? "," : ",\"a\":[");
		json_write_text(said->args[i], out);
	}
	buf_puts(out, said->args[0] ? "]}" : "}");
}

static int text_copy(const struct cJSON *item, char **ret)
{
	if (!item)
		return 0;
	if (!cJSON_IsString(item))
		return -EINVAL;
	*ret = strdup(item->valuestring);
	return *ret ? 0 : -ENOMEM;
}

int said_read(const struct cJSON *object, struct said *ret)
{
	struct said said = { 0 };
	const struct cJSON *args = cJSON_GetObjectItemCaseSensitive(object, "a");
	int r = text_copy(cJSON_GetObjectItemCaseSensitive(object, "t"), &said.text);

	if (!r)
		r = text_copy(cJSON_GetObjectItemCaseSensitive(object, "zh"), &said.chinese);
	for (int i = 0; !r && i < SAID_ARGS; i++)
		r = text_copy(cJSON_GetArrayItem(args, i), &said.args[i]);
	if (!r && !said.text)
		r = -EINVAL;
	if (r)
		said_release(&said);
	else
		*ret = said;
	return r;
}

char *said_stored_text(const char *stored, const struct catalogue *c)
{
	struct said said = { 0 };
	struct cJSON *object = NULL;
	char *text = NULL;

	if (stored && !json_parse(stored, strlen(stored), &object, NULL) && !said_read(object, &said))
		text = said_text(&said, c);
	said_release(&said);
	json_free(object);
	return text;
}
