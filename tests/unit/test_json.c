/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/json.h"

#include <cjson/cJSON.h>
#include <errno.h>

#include "base/macros.h"
#include "tests/tap.h"

/* One member of every type. */
struct inner {
	char *name;
	date_days day;
};
struct all {
	char *text, *note;
	int number, colour;
	bool is_open;
	struct money amount, fee;
	date_days day, end;
	int64_t at;
	struct inner inner, spare;
	struct inner *pointer;
	struct inner *list;
	size_t list_count;
	char **texts;
	size_t texts_count;
	struct cJSON *raw;
	struct secret *secret;
};

static const char *const colours[] = { "", "red", "green", NULL };

static const struct json_field inner_fields[] = {
	{ "name", JSON_TEXT, 0, offsetof(struct inner, name), 8, NULL, NULL },
	{ "day", JSON_DATE, JSON_OPTIONAL, offsetof(struct inner, day), 0, NULL, NULL },
};
static const struct json_table inner_table = { "Inner", sizeof(struct inner), inner_fields,
					       COUNT(inner_fields) };

#define FIELD(member, wire, type_, ...)                                                            \
	{                                                                                          \
		.name = wire, .type = type_, .offset = offsetof(struct all, member), ##__VA_ARGS__ \
	}
static const struct json_field all_fields[] = {
	FIELD(text, "text", JSON_TEXT),
	FIELD(note, "note", JSON_TEXT, .flags = JSON_OPTIONAL),
	FIELD(number, "number", JSON_INT, .flags = JSON_OPTIONAL),
	FIELD(is_open, "open", JSON_BOOL, .flags = JSON_OPTIONAL),
	FIELD(amount, "amount", JSON_MONEY, .flags = JSON_OPTIONAL),
	FIELD(fee, "fee", JSON_MONEY, .flags = JSON_OPTIONAL),
	FIELD(day, "day", JSON_DATE, .flags = JSON_OPTIONAL),
	FIELD(end, "end", JSON_DATE, .flags = JSON_OPTIONAL),
	FIELD(at, "at", JSON_INSTANT, .flags = JSON_OPTIONAL),
	FIELD(colour, "colour", JSON_ENUM, .flags = JSON_OPTIONAL, .names = colours),
	FIELD(inner, "inner", JSON_OBJECT, .flags = JSON_OPTIONAL, .sub = &inner_table),
	FIELD(spare, "spare", JSON_OBJECT, .flags = JSON_OPTIONAL, .sub = &inner_table),
	FIELD(pointer, "pointer", JSON_OBJECT_PTR, .flags = JSON_OPTIONAL, .sub = &inner_table),
	FIELD(list, "list", JSON_LIST, .flags = JSON_OPTIONAL, .sub = &inner_table, .max = 3),
	FIELD(texts, "texts", JSON_TEXTS, .flags = JSON_OPTIONAL),
	FIELD(raw, "raw", JSON_RAW, .flags = JSON_OPTIONAL),
	FIELD(secret, "secret", JSON_SECRET, .flags = JSON_OPTIONAL),
};
static const struct json_table all_table = { "All", sizeof(struct all), all_fields,
					     COUNT(all_fields) };

static const char full[] =
	"{\"text\":\"王 \\\"x\\\"\",\"note\":\"n\",\"number\":-5,\"open\":true,"
	"\"amount\":{\"currency\":\"CNY\",\"amount\":\"12.50\"},\"fee\":{\"currency\":\"JPY\","
	"\"amount\":\"3\"},"
	"\"day\":\"2026-11-21\",\"at\":\"2026-11-21T12:54:44Z\",\"colour\":\"green\","
	"\"inner\":{\"name\":\"i\",\"day\":\"1970-01-01\"},\"pointer\":{\"name\":\"p\"},"
	"\"list\":[{\"name\":\"a\"},{\"name\":\"b\",\"day\":\"2026-01-02\"}],\"texts\":[\"x\",\"\"]"
	","
	"\"raw\":{\"type\":\"object\",\"n\":[1,null]},\"secret\":\"730418\"}";

static int read_all(const char *text, enum json_mode mode, struct all *out, struct err *err)
{
	return json_read_text(text, strlen(text), &all_table, mode, out, err);
}

