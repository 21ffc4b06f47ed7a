/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "audit/audit.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#include "base/catalogue.h"
#include "base/file.h"
#include "base/text.h"

#define SCHEMA_KNOWN 1
#define BUSY_MS	     5000

void audit_find(struct audit *a, const char *table, const char *key, const char *rule,
		const char *found, const char *expected)
{
	_cleanup_(free_ptr) char *safe_key = text_gated(key, GATE_ONE_LINE);
	_cleanup_(free_ptr) char *safe_found = text_gated(found, GATE_ONE_LINE);

	a->findings++;
	fprintf(a->out, "%s %s: %s: found %s, expected %s\n", table, safe_key ? safe_key : "?",
		rule, safe_found ? safe_found : "?", expected);
}

void audit_find_int(struct audit *a, const char *table, int64_t key, const char *rule,
		    int64_t found, int64_t expected)
{
	char texts[3][24];

	snprintf(texts[0], sizeof(texts[0]), "%" PRId64, key);
	snprintf(texts[1], sizeof(texts[1]), "%" PRId64, found);
	snprintf(texts[2], sizeof(texts[2]), "%" PRId64, expected);
	audit_find(a, table, texts[0], rule, texts[1], texts[2]);
}

sqlite3_stmt *audit_query(struct audit *a, const char *sql)
{
	sqlite3_stmt *query = NULL;

	if (sqlite3_prepare_v2(a->db, sql, -1, &query, NULL) != SQLITE_OK)
		audit_find(a, "store", "schema", "readable", sqlite3_errmsg(a->db),
			   "tables of the known schema");
	return query;
}

int audit_step(struct audit *a, sqlite3_stmt *query)
{
	int rc = sqlite3_step(query);

	if (rc == SQLITE_ROW)
		return 1;
	if (rc != SQLITE_DONE)
		audit_find(a, "store", "file", "readable", sqlite3_errmsg(a->db),
			   "a sound database");
	sqlite3_finalize(query);
	return rc == SQLITE_DONE ? 0 : -EIO;
}

static int run_rule(struct audit *a, const struct audit_rule *rule)
{
	sqlite3_stmt *query = audit_query(a, rule->sql);
	int r;

	if (!query)
		return -EIO;
	while ((r = audit_step(a, query)) == 1) {
		const char *texts[3];

		for (int i = 0; i < 3; i++)
			texts[i] = (const char *)sqlite3_column_text(query, i);
		audit_find(a, rule->table, texts[0] ? texts[0] : "NULL", rule->rule,
			   texts[1] ? texts[1] : "nothing", texts[2] ? texts[2] : "nothing");
	}
	return r;
}

int audit_rules(struct audit *a)
{
	static const struct audit_rule *const lists[] = { audit_ledger_rules, audit_order_rules,
							  audit_person_rules };
	int r = 0;

	for (size_t i = 0; i < COUNT(lists); i++)
		for (const struct audit_rule *rule = lists[i]; rule->table && r == 0; rule++)
			r = run_rule(a, rule);
	return r;
}

static int64_t single_int(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *query = NULL;
	int64_t value = -1;

	if (sqlite3_prepare_v2(db, sql, -1, &query, NULL) == SQLITE_OK &&
	    sqlite3_step(query) == SQLITE_ROW)
		value = sqlite3_column_int64(query, 0);
	sqlite3_finalize(query);
	return value;
}

static int audit_open(struct audit *a, const char *dir, struct err *err)
{
	_cleanup_(free_ptr) char *path = file_join(dir, "bank.db");
	int64_t version;

	if (!path)
		return err_set(err, -ENOMEM, _("Memory is short."));
	if (access(path, R_OK) < 0)
		return err_set(
			err, -errno,
			_("Cannot read %s: %s. Name the directory that bankd was given as --data."),
			path, strerror(errno));
	if (sqlite3_open_v2(path, &a->db, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL) !=
	    SQLITE_OK)
		return err_set(err, -EIO, _("Cannot open %s: %s."), path, sqlite3_errmsg(a->db));
	sqlite3_busy_timeout(a->db, BUSY_MS);
	sqlite3_db_config(a->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	version = single_int(a->db, "PRAGMA user_version");
	if (version < 0)
		return err_set(err, -EIO, _("%s is no readable database: %s."), path,
			       sqlite3_errmsg(a->db));
	if (version != SCHEMA_KNOWN)
		return err_set(err, -EPROTO,
			       _("%s has schema %d, this program knows %d. Use the bankaudit of "
				 "the same release."),
			       path, (int)version, SCHEMA_KNOWN);
	if (sqlite3_exec(a->db, "BEGIN", NULL, NULL, NULL) != SQLITE_OK)
		return err_set(err, -EBUSY, _("%s is locked: %s."), path, sqlite3_errmsg(a->db));
	return 0;
}

int audit_run(const struct audit_options *options, struct audit *ret, struct err *err)
{
	int r;

	*ret = (struct audit){ .out = options->out };
	r = audit_open(ret, options->dir, err);
	if (r == 0) {
		/* a check that finds the store unreadable has said so; the others still look */
		audit_schema(ret);
		audit_ledger(ret);
		audit_chain(ret, options->head);
		audit_rules(ret);
		ret->accounts = single_int(ret->db, "SELECT count(*) FROM account");
		ret->orders = single_int(ret->db, "SELECT count(*) FROM orders");
		ret->requests = single_int(ret->db, "SELECT count(*) FROM request");
	}
	sqlite3_close(ret->db);
	ret->db = NULL;
	return r;
}
