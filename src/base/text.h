/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * UTF-8, display columns and the output gate.
 *
 * Columns are what glibc's wcwidth() says, because ncurses asks the same function: any other
 * table disagrees with the screen. Grapheme clusters (utf8proc) are never split.
 */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

/* True when the n bytes are well-formed UTF-8 (no surrogates, no overlong forms, <= U+10FFFF). */
bool text_is_utf8(const char *s, size_t n);

/*
 * Decode one code point from s (n > 0 bytes). Returns its length in bytes (1-4); for a malformed byte
 * returns 1 and U+FFFD.
 */
size_t text_decode(const char *s, size_t n, uint32_t *ret);
/* Encode into out (at least 4 bytes); returns the length, 0 for a value that is no code point. */
size_t text_encode(uint32_t cp, char out[4]);

/*
 * Bytes of the grapheme cluster at s (NUL-terminated; 0 at the end) and its width in columns (0-2). A cluster
 * whose characters would fill more than two columns by wcwidth (an emoji and its skin tone) counts as two.
 */
size_t text_cluster(const char *s, int *ret_columns);

/* Display columns of a gated string, all its lines added; newlines count 0. */
int text_columns(const char *s);

/*
 * The longest prefix of s that fits in `columns` (whole clusters): its bytes; *ret_columns gets its
 * width (may be columns-1 before a wide character). ret_columns may be NULL.
 */
size_t text_fit(const char *s, int columns, int *ret_columns);

/* Append s cut to `columns` with "…" when cut, padded with spaces to exactly `columns`. */
enum text_align { TEXT_LEFT, TEXT_RIGHT, TEXT_CENTRE };
int text_add_padded(struct buf *out, const char *s, int columns, enum text_align align);

/*
 * Where to break a line of at most `columns` (>= 2): bytes of the line, and in *ret_skip the bytes to skip
 * before the next (spaces, newline). Breaks at spaces and between CJK characters; no line starts with
 * closing CJK punctuation where that can be helped; a word longer than the line is cut.
 */
size_t text_wrap(const char *s, int columns, size_t *ret_skip);

/*
 * The output gate: every text of the bank or of a person passes it once before a terminal, a receipt, a log,
 * speech or an export. Appends n bytes of s to out with everything that is not on the allow-list replaced by
 * U+FFFD (each malformed byte is one) or, for whitespace controls and spaces of odd width, a space: C0, DEL,
 * C1, malformed UTF-8, bidi controls, zero-width and other Cf, invisible letters, line and paragraph separators,
 * surrogates, noncharacters, private use, combining marks without a base or beyond 4 on one. Variation
 * selectors are left out. GATE_LINES keeps '\n'. Total and idempotent. Returns 0 or buf_add's errors.
 */
enum gate_flags { GATE_ONE_LINE = 0, GATE_LINES = 1 };
int text_gate(struct buf *out, const char *s, size_t n, enum gate_flags flags);
/* As text_gate, into a malloc'ed string (caller frees); NULL when memory is short. */
char *text_gated(const char *s, enum gate_flags flags);

/* Case-folded substring test for searching (ASCII fold, full-width to half-width). */
bool text_contains(const char *haystack, const char *needle);
/* The same at the beginning of s; every text begins with "". */
bool text_begins(const char *s, const char *prefix);

/*
 * Mask all but the last `tail` characters (spaces do not count) of an account number or phone: "**** 3456";
 * a text no longer than tail is masked whole. NULL when memory is short. Caller frees.
 */
char *text_mask_tail(const char *s, int tail);
/* Mask a personal name as Chinese banks do: 王小明 -> *小明, 张三 -> *三, "Anna Schmidt" -> "A*** S******". Caller frees. */
char *text_mask_name(const char *s);

/* setlocale with the C.UTF-8 fallback of a bare machine; call once in main before text_columns. */
void text_locale_init(void);

#endif
