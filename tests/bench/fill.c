/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * For a bank that was made by `bankd --demo-data` and does not run:
 *
 *	fill DIR CUSTOMER ROWS    book payments to the customer's first account until it has ROWS
 *entries fill DIR CUSTOMER text    its entries as lines of text, newest first
 */
#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bank/bank.h"
#include "bank/ledger.h"
#include "bank/writer.h"
#include "base/date.h"
#include "base/money.h"

#define PER_COMMIT 10000

struct fill {
	struct job job;
	struct bank *bank;
	const char *customer;
	int64_t account, network, rows, wanted;
	bool is_more; /* wanted counts from what is there */
};

static int find_run(struct store *s, struct job *job)
{
	struct fill *fill = (struct fill *)job;
	struct statement *q = store_sql(
		s, "SELECT a.id, a.entry_count FROM account a JOIN customer c ON c.id = a.customer"
		   " WHERE c.number = :number ORDER BY a.id LIMIT 1");
	int r;

	bind_text(q, ":number", fill->customer);
	r = statement_step(q);
	if (r <= 0)
		return r ? r : -ENOENT;
	fill->account = column_int(q, 0);
	fill->rows = column_int(q, 1);
	statement_reset(q);
	if (fill->is_more)
		fill->wanted += fill->rows;
	return ledger_internal(s, "network", &fill->network);
}

static int book_run(struct store *s, struct job *job)
{
	struct fill *fill = (struct fill *)job;
	int64_t now = fill->bank->clock.now(fill->bank->clock.data), posting;
	int r = 0;

	for (int i = 0; i < PER_COMMIT && fill->rows + i < fill->wanted && r == 0; i++) {
		int64_t amount = 100 + (fill->rows + i) * 7919 % 10000;
		struct leg legs[2] = {
			{ .account = fill->network,
			  .amount = -amount,
			  .kind = "collection",
			  .party = "压测" },
			{ .account = fill->account,
			  .amount = amount,
			  .kind = "collection",
			  .party = "微信收款",
			  .remittance = "货款" },
		};
		struct posting p = { .booked = now, .currency = "CNY", .legs = legs, .count = 2 };

		r = ledger_post(s, &p, &posting);
	}
	return r;
}

static int show(const char *dir, const char *customer)
{
	struct store *s = NULL;
	struct statement *q;
	int r = store_open(dir, STORE_READ, &s, NULL);

	if (r < 0)
		return r;
	q = store_sql(s, "SELECT business_date, coalesce(party, ''), amount, e.balance FROM entry e"
			 " WHERE account = (SELECT min(a.id) FROM account a JOIN customer c"
			 " ON c.id = a.customer WHERE c.number = :number) ORDER BY sequence DESC");
	bind_text(q, ":number", customer);
	while ((r = statement_step(q)) > 0) {
		struct money amount = { column_int(q, 2), "CNY" },
			     balance = { column_int(q, 3), "CNY" };
		char date[DATE_TEXT_MAX], texts[2][MONEY_TEXT_MAX];

		printf("%s  %s  %s  %s\n", date_text((date_days)column_int(q, 0), date),
		       column_text(q, 1), money_show(&amount, texts[0]),
		       money_show(&balance, texts[1]));
	}
	store_close(s);
	return r;
}

int main(int argc, char **argv)
{
	struct fill fill = { 0 };
	struct err err;
	int r;

	if (argc != 4 || sodium_init() < 0) {
		fputs("usage: fill DIR CUSTOMER ROWS | text\n", stderr);
		return 2;
	}
	if (strcmp(argv[3], "text") == 0)
		return show(argv[1], argv[2]) < 0;
	fill.customer = argv[2];
	fill.wanted = strtoll(argv[3], NULL, 10);
	fill.is_more = argv[3][0] == '+';
	if (bank_open(&(struct bank_options){ .dir = argv[1], .demo = true }, &fill.bank, &err) <
	    0) {
		fprintf(stderr, "fill: %s\n", err.text);
		return 1;
	}
	fill.job = (struct job){ .run = find_run };
	r = writer_run(fill.bank->writer, &fill.job);
	while (r == 0 && fill.rows < fill.wanted) {
		fill.job = (struct job){ .run = book_run };
		r = writer_run(fill.bank->writer, &fill.job);
		fill.rows += PER_COMMIT;
	}
	bank_close(fill.bank);
	if (r < 0)
		fprintf(stderr, "fill: %s\n", strerror(-r));
	return r < 0;
}