static void test_round_trip(void)
{
	struct all all = { 0 }, copy = { 0 };
	struct err err = { 0 };
	struct buf b;

	if (!ok(read_all(full, JSON_STRICT, &all, &err) == 0, "every type is read %s", err.text))
		return;
	is_str(all.text, "王 \"x\"", "text");
	ok(all.number == -5 && all.is_open && all.colour == 2, "integer, bool, enum");
	ok(all.amount.minor == 1250 && all.fee.minor == 3, "money");
	is_int(all.at, 1795265684, "instant");
	is_int(all.end, DATE_NONE, "an absent date");
	is_int(all.spare.day, DATE_NONE, "also inside an absent object");
	ok(all.list_count == 2 && all.list[0].day == DATE_NONE && !strcmp(all.list[1].name, "b"),
	   "list");
	ok(all.texts_count == 2 && !strcmp(all.texts[0], "x"), "texts");
	is_str(secret_reveal(all.secret), "730418", "secret");
	buf_init(&b, 0);
	is_int(json_write(&all, &all_table, &b), 0, "written");
	is_str(b.data, full, "as it was read");
	is_int(json_copy(&all, &all_table, &copy), 0, "copied");
	json_release(&all, &all_table);
	ok(!all.text && !all.list_count, "released and zeroed");
	buf_clear(&b);
	json_write(&copy, &all_table, &b);
	is_str(b.data, full, "the copy stands alone");
	json_release(&copy, &all_table);
	json_release(&copy, &all_table);
	buf_release(&b);
}

static void test_least(void)
{
	struct all all = { 0 };
	struct buf b;

	buf_init(&b, 0);
	is_int(read_all("{\"text\":\"\",\"note\":null,\"list\":[],\"raw\":null,\"inner\":null}",
			JSON_STRICT, &all, NULL),
	       0, "null is absent");
	json_write(&all, &all_table, &b);
	is_str(b.data, "{\"text\":\"\"}", "absent fields are left out");
	json_release(&all, &all_table);
	json_init(&all, &all_table);
	buf_clear(&b);
	is_int(json_write(&all, &all_table, &b), 0, "a fresh struct");
	is_str(b.data, "{\"text\":\"\"}", "has nothing but what is required");
	buf_release(&b);
	buf_init(&b, 5);
	is_int(json_write(&all, &all_table, &b), -EMSGSIZE, "a full buffer is told");
	buf_release(&b);
}

static void test_refusals(void)
{
	static const struct {
		const char *text;
		int code;
		const char *path;
	} rows[] = {
		{ "{}", -ENOENT, "/text" },
		{ "{\"text\":null}", -EINVAL, "/text" },
		{ "{\"text\":1}", -EINVAL, "/text" },
		{ "{\"TEXT\":\"\"}", -EEXIST, "/TEXT" },
		{ "{\"text\":\"\",\"a/b~\\u001b\":1}", -EEXIST, "/a~1b~0?" },
		{ "[]", -EINVAL, "" },
		{ "{\"text\":\"\",\"number\":1.5}", -EINVAL, "/number" },
		{ "{\"text\":\"\",\"number\":2147483648}", -EINVAL, "/number" },
		{ "{\"text\":\"\",\"number\":-2147483649}", -EINVAL, "/number" },
		{ "{\"text\":\"\",\"number\":\"1\"}", -EINVAL, "/number" },
		{ "{\"text\":\"\",\"number\":true}", -EINVAL, "/number" },
		{ "{\"text\":\"\",\"open\":1}", -EINVAL, "/open" },
		{ "{\"text\":\"\",\"amount\":\"1\"}", -EINVAL, "/amount" },
		{ "{\"text\":\"\",\"amount\":{\"currency\":\"CNY\"}}", -ENOENT, "/amount/amount" },
		{ "{\"text\":\"\",\"amount\":{\"currency\":\"CNY\",\"amount\":\"-1\"}}", -EINVAL,
		  "/amount/amount" },
		{ "{\"text\":\"\",\"amount\":{\"currency\":\"CNY\",\"amount\":1}}", -EINVAL,
		  "/amount/amount" },
		{ "{\"text\":\"\",\"amount\":{\"currency\":\"CNY\",\"amount\":\"0.001\"}}", -EINVAL,
		  "/amount/amount" },
		{ "{\"text\":\"\",\"amount\":{\"currency\":\"XXX\",\"amount\":\"1\"}}", -EINVAL,
		  "/amount/currency" },
		{ "{\"text\":\"\",\"amount\":{\"currency\":\"CNY\",\"amount\":\"1\",\"x\":1}}",
		  -EEXIST, "/amount/x" },
		{ "{\"text\":\"\",\"day\":\"2026-02-29\"}", -EINVAL, "/day" },
		{ "{\"text\":\"\",\"at\":\"2026-02-21T00:00:00\"}", -EINVAL, "/at" },
		{ "{\"text\":\"\",\"colour\":\"blue\"}", -EINVAL, "/colour" },
		{ "{\"text\":\"\",\"colour\":\"\"}", -EINVAL, "/colour" },
		{ "{\"text\":\"\",\"inner\":{}}", -ENOENT, "/inner/name" },
		{ "{\"text\":\"\",\"inner\":{\"name\":\"123456789\"}}", -EINVAL, "/inner/name" },
		{ "{\"text\":\"\",\"pointer\":{\"name\":\"\",\"q\":0}}", -EEXIST, "/pointer/q" },
		{ "{\"text\":\"\",\"list\":[{\"name\":\"\"},{\"name\":0}]}", -EINVAL,
		  "/list/1/name" },
		{ "{\"text\":\"\",\"list\":[0,0,0,0]}", -EINVAL, "/list" },
		{ "{\"text\":\"\",\"list\":{}}", -EINVAL, "/list" },
		{ "{\"text\":\"\",\"texts\":[\"a\",2]}", -EINVAL, "/texts/1" },
		{ "{\"text\":\"\",\"secret\":7}", -EINVAL, "/secret" },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct cJSON *document = NULL;
		struct all all = { 0 }, zero = { 0 };
		char path[JSON_PATH_MAX] = "?";

		is_int(json_parse(rows[i].text, strlen(rows[i].text), &document, NULL), 0,
		       "document %s", rows[i].text);
		is_int(json_read(document, &all_table, JSON_STRICT, &all, path), rows[i].code,
		       "is refused");
		is_str(path, rows[i].path, "at its field");
		ok(!memcmp(&all, &zero, sizeof(all)), "and nothing is left");
		json_free(document);
	}
}

