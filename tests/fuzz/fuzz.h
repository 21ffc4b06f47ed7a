/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_FUZZ_H
#define TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>

/*
 * What a fuzzer defines. data are size bytes from outside, not terminated, valid
 * during the call. Returns 0; a broken promise of the parser is abort().
 */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
