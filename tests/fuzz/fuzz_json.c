/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A document read by the tables of the contract and written again is the same from then on. */
#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/macros.h"
#include "base/text.h"
#include "tests/contract/tables.h"
#include "tests/fuzz/fuzz.h"

static void require(bool holds)
{
	if (!holds)
		abort();
}

/* Large enough for any struct of the model, and aligned for it. */
union any {
	long long align;
	char bytes[4096];
};

static void check_table(const struct cJSON *document, const struct json_table *table)
{
	struct buf once, twice;
	union any any = { 0 }, copy = { 0 }, again = { 0 };
	char path[JSON_PATH_MAX] = "?";

	require(table->size <= sizeof(any));
	if (json_read(document, table, JSON_LAX, &any, path) < 0) {
		require(path[0] == '/' || path[0] == '\0');
		return;
	}
	buf_init(&once, 0);
	buf_init(&twice, 0);
	require(json_write(&any, table, &once) == 0 && text_is_utf8(once.data, once.len));
	require(json_copy(&any, table, &copy) == 0);
	require(json_read_text(once.data, once.len, table, JSON_STRICT, &again, NULL) == 0);
	require(json_write(&again, table, &twice) == 0 && !strcmp(once.data, twice.data));
	buf_clear(&twice);
	require(json_write(&copy, table, &twice) == 0 && !strcmp(once.data, twice.data));
	json_release(&any, table);
	json_release(&copy, table);
	json_release(&again, table);
	buf_release(&once);
	buf_release(&twice);
}

static void check_document(const struct cJSON *document)
{
	struct cJSON *again = NULL;
	char *text = cJSON_PrintUnformatted(document), *text_again;

	require(text && json_parse(text, strlen(text), &again, NULL) == 0);
	text_again = cJSON_PrintUnformatted(again);
	require(text_again && !strcmp(text, text_again));
	cJSON_free(text);
	cJSON_free(text_again);
	json_free(again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct cJSON *document = NULL;
	struct err err = { 0 };

	if (json_parse((const char *)data, size, &document, &err) < 0) {
		require(err.text[0] != '\0' && !document);
		return 0;
	}
	check_document(document);
	for (size_t i = 0; i < COUNT(contract_tables); i++)
		check_table(document, contract_tables[i]);
	json_free(document);
	return 0;
}
