/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What protects an order between being given and being posted, and the bank from too many tries. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/macros.h"
#include "tests/bank/fixture.h"
#include "tests/tap.h"

#define FRIDAY 1795140000 /* 2026-11-20 10:00 in China */

static struct reply ask(struct fixture *f, const struct fixture_person *who, const char *method,
			const char *key, const char *rest)
{
	char path[80];

	snprintf(path, sizeof(path), "/v1/orders/%s%s", key, rest);
	return fixture_call(f, &(struct fixture_call){ who, method, path, NULL, NULL, NULL });
}

static void is_reply(struct reply r, int status, const char *path, const char *value,
		     const char *what)
{
	if (!is_int(r.status, status, "%s: status", what) ||
	    !is_str(reply_get(&r, path), value, "%s: %s", what, path))
		printf("# %s\n", r.text);
	reply_release(&r);
}

/* Confirmed by PIN, and by the code when the order wants one. */
static void confirm(struct fixture *f, int n, const char *instruction, const char *state,
		    const char *what)
{
	struct reply r = fixture_order(f, &f->wang, fixture_key(n), "transfer", instruction);
	char code[7];

	fixture_code(&r, code);
	reply_release(&r);
	if (code[0])
		is_reply(fixture_authorise(f, &f->wang, fixture_key(n), "code", code), 200, "state",
			 "waiting", what);
	is_reply(fixture_authorise(f, &f->wang, fixture_key(n), "pin", FIXTURE_PIN), 200, "state",
		 state, what);
}

static void is_refused(struct fixture *f, int n, int64_t before, const char *what)
{
	struct reply r;

	is_reply(ask(f, &f->wang, "GET", fixture_key(n), ""), 200, "state", "rejected", what);
	is_reply(ask(f, &f->wang, "GET", fixture_key(n), ""), 200, "stateReason/code",
		 "terms-changed", what);
	is_int(fixture_balance(f, f->current), before, "%s: nothing is paid", what);
	is_int(fixture_held(f, f->current), 0, "%s: nothing is held", what);
	r = fixture_call(
		f, &(struct fixture_call){ &f->wang, "GET", "/v1/messages", NULL, NULL, NULL });
	is_str(reply_get(&r, "messages/0/orderId"), fixture_key(n), "%s: the customer is told",
	       what);
	reply_release(&r);
}

/* What somebody writes into the store of a scheduled order, past the bank. */
static const char *const tamperings[] = {
	"UPDATE orders SET note = replace(note, '" FIXTURE_OUTSIDE
	"', '6222020200112299999') WHERE state = 2",
	"UPDATE orders SET instruction = replace(instruction, '100.00', '900.00') WHERE state = 2",
	"UPDATE orders SET instruction = '{}' WHERE state = 2",
	"UPDATE orders SET note = 'x' WHERE state = 2",
	"UPDATE orders SET total = total + 100 WHERE state = 2",
	"UPDATE orders SET debtor = debtor + 1 WHERE state = 2",
	"UPDATE orders SET review = '[]' WHERE state = 2",
};

static void test_tampered(void)
{
	for (size_t i = 0; i < COUNT(tamperings); i++) {
		struct fixture f;
		int64_t before;

		fixture_open(&f, FRIDAY);
		before = fixture_balance(&f, f.current);
		confirm(&f, 1, fixture_outside(&f, "100.00", "ordinary", FIXTURE_OUTSIDE_NAME),
			"scheduled", "a scheduled order");
		fixture_sql(&f, tamperings[i]);
		fixture_due(&f, 7200);
		is_refused(&f, 1, before, tamperings[i]);
		fixture_close(&f);
	}
}

/* A waiting order whose state somebody sets to scheduled has met no need: it is not paid. */
static void test_forged_state(void)
{
	struct fixture f;
	int64_t before;

	fixture_open(&f, FRIDAY);
	before = fixture_balance(&f, f.current);
	is_reply(fixture_order(&f, &f.wang, fixture_key(1), "transfer",
			       fixture_inside(&f, "100.00")),
		 202, "state", "waiting", "an order that waits");
	fixture_sql(&f, "UPDATE orders SET state = 2, due = created");
	fixture_due(&f, 1);
	is_refused(&f, 1, before, "a forged state");
	fixture_close(&f);
}

