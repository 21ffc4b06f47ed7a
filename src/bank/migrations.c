/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bank/migrations.h"

#include <errno.h>

#include "base/catalogue.h"

static const char *const people[] = {
	"CREATE TABLE person("
	" id {id}, name {text} NOT NULL,"
	" phone {text} NOT NULL,"    /* digits; codes go there */
	" document {text} NOT NULL"  /* identity number, GB 11643 */
	"){rows}",

	/* segment: enum customer_segment of model/session.h */
	"CREATE TABLE customer("
	" id {id}, number {text} NOT NULL UNIQUE, person {int} NOT NULL REFERENCES person(id),"
	" segment {int} NOT NULL CHECK(segment BETWEEN 1 AND 3), opened {int} NOT NULL"
	"){rows}",

	"CREATE TABLE staff("
	" id {id}, number {text} NOT NULL UNIQUE, person {int} NOT NULL REFERENCES person(id),"
	" role {text} NOT NULL CHECK(role IN ('teller', 'supervisor', 'administrator'))"
	"){rows}",

	/*
	 * kind: 1 login password, 2 payment PIN, 3 staff password. stored is an Argon2id text. attempts is
	 * counted and committed before a check and cleared by a success; failed_since counts wrong tries
	 * since the last success for the person to see.
	 */
	"CREATE TABLE credential("
	" person {int} NOT NULL REFERENCES person(id), kind {int} NOT NULL CHECK(kind BETWEEN 1 AND 3),"
	" stored {text} NOT NULL, attempts {int} NOT NULL DEFAULT 0 CHECK(attempts >= 0),"
	" failed_since {int} NOT NULL DEFAULT 0, not_before {int} NOT NULL DEFAULT 0,"
	" locked_until {int} NOT NULL DEFAULT 0, changed {int} NOT NULL,"
	" PRIMARY KEY(person, kind)"
	"){clustered}",

	/*
	 * Numbers that were typed at a login and that nobody has, as an HMAC digest: they count and lock as a
	 * customer's do, so that trying tells nothing. Old ones are deleted.
	 */
	"CREATE TABLE stranger("
	" digest {blob} NOT NULL PRIMARY KEY, attempts {int} NOT NULL, not_before {int} NOT NULL,"
	" locked_until {int} NOT NULL"
	"){clustered}",

	/* Enrolment: the one-time code is kept as a digest. used: when; terminal: what came of it. */
	"CREATE TABLE ticket("
	" id {id}, code_digest {blob} NOT NULL UNIQUE, label {text} NOT NULL, created {int} NOT NULL,"
	" expires {int} NOT NULL, attempts {int} NOT NULL DEFAULT 0, used {int}, terminal {int}"
	"){rows}",

	/* key_digest: SHA-256 of the certificate's public key. channel: 'home', 'kiosk', 'counter'. */
	"CREATE TABLE terminal("
	" id {id}, label {text} NOT NULL, channel {text} NOT NULL DEFAULT 'home',"
	" key_digest {blob} NOT NULL UNIQUE, serial {text} NOT NULL,"
	" enrolled {int} NOT NULL, expires {int} NOT NULL, revoked {int}"
	"){rows}",

	/*
	 * Only the digest of a token is kept. expires: absolute end. ended: logout, lock or revocation.
	 * failed_before: wrong passwords between the login before and this one.
	 */
	"CREATE TABLE session("
	" id {id}, token_digest {blob} NOT NULL UNIQUE, key_digest {blob} NOT NULL,"
	" terminal {int} NOT NULL REFERENCES terminal(id), person {int} NOT NULL REFERENCES person(id),"
	" customer {int} NOT NULL REFERENCES customer(id), created {int} NOT NULL,"
	" last_active {int} NOT NULL, expires {int} NOT NULL, ended {int}, failed_before {int} NOT NULL DEFAULT 0"
	"){rows}",
	"CREATE INDEX session_customer ON session(customer, id)",
	NULL,
};

