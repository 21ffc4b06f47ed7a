/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The store: one database connection. SQL above it is the same on SQLite and PostgreSQL: parameters are
 * bound by name (:name), values are int64 and text only (plus blobs for digests), no vendor functions.
 *
 * Statements are prepared once per connection and cached by the address of their SQL literal: pass string
 * literals or other storage that outlives the store.
 */
#ifndef BANK_STORE_H
#define BANK_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct store;     /* one connection; used by one thread at a time */
struct statement; /* a prepared statement with its bindings, borrowed from the store */

enum store_mode { STORE_READ, STORE_WRITE };

/* Open DIR/bank.db (WAL, synchronous=FULL, foreign keys). STORE_WRITE creates and migrates it. */
int store_open(const char *dir, enum store_mode mode, struct store **ret, struct err *err);
void store_close(struct store *s);

/* Reset and hand out the statement for sql. NULL on error (the store remembers; see store_error). */
struct statement *store_sql(struct store *s, const char *sql);
/* Bind by name, with the colon: bind_int(q, ":account", 7). An unknown name is a programming error: abort. */
void bind_int(struct statement *q, const char *name, int64_t value);
void bind_text(struct statement *q, const char *name, const char *value); /* NULL binds NULL; copied */
void bind_blob(struct statement *q, const char *name, const void *bytes, size_t n);
/* 1 a row stands, 0 no (more) rows, negative: -EIO, -ENOSPC, -EBUSY, -EEXIST (unique), -EPERM (check, foreign
 * key, trigger). */
int statement_step(struct statement *q);
int64_t column_int(struct statement *q, int column);
const char *column_text(struct statement *q, int column); /* NULL for NULL; until the next step */
const void *column_blob(struct statement *q, int column, size_t *ret_n);
bool column_is_null(struct statement *q, int column);
void statement_reset(struct statement *q); /* releases the read lock early */

/* Step a statement that returns no rows. 0 or negative; *ret_changed (may be NULL) gets rows changed. */
int statement_run(struct statement *q, int64_t *ret_changed);
/* For guards: run, and -EAGAIN unless exactly one row changed. */
int statement_guard(struct statement *q);
/* Where anything but one changed row means that the data are wrong: -EIO, logged. */
int statement_must(struct statement *q);

int store_exec(struct store *s, const char *sql, struct err *err);
/* Schema (migrations.c): run one statement with type words; refuse UPDATE and DELETE on a table; the schema's
 * version. */
int store_define(struct store *s, const char *sql, struct err *err);
int store_freeze(struct store *s, const char *table, struct err *err);
int store_version(struct store *s, int *ret, struct err *err);
int store_set_version(struct store *s, int version, struct err *err);
/* BEGIN/COMMIT for readers that want one snapshot over several statements. */
int store_begin_read(struct store *s);
void store_end_read(struct store *s);
/* False when a failed write has ended the transaction by itself (full disk, I/O error): the whole batch is lost. */
bool store_in_transaction(struct store *s);
const char *store_error(struct store *s); /* last error's text, for logs only */

struct block_draft;
/* The block that the running batch fills (block.h): the writer lends it to its connection. NULL elsewhere. */
void store_lend_draft(struct store *s, struct block_draft *draft);
struct block_draft *store_draft(struct store *s);

#endif
