/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Orders from giving to receipt, in the bank itself: every scenario ends with the audit. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/macros.h"
#include "tests/bank/fixture.h"
#include "tests/tap.h"

#define FRIDAY 1795140000 /* 2026-11-21 is a Saturday: this is 2026-11-20 10:00 in China */

static struct reply get(struct fixture *f, const struct fixture_person *who, const char *key)
{
	char path[64];

	snprintf(path, sizeof(path), "/v1/orders/%s", key);
	return fixture_call(f, &(struct fixture_call){ who, "GET", path, NULL, NULL, NULL });
}

static struct reply void_order(struct fixture *f, const struct fixture_person *who, const char *key)
{
	char path[64];

	snprintf(path, sizeof(path), "/v1/orders/%s", key);
	return fixture_call(f, &(struct fixture_call){ who, "DELETE", path, NULL, NULL, NULL });
}

static void is_reply(struct reply r, int status, const char *path, const char *value, const char *what)
{
	if (!is_int(r.status, status, "%s: status", what) || !is_str(reply_get(&r, path), value, "%s: %s", what, path))
		printf("# %s\n", r.text);
	reply_release(&r);
}

static void test_own(struct fixture *f)
{
	struct reply r = fixture_order(f, &f->wang, fixture_key(1), "transfer", fixture_own(f, "12.50"));

	is_int(r.status, 201, "a transfer between own accounts is done at once");
	is_str(reply_get(&r, "state"), "done", "and says so");
	ok(reply_get(&r, "receiptNumber") && !reply_item(&r, "needs"), "with a receipt and without needs");
	is_str(reply_get(&r, "total/amount"), "12.50", "its total is a wire amount");
	reply_release(&r);
	is_int(fixture_balance(f, f->current), 998750, "the money left");
	is_int(fixture_balance(f, f->savings), 51250, "and arrived");
	ok(fixture_audit(f), "the audit finds nothing after a transfer");
}

static void test_idempotency(struct fixture *f)
{
	int64_t before = fixture_balance(f, f->current);
	struct reply first, again;
	const char *body;

	first = fixture_order(f, &f->wang, fixture_key(2), "transfer", fixture_own(f, "1.00"));
	again = fixture_order(f, &f->wang, fixture_key(2), "transfer", fixture_own(f, "1.00"));
	is_int(again.status, first.status, "the same order again has the same status");
	is_str(again.text, first.text, "and the same answer");
	is_int(fixture_balance(f, f->current), before - 100, "and moves nothing");
	reply_release(&first);
	reply_release(&again);
	is_reply(fixture_order(f, &f->wang, fixture_key(2), "transfer", fixture_own(f, "2.00")), 422, "code",
		 "idempotency-key-reused", "another body under the same key");
	is_reply(get(f, &f->zhang, fixture_key(2)), 404, "code", "order-unknown", "somebody else's order");
	is_reply(void_order(f, &f->zhang, fixture_key(2)), 204, "", NULL, "somebody else's key is one's own to void");
	is_reply(get(f, &f->wang, fixture_key(2)), 200, "state", "done", "which does nothing to it");
	body = "{\"type\":\"transfer\",\"instruction\":{},\"terms\":\"x\"}";
	is_reply(fixture_call(f, &(struct fixture_call){ &f->wang, "POST", "/v1/orders", NULL, body, NULL }),
		 400, "code", "idempotency-key-missing", "no key");
	is_reply(fixture_call(f, &(struct fixture_call){ &f->wang, "POST", "/v1/orders", fixture_key(3), body,
							 NULL }),
		 422, "code", "instruction-invalid", "nothing filled in");
	body = "{\"type\":\"transfer\",\"instruction\":{\"debtorAccount\":\"1\"},\"terms\":\"x\"}";
	is_reply(fixture_call(f, &(struct fixture_call){ &f->wang, "POST", "/v1/orders", fixture_key(3), body,
							 NULL }),
		 422, "code", "idempotency-key-reused", "a refusal is final for its key");
	body = "{\"type\":\"gold\",\"instruction\":{},\"terms\":\"x\"}";
	is_reply(fixture_call(f, &(struct fixture_call){ &f->wang, "POST", "/v1/orders", fixture_key(4), body,
							 NULL }),
		 422, "code", "order-type-unknown", "an unknown type");
	ok(fixture_audit(f), "the audit finds nothing after repeats and refusals");
}