static const char *const rules[] = {
	/* Parameters with effective dates (parameter.h); the latest at or before a date holds. */
	"CREATE TABLE parameter("
	" name {text} NOT NULL, effective {int} NOT NULL, value {text} NOT NULL,"
	" block {int} NOT NULL, item {int} NOT NULL, digest {blob} NOT NULL,"
	" PRIMARY KEY(name, effective)"
	"){clustered}",

	/* Exceptions from Monday to Friday. */
	"CREATE TABLE calendar_day("
	" date {int} NOT NULL PRIMARY KEY, is_working {int} NOT NULL CHECK(is_working IN (0, 1)),"
	" name {text} NOT NULL"
	"){clustered}",

	/* One row a business date; closed_posting is NULL for the open one, else the last posting of it. */
	"CREATE TABLE business_day("
	" date {int} NOT NULL PRIMARY KEY, opened {int} NOT NULL, closed_posting {int}"
	"){clustered}",

	/* Directory of banks. The own bank is the row whose code the parameter bank.code names. */
	"CREATE TABLE agent("
	" code {text} NOT NULL PRIMARY KEY, name {text} NOT NULL, name_zh {text} NOT NULL"
	"){clustered}",

	/* What the simulated correspondent knows: accounts at other banks and their holders. */
	"CREATE TABLE correspondent_account("
	" agent {text} NOT NULL REFERENCES agent(code), number {text} NOT NULL, name {text} NOT NULL,"
	" PRIMARY KEY(agent, number)"
	"){clustered}",
	NULL,
};

static const char *const ledger[] = {
	/*
	 * balance: credit positive, for internal accounts (customer NULL) too. held: sum of open holds.
	 * overdraft: how far below zero balance - held may go; NULL without bound (internal accounts).
	 * entry_count: the sequence of the latest entry. status: enum account_status. title and nickname:
	 * msgid of the product, and what the customer calls it. code: stable name of an internal account.
	 */
	"CREATE TABLE account("
	" id {id}, number {text} NOT NULL UNIQUE, code {text} UNIQUE, customer {int} REFERENCES customer(id),"
	" title {text} NOT NULL, nickname {text}, class {int} NOT NULL DEFAULT 0,"
	" currency {text} NOT NULL, status {int} NOT NULL CHECK(status BETWEEN 1 AND 4), opened {int} NOT NULL,"
	" balance {int} NOT NULL DEFAULT 0, held {int} NOT NULL DEFAULT 0 CHECK(held >= 0),"
	" overdraft {int}, entry_count {int} NOT NULL DEFAULT 0,"
	" CHECK(overdraft IS NULL OR balance - held >= -overdraft),"
	" CHECK((customer IS NULL) = (code IS NOT NULL))"
	"){rows}",
	"CREATE INDEX account_customer ON account(customer, id)",

	/* One per commit; digest covers the items in order (block.h). sealed: UTC seconds. */
	"CREATE TABLE block("
	" id {int} NOT NULL PRIMARY KEY, previous {blob} NOT NULL, digest {blob} NOT NULL UNIQUE,"
	" items {int} NOT NULL CHECK(items > 0), sealed {int} NOT NULL"
	"){rows}",

	/* Dense ids. block and item say where its digest stands; orders refers to orders(id). */
	"CREATE TABLE posting("
	" id {int} NOT NULL PRIMARY KEY, orders {int}, business_date {int} NOT NULL REFERENCES business_day(date),"
	" booked {int} NOT NULL, currency {text} NOT NULL, reverses {int} UNIQUE REFERENCES posting(id),"
	" block {int} NOT NULL, item {int} NOT NULL, digest {blob} NOT NULL"
	"){rows}",

	/*
	 * amount: credit positive. balance: of the account after it. kind: stable code ("transfer", "fee").
	 * line: place within its posting, from 1.
	 */
	"CREATE TABLE entry("
	" account {int} NOT NULL REFERENCES account(id), sequence {int} NOT NULL CHECK(sequence > 0),"
	" posting {int} NOT NULL REFERENCES posting(id), line {int} NOT NULL,"
	" amount {int} NOT NULL CHECK(amount <> 0), balance {int} NOT NULL,"
	" booked {int} NOT NULL, business_date {int} NOT NULL, kind {text} NOT NULL,"
	" party {text}, party_account {text}, remittance {text},"
	" PRIMARY KEY(account, sequence)"
	"){clustered}",
	"CREATE UNIQUE INDEX entry_posting ON entry(posting, line)",
	NULL,
};