/* A paid order that somebody sets back is not paid again. */
static void test_set_back(void)
{
	struct fixture f;
	int64_t after;

	fixture_open(&f, FRIDAY);
	confirm(&f, 1, fixture_outside(&f, "100.00", "realtime", FIXTURE_OUTSIDE_NAME), "accepted",
		"an order");
	fixture_due(&f, 10);
	is_reply(ask(&f, &f.wang, "GET", fixture_key(1), ""), 200, "state", "done", "is paid");
	after = fixture_balance(&f, f.current);
	fixture_sql(&f, "UPDATE orders SET state = 2, due = created");
	fixture_due(&f, 1);
	is_int(fixture_balance(&f, f.current), after, "and set back, not again");
	fixture_close(&f);
}

static void test_fee(struct fixture *f)
{
	date_days today = instant_date(f->now, ZONE_CHINA);
	int64_t before = fixture_balance(f, f->current);
	struct reply r;
	char code[7];

	confirm(f, 10, fixture_outside(f, "6000.00", "ordinary", FIXTURE_OUTSIDE_NAME), "scheduled",
		"a fee of 2.50");
	fixture_parameter(f, "transfer.fee-ordinary", today, "*:300");
	fixture_due(f, 7200);
	is_refused(f, 10, before, "another fee before it is sent");
	r = fixture_order(f, &f->wang, fixture_key(11), "transfer",
			  fixture_outside(f, "6000.00", "realtime", FIXTURE_OUTSIDE_NAME));
	fixture_code(&r, code);
	reply_release(&r);
	is_reply(fixture_authorise(f, &f->wang, fixture_key(11), "pin", FIXTURE_PIN), 200, "state",
		 "waiting", "a fee of 5.00");
	fixture_parameter(f, "transfer.fee-realtime", today, "*:900");
	is_reply(fixture_authorise(f, &f->wang, fixture_key(11), "code", code), 200, "state",
		 "rejected", "another fee before the last proof");
	is_refused(f, 11, before, "another fee before the last proof");
	ok(fixture_audit(f), "the audit finds nothing after changed terms");
}

/* What may change: the payee is known by now, and is saved no longer; the day's limit is used by
 * others. */
static void test_agreed(struct fixture *f)
{
	char instruction[300], remove[60];
	struct reply r;

	snprintf(instruction, sizeof(instruction),
		 "{\"creditorAgent\":\"" FIXTURE_AGENT "\",\"creditorAccount\":\"" FIXTURE_OUTSIDE
		 "\",\"creditorName\":\"" FIXTURE_OUTSIDE_NAME "\"}");
	is_reply(fixture_order(f, &f->wang, fixture_key(20), "payee-add", instruction), 202,
		 "state", "waiting", "a payee");
	is_reply(fixture_authorise(f, &f->wang, fixture_key(20), "pin", FIXTURE_PIN), 200, "state",
		 "done", "is saved");
	r = fixture_call(f,
			 &(struct fixture_call){ &f->wang, "GET", "/v1/payees", NULL, NULL, NULL });
	snprintf(
		instruction, sizeof(instruction),
		"{\"debtorAccount\":\"%" PRId64 "\",\"creditor\":\"payee:%s\","
		"\"instructedAmount\":{\"currency\":\"CNY\",\"amount\":\"30.00\"},\"serviceLevel\":\"next-day\"}",
		f->current, reply_get(&r, "payees/0/payeeId"));
	snprintf(remove, sizeof(remove), "{\"payee\":\"%s\"}", reply_get(&r, "payees/0/payeeId"));
	reply_release(&r);
	confirm(f, 21, instruction, "scheduled", "a payment for tomorrow");
	confirm(f, 22, fixture_outside(f, "10.00", "realtime", FIXTURE_OUTSIDE_NAME), "accepted",
		"another for now");
	fixture_due(f, 60);
	f->now += 60;
	is_reply(fixture_order(f, &f->wang, fixture_key(23), "payee-remove", remove), 202, "state",
		 "waiting", "the payee");
	is_reply(fixture_authorise(f, &f->wang, fixture_key(23), "pin", FIXTURE_PIN), 200, "state",
		 "done", "is removed");
	fixture_parameter(f, "transfer.limit-day", instant_date(f->now, ZONE_CHINA) + 1, "3000");
	fixture_due(f, 86400);
	is_reply(ask(f, &f->wang, "GET", fixture_key(21), ""), 200, "state", "accepted",
		 "the payment is sent as agreed");
	ok(fixture_audit(f), "the audit finds nothing");
}