static void test_tombstones(struct fixture *f)
{
	int64_t before = fixture_balance(f, f->current);

	is_reply(void_order(f, &f->wang, fixture_key(10)), 204, "", NULL, "voiding what never came");
	is_reply(fixture_order(f, &f->wang, fixture_key(10), "transfer", fixture_own(f, "5.00")), 409, "code",
		 "order-voided", "the late original");
	is_reply(void_order(f, &f->wang, fixture_key(10)), 204, "", NULL, "voiding it once more");
	is_reply(get(f, &f->wang, fixture_key(10)), 404, "code", "order-unknown", "it never became an order");
	is_reply(fixture_order(f, &f->wang, fixture_key(11), "transfer", fixture_inside(f, "5.00")), 202,
		 "state", "waiting", "an order that waits");
	is_int(fixture_held(f, f->current), 500, "holds its funds");
	is_reply(void_order(f, &f->wang, fixture_key(11)), 200, "state", "voided", "is voided");
	is_int(fixture_held(f, f->current), 0, "and holds nothing more");
	is_reply(void_order(f, &f->wang, fixture_key(11)), 200, "state", "voided", "and stays voided");
	is_reply(fixture_authorise(f, &f->wang, fixture_key(11), "pin", FIXTURE_PIN), 200, "state", "voided",
		 "and a late PIN changes nothing");
	is_reply(fixture_order(f, &f->wang, fixture_key(11), "transfer", fixture_inside(f, "5.00")), 202,
		 "state", "waiting", "its original again is answered as it was then");
	is_reply(fixture_order(f, &f->wang, fixture_key(12), "transfer", fixture_own(f, "5.00")), 201, "state",
		 "done", "done");
	is_reply(void_order(f, &f->wang, fixture_key(12)), 409, "code", "order-final", "what is done cannot be voided");
	is_int(fixture_balance(f, f->current), before - 500, "one of the three moved money");
	ok(fixture_audit(f), "the audit finds nothing after tombstones");
}

static void test_terms(struct fixture *f)
{
	struct reply r;
	char body[700];

	r = fixture_call(f, &(struct fixture_call){ &f->wang, "POST", "/v1/quotes", NULL,
						    "{\"type\":\"transfer\",\"instruction\":{}}", NULL });
	is_int(r.status, 200, "an empty instruction is quoted");
	ok(cJSON_IsFalse(reply_item(&r, "complete")) && !reply_item(&r, "terms"), "as incomplete, without terms");
	is_str(reply_get(&r, "fields/0/name"), "debtorAccount", "with its fields");
	ok(reply_item(&r, "fields/0/choices/1"), "and the accounts to choose from");
	reply_release(&r);
	snprintf(body, sizeof(body), "{\"type\":\"transfer\",\"instruction\":%s,\"terms\":\"%064d\"}",
		 fixture_own(f, "1.00"), 0);
	is_reply(fixture_call(f, &(struct fixture_call){ &f->wang, "POST", "/v1/orders", fixture_key(20), body,
							 NULL }),
		 409, "code", "terms-changed", "terms of something else");
	is_reply(fixture_order(f, &f->wang, fixture_key(20), "transfer", fixture_own(f, "1.00")), 422, "code",
		 "idempotency-key-reused", "the refusal is final for the key");
	is_reply(fixture_order(f, &f->wang, fixture_key(21), "transfer", fixture_own(f, "99999.00")), 422,
		 "errors/0/code", "amount-over-available", "more than there is");
	is_reply(fixture_order(f, &f->wang, fixture_key(22), "transfer", fixture_own(f, "0.001")), 422, "errors/0/code",
		 "amount-invalid", "a tenth of a fen");
	is_reply(fixture_order(f, &f->wang, fixture_key(23), "transfer", fixture_own(f, "-1")), 422, "errors/0/code",
		 "amount-invalid", "less than nothing");
	is_reply(fixture_order(f, &f->wang, fixture_key(24), "transfer", fixture_own(f, "1e9")), 422, "errors/0/code",
		 "amount-invalid", "an exponent");
	is_reply(fixture_order(f, &f->zhang, fixture_key(25), "transfer", fixture_own(f, "1.00")), 422, "errors/0/code",
		 "account-unknown", "somebody else's account");
	ok(fixture_audit(f), "the audit finds nothing after wrong terms");
}

