/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Time and chance are passed in, so that tests can step and replay them.
 */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stddef.h>
#include <stdint.h>

struct clock {
	int64_t (*now)(void *data);          /* UTC seconds */
	int64_t (*monotonic_ms)(void *data); /* never steps back */
	void *data;
};

struct rng {
	void (*fill)(void *data, void *bytes, size_t n);
	void *data;
};

/* The machine's own. Threads may share them. */
extern const struct clock clock_system;
extern const struct rng rng_system; /* libsodium's generator */

/* A clock that stands at *now until someone changes it; monotonic follows it. *now outlives the clock. */
struct clock clock_manual(int64_t *now);
/* A deterministic generator (ChaCha20 keyed by the seed) for tests and demo data; *state outlives it. */
struct rng_seeded_state {
	unsigned char key[32];
	uint64_t counter;
};
struct rng rng_seeded(struct rng_seeded_state *state, uint64_t seed);

/* Uniform in [0, bound), bound >= 1. */
uint64_t rng_below(const struct rng *rng, uint64_t bound);

#endif
