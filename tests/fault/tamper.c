/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * tamper --states DATABASE: the states of its orders and the outcomes of its other keys, "1234567
 * 23". tamper DATABASE SQL: what somebody with the file and SQLite can do to a bank. Triggers are
 * dropped before and made again after, foreign keys and CHECKs are off. Exit 1 when the SQL fails
 * or changes nothing: a tampering that did not happen proves nothing.
 */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TRIGGERS_MAX 64

struct triggers {
	char *names[TRIGGERS_MAX], *sql[TRIGGERS_MAX];
	int count;
};

static int run(sqlite3 *db, const char *sql)
{
	char *message = NULL;

	if (sqlite3_exec(db, sql, NULL, NULL, &message) == SQLITE_OK)
		return 0;
	fprintf(stderr, "tamper: %s: %s\n", message, sql);
	sqlite3_free(message);
	return -1;
}

static int triggers_take(sqlite3 *db, struct triggers *t)
{
	sqlite3_stmt *query;
	int r = 0;

	if (sqlite3_prepare_v2(db, "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'", -1,
			       &query, NULL) != SQLITE_OK)
		return -1;
	while (sqlite3_step(query) == SQLITE_ROW && t->count < TRIGGERS_MAX) {
		t->names[t->count] = strdup((const char *)sqlite3_column_text(query, 0));
		t->sql[t->count++] = strdup((const char *)sqlite3_column_text(query, 1));
	}
	sqlite3_finalize(query);
	for (int i = 0; i < t->count && r == 0; i++) {
		char sql[256];

		snprintf(sql, sizeof(sql), "DROP TRIGGER \"%s\"", t->names[i]);
		r = run(db, sql);
	}
	return r;
}

static int triggers_return(sqlite3 *db, struct triggers *t)
{
	int r = 0;

	for (int i = 0; i < t->count; i++) {
		if (r == 0)
			r = run(db, t->sql[i]);
		free(t->names[i]);
		free(t->sql[i]);
	}
	return r;
}

static int show_states(const char *path)
{
	sqlite3_stmt *query = NULL;
	sqlite3 *db = NULL;
	int r = 1;

	if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK &&
	    sqlite3_prepare_v2(db,
			       "SELECT (SELECT group_concat(state, '') FROM (SELECT DISTINCT state "
			       "FROM orders ORDER BY 1)) || ' ' ||"
			       " (SELECT group_concat(outcome, '') FROM (SELECT DISTINCT outcome "
			       "FROM request WHERE outcome > 1 ORDER BY 1))",
			       -1, &query, NULL) == SQLITE_OK &&
	    sqlite3_step(query) == SQLITE_ROW) {
		printf("%s\n", sqlite3_column_text(query, 0));
		r = 0;
	}
	sqlite3_finalize(query);
	sqlite3_close(db);
	return r;
}

int main(int argc, char **argv)
{
	struct triggers triggers = { 0 };
	sqlite3 *db = NULL;
	int64_t before;
	int r;

	if (argc == 3 && !strcmp(argv[1], "--states"))
		return show_states(argv[2]);
	if (argc != 3 || sqlite3_open_v2(argv[1], &db, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK) {
		fputs("usage: tamper DATABASE SQL\n", stderr);
		return 2;
	}
	r = run(db, "PRAGMA foreign_keys=OFF; PRAGMA ignore_check_constraints=ON; PRAGMA "
		    "synchronous=OFF; PRAGMA journal_mode=DELETE");
	/* a tampering of triggers themselves is left as it is */
	if (r == 0 && !strstr(argv[2], "TRIGGER"))
		r = triggers_take(db, &triggers);
	before = sqlite3_total_changes64(db);
	if (r == 0)
		r = run(db, argv[2]);
	if (r == 0 && !strstr(argv[2], "TRIGGER") && sqlite3_total_changes64(db) == before) {
		fprintf(stderr, "tamper: nothing changed: %s\n", argv[2]);
		r = -1;
	}
	r |= triggers_return(db, &triggers);
	sqlite3_close(db);
	return r != 0;
}
