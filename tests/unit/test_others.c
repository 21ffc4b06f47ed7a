/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Every address that names an object, and every field that does, asked by another customer: it is
 * answered as if the object were not there, word for word as for one that nobody has, and nothing
 * changes. The control is the owner, who is answered.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bank/route.h"
#include "base/macros.h"
#include "tests/bank/fixture.h"
#include "tests/tap.h"

#define FRIDAY 1795140000 /* 2026-11-20 10:00 in China */

/* What Wang has. */
struct objects {
	char account[24], savings[24], message[24], payee[24];
	char waiting[33], done[33];
	char terms[80];
};

enum object { ACCOUNT, MESSAGE, WAITING, DONE };

/* The path is around, the object's id and beyond; owned: what its owner is answered, refused:
 * another, whatever the id. */
static const struct ask {
	const char *method, *around, *beyond, *route;
	enum object object;
	bool is_proof; /* the body is a PIN for the order's terms */
	int owned, refused;
} asks[] = {
	{ "GET", "/v1/accounts/", "", "/v1/accounts/{accountId}", ACCOUNT, false, 200, 404 },
	{ "GET", "/v1/accounts/", "/entries", "/v1/accounts/{accountId}/entries", ACCOUNT, false,
	  200, 404 },
	{ "POST", "/v1/messages/", "/read", "/v1/messages/{messageId}/read", MESSAGE, false, 204,
	  404 },
	{ "GET", "/v1/orders/", "", "/v1/orders/{orderId}", WAITING, false, 200, 404 },
	{ "GET", "/v1/orders/", "", "/v1/orders/{orderId}", DONE, false, 200, 404 },
	{ "POST", "/v1/orders/", "/codes", "/v1/orders/{orderId}/codes", WAITING, false, 200, 404 },
	{ "POST", "/v1/orders/", "/authorisations", "/v1/orders/{orderId}/authorisations", WAITING,
	  true, 200, 404 },
	{ "DELETE", "/v1/orders/", "", "/v1/orders/{orderId}", WAITING, false, 200, 204 },
	{ "DELETE", "/v1/orders/", "", "/v1/orders/{orderId}", DONE, false, 409, 204 },
};

/* An instruction that names what is Wang's, and the field that must be refused to Zhang. */
static const struct naming {
	const char *type,
		*instruction; /* {A} account, {S} savings, {P} payee, {Z} Zhang's account */
	const char *field;
} namings[] = {
	{ "transfer", "{\"debtorAccount\":\"{A}\",\"creditor\":\"own:{Z}\"}", "debtorAccount" },
	{ "transfer", "{\"debtorAccount\":\"{Z}\",\"creditor\":\"own:{S}\"}", "creditor" },
	{ "transfer", "{\"debtorAccount\":\"{Z}\",\"creditor\":\"payee:{P}\"}", "creditor" },
	{ "payee-remove", "{\"payee\":\"{P}\"}", "payee" },
};

static struct reply call(struct fixture *f, const struct fixture_person *who, const char *method,
			 const char *path, const char *body)
{
	return fixture_call(f, &(struct fixture_call){ who, method, path, NULL, body, NULL });
}

static void take(struct fixture *f, const char *path, const char *name, char *ret, size_t n)
{
	struct reply r = call(f, &f->wang, "GET", path, NULL);
	const char *id = reply_get(&r, name);

	ok(id, "%s has %s", path, name);
	snprintf(ret, n, "%s", id ? id : "");
	reply_release(&r);
}

