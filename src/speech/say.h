/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What to say: texts for a voice, made from pages and never from cells. In the language of the
 * client (gettext); nothing here makes a sound. A secret is counted, never spoken. All append to
 * out and return 0 or buf_add's errors.
 */
#ifndef SPEECH_SAY_H
#define SPEECH_SAY_H

#include "base/buf.h"
#include "base/money.h"
#include "page/front.h"

/*
 * An amount in words, so that no voice has to read digits: Chinese 一万二千三百四十五元六角七分,
 * English "12,345 yuan and 67 fen". Chinese numerals up to 10^15 minor units of CNY; whatever has
 * no words is said as money_show and the currency's code.
 */
int say_amount(const struct money *m, bool is_chinese, struct buf *out);
/* The Chinese reading of a whole number: 0 零, 10 十, 101 一百零一, 20000 二万. n >= 0. */
int say_number_zh(int64_t n, struct buf *out);
/* An account number, phone or code digit by digit: "6 2 2 2"; Chinese 六二二二. '*' is "star", 星;
 * others as they are. */
int say_digits(const char *s, bool is_chinese, struct buf *out);

/* A page when it opens: where one is, notices, what matters, what is in focus. */
int say_page(const struct page *p, const struct view *view, bool is_chinese, struct buf *out);
/* What is in focus now, with its place among its kind; nothing when nothing is. */
int say_focus(const struct page *p, const struct view *view, bool is_chinese, struct buf *out);

#endif
