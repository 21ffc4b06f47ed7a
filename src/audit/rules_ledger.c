/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "audit/audit.h"

/* Double entry, dates, reversals, accounts. */
const struct audit_rule audit_ledger_rules[] = {
	{"posting", "entries sum to zero",
	 "SELECT posting, sum(amount), 0 FROM entry GROUP BY posting HAVING sum(amount) <> 0"},
	{"posting", "two entries or more",
	 "SELECT p.id, count(e.posting), '2 or more' FROM posting p LEFT JOIN entry e ON e.posting = p.id"
	 " GROUP BY p.id HAVING count(e.posting) < 2"},
	{"posting", "lines without gaps",
	 "SELECT posting, max(line), count(*) FROM entry GROUP BY posting HAVING max(line) <> count(*)"
	 " OR min(line) <> 1"},
	{"posting", "numbers without gaps",
	 "SELECT id, id, before + 1 FROM (SELECT id, lag(id, 1, 0) OVER (ORDER BY id) AS before"
	 " FROM posting)"
	 " WHERE id <> before + 1"},
	{"posting", "business dates never fall",
	 "SELECT id, date(business_date * 86400, 'unixepoch'), 'not before ' || date(before * 86400,"
	 " 'unixepoch') FROM"
	 " (SELECT id, business_date, lag(business_date) OVER (ORDER BY id) AS before FROM posting)"
	 " WHERE business_date < before"},
	{"entry", "instant and date of its posting",
	 "SELECT 'account ' || e.account || ' sequence ' || e.sequence, e.booked || ' on ' ||"
	 " e.business_date,"
	 " p.booked || ' on ' || p.business_date FROM entry e JOIN posting p ON p.id = e.posting"
	 " WHERE e.booked <> p.booked OR e.business_date <> p.business_date"},
	{"entry", "currency of the posting",
	 "SELECT 'account ' || e.account || ' sequence ' || e.sequence, a.currency, p.currency"
	 " FROM entry e JOIN posting p ON p.id = e.posting JOIN account a ON a.id = e.account"
	 " WHERE a.currency <> p.currency"},
	{"business_day", "one open day, the last",
	 "SELECT d.date, 'open', 'closed' FROM business_day d WHERE closed_posting IS NULL"
	 " AND EXISTS (SELECT 1 FROM business_day l WHERE l.date > d.date)"
	 " UNION ALL SELECT 'the last', 'closed', 'open' WHERE EXISTS (SELECT 1 FROM business_day)"
	 " AND NOT EXISTS (SELECT 1 FROM business_day WHERE closed_posting IS NULL)"},
	{"business_day", "last posting of a closed day",
	 "SELECT date, closed_posting, latest FROM (SELECT b.date, b.closed_posting,"
	 " max(coalesce(p.latest, 0)) OVER (ORDER BY b.date) AS latest FROM business_day b"
	 " LEFT JOIN (SELECT business_date, max(id) AS latest FROM posting GROUP BY business_date) p"
	 " ON p.business_date = b.date) WHERE closed_posting <> latest"},
	{"posting", "reverses an earlier one",
	 "SELECT id, reverses, 'below ' || id FROM posting WHERE reverses >= id"},
	{"posting", "a reversal mirrors its original",
	 "SELECT r.id, 'account ' || x.account || ' left with ' || sum(x.amount), 'each account at 0'"
	 " FROM posting r JOIN entry x ON x.posting IN (r.id, r.reverses)"
	 " WHERE r.reverses IS NOT NULL GROUP BY r.id, x.account HAVING sum(x.amount) <> 0"},
	{"posting", "a reversal is not reversed",
	 "SELECT r.id, 'reverses ' || r.reverses, 'an original' FROM posting r JOIN posting o"
	 " ON o.id = r.reverses"
	 " WHERE o.reverses IS NOT NULL"},
	{"posting", "named by a change of its order",
	 "SELECT p.id, 'order ' || p.orders, 'a change of that order that names it' FROM posting p"
	 " WHERE p.orders IS NOT NULL"
	 " AND NOT EXISTS (SELECT 1 FROM order_change c WHERE c.orders = p.orders AND c.posting = p.id)"},
	{"account", "balances of all accounts sum to zero",
	 "SELECT currency, sum(balance), 0 FROM account GROUP BY currency HAVING sum(balance) <> 0"},
	{"account", "a known status",
	 "SELECT id, status, '1 to 4' FROM account WHERE status NOT BETWEEN 1 AND 4"},
	{"account", "a customer's or the bank's own",
	 "SELECT id, 'customer ' || coalesce(customer, 'none') || ' code ' || coalesce(code, 'none'),"
	 " 'one of them' FROM account"
	 " WHERE (customer IS NULL) = (code IS NULL)"},
	{"account", "within its overdraft",
	 "SELECT id, balance - held, 'at least ' || -overdraft FROM account"
	 " WHERE balance - held < -overdraft"},
	{"account", "a customer's account is bounded",
	 "SELECT id, 'no bound', 'an overdraft limit' FROM account WHERE customer IS NOT NULL"
	 " AND overdraft IS NULL"},
	/* No order type lends: a bound below zero was set past the bank. */
	{"account", "no overdraft was granted",
	 "SELECT id, overdraft, 0 FROM account WHERE customer IS NOT NULL AND overdraft <> 0"},
	{"account", "a closed account is empty",
	 "SELECT id, balance, 0 FROM account WHERE status = 4 AND (balance <> 0 OR held <> 0)"},
	{"account", "one class I account per customer",
	 "SELECT customer, count(*), 1 FROM account WHERE class = 1 AND status <> 4 GROUP BY customer"
	 " HAVING count(*) > 1"},
	{"parameter", "has a name, a date and a value",
	 "SELECT name || ' ' || effective, value, 'a value' FROM parameter WHERE value = '' OR name = ''"},
	{NULL, NULL, NULL},
};