static void test_lax(void)
{
	struct all all = { 0 };
	struct err err = { 0 };

	is_int(read_all("{\"text\":\"t\",\"new\":{\"a\":1},\"inner\":{\"name\":\"n\",\"b\":2}}",
			JSON_LAX, &all, NULL),
	       0, "a client overlooks what it does not know");
	is_str(all.inner.name, "n", "and reads the rest");
	json_release(&all, &all_table);
	is_int(read_all("{\"text\":\"t\",\"new\":1}", JSON_STRICT, &all, &err), -EEXIST,
	       "the bank does not");
	is_str(err.text, "The field /new is not known here", "and says which");
	read_all("{}", JSON_STRICT, &all, &err);
	is_str(err.text, "The field /text is missing", "missing");
	read_all("{\"text\":[]}", JSON_STRICT, &all, &err);
	is_str(err.text, "The field /text does not have the expected form", "of another form");
	read_all("[]", JSON_STRICT, &all, &err);
	is_str(err.text, "The document is not a JSON object", "no object");
	read_all("<html>", JSON_STRICT, &all, &err);
	is_str(err.text, "Not valid JSON at byte 0: a value was expected", "no JSON");
}

static void test_documents(void)
{
	static const char *const good[] = { "0",
					    "-0",
					    "1",
					    "-12.5e+3",
					    "\"\"",
					    "null",
					    " [ ] ",
					    "{}",
					    "[1,2]",
					    "\"\\ud83d\\ude00\"",
					    "{\"a\":{\"a\":{}}}",
					    "{\"a\":1,\"A\":2}",
					    "9007199254740991",
					    "\"\\u00e9\\/\\b\\\"\"",
					    "\t\r\n true" };
	static const char *const bad[] = { "",
					   " ",
					   "01",
					   "-",
					   "+1",
					   "1.",
					   ".5",
					   "1e",
					   "1e+",
					   "0x1",
					   "NaN",
					   "Infinity",
					   "nul",
					   "'a'",
					   "\"",
					   "\"\\",
					   "\"a",
					   "[",
					   "[1",
					   "[1,",
					   "[1,]",
					   "[,1]",
					   "[1 2]",
					   "{",
					   "{\"a\"",
					   "{\"a\":",
					   "{\"a\":1",
					   "{\"a\":1,",
					   "{\"a\":1,}",
					   "{a:1}",
					   "{1:1}",
					   "{\"a\" 1}",
					   "1 2",
					   "{} x",
					   "[]]",
					   "\"\\x\"",
					   "\"\\u12\"",
					   "\"\\u12g4\"",
					   "\"\\u0000\"",
					   "{\"\\u0000\":1}",
					   "\"\\ud800\"",
					   "\"\\ud800x\"",
					   "\"\\ud800\\u0041\"",
					   "\"\\udc00\"",
					   "\"\t\"",
					   "\"\n\"",
					   "\"\xff\"",
					   "\"\xc0\x80\"",
					   "\xef\xbb\xbf{}",
					   "/**/1",
					   "{\"a\":1,\"a\":2}",
					   "[{\"x\":[{\"a\":1,\"b\":2,\"\\u0061\":3}]}]",
					   "1e400",
					   "[-1e400]",
					   "9007199254740993",
					   "{\"a\":99999999999999999999}",
					   "tru",
					   "truefalse" };
	struct cJSON *document = NULL;

	for (size_t i = 0; i < COUNT(good); i++) {
		is_int(json_parse(good[i], strlen(good[i]), &document, NULL), 0,
		       "taken: number %zu", i);
		json_free(document);
		document = NULL;
	}
	for (size_t i = 0; i < COUNT(bad); i++) {
		struct err err = { 0 };

		is_int(json_parse(bad[i], strlen(bad[i]), &document, &err), -EINVAL,
		       "refused: bad document %zu", i);
		ok(!document && err.text[0], "with a reason: %s", err.text);
	}
	is_int(json_parse("1\0", 2, &document, NULL), -EINVAL, "a NUL behind");
	is_int(json_parse("\"a\0b\"", 5, &document, NULL), -EINVAL, "and within");
}