/* As many as are taken at once cannot be carried on: the next one has its turn all the same. */
static void test_starving(void)
{
	struct fixture f;
	int64_t due;

	fixture_open(&f, FRIDAY);
	for (int i = 0; i < 65; i++) {
		struct reply r = fixture_order(&f, &f.wang, fixture_key(100 + i), "payee-add",
					       "{\"creditorAgent\":\"" FIXTURE_AGENT
					       "\",\"creditorAccount\":\"" FIXTURE_OUTSIDE
					       "\",\"creditorName\":\"" FIXTURE_OUTSIDE_NAME "\"}");

		if (r.status != 202)
			is_int(r.status, 202, "an order that waits");
		reply_release(&r);
	}
	fixture_sql(&f, "UPDATE orders SET type = 'gold' WHERE id < (SELECT max(id) FROM orders)");
	fixture_due(&f, 900);
	is_reply(ask(&f, &f.wang, "GET", fixture_key(164), ""), 200, "state", "expired",
		 "the order behind 64 broken ones");
	due = fixture_number(&f, "SELECT min(due) FROM orders WHERE type = 'gold'");
	ok(due > f.now, "which are looked at later");
	fixture_due(&f, due - f.now);
	ok(fixture_number(&f, "SELECT min(due) FROM orders WHERE type = 'gold'") - f.now >
		   due - FRIDAY - 900,
	   "and ever later");
	fixture_sql(&f, "UPDATE orders SET type = 'payee-add'");
	fixture_due(&f, 86400);
	is_int(fixture_number(&f, "SELECT count(*) FROM orders WHERE state = 7"), 65,
	       "mended, they go on");
	ok(fixture_audit(&f), "the audit finds nothing");
	fixture_close(&f);
}

/* An order waits; the first two codes are wrong as often as allowed, whichever order they are for.
 */
static void test_wrong_codes(void)
{
	struct fixture f;
	struct reply r;
	char code[7];

	fixture_open(&f, FRIDAY);
	for (int i = 0; i < 3; i++) {
		r = fixture_order(&f, &f.wang, fixture_key(30 + i), "transfer",
				  fixture_inside(&f, "50.00"));
		fixture_code(&r, code);
		reply_release(&r);
	}
	is_reply(fixture_authorise(&f, &f.wang, fixture_key(32), "code", code), 200,
		 "needs/1/status", "met", "a right code counts for nothing");
	for (int i = 0; i < 10; i++) {
		r = fixture_authorise(&f, &f.wang, fixture_key(30 + i / 5), "code", "x");
		is_int(r.status, 403, "wrong code %d", i + 1);
		ok(reply_get(&r, "code") && strcmp(reply_get(&r, "code"), "code-locked"),
		   "which is let in");
		reply_release(&r);
	}
	is_reply(fixture_order(&f, &f.wang, fixture_key(33), "transfer",
			       fixture_inside(&f, "50.00")),
		 409, "code", "code-locked", "no order that needs one");
	is_reply(ask(&f, &f.wang, "POST", fixture_key(30), "/codes"), 409, "code", "code-locked",
		 "no other code");
	is_reply(fixture_authorise(&f, &f.wang, fixture_key(30), "code", "x"), 403, "code",
		 "code-locked", "no try at an open one");
	is_reply(fixture_order(&f, &f.wang, fixture_key(34), "transfer", fixture_own(&f, "1.00")),
		 201, "state", "done", "what needs none goes on");
	is_int(fixture_held(&f, f.current), 15000, "refused orders hold nothing");
	fixture_due(&f, 86400);
	is_reply(fixture_order(&f, &f.wang, fixture_key(35), "transfer",
			       fixture_inside(&f, "50.00")),
		 202, "state", "waiting", "tomorrow codes work again");
	ok(fixture_audit(&f), "the audit finds nothing after wrong codes");
	fixture_close(&f);
}