static const char *const orders[] = {
	/*
	 * Every Idempotency-Key ever seen, for ever. It is written last, with its answer, hence the deferred
	 * key. outcome: 1 became the order of the same id, 2 was refused, 3 a tombstone (voided before it
	 * arrived). status and answer: the stored reply.
	 */
	"CREATE TABLE request("
	" id {id}, customer {int} NOT NULL REFERENCES customer(id), key {text} NOT NULL,"
	" body_digest {blob}, outcome {int} NOT NULL CHECK(outcome BETWEEN 1 AND 3),"
	" status {int} NOT NULL, answer {text} NOT NULL, at {int} NOT NULL,"
	" block {int} NOT NULL, item {int} NOT NULL, digest {blob} NOT NULL,"
	" UNIQUE(customer, key), CHECK((outcome = 3) = (body_digest IS NULL))"
	"){rows}",

	/*
	 * state: enum order_state. maker: the person. due: when bank_run_due has work with it (expiry, sending,
	 * settling). counted: what it takes of the day's limit limit_name on accepted_date. debtor: the account
	 * that pays. reason, review and note are stored untranslated (said.h). note: the family's own
	 * memory between accepting and posting, JSON.
	 */
	"CREATE TABLE orders("
	" id {int} NOT NULL PRIMARY KEY REFERENCES request(id) DEFERRABLE INITIALLY DEFERRED,"
	" customer {int} NOT NULL REFERENCES customer(id), type {text} NOT NULL,"
	" state {int} NOT NULL CHECK(state BETWEEN 1 AND 7),"
	" reason_code {text}, reason {text}, instruction {text} NOT NULL, terms {text} NOT NULL,"
	" review {text} NOT NULL, note {text} NOT NULL, currency {text}, total {int} NOT NULL, fee {int} NOT "
	"NULL,"
	" debtor {int} REFERENCES account(id), limit_name {text}, counted {int} NOT NULL DEFAULT 0,"
	" maker {int} NOT NULL REFERENCES person(id), terminal {int} NOT NULL REFERENCES terminal(id),"
	" interaction {text} NOT NULL, created {int} NOT NULL, updated {int} NOT NULL,"
	" accepted_date {int} NOT NULL, execution {int}, due {int}, business_date {int},"
	" posting {int} REFERENCES posting(id), changes {int} NOT NULL,"
	" parent {int} REFERENCES orders(id), replaces {int} REFERENCES orders(id),"
	" reverses {int} REFERENCES orders(id), mandate {text} UNIQUE,"
	" CHECK(total >= 0 AND fee >= 0 AND fee <= total)"
	"){rows}",
	"CREATE INDEX orders_customer ON orders(customer, id)",
	"CREATE INDEX orders_open ON orders(customer, id) WHERE state <= 3",
	"CREATE INDEX orders_due ON orders(due) WHERE due IS NOT NULL",

	/* Every state an order went through. posting: what was booked on entering it. */
	"CREATE TABLE order_change("
	" orders {int} NOT NULL REFERENCES orders(id), ordinal {int} NOT NULL, state {int} NOT NULL,"
	" reason_code {text}, at {int} NOT NULL, posting {int} REFERENCES posting(id),"
	" block {int} NOT NULL, item {int} NOT NULL, digest {blob} NOT NULL,"
	" PRIMARY KEY(orders, ordinal)"
	"){clustered}",

	/* kind, by, status: enums of model/quote.h. person: who met it, when. */
	"CREATE TABLE need("
	" orders {int} NOT NULL REFERENCES orders(id), ordinal {int} NOT NULL,"
	" kind {int} NOT NULL, by_means {int} NOT NULL, status {int} NOT NULL CHECK(status BETWEEN 1 AND 4),"
	" until {int} NOT NULL, person {int} REFERENCES person(id), met {int},"
	" PRIMARY KEY(orders, ordinal), CHECK((status = 2) = (met IS NOT NULL))"
	"){clustered}",

	/* The live one-time code of an order, as an HMAC digest; bound to terms. */
	"CREATE TABLE code("
	" orders {int} NOT NULL PRIMARY KEY REFERENCES orders(id), digest {blob} NOT NULL, terms {text} NOT "
	"NULL,"
	" sent {int} NOT NULL, until {int} NOT NULL, attempts {int} NOT NULL DEFAULT 0, sends {int} NOT NULL"
	"){clustered}",

	/* Funds that an order keeps from being spent; released once. */
	"CREATE TABLE hold("
	" orders {int} NOT NULL REFERENCES orders(id), account {int} NOT NULL REFERENCES account(id),"
	" amount {int} NOT NULL CHECK(amount > 0), placed {int} NOT NULL, released {int},"
	" PRIMARY KEY(orders, account)"
	"){clustered}",

	/* How often something happened to a customer in a period that is counted (tally.h). */
	"CREATE TABLE tally("
	" customer {int} NOT NULL REFERENCES customer(id), name {text} NOT NULL, period {int} NOT NULL,"
	" count {int} NOT NULL CHECK(count >= 0),"
	" PRIMARY KEY(customer, name)"
	"){clustered}",

	/* What counts against a daily limit. */
	"CREATE TABLE daily_total("
	" customer {int} NOT NULL REFERENCES customer(id), date {int} NOT NULL, limit_name {text} NOT NULL,"
	" amount {int} NOT NULL CHECK(amount >= 0),"
	" PRIMARY KEY(customer, date, limit_name)"
	"){clustered}",
	NULL,
};

