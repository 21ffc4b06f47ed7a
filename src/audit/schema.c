/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The store's own form: pages, constraints, foreign keys, and the triggers that keep written rows
 * as they are. */
#include "audit/audit.h"

#include <errno.h>
#include <string.h>

#include "base/macros.h"

static const char *const frozen[] = { "posting",	 "entry",   "block",
				      "order_change", "request", "parameter" };
static const char *const events[] = { "update", "delete" };

/* A trigger of this name, on this table and event, that always aborts. */
static void check_trigger(struct audit *a, const char *table, const char *event)
{
	sqlite3_stmt *query = audit_query(
		a,
		"SELECT sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = ?1"
		" AND sql LIKE '%BEFORE ' || ?2 || ' ON ' || ?1 || ' BEGIN SELECT RAISE(ABORT,%'");
	char key[64];

	if (!query)
		return;
	sqlite3_bind_text(query, 1, table, -1, SQLITE_STATIC);
	sqlite3_bind_text(query, 2, event, -1, SQLITE_STATIC);
	snprintf(key, sizeof(key), "%s before %s", table, event);
	if (audit_step(a, query) == 1)
		sqlite3_finalize(query);
	else
		audit_find(a, "trigger", key, "rows never change", "no such trigger",
			   "a trigger that refuses");
}

/* NOT NULL and UNIQUE are looked at too; CHECKs are not on a read-only connection (SQLite 3.40):
 * those that matter are rules. */
static int check_integrity(struct audit *a)
{
	sqlite3_stmt *query = audit_query(a, "PRAGMA integrity_check");
	int r;

	if (!query)
		return -EIO;
	while ((r = audit_step(a, query)) == 1) {
		const char *text = (const char *)sqlite3_column_text(query, 0);

		if (text && strcmp(text, "ok") != 0)
			audit_find(a, "store", "file", "integrity", text, "ok");
	}
	return r;
}

static int check_foreign_keys(struct audit *a)
{
	sqlite3_stmt *query = audit_query(a, "PRAGMA foreign_key_check");
	int r;

	if (!query)
		return -EIO;
	while ((r = audit_step(a, query)) == 1) {
		const char *table = (const char *)sqlite3_column_text(query, 0);
		const char *parent = (const char *)sqlite3_column_text(query, 2);
		const char *row = (const char *)sqlite3_column_text(query, 1);

		audit_find(a, table, row ? row : "(clustered)", "foreign key", "no such row",
			   parent);
	}
	return r;
}

int audit_schema(struct audit *a)
{
	int r = check_integrity(a);

	if (r == 0)
		r = check_foreign_keys(a);
	for (size_t i = 0; i < COUNT(frozen); i++)
		for (size_t j = 0; j < COUNT(events); j++)
			check_trigger(a, frozen[i], events[j]);
	return r;
}
