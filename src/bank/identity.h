/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the bank keeps in memory to know who asks. bank_open() makes it after the store is migrated, the pepper
 * is loaded and the writer runs; bank_close() frees it first.
 */
#ifndef BANK_IDENTITY_H
#define BANK_IDENTITY_H

#include "base/err.h"

struct bank;
struct authority;
struct session_cache;

struct identity {
	struct authority *authority;    /* certificate.h: DIR/tls/ */
	struct session_cache *sessions; /* session.h */
};

int identity_open(struct bank *bank, struct err *err);
void identity_close(struct bank *bank); /* NULL members allowed */

#endif
