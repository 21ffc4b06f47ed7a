/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Enrolment: a ticket's code and a key become a terminal with a certificate. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "bank/bank.h"
#include "bank/identity.h"
#include "bank/route.h"
#include "bank/ticket.h"
#include "base/log.h"
#include "base/text.h"
#include "model/enrolment.h"

static bool is_visible(const char *s)
{
	_cleanup_(free_ptr) char *gated = text_gated(s, GATE_ONE_LINE);

	return gated && !strcmp(gated, s);
}

static int enrolment_prepare(struct request *rq)
{
	const struct enrolment_request *in = rq->body;
	struct terminal_certificate *certificate;
	int r;

	if (in->label && !is_visible(in->label))
		return reply_field_problem(rq, 422, "/label", "label-invalid",
					   N_("A label has visible characters only."));
	certificate = calloc(1, sizeof(*certificate));
	if (!certificate)
		return -ENOMEM;
	rq->scratch = certificate;
	rq->scratch_size = sizeof(*certificate);
	r = authority_sign(rq->bank->identity->authority, in->request, certificate, NULL);
	if (r == -EINVAL)
		return reply_field_problem(
			rq, 422, "/certificateRequest", "request-unfit",
			N_("A PKCS #10 request for an ECDSA P-256 key, signed by that key, is needed."));
	return r;
}

static int enrolment_refuse(struct request *rq, int r)
{
	log_event(LOG_WARNING, "terminal.refused", "%s", strerror(-r));
	if (r == -ENOENT)
		reply_problem(rq, 403, "ticket-unknown",
			      N_("This code is not known. Check it, or ask the bank for a new ticket."));
	else if (r == -ESTALE)
		reply_problem(rq, 409, "ticket-used",
			      N_("This ticket was used or has expired. Ask the bank for a new one."));
	else if (r == -EEXIST)
		reply_problem(rq, 409, "terminal-known",
			      N_("This key belongs to a terminal already. Make a new key."));
	return r;
}

static int enrolment_write(struct store *store, struct request *rq)
{
	const struct enrolment_request *in = rq->body;
	const struct terminal_certificate *certificate = rq->scratch;
	struct enrolling e = { .code = in->code,
			       .label = in->label,
			       .certificate = certificate,
			       .now = rq->bank->clock.now(rq->bank->clock.data) };
	struct enrolment out = { .terminal_id = (char *)certificate->name,
				 .certificate = (char *)certificate->pem,
				 .expires = certificate->expires };
	int64_t terminal;
	int r = ticket_use(store, rq->bank, &e, &terminal);

	if (r < 0)
		return enrolment_refuse(rq, r);
	log_event(LOG_INFO, "terminal.enrolled", "%s", certificate->name);
	return reply_json(rq, 201, &enrolment_json, &out);
}

static int enrolment_refused(struct store *store, struct request *rq)
{
	const struct enrolment_request *in = rq->body;

	return ticket_refused(store, in->code);
}

static const struct route rows[] = {
	{ .method = "POST",
	  .path = "/v1/enrolments",
	  .access = ACCESS_ANYONE,
	  .body = &enrolment_request_json,
	  .prepare = enrolment_prepare,
	  .write = enrolment_write,
	  .refused = enrolment_refused },
};
const struct route_list terminal_routes = { rows, COUNT(rows) };
