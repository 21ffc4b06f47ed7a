/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hostile bytes through the gate, and what passed it through everything that measures and cuts. */
#include <stdlib.h>
#include <string.h>

#include "base/macros.h"
#include "base/text.h"
#include "tests/fuzz/fuzz.h"

static void require(bool holds)
{
	if (!holds)
		abort();
}

static void check_gated(const char *s, size_t n, enum gate_flags flags)
{
	require(text_is_utf8(s, n));
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)s[i];

		require((c >= ' ' && c != 0x7f) || (c == '\n' && (flags & GATE_LINES)));
		require(!(c == 0xc2 && (unsigned char)s[i + 1] < 0xa0)); /* C1 */
	}
}

static void check_clusters(const char *s)
{
	int columns, total = 0;
	size_t n;

	for (const char *at = s; (n = text_cluster(at, &columns)) > 0; at += n) {
		require(columns >= 0 && columns <= 2 && text_is_utf8(at, n));
		total += columns;
	}
	require(total == text_columns(s));
}

static void check_wrap(const char *s, int columns)
{
	_cleanup_(buf_release) struct buf line;
	size_t skip, n;

	buf_init(&line, 0);
	while (*s) {
		n = text_wrap(s, columns, &skip);
		require(n + skip > 0);
		buf_clear(&line);
		buf_add(&line, s, n);
		require(text_is_utf8(line.data, n) && text_columns(line.data) <= columns);
		s += n + skip;
	}
}

static void check_padded(const char *s, int columns)
{
	_cleanup_(buf_release) struct buf cell;

	buf_init(&cell, 0);
	text_add_padded(&cell, s, columns, (enum text_align)(columns % 3));
	require(text_columns(cell.data) == columns);
}

static void check_others(const char *s)
{
	_cleanup_(free_ptr) char *tail = text_mask_tail(s, 4), *name = text_mask_name(s);

	require(tail && text_is_utf8(tail, strlen(tail)));
	require(name && text_is_utf8(name, strlen(name)));
	require(text_contains(s, s));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const enum gate_flags flags[] = { GATE_ONE_LINE, GATE_LINES };
	_cleanup_(buf_release) struct buf once, twice;

	text_locale_init();
	buf_init(&once, 0);
	buf_init(&twice, 0);
	for (size_t i = 0; i < COUNT(flags); i++) {
		buf_clear(&once);
		buf_clear(&twice);
		require(text_gate(&once, (const char *)data, size, flags[i]) == 0);
		require(text_gate(&twice, once.data, once.len, flags[i]) == 0);
		require(once.len == twice.len && !memcmp(once.data, twice.data, once.len));
		check_gated(once.data, once.len, flags[i]);
		check_clusters(once.data);
		check_others(once.data);
		for (int columns = 2; columns < 20; columns += 3) {
			check_wrap(once.data, columns);
			if (flags[i] == GATE_ONE_LINE)
				check_padded(once.data, columns);
		}
	}
	return 0;
}
