/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rate limits: token buckets by key (a terminal, an address), in a table of fixed size. When it is full the
 * bucket that was least used lately is taken over: memory stays bounded whoever asks.
 */
#ifndef BANK_LIMIT_H
#define BANK_LIMIT_H

#include <stddef.h>
#include <stdint.h>

struct limit;

/* per_second tokens flow in, burst fit in; both >= 1. NULL when memory is short. */
struct limit *limit_new(int per_second, int burst);
void limit_free(struct limit *limit);

/* Take one token. 0, or the seconds to wait (>= 1). Any thread. */
int limit_take(struct limit *limit, const void *key, size_t n, int64_t monotonic_ms);

#endif
