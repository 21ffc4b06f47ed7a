/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A seeded defect: a barrier that is always open, linked instead of app/barrier.c. What tests it must fail. */
#include "app/barrier.h"

bool barrier_built(struct barrier *b, const char *text)
{
	b->state = text ? BARRIER_OPEN : BARRIER_NONE;
	return false;
}

bool barrier_painted(struct barrier *b, int64_t now)
{
	(void)b;
	(void)now;
	return false;
}

void barrier_fence_asked(struct barrier *b, bool can, int64_t now)
{
	(void)b;
	(void)can;
	(void)now;
}

void barrier_fence_answered(struct barrier *b, int64_t now)
{
	(void)b;
	(void)now;
}

bool barrier_pass(struct barrier *b, int64_t now)
{
	(void)b;
	(void)now;
	return true;
}

bool barrier_stray(struct barrier *b, int64_t now)
{
	(void)b;
	(void)now;
	return false;
}

bool barrier_may_confirm(const struct barrier *b)
{
	(void)b;
	return true;
}

int barrier_turn(struct barrier *b, int64_t now)
{
	(void)b;
	(void)now;
	return -1;
}

bool barrier_total_is(const struct page *page, const char *typed)
{
	(void)page;
	(void)typed;
	return true;
}
