/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Sessions: 256-bit tokens of which only the digest is kept, bound to the key of the terminal's certificate.
 *
 * A session dies after SESSION_IDLE_SECONDS without a request, after SESSION_LIFE_SECONDS in any case, at
 * logout, and with its terminal or person. Requests find it in a cache in memory; the store is read only when
 * the cache does not have it (after a restart), and its last activity is written at most once a minute.
 */
#ifndef BANK_SESSION_H
#define BANK_SESSION_H

#define SESSION_IDLE_SECONDS (15 * 60)      /* PCI DSS 8.2.8 */
#define SESSION_LIFE_SECONDS (12 * 60 * 60) /* NIST SP 800-63B, AAL2 */

#endif
