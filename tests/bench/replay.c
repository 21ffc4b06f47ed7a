/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * replay TAPE DATABASE: SQLite alone, doing the same statements in the same transactions as the
 * writer whose tape it is. Of the tape's connections the one that commits is played (the one with
 * most BEGIN IMMEDIATE); preparing statements is not timed. Prints `commits N`, `steps N`, `errors
 * N`, `us N`.
 */
#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "tests/bench/tape.h"

struct reel {
	const char *at, *end;
};

struct player {
	sqlite3 *db;
	sqlite3_stmt *statements[TAPE_STATEMENTS_MAX];
	int32_t connection; /* the one to play */
	int64_t commits, steps, errors, us;
};

static int32_t take_int(struct reel *r)
{
	int32_t value;

	memcpy(&value, r->at, sizeof(value));
	r->at += sizeof(value);
	return value;
}

static int64_t now_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

/* Bytes that follow an op's fixed part. */
static void skip(struct reel *r, char op)
{
	switch (op) {
	case TAPE_INT:
		r->at += 4 + 8;
		break;
	case TAPE_TEXT:
	case TAPE_BLOB:
		r->at += 4;
		r->at += take_int(r);
		break;
	case TAPE_NULL:
		r->at += 4;
		break;
	case TAPE_EXEC:
		r->at += take_int(r);
		break;
	case TAPE_PREPARE:
		r->at += 4;
		r->at += take_int(r);
		break;
	default:
		break;
	}
}

/* The connection of the statement that begins most transactions. */
static int32_t writer_of(struct reel r)
{
	static int32_t connection_of[TAPE_STATEMENTS_MAX];
	static int64_t begins[TAPE_STATEMENTS_MAX];
	static char is_begin[TAPE_STATEMENTS_MAX];
	int32_t best = 0;

	while (r.at < r.end) {
		char op = *r.at++;
		int32_t who = take_int(&r);

		if (op == TAPE_PREPARE) {
			struct reel peek = r;
			int32_t connection = take_int(&peek), n = take_int(&peek);

			connection_of[who] = connection;
			is_begin[who] = n == 15 && !memcmp(peek.at, "BEGIN IMMEDIATE", 15);
		}
		if (op == TAPE_STEP && is_begin[who] && ++begins[who] > begins[best])
			best = who;
		skip(&r, op);
	}
	return connection_of[best];
}

static void play_prepare(struct player *p, struct reel *r, int32_t who)
{
	int32_t connection = take_int(r), n = take_int(r);

	sqlite3_finalize(p->statements[who]);
	p->statements[who] = NULL;
	if (connection == p->connection)
		p->errors += sqlite3_prepare_v3(p->db, r->at, n, SQLITE_PREPARE_PERSISTENT,
						&p->statements[who], NULL) != SQLITE_OK;
	r->at += n;
}

static void play_exec(struct player *p, struct reel *r, int32_t connection)
{
	int32_t n = take_int(r);
	char *sql = strndup(r->at, (size_t)n);

	/* pragmas and the schema's own statements: on the copy the schema stands already */
	if (sql && connection == p->connection && !strncmp(sql, "PRAGMA", 6))
		sqlite3_exec(p->db, sql, NULL, NULL, NULL);
	free(sql);
	r->at += n;
}

static void play_step(struct player *p, sqlite3_stmt *stmt)
{
	const char *sql = sqlite3_sql(stmt);
	int rc = sqlite3_step(stmt);

	p->steps++;
	p->commits += !strcmp(sql, "COMMIT");
	if (rc != SQLITE_ROW && rc != SQLITE_DONE && p->errors++ < 5)
		fprintf(stderr, "replay: %s: %s\n", sqlite3_errmsg(p->db), sql);
}

static void play_bind(sqlite3_stmt *stmt, char op, struct reel *r)
{
	int32_t index = take_int(r), n;
	int64_t value;

	switch (op) {
	case TAPE_INT:
		memcpy(&value, r->at, sizeof(value));
		r->at += sizeof(value);
		sqlite3_bind_int64(stmt, index, value);
		break;
	case TAPE_TEXT:
		n = take_int(r);
		sqlite3_bind_text(stmt, index, r->at, n, SQLITE_STATIC);
		r->at += n;
		break;
	case TAPE_BLOB:
		n = take_int(r);
		sqlite3_bind_blob(stmt, index, r->at, n, SQLITE_STATIC);
		r->at += n;
		break;
	default:
		sqlite3_bind_null(stmt, index);
	}
}

static void play_one(struct player *p, struct reel *r)
{
	char op = *r->at++;
	int32_t who = take_int(r);
	int64_t begin;

	if (op == TAPE_PREPARE || op == TAPE_EXEC) {
		begin = now_us();
		if (op == TAPE_PREPARE)
			play_prepare(p, r, who);
		else
			play_exec(p, r, who);
		p->us -= now_us() - begin;
		return;
	}
	if (!p->statements[who]) {
		skip(r, op);
		return;
	}
	if (op == TAPE_STEP) {
		play_step(p, p->statements[who]);
	} else if (op == TAPE_RESET) {
		sqlite3_reset(p->statements[who]);
	} else if (op == TAPE_CLEAR) {
		sqlite3_clear_bindings(p->statements[who]);
	} else if (op == TAPE_END) {
		sqlite3_finalize(p->statements[who]);
		p->statements[who] = NULL;
	} else {
		play_bind(p->statements[who], op, r);
	}
}

int main(int argc, char **argv)
{
	struct player p = { 0 };
	struct reel r;
	struct stat st;
	int fd;

	if (argc != 3 || (fd = open(argv[1], O_RDONLY)) < 0 || fstat(fd, &st) < 0 || !st.st_size) {
		fprintf(stderr, "usage: replay TAPE DATABASE\n");
		return 2;
	}
	r.at = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, fd, 0);
	if (r.at == MAP_FAILED || sqlite3_open(argv[2], &p.db) != SQLITE_OK)
		return 2;
	r.end = r.at + st.st_size;
	p.connection = writer_of(r);
	p.us = -now_us();
	while (r.at < r.end)
		play_one(&p, &r);
	p.us += now_us();
	for (size_t i = 0; i < TAPE_STATEMENTS_MAX; i++)
		sqlite3_finalize(p.statements[i]);
	sqlite3_close(p.db);
	printf("commits %lld\nsteps %lld\nerrors %lld\nus %lld\n", (long long)p.commits,
	       (long long)p.steps, (long long)p.errors, (long long)p.us);
	return p.errors != 0;
}