static void test_proofs(struct fixture *f)
{
	struct reply r = fixture_order(f, &f->wang, fixture_key(30), "transfer", fixture_inside(f, "20.00"));
	char code[7], path[80];

	is_int(r.status, 202, "a transfer to somebody new waits");
	is_str(reply_get(&r, "needs/0/by"), "pin", "for the PIN");
	is_str(reply_get(&r, "needs/1/by"), "code", "and a code");
	ok(r.message && strstr(r.message, "20.00") && strstr(r.message, "0033") && strstr(r.message, "0000"),
	   "whose message names amount, payee and order");
	fixture_code(&r, code);
	reply_release(&r);
	r = fixture_authorise(f, &f->wang, fixture_key(30), "pin", "000000");
	is_int(r.status, 403, "a wrong PIN");
	is_str(reply_get(&r, "code"), "pin-wrong", "is said to be wrong");
	is_int(reply_item(&r, "attemptsLeft") ? reply_item(&r, "attemptsLeft")->valueint : -1, 4,
	       "with the tries left");
	reply_release(&r);
	is_reply(fixture_authorise(f, &f->zhang, fixture_key(30), "pin", FIXTURE_PIN), 404, "code", "order-unknown",
		 "somebody else's PIN");
	is_reply(fixture_authorise(f, &f->wang, fixture_key(30), "device", "x"), 422, "code", "need-unknown",
		 "what it does not need");
	is_reply(fixture_authorise(f, &f->wang, fixture_key(30), "pin", FIXTURE_PIN), 200, "needs/0/status",
		 "met", "the PIN");
	is_reply(fixture_authorise(f, &f->wang, fixture_key(30), "code", "abcdef"), 403, "code", "code-wrong",
		 "a wrong code");
	is_int(fixture_balance(f, f->zhang_account), 0, "nothing has moved yet");
	is_reply(fixture_authorise(f, &f->wang, fixture_key(30), "code", code), 200, "state", "done", "the code");
	is_int(fixture_balance(f, f->zhang_account), 2000, "the money arrived");
	is_int(fixture_held(f, f->current), 0, "and nothing is held");
	is_reply(fixture_authorise(f, &f->wang, fixture_key(30), "code", code), 200, "state", "done", "the code again");
	is_int(fixture_balance(f, f->zhang_account), 2000, "moves nothing");
	snprintf(path, sizeof(path), "/v1/accounts/%" PRId64 "/entries", f->zhang_account);
	r = fixture_call(f, &(struct fixture_call){ &f->zhang, "GET", path, NULL, NULL, NULL });
	is_str(reply_get(&r, "entries/0/counterpartyName"), "王小明", "the payee sees who paid");
	ok(!reply_get(&r, "entries/0/orderId"), "but not the order of another");
	reply_release(&r);
	is_reply(fixture_order(f, &f->wang, fixture_key(31), "transfer", fixture_inside(f, "30.00")), 202,
		 "needs/0/by", "pin", "the second transfer to the same");
	is_reply(fixture_authorise(f, &f->wang, fixture_key(31), "pin", FIXTURE_PIN), 200, "state", "done",
		 "needs the PIN alone");
	ok(fixture_audit(f), "the audit finds nothing after proofs");
}

