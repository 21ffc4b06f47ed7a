/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/answer.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/catalogue.h"

/* Why nothing left. The rest of curl's codes are a network that does not carry. */
static const struct {
	CURLcode code;
	const char *text;
} not_sent[] = {
	{ CURLE_LOGIN_DENIED, N_("Please log in first.") },
	{ CURLE_BAD_FUNCTION_ARGUMENT, N_("This cannot be asked of the bank: something is missing "
					  "or too long. Nothing was sent.") },
	{ CURLE_OUT_OF_MEMORY, N_("This terminal is short of memory. Nothing was sent. Close other "
				  "programs and try again.") },
	{ CURLE_PEER_FAILED_VERIFICATION,
	  N_("This may not be your bank: it could not prove who it is. Nothing was sent. Do not go "
	     "on; tell the bank.") },
	{ CURLE_SSL_CONNECT_ERROR, N_("No secure connection to the bank could be made. Nothing was "
				      "sent. Try again; if it stays so, tell the bank.") },
	{ CURLE_SSL_CERTPROBLEM, N_("This terminal's certificate cannot be used. Nothing was sent. "
				    "Enrol the terminal again.") },
	{ CURLE_SSL_CACERT_BADFILE, N_("The bank's certificate on this terminal cannot be used. "
				       "Nothing was sent. Enrol the terminal again.") },
};

static const char *not_sent_text(CURLcode code)
{
	for (size_t i = 0; i < COUNT(not_sent); i++)
		if (not_sent[i].code == code)
			return _(not_sent[i].text);
	return _("The bank cannot be reached. Nothing was sent and your money is untouched. Check "
		 "the network, then try again.");
}

/* curl's names for an answer that is not HTTP. */
static bool is_nonsense(CURLcode code)
{
	return code == CURLE_WEIRD_SERVER_REPLY || code == CURLE_UNSUPPORTED_PROTOCOL ||
	       code == CURLE_HTTP2 || code == CURLE_BAD_CONTENT_ENCODING;
}

/* Only the media type counts: parameters may follow. */
static bool is_type(const char *content_type, const char *want)
{
	size_t n = strlen(want);

	if (!content_type || strncasecmp(content_type, want, n))
		return false;
	return content_type[n] == '\0' || strchr("; \t", content_type[n]);
}

static void bad_reply(struct answer *a)
{
	a->outcome = ANSWER_BAD_REPLY;
	if (a->status == 429 || a->status >= 500)
		a->text = _("The bank cannot answer just now. Please try again in a moment.");
	else
		a->text = _("The bank's answer could not be understood. Please try again; if it "
			    "stays so, tell the bank.");
}

static void read_problem(const struct exchange *x, struct problem *p, struct answer *a)
{
	if (!is_type(x->content_type, "application/problem+json") ||
	    json_read_text(x->bytes, x->n, &problem_json, JSON_LAX, p, NULL) < 0 ||
	    p->status != x->status || !*p->code) {
		bad_reply(a);
		return;
	}
	a->outcome = ANSWER_PROBLEM;
	a->problem = p;
	if (p->detail && *p->detail)
		a->text = p->detail;
	else
		a->text = *p->title ? p->title
				    : _("The bank refused this without saying why. If it stays so, "
					"call the bank.");
}

static void read_body(const struct call_type *type, const struct exchange *x, struct answer *a)
{
	if (!type->response || x->status == 204)
		return;
	if (!is_type(x->content_type, "application/json") || !a->body ||
	    json_read_text(x->bytes, x->n, type->response, JSON_LAX, a->body, NULL) < 0)
		bad_reply(a);
}

void answer_read(const struct call_type *type, const struct exchange *x, struct problem *problem,
		 struct answer *ret)
{
	*ret = (struct answer){ .outcome = ANSWER_OK, .status = x->status, .text = "" };
	json_init(problem, &problem_json);
	if (type->response && (ret->body = calloc(1, type->response->size)))
		json_init(ret->body, type->response);
	if (x->is_too_large || (x->result && x->is_sent && is_nonsense(x->result))) {
		bad_reply(ret);
	} else if (x->result && !x->is_sent) {
		ret->outcome = ANSWER_NOT_SENT;
		ret->status = 0;
		ret->text = not_sent_text(x->result);
	} else if (x->result) {
		ret->outcome = ANSWER_NO_REPLY;
		ret->status = 0;
		if (!strcmp(type->method, "GET"))
			ret->text =
				_("The bank did not answer. Check the network, then try again.");
		else
			ret->text = _("The bank did not answer. It may have done this or not: look "
				      "before you repeat it.");
	} else if (x->status >= 200 && x->status < 300) {
		read_body(type, x, ret);
	} else {
		read_problem(x, problem, ret);
	}
}

void answer_release(const struct call_type *type, struct problem *problem, struct answer *a)
{
	if (a->body)
		json_release(a->body, type->response);
	free(a->body);
	json_release(problem, &problem_json);
	*a = (struct answer){ .text = "" };
}
