/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/barrier.h"

#include <string.h>

#include "base/money.h"

bool barrier_built(struct barrier *b, const char *text)
{
	char terms[SHA256_HEX];

	if (!text) {
		*b = (struct barrier){ .fences = b->fences, .typed = b->typed, .gap = b->gap };
		return false;
	}
	sha256_hex(text, strlen(text), terms);
	if (b->state != BARRIER_NONE && !strcmp(terms, b->terms))
		return false;
	memcpy(b->terms, terms, sizeof(terms));
	b->state = BARRIER_BUILT;
	return true;
}

bool barrier_painted(struct barrier *b, int64_t now)
{
	if (b->state != BARRIER_BUILT)
		return false;
	b->state = BARRIER_FENCED;
	b->painted = now;
	return true;
}

void barrier_fence_asked(struct barrier *b, bool can, int64_t now)
{
	b->painted = now;
	b->fences += can;
}

void barrier_fence_answered(struct barrier *b, int64_t now)
{
	if (b->fences > 0)
		b->fences--;
	/* An answer to a fence of an earlier page says nothing about this one. */
	if (b->state != BARRIER_FENCED || b->fences > 0)
		return;
	b->state = BARRIER_QUIET;
	b->quiet_since = now;
}

int barrier_turn(struct barrier *b, int64_t now)
{
	if (b->state == BARRIER_FENCED) {
		if (now - b->painted < BARRIER_FENCE_MS)
			return (int)(b->painted + BARRIER_FENCE_MS - now);
		b->fences = 0;
		b->state = BARRIER_QUIET;
		b->quiet_since = now;
	}
	if (b->state == BARRIER_QUIET) {
		int64_t quiet = b->was_stray ? BARRIER_STRAY_MS : BARRIER_QUIET_MS;

		if (now - b->quiet_since < quiet)
			return (int)(b->quiet_since + quiet - now);
		b->was_stray = false;
		b->state = BARRIER_OPEN;
	}
	return -1;
}

bool barrier_pass(struct barrier *b, int64_t now)
{
	barrier_turn(b, now);
	b->gap = now - b->typed;
	b->typed = now;
	if (b->state == BARRIER_NONE || b->state == BARRIER_OPEN)
		return true;
	b->quiet_since = now;
	return false;
}

bool barrier_stray(struct barrier *b, int64_t now)
{
	if (b->state != BARRIER_OPEN)
		return false;
	b->state = BARRIER_QUIET;
	b->quiet_since = now;
	b->was_stray = true;
	return true;
}

bool barrier_may_confirm(const struct barrier *b)
{
	return b->state == BARRIER_OPEN && b->gap >= BARRIER_BURST_MS;
}

bool barrier_total_is(const struct page *page, const char *typed)
{
	/* The wire text has the currency's minor digits; any currency with as many compares the same way. */
	static const char *const by_digits[] = { "JPY", NULL, "CNY", "KWD" };
	struct money want, got;
	const char *point, *currency;
	size_t digits;

	if (!page->confirm_total)
		return true;
	point = strchr(page->confirm_total, '.');
	digits = point ? strlen(point + 1) : 0;
	currency = digits < COUNT(by_digits) ? by_digits[digits] : NULL;
	return currency && money_parse(page->confirm_total, currency, &want) == 0 &&
	       money_parse_typed(typed, currency, &got, NULL) == 0 && want.minor == got.minor;
}
