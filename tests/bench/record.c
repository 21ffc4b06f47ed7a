/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * record.so: loaded before a program by LD_PRELOAD, it writes what the program asks of libsqlite3
 * onto the tape named by SQLITE_TAPE (see tape.h), and passes every call on.
 */
#include <dlfcn.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/bench/tape.h"

#define CONNECTIONS_MAX 256

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static FILE *tape;
static sqlite3_stmt *statements[TAPE_STATEMENTS_MAX];
static sqlite3 *connections[CONNECTIONS_MAX];
static __thread int inside; /* SQLite calling itself is not the program's wish */

/* The next definition of the caller's own name. dlsym's result is data to ISO C: copied, not cast.
 */
#define NEXT(next)                                            \
	do {                                                  \
		if (!(next)) {                                \
			void *p = dlsym(RTLD_NEXT, __func__); \
			memcpy(&(next), &p, sizeof(p));       \
		}                                             \
	} while (0)

static void put_int(int32_t value)
{
	fwrite(&value, sizeof(value), 1, tape);
}

static int32_t place(void **list, size_t max, void *what)
{
	for (size_t i = 0; i < max; i++)
		if (list[i] == what || !list[i]) {
			list[i] = what;
			return (int32_t)i + 1;
		}
	abort(); /* a benchmark's program has few of either */
}

/* Begin a record, under the lock. */
static void begin(enum tape_op op, int32_t who)
{
	fputc((int)op, tape);
	put_int(who);
}

/* Whether this call goes onto the tape; true leaves the lock held. */
static int is_on(void)
{
	if (inside)
		return 0;
	pthread_mutex_lock(&lock);
	if (!tape && getenv("SQLITE_TAPE"))
		tape = fopen(getenv("SQLITE_TAPE"), "we");
	if (tape)
		return 1;
	pthread_mutex_unlock(&lock);
	return 0;
}

static int32_t statement_number(sqlite3_stmt *stmt)
{
	return place((void **)statements, TAPE_STATEMENTS_MAX, stmt);
}

static void record(enum tape_op op, sqlite3_stmt *stmt)
{
	if (!stmt || !is_on())
		return;
	begin(op, statement_number(stmt));
	pthread_mutex_unlock(&lock);
}

static void record_bytes(enum tape_op op, sqlite3_stmt *stmt, int index, const void *bytes,
			 int64_t n)
{
	if (!is_on())
		return;
	begin(bytes ? op : TAPE_NULL, statement_number(stmt));
	put_int(index);
	if (bytes) {
		put_int((int32_t)n);
		fwrite(bytes, 1, (size_t)n, tape);
	}
	pthread_mutex_unlock(&lock);
}

static void record_prepare(sqlite3 *db, sqlite3_stmt *stmt)
{
	const char *sql = stmt ? sqlite3_sql(stmt) : NULL;

	if (!sql || !is_on())
		return;
	begin(TAPE_PREPARE, statement_number(stmt));
	put_int(place((void **)connections, CONNECTIONS_MAX, db));
	put_int((int32_t)strlen(sql));
	fputs(sql, tape);
	pthread_mutex_unlock(&lock);
}

int sqlite3_prepare_v2(sqlite3 *db, const char *sql, int n, sqlite3_stmt **ret, const char **tail)
{
	static int (*next)(sqlite3 *, const char *, int, sqlite3_stmt **, const char **);
	int rc;

	NEXT(next);
	rc = next(db, sql, n, ret, tail);
	record_prepare(db, *ret);
	return rc;
}

int sqlite3_prepare_v3(sqlite3 *db, const char *sql, int n, unsigned flags, sqlite3_stmt **ret,
		       const char **tail)
{
	static int (*next)(sqlite3 *, const char *, int, unsigned, sqlite3_stmt **, const char **);
	int rc;

	NEXT(next);
	rc = next(db, sql, n, flags, ret, tail);
	record_prepare(db, *ret);
	return rc;
}

int sqlite3_exec(sqlite3 *db, const char *sql, int (*each)(void *, int, char **, char **),
		 void *data, char **message)
{
	static int (*next)(sqlite3 *, const char *, int (*)(void *, int, char **, char **), void *,
			   char **);
	int rc;

	NEXT(next);
	if (is_on()) {
		begin(TAPE_EXEC, place((void **)connections, CONNECTIONS_MAX, db));
		put_int((int32_t)strlen(sql));
		fputs(sql, tape);
		pthread_mutex_unlock(&lock);
	}
	inside++;
	rc = next(db, sql, each, data, message);
	inside--;
	return rc;
}

int sqlite3_bind_int64(sqlite3_stmt *stmt, int index, sqlite3_int64 value)
{
	static int (*next)(sqlite3_stmt *, int, sqlite3_int64);

	NEXT(next);
	if (is_on()) {
		begin(TAPE_INT, statement_number(stmt));
		put_int(index);
		fwrite(&value, sizeof(value), 1, tape);
		pthread_mutex_unlock(&lock);
	}
	return next(stmt, index, value);
}

int sqlite3_bind_text(sqlite3_stmt *stmt, int index, const char *text, int n, void (*end)(void *))
{
	static int (*next)(sqlite3_stmt *, int, const char *, int, void (*)(void *));

	NEXT(next);
	record_bytes(TAPE_TEXT, stmt, index, text, text && n < 0 ? (int64_t)strlen(text) : n);
	return next(stmt, index, text, n, end);
}

int sqlite3_bind_blob64(sqlite3_stmt *stmt, int index, const void *bytes, sqlite3_uint64 n,
			void (*end)(void *))
{
	static int (*next)(sqlite3_stmt *, int, const void *, sqlite3_uint64, void (*)(void *));

	NEXT(next);
	record_bytes(TAPE_BLOB, stmt, index, bytes, (int64_t)n);
	return next(stmt, index, bytes, n, end);
}

int sqlite3_step(sqlite3_stmt *stmt)
{
	static int (*next)(sqlite3_stmt *);

	NEXT(next);
	record(TAPE_STEP, stmt);
	return next(stmt);
}

int sqlite3_reset(sqlite3_stmt *stmt)
{
	static int (*next)(sqlite3_stmt *);

	NEXT(next);
	record(TAPE_RESET, stmt);
	return next(stmt);
}

int sqlite3_clear_bindings(sqlite3_stmt *stmt)
{
	static int (*next)(sqlite3_stmt *);

	NEXT(next);
	record(TAPE_CLEAR, stmt);
	return next(stmt);
}

int sqlite3_finalize(sqlite3_stmt *stmt)
{
	static int (*next)(sqlite3_stmt *);

	NEXT(next);
	record(TAPE_END, stmt);
	return next(stmt);
}

int sqlite3_close(sqlite3 *db)
{
	static int (*next)(sqlite3 *);

	NEXT(next);
	if (is_on()) {
		fflush(tape);
		pthread_mutex_unlock(&lock);
	}
	return next(db);
}
