/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What enrolment left in DIR: whom to talk to, whom to trust, and as whom.
 *
 *	terminal.ini   [terminal] address, pin, id, label, expires
 *	ca.pem         the bank's CA, the only trust anchor; its key is pinned in terminal.ini
 *	device.pem     this terminal's private key and certificate, 0600
 *
 * terminal.ini is written last: until it stands the terminal is not enrolled.
 */
#ifndef CLIENT_TERMINAL_H
#define CLIENT_TERMINAL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"

struct terminal {
	char *address; /* "host:port", "[::1]:port" */
	char *pins;    /* see device_check_pins() */
	char *id;
	char *label;	   /* may be "" */
	int64_t expires;   /* UTC seconds, of the certificate */
	struct buf ca;	   /* PEM */
	struct buf device; /* PEM, a secret; empty while enrolling */
};

void terminal_init(struct terminal *t);
void terminal_release(struct terminal *t); /* wipes the key */

/* -ENOENT not enrolled; -EPERM others may read the key; -EINVAL, -EKEYREJECTED the files do not fit
 * together. */
int terminal_load(const char *dir, struct terminal *ret, struct err *err);
/* The two parts of terminal_load: reading, then whether what was read fits together, which takes longer. */
int terminal_read(const char *dir, struct terminal *ret, struct err *err);
int terminal_check(const struct terminal *t, struct err *err);
int terminal_save(const char *dir, const struct terminal *t, struct err *err);

/* A host name, IPv4 address or bracketed IPv6 address, a colon and a port: nothing that would
 * change a URL. */
bool terminal_address_is_valid(const char *address);

#endif