static void prepare(struct fixture *f, struct objects *o)
{
	struct reply r;
	char code[7];

	snprintf(o->done, sizeof(o->done), "%s", fixture_key(1));
	snprintf(o->waiting, sizeof(o->waiting), "%s", fixture_key(2));
	r = fixture_order(f, &f->wang, fixture_key(3), "payee-add",
			  "{\"creditorAgent\":\"" FIXTURE_AGENT
			  "\",\"creditorAccount\":\"" FIXTURE_OUTSIDE
			  "\",\"creditorName\":\"" FIXTURE_OUTSIDE_NAME "\"}");
	reply_release(&r);
	r = fixture_authorise(f, &f->wang, fixture_key(3), "pin", FIXTURE_PIN);
	reply_release(&r);
	r = fixture_order(f, &f->wang, o->done, "transfer", fixture_own(f, "1.00"));
	reply_release(&r);
	r = fixture_order(
		f, &f->wang, fixture_key(4), "transfer",
		fixture_outside(f, "1.00", "realtime", "韩梅梅")); /* comes back, with a message */
	fixture_code(&r, code);
	reply_release(&r);
	r = fixture_authorise(f, &f->wang, fixture_key(4), "code", code);
	reply_release(&r);
	r = fixture_authorise(f, &f->wang, fixture_key(4), "pin", FIXTURE_PIN);
	reply_release(&r);
	fixture_due(f, 10);
	r = fixture_order(f, &f->wang, o->waiting, "transfer", fixture_inside(f, "5000.00"));
	snprintf(o->terms, sizeof(o->terms), "%s", reply_get(&r, "terms"));
	reply_release(&r);
	take(f, "/v1/accounts", "accounts/0/accountId", o->account, sizeof(o->account));
	take(f, "/v1/accounts", "accounts/1/accountId", o->savings, sizeof(o->savings));
	take(f, "/v1/messages", "messages/0/messageId", o->message, sizeof(o->message));
	take(f, "/v1/payees", "payees/0/payeeId", o->payee, sizeof(o->payee));
}

static const char *id_of(const struct objects *o, enum object object)
{
	const char *const ids[] = { [ACCOUNT] = o->account,
				    [MESSAGE] = o->message,
				    [WAITING] = o->waiting,
				    [DONE] = o->done };

	return ids[object];
}

/* What nobody has, of the same form. */
static const char *nobodys(enum object object)
{
	return object == ACCOUNT || object == MESSAGE ? "987654"
						      : "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee";
}

static struct reply ask_one(struct fixture *f, const struct fixture_person *who,
			    const struct ask *a, const char *id, const struct objects *o)
{
	char path[120], body[300];

	snprintf(path, sizeof(path), "%s%s%s", a->around, id, a->beyond);
	snprintf(body, sizeof(body),
		 "{\"kind\":\"proof\",\"by\":\"pin\",\"proof\":\"" FIXTURE_PIN
		 "\",\"terms\":\"%s\"}",
		 o->terms);
	return call(f, who, a->method, path, a->is_proof ? body : NULL);
}

/* Everything of Wang's that an answer may have touched. */
static int64_t state_of(struct fixture *f)
{
	return fixture_number(
		f,
		"SELECT (SELECT coalesce(sum(state * id * 7), 0) FROM orders)"
		" + (SELECT count(*) FROM order_change) * 1000003"
		" + (SELECT sum(is_read + 1) FROM message) * 10007 + (SELECT count(*) FROM event) * 101"
		" + (SELECT coalesce(sum(sends * 31 + attempts), 0) FROM code) * 1009"
		" + (SELECT sum(status) FROM need) * 500009 + (SELECT sum(balance * id + held) FROM account)"
		" + (SELECT count(*) FROM payee WHERE removed IS NULL) * 3");
}

static void test_refused(struct fixture *f, const struct objects *o)
{
	int64_t before = state_of(f);

	for (size_t i = 0; i < COUNT(asks); i++) {
		struct reply r = ask_one(f, &f->zhang, &asks[i], id_of(o, asks[i].object), o);
		struct reply none = ask_one(f, &f->zhang, &asks[i], nobodys(asks[i].object), o);

		is_int(r.status, asks[i].refused, "%s %s of somebody else", asks[i].method,
		       asks[i].route);
		is_str(reply_get(&r, "code"), reply_get(&none, "code"), "as one that nobody has");
		is_str(reply_get(&r, "detail"), reply_get(&none, "detail"), "in the same words");
		is_int(state_of(f), before, "nothing changes");
		ok(!r.message, "nothing is sent");
		reply_release(&r);
		reply_release(&none);
	}
}

static void fill_in(char *ret, size_t n, const char *text, const struct objects *o,
		    const struct fixture *f)
{
	size_t at = 0;
	char zhang[24];

	snprintf(zhang, sizeof(zhang), "%" PRId64, f->zhang_account);
	for (ret[0] = '\0'; *text; text++) {
		const char *id = !strncmp(text, "{A}", 3)   ? o->account
				 : !strncmp(text, "{S}", 3) ? o->savings
				 : !strncmp(text, "{P}", 3) ? o->payee
				 : !strncmp(text, "{Z}", 3) ? zhang
							    : NULL;

		if (id)
			text += 2;
		at += (size_t)snprintf(ret + at, n - at, "%.*s", id ? 23 : 1, id ? id : text);
	}
}

