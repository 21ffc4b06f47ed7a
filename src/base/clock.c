/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/clock.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static int64_t system_now(void *data)
{
	struct timespec t;

	(void)data;
	clock_gettime(CLOCK_REALTIME, &t);
	return t.tv_sec;
}

static int64_t system_monotonic_ms(void *data)
{
	struct timespec t;

	(void)data;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

const struct clock clock_system = { .now = system_now, .monotonic_ms = system_monotonic_ms };

static int64_t manual_now(void *data)
{
	return *(const int64_t *)data;
}

static int64_t manual_monotonic_ms(void *data)
{
	return *(const int64_t *)data * 1000;
}

struct clock clock_manual(int64_t *now)
{
	return (struct clock){ .now = manual_now,
			       .monotonic_ms = manual_monotonic_ms,
			       .data = now };
}

static void system_fill(void *data, void *bytes, size_t n)
{
	(void)data;
	if (sodium_init() < 0)
		abort(); /* no source of chance: going on would hand out guessable keys */
	randombytes_buf(bytes, n);
}

const struct rng rng_system = { .fill = system_fill };

/* Each fill is its own nonce of the stream, so that results do not depend on how earlier ones were
 * cut. */
static void seeded_fill(void *data, void *bytes, size_t n)
{
	struct rng_seeded_state *state = data;
	unsigned char nonce[crypto_stream_chacha20_NONCEBYTES];

	for (size_t i = 0; i < sizeof(nonce); i++)
		nonce[i] = (unsigned char)(state->counter >> (8 * i));
	state->counter++;
	crypto_stream_chacha20(bytes, n, nonce, state->key);
}

struct rng rng_seeded(struct rng_seeded_state *state, uint64_t seed)
{
	unsigned char bytes[8];

	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (unsigned char)(seed >> (8 * i));
	crypto_hash_sha256(state->key, bytes, sizeof(bytes));
	state->counter = 0;
	return (struct rng){ .fill = seeded_fill, .data = state };
}

uint64_t rng_below(const struct rng *rng, uint64_t bound)
{
	uint64_t value,
		first = -bound %
			bound; /* 2^64 mod bound values are refused, the rest divides evenly */

	do
		rng->fill(rng->data, &value, sizeof(value));
	while (value < first);
	return value % bound;
}
