/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "audit/audit.h"

/* People, their secrets, terminals and sessions. */
const struct audit_rule audit_person_rules[] = {
	{"credential", "stored as Argon2id",
	 "SELECT 'person ' || person || ' kind ' || kind, 'another form', '$argon2id$...' FROM credential"
	 " WHERE stored NOT LIKE '$argon2id$v=19$m=%,t=%,p=%$%$%'"},
	{"credential", "wrong tries are not negative",
	 "SELECT 'person ' || person || ' kind ' || kind, attempts, '0 or more' FROM credential"
	 " WHERE attempts < 0"},
	{"customer", "can log in",
	 "SELECT c.number, 'no password', 'a login password' FROM customer c WHERE NOT EXISTS"
	 " (SELECT 1 FROM credential k WHERE k.person = c.person AND k.kind = 1)"},
	{"staff", "is nobody twice",
	 "SELECT min(number), count(*) || ' numbers for person ' || person, 1 FROM staff"
	 " GROUP BY person HAVING count(*) > 1"},
	{"session", "kept as digests",
	 "SELECT id, typeof(token_digest) || ' of ' || length(token_digest), 'blob of 32' FROM session"
	 " WHERE typeof(token_digest) <> 'blob' OR length(token_digest) <> 32 OR length(key_digest) <> 32"},
	{"session", "bound to its terminal's key",
	 "SELECT s.id, lower(hex(s.key_digest)), lower(hex(t.key_digest)) FROM session s"
	 " JOIN terminal t ON t.id = s.terminal"
	 " WHERE s.key_digest <> t.key_digest"},
	{"session", "its person is its customer",
	 "SELECT s.id, 'person ' || s.person, 'person ' || c.person FROM session s JOIN customer c"
	 " ON c.id = s.customer"
	 " JOIN terminal t ON t.id = s.terminal WHERE t.channel <> 'counter' AND s.person <> c.person"},
	{"session", "ends within a day",
	 "SELECT id, expires - created, 'from 1 to 86400 seconds' FROM session"
	 " WHERE expires <= created OR expires > created + 86400"},
	{"terminal", "kept as a digest",
	 "SELECT id, typeof(key_digest) || ' of ' || length(key_digest), 'blob of 32' FROM terminal"
	 " WHERE typeof(key_digest) <> 'blob' OR length(key_digest) <> 32"},
	{"ticket", "kept as a digest",
	 "SELECT id, typeof(code_digest) || ' of ' || length(code_digest), 'blob of 32' FROM ticket"
	 " WHERE typeof(code_digest) <> 'blob' OR length(code_digest) <> 32"},
	{"ticket", "used once, for a terminal that exists",
	 "SELECT k.id, coalesce(k.terminal, 'none'), 'a terminal' FROM ticket k LEFT JOIN terminal t"
	 " ON t.id = k.terminal"
	 " WHERE (k.used IS NULL) <> (k.terminal IS NULL) OR (k.terminal IS NOT NULL AND t.id IS NULL)"},
	{"payee", "at a bank of the directory, with a number",
	 "SELECT p.id, p.agent || ' ' || p.number, 'a known bank and digits' FROM payee p"
	 " LEFT JOIN agent g ON g.code = p.agent"
	 " WHERE g.code IS NULL OR p.number = '' OR p.number GLOB '*[^0-9]*'"},
	{"paid_account", "paid once or more",
	 "SELECT 'customer ' || customer || ' ' || number, times, '1 or more' FROM paid_account"
	 " WHERE times < 1 OR last_paid < first_paid"},
	/* Whoever stands there is paid without a code: each time must be an entry or an order that has a digest. */
	{"paid_account", "as often as it was paid",
	 "SELECT 'customer ' || customer || ' ' || agent || ' ' || number, times, 'at most ' || booked FROM"
	 " (SELECT p.*, CASE p.agent WHEN (SELECT value FROM parameter WHERE name = 'bank.code'"
	 " ORDER BY effective DESC LIMIT 1)"
	 " THEN (SELECT count(*) FROM account t JOIN entry c ON c.account = t.id AND c.amount > 0"
	 " JOIN entry e ON e.posting = c.posting AND e.amount < 0 JOIN account a ON a.id = e.account"
	 " WHERE t.number = p.number AND a.customer = p.customer)"
	 " ELSE (SELECT count(*) FROM orders o WHERE o.customer = p.customer AND o.state = 4"
	 " AND o.type = 'transfer' AND CASE WHEN json_valid(o.note) THEN json_extract(o.note, '$.agent') = p.agent"
	 " AND json_extract(o.note, '$.number') = p.number END) END AS booked FROM paid_account p)"
	 " WHERE times > booked"},
	{"message", "text as it is kept",
	 "SELECT id, 'no JSON', 'JSON' FROM message WHERE NOT (json_valid(title) AND json_valid(text))"},
	{NULL, NULL, NULL},
};