static bool field_has_error(const struct reply *r, const char *name)
{
	const cJSON *field;

	cJSON_ArrayForEach(field, reply_item(r, "fields")) if (
		!strcmp(cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(field, "name")),
			name)) return cJSON_GetObjectItemCaseSensitive(field, "error");
	return false;
}

static void test_fields(struct fixture *f, const struct objects *o)
{
	for (size_t i = 0; i < COUNT(namings); i++) {
		char instruction[200], body[300];
		struct reply r;

		fill_in(instruction, sizeof(instruction), namings[i].instruction, o, f);
		snprintf(body, sizeof(body), "{\"type\":\"%s\",\"instruction\":%s}",
			 namings[i].type, instruction);
		r = call(f, &f->zhang, "POST", "/v1/quotes", body);
		ok(field_has_error(&r, namings[i].field), "%s by %s of somebody else is refused",
		   namings[i].type, namings[i].field);
		ok(!strstr(r.text, FIXTURE_OUTSIDE_NAME) && !strstr(r.text, "500.00"),
		   "and tells nothing of it");
		reply_release(&r);
		r = call(f, &f->wang, "POST", "/v1/quotes", body);
		ok(!field_has_error(&r, namings[i].field), "control: to its owner it is not");
		reply_release(&r);
	}
}

/* A list is what one has, whole, and nothing else. */
static void test_lists(struct fixture *f)
{
	static const struct {
		const char *path, *list;
		int wang, zhang;
	} lists[] = {
		{ "/v1/accounts", "accounts", 2, 1 },
		{ "/v1/orders", "orders", 4, 0 },
		{ "/v1/payees", "payees", 1, 0 },
		{ "/v1/messages", "messages", 1, 0 },
	};

	for (size_t i = 0; i < COUNT(lists); i++) {
		struct reply wang = call(f, &f->wang, "GET", lists[i].path, NULL);
		struct reply zhang = call(f, &f->zhang, "GET", lists[i].path, NULL);

		is_int(cJSON_GetArraySize(reply_item(&wang, lists[i].list)), lists[i].wang,
		       "%s of one", lists[i].path);
		is_int(cJSON_GetArraySize(reply_item(&zhang, lists[i].list)), lists[i].zhang,
		       "%s of another", lists[i].path);
		reply_release(&wang);
		reply_release(&zhang);
	}
}

/* Routes that name an object are asked above, all of them. */
static void test_all_asked(void)
{
	static const char *const common[] = { "/v1/order-types/{type}", "/v1/lookups/{lookup}" };
	size_t count;
	const struct route *const *rows = routes(&count);

	for (size_t i = 0; i < count; i++) {
		const struct route *route = rows[i];
		bool is_asked = !strchr(route->path, '{');

		for (size_t j = 0; j < COUNT(common); j++)
			is_asked = is_asked || !strcmp(route->path, common[j]);
		for (size_t j = 0; j < COUNT(asks); j++)
			is_asked = is_asked || (!strcmp(route->path, asks[j].route) &&
						!strcmp(route->method, asks[j].method));
		ok(is_asked, "%s %s is asked as another customer", route->method, route->path);
	}
}

static void test_owner(struct fixture *f, const struct objects *o)
{
	for (size_t i = 0; i < COUNT(asks); i++) {
		struct reply r = ask_one(f, &f->wang, &asks[i], id_of(o, asks[i].object), o);

		is_int(r.status, asks[i].owned, "control: %s %s by its owner", asks[i].method,
		       asks[i].route);
		reply_release(&r);
	}
}

int main(void)
{
	struct objects objects = { 0 };
	struct fixture f;

	fixture_open(&f, FRIDAY);
	prepare(&f, &objects);
	test_all_asked();
	test_lists(&f);
	test_refused(&f, &objects);
	test_fields(&f, &objects);
	test_owner(&f, &objects);
	ok(fixture_audit(&f), "the audit finds nothing");
	fixture_close(&f);
	return done();
}