/* Codes: five wrong ones kill one; a new one is sent as often as the bank allows; time kills them too. */
static void test_codes(struct fixture *f)
{
	struct reply r = fixture_order(f, &f->wang, fixture_key(40), "transfer", fixture_inside(f, "5000.00"));
	char path[80], code[7], old[7];

	is_str(reply_get(&r, "needs/1/by"), "code", "much money needs a code");
	fixture_code(&r, old);
	reply_release(&r);
	for (int i = 0; i < 4; i++) {
		r = fixture_authorise(f, &f->wang, fixture_key(40), "code", "x");
		is_int(reply_item(&r, "attemptsLeft") ? reply_item(&r, "attemptsLeft")->valueint : -1, 4 - i,
		       "tries left");
		reply_release(&r);
	}
	is_reply(fixture_authorise(f, &f->wang, fixture_key(40), "code", "x"), 403, "code", "code-used-up",
		 "the fifth wrong code");
	is_reply(fixture_authorise(f, &f->wang, fixture_key(40), "code", old), 403, "code", "code-used-up",
		 "kills the right one");
	snprintf(path, sizeof(path), "/v1/orders/%s/codes", fixture_key(40));
	r = fixture_call(f, &(struct fixture_call){ &f->wang, "POST", path, NULL, NULL, NULL });
	is_int(r.status, 200, "a new code is sent");
	fixture_code(&r, code);
	reply_release(&r);
	f->now += 301;
	is_reply(fixture_authorise(f, &f->wang, fixture_key(40), "code", code), 403, "code", "code-expired",
		 "too late");
	for (int i = 0; i < 3; i++) {
		r = fixture_call(f, &(struct fixture_call){ &f->wang, "POST", path, NULL, NULL, NULL });
		fixture_code(&r, code);
		is_int(r.status, 200, "another code");
		reply_release(&r);
	}
	is_reply(fixture_call(f, &(struct fixture_call){ &f->wang, "POST", path, NULL, NULL, NULL }), 409, "code",
		 "code-sends-exhausted", "not for ever");
	is_reply(fixture_authorise(f, &f->wang, fixture_key(40), "code", code), 200, "needs/1/status", "met",
		 "the latest code");
	is_int(fixture_held(f, f->current), 500000, "the order holds its funds");
	fixture_due(f, 900);
	is_reply(get(f, &f->wang, fixture_key(40)), 200, "state", "expired", "what is not confirmed expires");
	is_int(fixture_held(f, f->current), 0, "and holds nothing");
	is_reply(fixture_authorise(f, &f->wang, fixture_key(40), "pin", FIXTURE_PIN), 200, "state", "expired",
		 "a late PIN");
	ok(fixture_audit(f), "the audit finds nothing after codes");
}

