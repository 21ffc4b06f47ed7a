/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What came back, checked against the contract, and what to tell the person; inside src/client. */
#ifndef CLIENT_ANSWER_H
#define CLIENT_ANSWER_H

#include <curl/curl.h>

#include "client/client.h"

/* What the transport says of one exchange. Everything borrowed. */
struct exchange {
	CURLcode result;
	bool is_sent;		  /* a byte of the request may have left */
	bool is_too_large;	  /* the answer was cut at its cap */
	int status;		  /* HTTP, 0 without */
	const char *content_type; /* NULL without */
	const char *bytes;	  /* the body */
	size_t n;
};

/*
 * Fill *ret. Its body is new and belongs to the caller, who releases it with answer_release();
 * problem and text may live in *problem. Never fails: what cannot be read is ANSWER_BAD_REPLY. The
 * bank's texts are not gated here: pages do that.
 */
void answer_read(const struct call_type *type, const struct exchange *x, struct problem *problem,
		 struct answer *ret);
void answer_release(const struct call_type *type, struct problem *problem, struct answer *a);

#endif
