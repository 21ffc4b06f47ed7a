/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * HTTPS to one bank, and nowhere else.
 *
 * What holds for every request, with no switch to turn it off (ASVS 5.0.0 12.1-12.3,
 * libcurl-security.md): https only and no redirects; TLS 1.2 or newer; chain and host name verified
 * against the CA of the enrolment, whose key is pinned. The leaf's key is not pinned as well: the
 * bank renews it, and no other CA can sign one that passes. A client certificate on every
 * connection after enrolment. No proxy, .netrc, key log, cookies or compression. Connect, total and
 * low-speed limits; connections live at most five minutes.
 */
#ifndef CLIENT_TRANSPORT_H
#define CLIENT_TRANSPORT_H

#include <curl/curl.h>

#include "base/err.h"
#include "client/terminal.h"

#define TRANSPORT_SPARES 8

struct transport {
	CURLM *multi;
	CURL *spare[TRANSPORT_SPARES]; /* idle handles, options set */
	size_t spare_count;
	const struct terminal *terminal; /* borrowed for the transport's life */
};

/*
 * Forget environment variables by which libcurl and OpenSSL would take advice: proxies, key log,
 * trust stores, configuration. Before anything touches either library; call it first in main, too.
 */
void transport_harden(void);

int transport_init(struct transport *t, const struct terminal *terminal, struct err *err);
void transport_release(struct transport *t); /* no handle may be in use */

/* A handle with all of the above set, NULL when memory is short. Give it back. */
CURL *transport_take(struct transport *t);
void transport_give_back(struct transport *t, CURL *easy);

#endif