static void test_depth_and_width(void)
{
	struct cJSON *document = NULL;
	struct buf b;

	buf_init(&b, 0);
	buf_pad(&b, '[', 64);
	buf_pad(&b, ']', 64);
	is_int(json_parse(b.data, b.len, &document, NULL), 0, "64 levels");
	json_free(document);
	document = NULL;
	buf_clear(&b);
	buf_pad(&b, '[', 65);
	buf_pad(&b, ']', 65);
	is_int(json_parse(b.data, b.len, &document, NULL), -EINVAL, "65 are too many");
	buf_clear(&b);
	buf_puts(&b, "[0");
	for (int i = 0; i < 100; i++)
		buf_puts(&b, ",[[]]");
	buf_puts(&b, "]");
	is_int(json_parse(b.data, b.len, &document, NULL), 0, "side by side is not deep");
	json_free(document);
	document = NULL;
	buf_clear(&b);
	buf_pad(&b, '[', 1000000);
	is_int(json_parse(b.data, b.len, &document, NULL), -EINVAL, "a million end soon");
	buf_clear(&b);
	for (int i = 0; i < 100000; i++)
		buf_printf(&b, "%s\"k%d\":1", i ? "," : "{", i);
	buf_puts(&b, ",\"k7\":1}");
	is_int(json_parse(b.data, b.len, &document, NULL), -EINVAL,
	       "one name of 100,000 again (and soon)");
	buf_release(&b);
	json_free(NULL);
}

static void test_strings(void)
{
	struct buf b;

	buf_init(&b, 0);
	json_write_text("a\"\\/\b\f\n\r\t\x01\x1f王\x7f", &b);
	is_str(b.data, "\"a\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u001f王\x7f\"", "escaped");
	buf_clear(&b);
	json_write_text("x\xff\xc3", &b);
	is_str(b.data, "\"x\xef\xbf\xbd\xef\xbf\xbd\"", "what is no UTF-8 is replaced");
	buf_release(&b);
}

/* A required field that cannot be written is told, not invented. */
static void test_incomplete(void)
{
	static const struct json_field fields[] = { FIELD(colour, "colour", JSON_ENUM,
							  .names = colours) };
	static const struct json_field dates[] = { FIELD(day, "day", JSON_DATE) };
	static const struct json_table tables[] = { { "A", sizeof(struct all), fields, 1 },
						    { "B", sizeof(struct all), dates, 1 } };
	struct all all;
	struct buf b;

	for (size_t i = 0; i < COUNT(tables); i++) {
		buf_init(&b, 0);
		json_init(&all, &tables[i]);
		is_int(json_write(&all, &tables[i], &b), -ENOENT, "a required field is missing");
		ok(b.failed, "and the buffer knows");
		buf_release(&b);
	}
}

int main(void)
{
	test_round_trip();
	test_least();
	test_refusals();
	test_lax();
	test_documents();
	test_depth_and_width();
	test_strings();
	test_incomplete();
	return done();
}