static const char *const relations[] = {
	"CREATE TABLE payee("
	" id {id}, customer {int} NOT NULL REFERENCES customer(id), name {text} NOT NULL, alias {text},"
	" agent {text} NOT NULL REFERENCES agent(code), number {text} NOT NULL,"
	" created {int} NOT NULL, removed {int}"
	"){rows}",
	"CREATE UNIQUE INDEX payee_customer ON payee(customer, agent, number) WHERE removed IS NULL",

	/* Whom a customer has paid: the first payment to an account asks for more proof. */
	"CREATE TABLE paid_account("
	" customer {int} NOT NULL REFERENCES customer(id), agent {text} NOT NULL, number {text} NOT NULL,"
	" first_paid {int} NOT NULL, last_paid {int} NOT NULL, times {int} NOT NULL,"
	" PRIMARY KEY(customer, agent, number)"
	"){clustered}",

	/* title and text are stored untranslated (said.h). order_key: the order's id on the wire. */
	"CREATE TABLE message("
	" id {id}, customer {int} NOT NULL REFERENCES customer(id), title {text} NOT NULL, text {text} NOT NULL,"
	" at {int} NOT NULL, is_read {int} NOT NULL DEFAULT 0, order_key {text}"
	"){rows}",
	"CREATE INDEX message_customer ON message(customer, id)",
	"CREATE INDEX message_unread ON message(customer) WHERE is_read = 0",

	/* kind: enum event_kind. subject: an id on the wire. */
	"CREATE TABLE event("
	" id {id}, customer {int} NOT NULL REFERENCES customer(id), kind {int} NOT NULL,"
	" subject {text} NOT NULL, at {int} NOT NULL"
	"){rows}",
	"CREATE INDEX event_customer ON event(customer, id)",
	NULL,
};

static const char *const frozen[] = { "posting", "entry", "block", "order_change", "request", "parameter", NULL };

struct migration {
	const char *const *const *groups; /* lists of statements, NULL at the end of each and of all */
	const char *const *frozen;        /* tables whose rows never change or vanish, NULL at the end */
};

static const char *const *const first_schema[] = { people, rules, ledger, orders, relations, NULL };

static const struct migration migrations[SCHEMA_VERSION] = {
	{ first_schema, frozen },
};

/* Each list is run to its end or to the first failure. */
static int migrate_each(struct store *s, const char *const *list,
			int (*run)(struct store *, const char *, struct err *), struct err *err)
{
	int r = 0;

	for (; !r && *list; list++)
		r = run(s, *list, err);
	return r;
}

static int migrate_step(struct store *s, int version, struct err *err)
{
	const struct migration *m = &migrations[version];
	int r = store_exec(s, "BEGIN IMMEDIATE", err);

	if (r)
		return r;
	for (const char *const *const *group = m->groups; !r && *group; group++)
		r = migrate_each(s, *group, store_define, err);
	if (!r)
		r = migrate_each(s, m->frozen, store_freeze, err);
	if (!r)
		r = store_set_version(s, version + 1, err);
	if (!r)
		r = store_exec(s, "COMMIT", err);
	if (r && store_in_transaction(s))
		store_exec(s, "ROLLBACK", NULL);
	return r;
}

int migrate(struct store *s, struct err *err)
{
	int version, r;

	r = store_version(s, &version, err);
	if (r)
		return r;
	if (version > SCHEMA_VERSION)
		return err_set(err, -EPROTO,
			       _("The bank's data were written by a newer bankd (schema %d, this one knows "
				 "%d). Start the newer program."),
			       version, SCHEMA_VERSION);
	for (; !r && version < SCHEMA_VERSION; version++)
		r = migrate_step(s, version, err);
	return r;
}
