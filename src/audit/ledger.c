/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Entries account by account, in one pass: dense sequences, running balances, what the account row
 * remembers. */
#include "audit/audit.h"

#include <errno.h>
#include <inttypes.h>

/* One account while its entries pass. */
struct standing {
	int64_t account, sequence, balance;
	int64_t overdraft;
	int is_bounded; /* overdraft holds */
};

static void entry_key(const struct standing *s, char key[64])
{
	snprintf(key, 64, "account %" PRId64 " sequence %" PRId64, s->account, s->sequence);
}

static void find_entry(struct audit *a, const struct standing *s, const char *rule, int64_t found,
		       int64_t expected)
{
	char key[64], found_text[24], expected_text[24];

	entry_key(s, key);
	snprintf(found_text, sizeof(found_text), "%" PRId64, found);
	snprintf(expected_text, sizeof(expected_text), "%" PRId64, expected);
	audit_find(a, "entry", key, rule, found_text, expected_text);
}

/* Columns: account, sequence, amount, balance, of entries in order. */
static void entry_look(struct audit *a, struct standing *s, sqlite3_stmt *query)
{
	int64_t sequence = sqlite3_column_int64(query, 1), amount = sqlite3_column_int64(query, 2);
	int64_t balance = sqlite3_column_int64(query, 3);
	int64_t next = s->sequence + 1;

	a->entries++;
	s->sequence = sequence;
	if (sequence != next)
		find_entry(a, s, "sequence without gaps", sequence, next);
	if (__builtin_add_overflow(s->balance, amount, &s->balance) || s->balance != balance) {
		find_entry(a, s, "balance after the entry", balance, s->balance);
		/* one finding for one bad row: the next ones are measured from what it says */
		s->balance = balance;
	}
	if (s->is_bounded && amount < 0 && balance < -s->overdraft)
		find_entry(a, s, "not overdrawn", balance, -s->overdraft);
}

static int account_begin(struct audit *a, struct standing *s, int64_t account)
{
	sqlite3_stmt *query = audit_query(a, "SELECT overdraft FROM account WHERE id = ?1");
	int r;

	if (!query)
		return -EIO;
	*s = (struct standing){ .account = account };
	sqlite3_bind_int64(query, 1, account);
	r = audit_step(a, query);
	if (r <= 0)
		return r; /* no such account: the foreign keys say so */
	s->is_bounded = sqlite3_column_type(query, 0) != SQLITE_NULL;
	s->overdraft = sqlite3_column_int64(query, 0);
	sqlite3_finalize(query);
	return 0;
}

static int look_at_entries(struct audit *a)
{
	sqlite3_stmt *query = audit_query(a, "SELECT account, sequence, amount, balance FROM entry"
					     " ORDER BY account, sequence");
	struct standing s = { 0 };
	int r;

	if (!query)
		return -EIO;
	while ((r = audit_step(a, query)) == 1) {
		int64_t account = sqlite3_column_int64(query, 0);

		if (account != s.account && (r = account_begin(a, &s, account)) < 0) {
			sqlite3_finalize(query);
			return r;
		}
		entry_look(a, &s, query);
	}
	return r;
}

/* What account rows remember, against sums over all entries and open holds. */
static int look_at_accounts(struct audit *a)
{
	static const char *const rules[] = { "balance is the sum of entries", "entry count",
					     "held is the sum of open holds" };
	sqlite3_stmt *query =
		audit_query(a, "SELECT a.id, a.balance, coalesce(e.total, 0), a.entry_count, "
			       "coalesce(e.latest, 0), a.held, coalesce(h.total, 0)"
			       " FROM account a"
			       " LEFT JOIN (SELECT account, sum(amount) AS total, max(sequence) AS "
			       "latest FROM entry GROUP BY account) e"
			       "  ON e.account = a.id"
			       " LEFT JOIN (SELECT account, sum(amount) AS total FROM hold WHERE "
			       "released IS NULL GROUP BY account) h"
			       "  ON h.account = a.id"
			       " ORDER BY a.id");
	int r;

	if (!query)
		return -EIO;
	while ((r = audit_step(a, query)) == 1) {
		for (int i = 0; i < 3; i++) {
			int64_t found = sqlite3_column_int64(query, 1 + 2 * i);
			int64_t expected = sqlite3_column_int64(query, 2 + 2 * i);

			if (found != expected)
				audit_find_int(a, "account", sqlite3_column_int64(query, 0),
					       rules[i], found, expected);
		}
	}
	return r;
}

int audit_ledger(struct audit *a)
{
	int r = look_at_entries(a);

	return r ? r : look_at_accounts(a);
}
