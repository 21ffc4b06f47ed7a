/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Another process holds the books' write lock: writes are told to come back, reads go on, nothing is lost. */
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <time.h>

#include "tests/server/wire.h"
#include "tests/tap.h"

static struct answer answer;

static sqlite3 *books_hold(const struct bankd *b)
{
	sqlite3 *db = NULL;
	char path[128];

	snprintf(path, sizeof(path), "%s/bank.db", b->dir);
	if (sqlite3_open(path, &db) == SQLITE_OK && sqlite3_busy_timeout(db, 5000) == SQLITE_OK &&
	    sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL) == SQLITE_OK)
		return db;
	sqlite3_close(db);
	return NULL;
}

static void test_held(const struct bankd *b, struct device *d)
{
	sqlite3 *db = books_hold(b);
	struct answer read;
	time_t since;

	if (!ok(db != NULL, "another process holds the books"))
		return;
	is_int(enrol(b, d, &answer), 503, "a write is refused");
	is_str(answer_text(&answer, "code"), "bank-busy", "because the bank is busy");
	ok(strstr(answer.head, "Retry-After: ") != NULL, "and told to come back");
	since = time(NULL);
	is_int(ask(b, NULL, "GET", "/v1/config", "", NULL, &read), 200, "a read is answered");
	ok(time(NULL) - since <= 1, "at once");
	sqlite3_close(db);
	is_int(enrol(b, d, &answer), 201,
	       "control: released, the same write passes: the ticket was not used up");
}

int main(void)
{
	struct device d = { 0 };
	struct bankd b;

	signal(SIGPIPE, SIG_IGN);
	if (!ok(bankd_new(&b) && bankd_start(&b, NULL) && bankd_ticket(&b, "Home"), "bankd is ready"))
		return done();
	test_held(&b, &d);
	is_int(bankd_end(&b, SIGTERM), 0, "bankd ends in order");
	bankd_release(&b);
	device_release(&d);
	return done();
}
