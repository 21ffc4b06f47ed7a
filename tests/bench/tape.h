/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A tape of what a program asked of SQLite: written by record.c, played by replay.c. Numbers are
 *host order; the two run on one machine.
 *
 *	byte op, int32 who, then
 *	TAPE_PREPARE  int32 connection, int32 length, SQL     who: the statement, from 1
 *	TAPE_EXEC     int32 length, SQL                       who: the connection, from 1
 *	TAPE_INT      int32 index, int64
 *	TAPE_TEXT     int32 index, int32 length, bytes
 *	TAPE_BLOB     int32 index, int32 length, bytes
 *	TAPE_NULL     int32 index
 *	TAPE_STEP, TAPE_RESET, TAPE_CLEAR, TAPE_END
 */
#ifndef TESTS_BENCH_TAPE_H
#define TESTS_BENCH_TAPE_H

enum tape_op {
	TAPE_PREPARE = 'P',
	TAPE_EXEC = 'X',
	TAPE_INT = 'I',
	TAPE_TEXT = 'T',
	TAPE_BLOB = 'B',
	TAPE_NULL = 'N',
	TAPE_STEP = 'S',
	TAPE_RESET = 'R',
	TAPE_CLEAR = 'C',
	TAPE_END = 'E', /* finalised */
};

#define TAPE_STATEMENTS_MAX 4096

#endif