static void test_outside(struct fixture *f)
{
	int64_t before = fixture_balance(f, f->current);
	struct reply r = fixture_order(f, &f->wang, fixture_key(50), "transfer",
				       fixture_outside(f, "6000.00", "realtime", FIXTURE_OUTSIDE_NAME));
	char code[7];

	is_str(reply_get(&r, "fee/amount"), "5.00", "another bank costs a fee");
	is_str(reply_get(&r, "total/amount"), "6005.00", "on top");
	fixture_code(&r, code);
	reply_release(&r);
	is_int(fixture_held(f, f->current), 600500, "both are held");
	is_reply(fixture_authorise(f, &f->wang, fixture_key(50), "pin", FIXTURE_PIN), 200, "state", "waiting",
		 "the PIN");
	is_reply(fixture_authorise(f, &f->wang, fixture_key(50), "code", code), 200, "state", "accepted", "on its way");
	is_int(fixture_balance(f, f->current), before - 600500, "booked");
	is_reply(void_order(f, &f->wang, fixture_key(50)), 409, "code", "order-final", "sent is sent");
	fixture_due(f, 5);
	is_reply(get(f, &f->wang, fixture_key(50)), 200, "state", "done", "settled");
	ok(fixture_audit(f), "the audit finds nothing after a settlement");
	/* Nobody of that name has that account: it comes back, with its fee. */
	before = fixture_balance(f, f->current);
	is_reply(fixture_order(f, &f->wang, fixture_key(51), "transfer",
			       fixture_outside(f, "10.00", "realtime", "韩梅梅")),
		 202, "state", "waiting", "a wrong name");
	is_reply(fixture_authorise(f, &f->wang, fixture_key(51), "pin", FIXTURE_PIN), 200, "state", "accepted",
		 "is sent");
	fixture_due(f, 5);
	r = get(f, &f->wang, fixture_key(51));
	is_str(reply_get(&r, "state"), "rejected", "and comes back");
	is_str(reply_get(&r, "stateReason/code"), "returned", "returned");
	reply_release(&r);
	is_int(fixture_balance(f, f->current), before, "whole");
	r = fixture_call(f, &(struct fixture_call){ &f->wang, "GET", "/v1/messages", NULL, NULL, NULL });
	is_str(reply_get(&r, "messages/0/orderId"), fixture_key(51), "with a message");
	reply_release(&r);
	ok(fixture_audit(f), "the audit finds nothing after a return");
}

static void test_scheduled(struct fixture *f)
{
	int64_t before = fixture_balance(f, f->current);
	char when[INSTANT_TEXT_MAX];

	is_reply(fixture_order(f, &f->wang, fixture_key(60), "transfer",
			       fixture_outside(f, "100.00", "ordinary", FIXTURE_OUTSIDE_NAME)),
		 202, "state", "waiting", "ordinary");
	is_reply(get(f, &f->wang, fixture_key(60)), 200, "review/7/text", "2 hours after you confirm",
		 "to be sent when two hours have passed");
	is_reply(fixture_authorise(f, &f->wang, fixture_key(60), "pin", FIXTURE_PIN), 200, "state", "scheduled",
		 "is scheduled");
	instant_show(f->now + 7200, ZONE_CHINA, when);
	is_reply(get(f, &f->wang, fixture_key(60)), 200, "review/7/text", when, "and now says at which time");
	is_int(fixture_held(f, f->current), 10000, "and holds its funds");
	fixture_due(f, 7199);
	is_reply(get(f, &f->wang, fixture_key(60)), 200, "state", "scheduled", "until its time");
	fixture_due(f, 1);
	is_reply(get(f, &f->wang, fixture_key(60)), 200, "state", "accepted", "then it is sent");
	is_int(fixture_held(f, f->current), 0, "and nothing is held");
	is_reply(fixture_order(f, &f->wang, fixture_key(61), "transfer",
			       fixture_outside(f, "50.00", "next-day", FIXTURE_OUTSIDE_NAME)),
		 202, "state", "waiting", "next day");
	is_reply(fixture_authorise(f, &f->wang, fixture_key(61), "pin", FIXTURE_PIN), 200, "state", "scheduled",
		 "is scheduled");
	is_reply(void_order(f, &f->wang, fixture_key(61)), 200, "state", "voided", "and withdrawn");
	fixture_due(f, 90000);
	is_int(fixture_balance(f, f->current), before - 10000, "only the first moved money");
	ok(fixture_audit(f), "the audit finds nothing after scheduled transfers");
	/* The account is blocked before it is sent: refused, said, released. */
	is_reply(fixture_order(f, &f->wang, fixture_key(62), "transfer",
			       fixture_outside(f, "50.00", "ordinary", FIXTURE_OUTSIDE_NAME)),
		 202, "state", "waiting", "one more");
	is_reply(fixture_authorise(f, &f->wang, fixture_key(62), "pin", FIXTURE_PIN), 200, "state", "scheduled",
		 "is scheduled");
	fixture_sql(f, "UPDATE account SET status = 3 WHERE number = '9981566001000000011'");
	fixture_due(f, 7200);
	is_reply(get(f, &f->wang, fixture_key(62)), 200, "stateReason/code", "account-blocked",
		 "a blocked account sends nothing");
	is_int(fixture_held(f, f->current), 0, "and holds nothing");
	fixture_sql(f, "UPDATE account SET status = 1 WHERE number = '9981566001000000011'");
	ok(fixture_audit(f), "the audit finds nothing after a refused sending");
}

