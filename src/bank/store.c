/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bank/store.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bank/migrations.h"
#include "base/buf.h"
#include "base/catalogue.h"
#include "base/file.h"
#include "base/log.h"
#include "base/macros.h"

#define STATEMENTS_MAX 512 /* slots; a power of two, at most three quarters used */
#define BUSY_MS 5000

struct statement {
	const char *sql; /* the key: its address */
	sqlite3_stmt *stmt;
	struct store *store;
};

struct store {
	sqlite3 *db;
	struct block_draft *draft;
	struct statement statements[STATEMENTS_MAX];
	size_t count;
	char error[256];
};

static int store_code(struct store *s, int rc)
{
	static const struct { int rc, code; } codes[] = {
		{ SQLITE_CONSTRAINT_UNIQUE, -EEXIST }, { SQLITE_CONSTRAINT_PRIMARYKEY, -EEXIST },
		{ SQLITE_CONSTRAINT_ROWID, -EEXIST },  { SQLITE_CONSTRAINT, -EPERM },
		{ SQLITE_FULL, -ENOSPC },              { SQLITE_BUSY, -EBUSY },
		{ SQLITE_LOCKED, -EBUSY },             { SQLITE_NOMEM, -ENOMEM },
	};
	int extended = sqlite3_extended_errcode(s->db);

	if (rc == SQLITE_OK || rc == SQLITE_DONE || rc == SQLITE_ROW)
		return 0;
	snprintf(s->error, sizeof(s->error), "%s (%d)", sqlite3_errmsg(s->db), extended);
	for (size_t i = 0; i < COUNT(codes); i++)
		if (codes[i].rc == extended || codes[i].rc == (rc & 0xff))
			return codes[i].code;
	return -EIO;
}

static int store_fail(struct store *s, int rc, struct err *err)
{
	int code = store_code(s, rc);

	if (!code)
		return 0;
	if (code == -ENOSPC)
		return err_set(
			err, code,
			_("The disk that holds the bank's data is full. Free some space, then try again."));
	return err_set(err, code, _("The bank's data could not be read or written: %s"), s->error);
}

int store_exec(struct store *s, const char *sql, struct err *err)
{
	return store_fail(s, sqlite3_exec(s->db, sql, NULL, NULL, NULL), err);
}

/* The database is created here with its mode, which SQLite gives to its other files too. */
static int store_create_file(const char *path, struct err *err)
{
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);

	if (fd < 0)
		return err_set(err, -errno, _("%s cannot be opened: %s"), path, strerror(errno));
	close(fd);
	return 0;
}

