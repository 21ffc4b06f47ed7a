/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Enrolment: a ticket from the bank (address, CA pin, one-time code) becomes a P-256 key made here, a certificate
 * signed by the bank, and DIR/terminal.ini. The key never leaves DIR (0600).
 */
#ifndef CLIENT_ENROL_H
#define CLIENT_ENROL_H

#include "base/err.h"

/* Blocking: used by --enrol and by --demo before the loop starts. DIR is made private. Errors say what to do. */
int enrol_with_ticket(const char *dir, const char *ticket_path, const char *label, struct err *err);

#endif
