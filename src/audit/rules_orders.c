/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "audit/audit.h"

/*
 * Orders: states are enum order_state of model/order.h: 1 waiting, 2 scheduled, 3 accepted, 4 done, 5 rejected,
 * 6 voided, 7 expired; needs are enum need_status of model/quote.h: 1 open, 2 met, 3 failed, 4 expired.
 */
#define IS_FINAL(state) "(" state " >= 4)"
#define IS_BOOKED(state) "(" state " IN (3, 4))"

const struct audit_rule audit_order_rules[] = {
	{"request", "a key is used once",
	 "SELECT min(id), count(*) || ' requests of customer ' || customer || ' with key ' || key, 1"
	 " FROM request"
	 " GROUP BY customer, key HAVING count(*) > 1"},
	{"request", "a key is 32 hex digits",
	 "SELECT id, key, '32 of 0-9 a-f' FROM request WHERE length(key) <> 32 OR key GLOB '*[^0-9a-f]*'"},
	{"request", "an accepted request became an order",
	 "SELECT r.id, 'no order', 'order ' || r.id FROM request r WHERE r.outcome = 1"
	 " AND NOT EXISTS (SELECT 1 FROM orders o WHERE o.id = r.id)"},
	{"request", "a refused or voided key never became an order",
	 "SELECT r.id, 'order ' || o.id, 'no order' FROM request r JOIN orders o ON o.id = r.id"
	 " WHERE r.outcome <> 1"},
	{"request", "the stored answer fits the outcome",
	 "SELECT id, 'outcome ' || outcome || ' status ' || status, 'a status of that outcome' FROM request"
	 " WHERE (outcome = 1 AND status NOT IN (201, 202)) OR (outcome = 2 AND status NOT BETWEEN 400"
	 " AND 499)"
	 " OR (outcome = 3 AND status NOT IN (204, 409))"},
	{"request", "body digest",
	 "SELECT id, coalesce(length(body_digest), -1) || ' bytes', CASE outcome WHEN 3 THEN 'none'"
	 " ELSE '32 bytes' END"
	 " FROM request WHERE (outcome = 3) <> (body_digest IS NULL) OR length(body_digest) <> 32"},
	{"orders", "customer of its request",
	 "SELECT o.id, o.customer, r.customer FROM orders o JOIN request r ON r.id = o.id"
	 " WHERE o.customer <> r.customer"},
	{"orders", "done or accepted means booked",
	 "SELECT id, 'no posting', 'a posting' FROM orders WHERE " IS_BOOKED("state")
	 " AND posting IS NULL AND total > 0"},
	{"orders", "waiting or scheduled means not booked",
	 "SELECT id, 'posting ' || posting, 'no posting' FROM orders WHERE state IN (1, 2)"
	 " AND posting IS NOT NULL"},
	{"orders", "rejected, voided or expired leaves nothing booked",
	 "SELECT o.id, 'posting ' || p.id, 'no posting, or one that is reversed' FROM orders o"
	 " JOIN posting p ON p.orders = o.id AND p.reverses IS NULL WHERE o.state IN (5, 6, 7)"
	 " AND NOT EXISTS (SELECT 1 FROM posting r WHERE r.reverses = p.id)"},
	{"orders", "what is done is not reversed by itself",
	 "SELECT o.id, 'reversed by posting ' || r.id, 'no reversal of its own' FROM orders o"
	 " JOIN posting r"
	 " ON r.reverses = o.posting AND r.orders = o.id WHERE " IS_BOOKED("o.state")},
	{"orders", "paid once",
	 "SELECT o.id, count(*) || ' debits', 1 FROM orders o JOIN posting p ON p.orders = o.id"
	 " AND p.reverses IS NULL"
	 " JOIN entry e ON e.posting = p.id AND +e.account = o.debtor AND e.amount < 0 AND e.kind <> 'fee'"
	 " GROUP BY o.id HAVING count(*) > 1"},
	{"orders", "its posting is its own",
	 "SELECT o.id, 'posting of order ' || coalesce(p.orders, 'none'), 'order ' || o.id FROM orders o"
	 " JOIN posting p ON p.id = o.posting WHERE p.orders IS NOT o.id"},
	{"orders", "the debtor pays the total",
	 "SELECT o.id, coalesce(-sum(e.amount), 0), o.total FROM orders o LEFT JOIN entry e"
	 " ON e.posting = o.posting AND +e.account = o.debtor WHERE o.posting IS NOT NULL AND o.total > 0"
	 " GROUP BY o.id HAVING coalesce(-sum(e.amount), 0) <> o.total"},
	{"orders", "the fee is booked",
	 "SELECT o.id, coalesce(-sum(e.amount), 0), o.fee FROM orders o LEFT JOIN entry e"
	 " ON e.posting = o.posting"
	 " AND +e.account = o.debtor AND e.kind = 'fee' WHERE o.posting IS NOT NULL"
	 " GROUP BY o.id HAVING coalesce(-sum(e.amount), 0) <> o.fee"},
	{"orders", "the fee is part of the total",
	 "SELECT id, fee, 'from 0 to ' || total FROM orders WHERE fee < 0 OR fee > total"},
	{"orders", "business date of its posting",
	 "SELECT o.id, coalesce(o.business_date, 'none'), p.business_date FROM orders o JOIN posting p"
	 " ON p.id = o.posting"
	 " WHERE o.business_date IS NOT p.business_date"},
	{"orders", "needs are met before it goes on",
	 "SELECT o.id, 'need ' || n.ordinal || ' has status ' || n.status, 'met' FROM orders o"
	 " JOIN need n ON n.orders = o.id"
	 " WHERE o.state IN (2, 3, 4) AND n.status <> 2"},
	{"orders", "needs are met before booking",
	 "SELECT o.id, 'need ' || n.ordinal || ' met at ' || n.met, 'not after ' || p.booked FROM orders o"
	 " JOIN need n ON n.orders = o.id JOIN posting p ON p.id = o.posting WHERE n.met > p.booked"},
	{"need", "somebody met it",
	 "SELECT 'order ' || orders || ' ordinal ' || ordinal, 'nobody', 'a person' FROM need"
	 " WHERE status = 2 AND (person IS NULL OR met IS NULL)"},
	{"need", "met before it ended",
	 "SELECT 'order ' || orders || ' ordinal ' || ordinal, 'met at ' || met, 'not after ' || until"
	 " FROM need"
	 " WHERE status = 2 AND met > until"},
	{"need", "approver is not maker",
	 "SELECT 'order ' || n.orders || ' ordinal ' || n.ordinal, 'person ' || n.person, 'another than"
	 " the maker'"
	 " FROM need n JOIN orders o ON o.id = n.orders WHERE n.kind = 2 AND n.person = o.maker"},
	{"need", "a proof is the maker's",
	 "SELECT 'order ' || n.orders || ' ordinal ' || n.ordinal, 'person ' || n.person, 'person ' ||"
	 " o.maker"
	 " FROM need n JOIN orders o ON o.id = n.orders WHERE n.kind = 1 AND n.person <> o.maker"},
	{"orders", "the maker is the customer",
	 "SELECT o.id, 'person ' || o.maker, 'person ' || c.person FROM orders o JOIN customer c"
	 " ON c.id = o.customer"
	 " JOIN terminal t ON t.id = o.terminal WHERE t.channel <> 'counter' AND o.maker <> c.person"},
	{"orders", "changes without gaps",
	 "SELECT o.id, count(c.orders) || ' of them, the last ' || coalesce(max(c.ordinal), 0),"
	 " o.changes FROM orders o"
	 " LEFT JOIN order_change c ON c.orders = o.id GROUP BY o.id"
	 " HAVING count(c.orders) <> o.changes OR max(c.ordinal) IS NOT o.changes"},
	{"orders", "state of its last change",
	 "SELECT o.id, o.state, c.state FROM orders o JOIN order_change c ON c.orders = o.id"
	 " AND c.ordinal = o.changes"
	 " WHERE c.state <> o.state"},
	{"orders", "reason of its last change",
	 "SELECT o.id, coalesce(o.reason_code, 'none'), coalesce(c.reason_code, 'none') FROM orders o"
	 " JOIN order_change c"
	 " ON c.orders = o.id AND c.ordinal = o.changes WHERE c.reason_code IS NOT o.reason_code"},
	{"order_change", "a state that may follow",
	 "SELECT 'order ' || orders || ' ordinal ' || ordinal, before || ' to ' || state, 'a step"
	 " forward' FROM"
	 " (SELECT orders, ordinal, state, lag(state, 1, 0) OVER (PARTITION BY orders ORDER BY ordinal)"
	 " AS before"
	 " FROM order_change) WHERE before >= 4 OR (before = 0 AND state IN (6, 7)) OR (before = 1"
	 " AND state < 2)"
	 " OR (before = 2 AND state < 3) OR (before = 3 AND state NOT IN (4, 5))"},
	{"order_change", "its posting is of its order",
	 "SELECT 'order ' || c.orders || ' ordinal ' || c.ordinal, 'posting of order ' ||"
	 " coalesce(p.orders, 'none'),"
	 " 'order ' || c.orders FROM order_change c JOIN posting p ON p.id = c.posting"
	 " WHERE p.orders IS NOT c.orders"},
	{"orders", "terms are a digest",
	 "SELECT id, terms, '64 of 0-9 a-f' FROM orders WHERE length(terms) <> 64"
	 " OR terms GLOB '*[^0-9a-f]*'"},
	{"orders", "instruction, review and note are JSON",
	 "SELECT id, 'no JSON', 'JSON' FROM orders WHERE NOT (json_valid(instruction)"
	 " AND json_valid(review)"
	 " AND json_valid(note))"},
	{"orders", "work is due only for open ones",
	 "SELECT id, 'due at ' || due || ' in state ' || state, 'not due' FROM orders"
	 " WHERE due IS NOT NULL AND "
	 IS_FINAL("state")},
	{"hold", "an ended or booked order holds nothing",
	 "SELECT 'order ' || h.orders || ' account ' || h.account, 'held', 'released' FROM hold h"
	 " JOIN orders o"
	 " ON o.id = h.orders WHERE h.released IS NULL AND o.state NOT IN (1, 2)"},
	{"hold", "an open order keeps its total",
	 "SELECT 'order ' || o.id || ' account ' || o.debtor, coalesce(sum(h.amount), 0), o.total"
	 " FROM orders o"
	 " LEFT JOIN hold h ON h.orders = o.id AND h.account = o.debtor AND h.released IS NULL"
	 " WHERE o.state IN (1, 2) AND o.total > 0 GROUP BY o.id"
	 " HAVING coalesce(sum(h.amount), 0) <> o.total"},
	{"daily_total", "sum of what its orders count",
	 "SELECT 'customer ' || d.customer || ' date ' || d.date || ' ' || d.limit_name, d.amount,"
	 " coalesce(sum(o.counted), 0)"
	 " FROM daily_total d LEFT JOIN orders o ON o.customer = d.customer AND o.accepted_date = d.date"
	 " AND o.limit_name = d.limit_name AND o.state NOT IN (5, 6, 7)"
	 " GROUP BY d.customer, d.date, d.limit_name HAVING d.amount <> coalesce(sum(o.counted), 0)"},
	{"daily_total", "within the limit of the day",
	 "SELECT 'customer ' || d.customer || ' date ' || d.date || ' ' || d.limit_name, d.amount, 'at"
	 " most ' || p.value"
	 " FROM daily_total d JOIN parameter p ON p.name = d.limit_name || '.limit-day' AND p.effective ="
	 " (SELECT max(effective) FROM parameter WHERE name = p.name AND effective <= d.date)"
	 " WHERE d.amount > CAST(p.value AS INTEGER)"},
	{"orders", "what counts against a limit is counted",
	 "SELECT o.id, 'no total of ' || o.limit_name, 'a daily total' FROM orders o WHERE o.counted > 0"
	 " AND NOT EXISTS (SELECT 1 FROM daily_total d WHERE d.customer = o.customer"
	 " AND d.date = o.accepted_date"
	 " AND d.limit_name = o.limit_name)"},
	{"code", "no more tries than allowed",
	 "SELECT c.orders, c.attempts, 'at most ' || p.value FROM code c JOIN parameter p"
	 " ON p.name = 'order.code-attempts'"
	 " WHERE c.attempts > CAST(p.value AS INTEGER) AND p.effective = (SELECT max(effective)"
	 " FROM parameter WHERE name = p.name)"},
	{"code", "bound to the terms of its order",
	 "SELECT c.orders, c.terms, o.terms FROM code c JOIN orders o ON o.id = c.orders"
	 " WHERE c.terms <> o.terms"},
	{"code", "kept as a digest",
	 "SELECT orders, typeof(digest) || ' of ' || length(digest), 'blob of 32' FROM code"
	 " WHERE typeof(digest) <> 'blob' OR length(digest) <> 32"},
	{NULL, NULL, NULL},
};
