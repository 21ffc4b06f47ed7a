/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the bank keeps in memory to know who asks. bank_open() makes it after the store is migrated, the
 * pepper is loaded and the writer runs; bank_close() frees it.
 */
#ifndef BANK_IDENTITY_H
#define BANK_IDENTITY_H

#include <stdatomic.h>

#include "base/err.h"

struct bank;
struct authority;

struct identity {
	struct authority *authority; /* certificate.h: DIR/tls/ */
	atomic_uint generation;	     /* rises when a session or terminal ends: see access.h */
};

int identity_open(struct bank *bank, struct err *err); /* sets bank->identity */
void identity_close(struct bank *bank);		       /* NULL allowed */

/* After the COMMIT that ended a session or a terminal. NULL allowed. Any thread. */
void identity_changed(struct identity *identity);

#endif