static void test_sent_codes(void)
{
	struct fixture f;

	fixture_open(&f, FRIDAY);
	fixture_parameter(&f, "order.code-sends-hour", instant_date(FRIDAY, ZONE_CHINA), "3");
	for (int i = 0; i < 3; i++)
		is_reply(fixture_order(&f, &f.wang, fixture_key(40 + i), "transfer",
				       fixture_inside(&f, "50.00")),
			 202, "state", "waiting", "a code is sent");
	is_reply(fixture_order(&f, &f.wang, fixture_key(43), "transfer",
			       fixture_inside(&f, "50.00")),
		 409, "code", "code-sends-hour", "not a fourth");
	is_reply(ask(&f, &f.wang, "POST", fixture_key(40), "/codes"), 409, "code",
		 "code-sends-hour", "nor for an old order");
	is_int(fixture_held(&f, f.current), 15000, "the refused order holds nothing");
	f.now += 3600;
	is_reply(fixture_order(&f, &f.wang, fixture_key(44), "transfer",
			       fixture_inside(&f, "50.00")),
		 202, "state", "waiting", "an hour later it is");
	ok(fixture_audit(&f), "the audit finds nothing after many codes");
	fixture_close(&f);
}

static void test_tombstones(void)
{
	struct fixture f;
	struct reply r;

	fixture_open(&f, FRIDAY);
	for (int i = 0; i < 100; i++) {
		r = ask(&f, &f.wang, "DELETE", fixture_key(1000 + i), "");
		if (r.status != 204)
			is_int(r.status, 204, "tombstone %d", i);
		reply_release(&r);
	}
	is_reply(ask(&f, &f.wang, "DELETE", fixture_key(1100), ""), 429, "code",
		 "order-voids-exhausted", "one more");
	is_reply(ask(&f, &f.wang, "DELETE", fixture_key(1000), ""), 204, "", NULL,
		 "a known one is no more");
	is_reply(ask(&f, &f.zhang, "DELETE", fixture_key(1100), ""), 204, "", NULL,
		 "another customer has his own");
	is_int(fixture_number(&f, "SELECT count(*) FROM request WHERE outcome = 3"), 101,
	       "so many are kept");
	f.now += 86400;
	is_reply(ask(&f, &f.wang, "DELETE", fixture_key(1100), ""), 204, "", NULL,
		 "tomorrow again");
	ok(fixture_audit(&f), "the audit finds nothing after tombstones");
	fixture_close(&f);
}

/* The time to confirm is over, and the bank has not come round to it yet. */
static void test_late_proof(struct fixture *f)
{
	struct reply r =
		fixture_order(f, &f->wang, fixture_key(50), "transfer",
			      fixture_outside(f, "5000.00", "realtime", FIXTURE_OUTSIDE_NAME));
	int64_t before = fixture_balance(f, f->current);

	is_str(reply_get(&r, "state"), "waiting", "an order waits");
	reply_release(&r);
	f->now += 900;
	is_reply(fixture_authorise(f, &f->wang, fixture_key(50), "pin", FIXTURE_PIN), 409, "code",
		 "order-expired", "a proof that comes too late");
	is_reply(ask(f, &f->wang, "GET", fixture_key(50), ""), 200, "needs/0/status", "open",
		 "meets nothing");
	fixture_due(f, 0);
	is_reply(ask(f, &f->wang, "GET", fixture_key(50), ""), 200, "state", "expired",
		 "and the order expires");
	is_int(fixture_balance(f, f->current), before, "unpaid");
}

int main(void)
{
	struct fixture f;

	test_tampered();
	test_forged_state();
	test_set_back();
	test_starving();
	test_wrong_codes();
	test_sent_codes();
	test_tombstones();
	fixture_open(&f, FRIDAY);
	test_fee(&f);
	fixture_close(&f);
	fixture_open(&f, FRIDAY);
	test_late_proof(&f);
	test_agreed(&f);
	fixture_close(&f);
	return done();
}
