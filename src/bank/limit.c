/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bank/limit.h"

#include <pthread.h>
#include <stdlib.h>

#define BUCKETS 4096 /* a power of two */
#define WAYS	8    /* places one key may stand in */

struct bucket {
	uint64_t key;	/* 0: free */
	int64_t tokens; /* thousandths */
	int64_t ms;	/* of the last filling */
};

struct limit {
	int64_t per_second, burst;
	pthread_mutex_t lock;
	struct bucket buckets[BUCKETS];
};

struct limit *limit_new(int per_second, int burst)
{
	struct limit *limit = calloc(1, sizeof(*limit));

	if (!limit)
		return NULL;
	limit->per_second = per_second;
	limit->burst = burst;
	pthread_mutex_init(&limit->lock, NULL);
	return limit;
}

void limit_free(struct limit *limit)
{
	if (!limit)
		return;
	pthread_mutex_destroy(&limit->lock);
	free(limit);
}

/* FNV-1a, 64 bits: whoever collides on purpose only shares a bucket with himself. */
static uint64_t hash(const unsigned char *bytes, size_t n)
{
	uint64_t h = 0xcbf29ce484222325u;

	for (size_t i = 0; i < n; i++)
		h = (h ^ bytes[i]) * 0x100000001b3u;
	return h ? h : 1;
}

static struct bucket *find(struct limit *limit, uint64_t key, int64_t ms)
{
	struct bucket *oldest = NULL;

	for (size_t i = 0; i < WAYS; i++) {
		struct bucket *b = &limit->buckets[(key + i) % BUCKETS];

		if (b->key == key)
			return b;
		if (!oldest || !b->key || (oldest->key && b->ms < oldest->ms))
			oldest = b;
	}
	*oldest = (struct bucket){ .key = key, .tokens = limit->burst * 1000, .ms = ms };
	return oldest;
}

int limit_take(struct limit *limit, const void *key, size_t n, int64_t monotonic_ms)
{
	struct bucket *b;
	int64_t wait = 0;

	pthread_mutex_lock(&limit->lock);
	b = find(limit, hash(key, n), monotonic_ms);
	if (monotonic_ms > b->ms) {
		int64_t elapsed = monotonic_ms - b->ms;

		if (elapsed > 3600 * 1000)
			elapsed = 3600 * 1000; /* full by then; keeps the product small */
		b->tokens += elapsed * limit->per_second;
		b->ms = monotonic_ms;
		if (b->tokens > limit->burst * 1000)
			b->tokens = limit->burst * 1000;
	}
	if (b->tokens >= 1000)
		b->tokens -= 1000;
	else
		wait = (1000 - b->tokens + limit->per_second * 1000 - 1) / (limit->per_second * 1000);
	pthread_mutex_unlock(&limit->lock);
	return wait < 0 ? 1 : (int)wait;
}
