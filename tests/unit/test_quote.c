/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Quotes: what they say, when payments go, and that nothing is stored. */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "bank/orders/dispatch.h"
#include "bank/parameter.h"
#include "base/date.h"
#include "base/macros.h"
#include "tests/bank/fixture.h"
#include "tests/tap.h"

/* 2026-11-21 10:00 in China, a Saturday. */
#define SATURDAY 1795226400

static struct reply quote(struct fixture *f, const struct fixture_person *who, const char *instruction,
			  const char *language)
{
	char body[900];

	snprintf(body, sizeof(body), "{\"type\":\"transfer\",\"instruction\":%s}", instruction);
	return fixture_call(f, &(struct fixture_call){ who, "POST", "/v1/quotes", NULL, body, language });
}

/* A string of the field or line of that name, in a list of the quote. */
static const char *named(const struct reply *r, const char *list, const char *name, const char *member)
{
	const cJSON *item;

	cJSON_ArrayForEach(item, reply_item(r, list)) {
		const cJSON *n = cJSON_GetObjectItemCaseSensitive(item, "name"), *found = item;

		if (!n || strcmp(n->valuestring, name) != 0)
			continue;
		while (found && *member) {
			char part[32];

			snprintf(part, sizeof(part), "%.*s", (int)strcspn(member, "/"), member);
			found = cJSON_GetObjectItemCaseSensitive(found, part);
			member += strcspn(member, "/");
			member += *member == '/';
		}
		return cJSON_IsString(found) ? found->valuestring : NULL;
	}
	return NULL;
}

static void rich(struct fixture *f)
{
	fixture_parameter(f, "transfer.limit-each", 20700, "9000000000000");
	fixture_parameter(f, "transfer.limit-day", 20700, "9000000000000");
	fixture_fund(f, f->current, 900000000000);
}

/* 1.2 million on a Saturday: promised for Monday, and sent when the large-value system opens. */
static void test_large_value(struct fixture *f)
{
	struct reply r = quote(f, &f->wang, fixture_outside(f, "1200000.00", "realtime", FIXTURE_OUTSIDE_NAME), NULL);
	char key[33], code[7], path[64];

	is_str(reply_get(&r, "warnings/0/code"), "large-value-closed", "large value is closed on a Saturday");
	ok(reply_get(&r, "warnings/0/text") && strstr(reply_get(&r, "warnings/0/text"), "Monday 2026-11-23"),
	   "and promises Monday");
	is_str(reply_get(&r, "executionDateTime"), "2026-11-22T15:30:00Z", "sent on Sunday at 23:30");
	reply_release(&r);
	snprintf(key, sizeof(key), "%s", fixture_key(1));
	r = fixture_order(f, &f->wang, key, "transfer",
			  fixture_outside(f, "1200000.00", "realtime", FIXTURE_OUTSIDE_NAME));
	fixture_code(&r, code);
	reply_release(&r);
	r = fixture_authorise(f, &f->wang, key, "pin", FIXTURE_PIN);
	reply_release(&r);
	r = fixture_authorise(f, &f->wang, key, "code", code);
	is_str(reply_get(&r, "state"), "scheduled", "it waits");
	reply_release(&r);
	fixture_due(f, (24 + 13) * 3600 + 1799);
	snprintf(path, sizeof(path), "/v1/orders/%s", key);
	r = fixture_call(f, &(struct fixture_call){ &f->wang, "GET", path, NULL, NULL, NULL });
	is_str(reply_get(&r, "state"), "scheduled", "until Sunday evening");
	reply_release(&r);
	fixture_due(f, 1);
	r = fixture_call(f, &(struct fixture_call){ &f->wang, "GET", path, NULL, NULL, NULL });
	is_str(reply_get(&r, "state"), "accepted", "then it goes");
	reply_release(&r);
	r = quote(f, &f->wang, fixture_outside(f, "1200000.00", "realtime", FIXTURE_OUTSIDE_NAME), NULL);
	ok(!reply_item(&r, "executionDateTime") && !reply_item(&r, "warnings"), "while it is open they go at once");
	reply_release(&r);
	ok(fixture_audit(f), "the audit finds nothing");
}