/* Two that the day's limit has room for one of: the quotes of both are fine, the second order is not. */
static void test_limits(struct fixture *f)
{
	char bodies[2][900];

	fixture_parameter(f, "transfer.limit-day", instant_date(f->now, ZONE_CHINA), "15000");
	for (int i = 0; i < 2; i++) {
		struct reply r;
		const char *instruction = fixture_inside(f, "100.00");

		snprintf(bodies[i], sizeof(bodies[i]), "{\"type\":\"transfer\",\"instruction\":%s}", instruction);
		r = fixture_call(f, &(struct fixture_call){ &f->wang, "POST", "/v1/quotes", NULL, bodies[i], NULL });
		snprintf(bodies[i], sizeof(bodies[i]),
			 "{\"type\":\"transfer\",\"instruction\":%s,\"terms\":\"%s\"}", instruction,
			 reply_get(&r, "terms"));
		reply_release(&r);
	}
	is_reply(fixture_call(f, &(struct fixture_call){ &f->wang, "POST", "/v1/orders", fixture_key(70),
							 bodies[0], NULL }),
		 202, "state", "waiting", "the first of two");
	is_reply(fixture_call(f, &(struct fixture_call){ &f->wang, "POST", "/v1/orders", fixture_key(71),
							 bodies[1], NULL }),
		 422, "errors/0/code", "limit-day", "the second would pass the day's limit");
	is_int(fixture_held(f, f->current), 10000, "and holds nothing");
	is_reply(void_order(f, &f->wang, fixture_key(70)), 200, "state", "voided", "the first is withdrawn");
	is_reply(fixture_order(f, &f->wang, fixture_key(72), "transfer", fixture_inside(f, "100.00")), 202,
		 "state", "waiting", "which gives the limit back");
	is_reply(void_order(f, &f->wang, fixture_key(72)), 200, "state", "voided", "voided");
	ok(fixture_audit(f), "the audit finds nothing after limits");
}

static void test_pin_lock(struct fixture *f)
{
	is_reply(fixture_order(f, &f->wang, fixture_key(80), "transfer", fixture_inside(f, "1.00")), 202,
		 "state", "waiting", "an order");
	for (int i = 0; i < 4; i++)
		is_reply(fixture_authorise(f, &f->wang, fixture_key(80), "pin", "111111"), 403, "code",
			 "pin-wrong", "a wrong PIN");
	is_reply(fixture_authorise(f, &f->wang, fixture_key(80), "pin", "111111"), 403, "code", "pin-locked",
		 "the fifth locks it");
	is_reply(fixture_authorise(f, &f->wang, fixture_key(80), "pin", FIXTURE_PIN), 403, "code", "pin-locked",
		 "the right one too");
	fixture_restart(f);
	is_reply(fixture_authorise(f, &f->wang, fixture_key(80), "pin", FIXTURE_PIN), 403, "code", "pin-locked",
		 "after a restart too");
	fixture_due(f, 1800);
	is_reply(get(f, &f->wang, fixture_key(80)), 200, "state", "expired", "the order has expired by then");
	ok(fixture_audit(f), "the audit finds nothing after a locked PIN");
}