static int store_prepare_connection(struct store *s, enum store_mode mode, struct err *err)
{
	int r;

	sqlite3_extended_result_codes(s->db, 0);
	sqlite3_db_config(s->db, SQLITE_DBCONFIG_LOOKASIDE, NULL, 256, 2000); /* fewer malloc() a statement */
	sqlite3_busy_timeout(s->db, BUSY_MS);
	r = store_exec(s, "PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF; PRAGMA cache_size=-32768;"
			  "PRAGMA temp_store=MEMORY", err);
	if (!r && mode == STORE_WRITE)
		r = store_exec(s, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL", err);
	if (!r && mode == STORE_WRITE)
		r = migrate(s, err);
	if (!r && mode == STORE_READ)
		r = store_exec(s, "PRAGMA query_only=ON", err);
	return r;
}

/* Connections are not shared between threads, and nobody reads SQLite's memory statistics, which cost a lock each. */
static void store_configure(void)
{
	sqlite3_config(SQLITE_CONFIG_MULTITHREAD);
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

int store_open(const char *dir, enum store_mode mode, struct store **ret, struct err *err)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	_cleanup_(free_ptr) char *path = file_join(dir, "bank.db");
	struct store *s = calloc(1, sizeof(*s));
	int r;

	pthread_once(&once, store_configure);
	if (!path || !s) {
		free(s);
		return err_set(err, -ENOMEM, _("Memory is short."));
	}
	r = mode == STORE_WRITE ? store_create_file(path, err) : 0;
	if (!r)
		r = store_fail(s,
			       sqlite3_open_v2(path, &s->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL),
			       err);
	if (!r)
		r = store_prepare_connection(s, mode, err);
	if (r)
		store_close(s);
	else
		*ret = s;
	return r;
}

void store_close(struct store *s)
{
	if (!s)
		return;
	for (size_t i = 0; i < STATEMENTS_MAX; i++)
		sqlite3_finalize(s->statements[i].stmt);
	sqlite3_close(s->db);
	free(s);
}

static struct statement *statement_slot(struct store *s, const char *sql)
{
	size_t i = ((uintptr_t)sql * 0x9e3779b97f4a7c15u) >> 48;

	for (i %= STATEMENTS_MAX; s->statements[i].sql && s->statements[i].sql != sql;)
		i = (i + 1) % STATEMENTS_MAX;
	return &s->statements[i];
}

struct statement *store_sql(struct store *s, const char *sql)
{
	struct statement *q = statement_slot(s, sql);
	int rc;

	if (q->sql) {
		sqlite3_reset(q->stmt);
		sqlite3_clear_bindings(q->stmt);
		return q;
	}
	if (s->count >= STATEMENTS_MAX / 4 * 3) {
		snprintf(s->error, sizeof(s->error), "more than %zu statements", s->count);
		return NULL;
	}
	rc = sqlite3_prepare_v3(s->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &q->stmt, NULL);
	if (store_code(s, rc)) {
		log_event(LOG_ERROR, "store.prepare", "%s: %.200s", s->error, sql);
		return NULL;
	}
	q->sql = sql;
	q->store = s;
	s->count++;
	return q;
}

static int bind_index(struct statement *q, const char *name)
{
	int i = sqlite3_bind_parameter_index(q->stmt, name);

	if (!i) {
		log_event(LOG_ERROR, "store.bind", "no %s in %.200s", name, q->sql);
		abort();
	}
	return i;
}

void bind_int(struct statement *q, const char *name, int64_t value)
{
	if (q)
		sqlite3_bind_int64(q->stmt, bind_index(q, name), value);
}

void bind_text(struct statement *q, const char *name, const char *value)
{
	if (q)
		sqlite3_bind_text(q->stmt, bind_index(q, name), value, -1, SQLITE_TRANSIENT);
}

void bind_blob(struct statement *q, const char *name, const void *bytes, size_t n)
{
	if (q)
		sqlite3_bind_blob64(q->stmt, bind_index(q, name), bytes, n, SQLITE_TRANSIENT);
}

int statement_step(struct statement *q)
{
	int rc, code;

	if (!q)
		return -EIO;
	rc = sqlite3_step(q->stmt);
	if (rc == SQLITE_ROW)
		return 1;
	code = store_code(q->store, rc);
	sqlite3_reset(q->stmt);
	if (code && code != -EEXIST && code != -EPERM)
		log_event(LOG_ERROR, "store.step", "%s: %.200s", q->store->error, q->sql);
	return code;
}

int64_t column_int(struct statement *q, int column)
{
	return sqlite3_column_int64(q->stmt, column);
}

const char *column_text(struct statement *q, int column)
{
	return (const char *)sqlite3_column_text(q->stmt, column);
}

const void *column_blob(struct statement *q, int column, size_t *ret_n)
{
	const void *bytes = sqlite3_column_blob(q->stmt, column);

	*ret_n = (size_t)sqlite3_column_bytes(q->stmt, column);
	return bytes;
}

bool column_is_null(struct statement *q, int column)
{
	return sqlite3_column_type(q->stmt, column) == SQLITE_NULL;
}

void statement_reset(struct statement *q)
{
	if (q)
		sqlite3_reset(q->stmt);
}

int statement_run(struct statement *q, int64_t *ret_changed)
{
	int r = statement_step(q);

	if (r > 0) {
		snprintf(q->store->error, sizeof(q->store->error), "rows from a statement that should have none");
		statement_reset(q);
		return -EIO;
	}
	if (!r && ret_changed)
		*ret_changed = sqlite3_changes64(q->store->db);
	return r;
}

int statement_guard(struct statement *q)
{
	int64_t changed;
	int r = statement_run(q, &changed);

	if (!r && changed != 1)
		r = -EAGAIN;
	return r;
}

int statement_must(struct statement *q)
{
	int r = statement_guard(q);

	if (r == -EAGAIN)
		log_event(LOG_ERROR, "store.row-missing", "%.200s", q->sql);
	return r == -EAGAIN ? -EIO : r;
}

int store_begin_read(struct store *s)
{
	return store_exec(s, "BEGIN", NULL);
}

void store_end_read(struct store *s)
{
	if (store_in_transaction(s))
		store_exec(s, "COMMIT", NULL);
}

bool store_in_transaction(struct store *s)
{
	return !sqlite3_get_autocommit(s->db);
}

const char *store_error(struct store *s)
{
	return s->error;
}

void store_lend_draft(struct store *s, struct block_draft *draft)
{
	s->draft = draft;
}

struct block_draft *store_draft(struct store *s)
{
	return s->draft;
}

int store_define(struct store *s, const char *sql, struct err *err)
{
	static const struct { const char *word, *type; } words[] = {
		{ "{id}", "INTEGER PRIMARY KEY" }, { "{int}", "INTEGER" },
		{ "{text}", "TEXT" },              { "{blob}", "BLOB" },
		{ "{rows}", " STRICT" },           { "{clustered}", " STRICT, WITHOUT ROWID" },
	};
	struct buf out;
	int r;

	buf_init(&out, 0);
	while (*sql) {
		size_t i = 0, plain = strcspn(sql, "{");

		buf_add(&out, sql, plain);
		sql += plain;
		while (*sql && i < COUNT(words) && strncmp(sql, words[i].word, strlen(words[i].word)) != 0)
			i++;
		if (*sql && i == COUNT(words))
			abort(); /* an unknown word is a programming error */
		if (*sql) {
			buf_puts(&out, words[i].type);
			sql += strlen(words[i].word);
		}
	}
	r = out.failed ? -ENOMEM : store_exec(s, out.data, err);
	buf_release(&out);
	return r;
}

int store_freeze(struct store *s, const char *table, struct err *err)
{
	char sql[512];

	snprintf(sql, sizeof(sql),
		 "CREATE TRIGGER %s_no_update BEFORE UPDATE ON %s BEGIN SELECT RAISE(ABORT, '%s never changes'); END;"
		 "CREATE TRIGGER %s_no_delete BEFORE DELETE ON %s BEGIN SELECT RAISE(ABORT, '%s never vanishes'); END",
		 table, table, table, table, table, table);
	return store_exec(s, sql, err);
}

int store_version(struct store *s, int *ret, struct err *err)
{
	sqlite3_stmt *q = NULL;
	int rc = sqlite3_prepare_v2(s->db, "PRAGMA user_version", -1, &q, NULL);

	if (rc == SQLITE_OK)
		rc = sqlite3_step(q);
	if (rc == SQLITE_ROW)
		*ret = sqlite3_column_int(q, 0);
	sqlite3_finalize(q);
	return store_fail(s, rc, err);
}

int store_set_version(struct store *s, int version, struct err *err)
{
	char sql[48];

	snprintf(sql, sizeof(sql), "PRAGMA user_version=%d", version);
	return store_exec(s, sql, err);
}