static void test_hours(void)
{
	static const struct calendar_exception days[] = { { 0, false } };
	static const struct { const char *at, *from, *day; } cases[] = {
		{ "2026-11-20T12:00:00+08:00", "2026-11-20T12:00:00+08:00", "2026-11-20" },
		{ "2026-11-20T17:14:59+08:00", "2026-11-20T17:14:59+08:00", "2026-11-20" },
		{ "2026-11-20T17:15:00+08:00", "2026-11-22T23:30:00+08:00", "2026-11-23" },
		{ "2026-11-19T20:00:00+08:00", "2026-11-19T23:30:00+08:00", "2026-11-20" },
		{ "2026-11-19T23:30:00+08:00", "2026-11-19T23:30:00+08:00", "2026-11-20" },
		{ "2026-11-20T23:45:00+08:00", "2026-11-22T23:30:00+08:00", "2026-11-23" },
		{ "2026-11-23T00:00:00+08:00", "2026-11-23T00:00:00+08:00", "2026-11-23" },
	};
	struct calendar calendar = { days, 0 };
	struct large_hours hours = { 84600, 62100, &calendar };

	for (size_t i = 0; i < COUNT(cases); i++) {
		int64_t at = 0, from = 0;
		date_days day, want = 0;

		ok(!instant_parse(cases[i].at, &at) && !instant_parse(cases[i].from, &from) &&
			   !date_parse(cases[i].day, &want),
		   "a case");
		is_int(large_value_from(&hours, at, &day), from, "asked at %s: from %s", cases[i].at, cases[i].from);
		is_int(day, want, "for %s", cases[i].day);
	}
}

static void test_form(struct fixture *f)
{
	struct reply r = quote(f, &f->wang, fixture_inside(f, "10.00"), NULL), zh, again;

	is_str(named(&r, "fields", "creditorAccount", "display"), "*伟", "the holder's name is shown masked");
	is_str(named(&r, "review", "creditorName", "text"), "*伟", "in the review too");
	again = quote(f, &f->wang, fixture_inside(f, "10.00"), NULL);
	is_str(again.text, r.text, "a quote of the same is the same");
	reply_release(&again);
	zh = quote(f, &f->wang, fixture_inside(f, "10.00"), "zh-CN");
	is_str(reply_get(&zh, "terms"), reply_get(&r, "terms"), "terms do not depend on the language");
	reply_release(&zh);
	zh = quote(f, &f->wang, fixture_inside(f, "10.01"), NULL);
	ok(strcmp(reply_get(&zh, "terms"), reply_get(&r, "terms")) != 0, "but on the amount");
	reply_release(&zh);
	reply_release(&r);
	is_int(fixture_number(f, "SELECT count(*) FROM orders") + fixture_number(f, "SELECT count(*) FROM request"), 0,
	       "quotes store nothing");
}

static void is_field_error(struct fixture *f, const char *instruction, const char *field, const char *code)
{
	struct reply r = quote(f, &f->wang, instruction, NULL);

	is_int(r.status, 200, "a wrong %s is quoted", field);
	is_str(named(&r, "fields", field, "error/code"), code, "%s: %s", field, code);
	ok(cJSON_IsFalse(reply_item(&r, "complete")) && !reply_item(&r, "terms"), "and has no terms");
	reply_release(&r);
}