static void test_payees(struct fixture *f)
{
	struct reply r;
	char instruction[200], id[24];

	snprintf(instruction, sizeof(instruction),
		 "{\"creditorAgent\":\"" FIXTURE_AGENT "\",\"creditorAccount\":\"６２２２ 0202 00112233445\","
		 "\"creditorName\":\"李雷\",\"alias\":\"老李\"}");
	is_reply(fixture_order(f, &f->wang, fixture_key(90), "payee-add", instruction), 202, "needs/0/by",
		 "pin", "saving a payee");
	is_reply(fixture_authorise(f, &f->wang, fixture_key(90), "pin", FIXTURE_PIN), 200, "state", "done",
		 "is done by PIN");
	r = fixture_call(f, &(struct fixture_call){ &f->wang, "GET", "/v1/payees", NULL, NULL, NULL });
	is_str(reply_get(&r, "payees/0/alias"), "老李", "and there it is");
	is_str(reply_get(&r, "payees/0/identification"), "**** 3445", "masked");
	snprintf(id, sizeof(id), "%s", reply_get(&r, "payees/0/payeeId") ? reply_get(&r, "payees/0/payeeId") : "");
	reply_release(&r);
	is_reply(fixture_order(f, &f->wang, fixture_key(91), "payee-add", instruction), 422, "errors/0/code",
		 "payee-saved", "not twice");
	snprintf(instruction, sizeof(instruction), "{\"payee\":\"%s\"}", id);
	is_reply(fixture_order(f, &f->zhang, fixture_key(92), "payee-remove", instruction), 422,
		 "errors/0/code", "payee-unknown", "somebody else's payee");
	is_reply(fixture_order(f, &f->wang, fixture_key(93), "payee-remove", instruction), 202, "state",
		 "waiting", "removing it");
	is_reply(fixture_authorise(f, &f->wang, fixture_key(93), "pin", FIXTURE_PIN), 200, "state", "done",
		 "is done by PIN");
	r = fixture_call(f, &(struct fixture_call){ &f->wang, "GET", "/v1/payees", NULL, NULL, NULL });
	is_int(cJSON_GetArraySize(reply_item(&r, "payees")), 0, "and it is gone");
	reply_release(&r);
	ok(fixture_audit(f), "the audit finds nothing after payees");
}

static void test_lists(struct fixture *f)
{
	struct reply r = fixture_call(
		f, &(struct fixture_call){ &f->wang, "GET", "/v1/orders?state=all&limit=2", NULL, NULL, NULL });
	char path[80];

	is_int(cJSON_GetArraySize(reply_item(&r, "orders")), 2, "orders come by pages");
	snprintf(path, sizeof(path), "/v1/orders?limit=100&cursor=%s",
		 reply_get(&r, "olderCursor") ? reply_get(&r, "olderCursor") : "0");
	reply_release(&r);
	r = fixture_call(f, &(struct fixture_call){ &f->wang, "GET", path, NULL, NULL, NULL });
	ok(cJSON_GetArraySize(reply_item(&r, "orders")) > 5 && !reply_get(&r, "olderCursor"), "to the oldest");
	is_int(cJSON_GetArraySize(reply_item(&r, "orders")) + 2,
	       fixture_number(f, "SELECT count(*) FROM orders WHERE customer = 1"), "all of them");
	reply_release(&r);
	r = fixture_call(f, &(struct fixture_call){ &f->wang, "GET", "/v1/orders?state=open", NULL, NULL, NULL });
	is_int(cJSON_GetArraySize(reply_item(&r, "orders")),
	       fixture_number(f, "SELECT count(*) FROM orders WHERE state <= 3"), "open ones");
	reply_release(&r);
	r = fixture_call(f, &(struct fixture_call){ &f->zhang, "GET", "/v1/accounts/1", NULL, NULL, NULL });
	is_int(r.status, 404, "somebody else's account is not there");
	reply_release(&r);
}

int main(void)
{
	struct fixture f;

	fixture_open(&f, FRIDAY);
	test_own(&f);
	test_idempotency(&f);
	test_tombstones(&f);
	test_terms(&f);
	test_proofs(&f);
	test_codes(&f);
	test_outside(&f);
	test_scheduled(&f);
	test_limits(&f);
	test_pin_lock(&f);
	test_payees(&f);
	test_lists(&f);
	fixture_close(&f);
	return done();
}
