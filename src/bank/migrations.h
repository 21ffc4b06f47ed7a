/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The schema, as numbered steps. A step never changes once it has landed; a later one alters.
 *
 * SQL is written once for every store, with type words filled in per store:
 *	{id}         a 64-bit primary key that the store assigns when none is given
 *	{int}        64-bit integer: minor units, UTC seconds, days since 1970-01-01, enum values
 *	{text}       UTF-8
 *	{blob}       bytes
 *	{rows}       after the closing parenthesis: an ordinary table
 *	{clustered}  after the closing parenthesis: rows stored in primary key order
 */
#ifndef BANK_MIGRATIONS_H
#define BANK_MIGRATIONS_H

#include "bank/store.h"

#define SCHEMA_VERSION 1

/*
 * Bring the schema of a writing connection to SCHEMA_VERSION, each step in a transaction of its own.
 * -EPROTO when the store is of a newer program (nothing is changed), -EIO, -ENOSPC.
 */
int migrate(struct store *s, struct err *err);

#endif