static void test_errors(struct fixture *f)
{
	char text[900];

	snprintf(text, sizeof(text), "%.*s,\"creditorName\":\"李四\"}",
		 (int)strlen(fixture_inside(f, "1.00")) - 1, fixture_inside(f, "1.00"));
	is_field_error(f, text, "creditorName", "name-mismatch");
	snprintf(text, sizeof(text), "{\"debtorAccount\":\"%" PRId64 "\",\"creditor\":\"own:%" PRId64 "\"}",
		 f->current, f->current);
	is_field_error(f, text, "creditor", "account-same");
	is_field_error(f, "{\"creditor\":\"new\",\"creditorAgent\":\"nobody\"}", "creditorAgent", "agent-unknown");
	is_field_error(f,
		       "{\"creditor\":\"new\",\"creditorAgent\":\"" FIXTURE_AGENT
		       "\",\"creditorAccount\":\"12 34\"}",
		       "creditorAccount", "account-number-invalid");
	is_field_error(
		f, "{\"creditor\":\"new\",\"creditorAgent\":\"9000\",\"creditorAccount\":\"99815660049999\"}",
		"creditorAccount", "account-unknown");
	is_field_error(f, "{\"creditor\":\"payee:77\"}", "creditor", "payee-unknown");
	is_field_error(f, "{\"creditor\":\"somebody\"}", "creditor", "choice-unknown");
	is_field_error(f, "{\"remittanceInformation\":\"a\\u001b[31mb\"}", "remittanceInformation", "text-characters");
	is_field_error(f, "{\"remittanceInformation\":\"a\\u202eb\"}", "remittanceInformation", "text-characters");
	is_field_error(f, "{\"instructedAmount\":\"12\"}", "instructedAmount", "amount-invalid");
	is_field_error(f, "{\"instructedAmount\":{\"currency\":\"USD\",\"amount\":\"12\"}}", "instructedAmount",
		       "amount-currency");
	is_field_error(f, "{\"instructedAmount\":{\"currency\":\"CNY\",\"amount\":\"0\"}}", "instructedAmount",
		       "amount-zero");
	is_field_error(f, "{\"instructedAmount\":{\"currency\":\"CNY\",\"amount\":\"٣\"}}", "instructedAmount",
		       "amount-invalid");
	is_field_error(f, fixture_own(f, "10000.01"), "instructedAmount", "amount-over-available");
	is_field_error(f, fixture_inside(f, "2000000.01"), "instructedAmount", "amount-over-limit");
	is_field_error(f, fixture_outside(f, "1.00", "by-horse", "李雷"), "serviceLevel", "choice-unknown");
}

/* What was filled in before another field changed is in nobody's way; what no form has is. */
static void test_stale(struct fixture *f)
{
	char text[900];
	struct reply r = quote(f, &f->wang, fixture_own(f, "1.00"), NULL), stale;

	snprintf(text, sizeof(text), "%.*s,\"creditorAccount\":\"12345678\"}", (int)strlen(fixture_own(f, "1.00")) - 1,
		 fixture_own(f, "1.00"));
	stale = quote(f, &f->wang, text, NULL);
	ok(cJSON_IsTrue(reply_item(&stale, "complete")), "a field that is no longer shown does not matter");
	is_str(reply_get(&stale, "terms"), reply_get(&r, "terms"), "nor change the terms");
	reply_release(&stale);
	reply_release(&r);
	r = quote(f, &f->wang, "{\"colour\":\"red\"}", NULL);
	is_int(r.status, 422, "a field that no form has");
	is_str(reply_get(&r, "errors/0/path"), "/instruction/colour", "is named");
	reply_release(&r);
	r = quote(f, &f->wang, "[]", NULL);
	is_int(r.status, 422, "an instruction that is no object");
	reply_release(&r);
}

static void test_tiers(struct fixture *f)
{
	static const struct { const char *value; int64_t amount; int r; int64_t fee;
	} cases[] = {
		{ "100:1 200:2 *:3", 100, 0, 1 },
		{ "100:1 200:2 *:3", 101, 0, 2 },
		{ "100:1 200:2 *:3", 201, 0, 3 },
		{ "*:0", INT64_MAX, 0, 0 },
		{ "100:1", 101, -EINVAL, 0 },
		{ "100:x *:1", 5, -EINVAL, 0 },
		{ "-1:1 *:1", 5, -EINVAL, 0 },
		{ "", 5, -EINVAL, 0 },
		{ "*:99999999999999999999", 1, -EINVAL, 0 },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		int64_t fee = 0;

		fixture_parameter(f, "test.tier", (date_days)i, cases[i].value);
		is_int(parameter_tier(f->reader, "test.tier", (date_days)i, cases[i].amount, &fee), cases[i].r,
		       "\"%s\"", cases[i].value);
		is_int(fee, cases[i].fee, "its fee for %lld", (long long)cases[i].amount);
	}
	is_int(parameter_tier(f->reader, "test.none", 0, 1, &(int64_t){ 0 }), -ENOENT, "no such parameter");
}

int main(void)
{
	struct fixture f;

	test_hours();
	fixture_open(&f, SATURDAY);
	test_form(&f);
	test_errors(&f);
	test_stale(&f);
	rich(&f);
	test_large_value(&f);
	test_tiers(&f); /* the audit minds some of its values */
	fixture_close(&f);
	return done();
}
