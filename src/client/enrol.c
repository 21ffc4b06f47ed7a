/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/enrol.h"

#include <errno.h>
#include <sodium.h>
#include <string.h>

#include "base/catalogue.h"
#include "base/file.h"
#include "base/ini.h"
#include "base/secret.h"
#include "client/device.h"
#include "client/state.h"
#include "model/enrolment.h"

#define TRIES_MOST 4	/* the bank answers the same key and code again as before */
#define PAUSE_MS   1500 /* when it asks to wait: longer than it says */

struct ticket {
	struct ini ini;
	const char *address, *pin;
	struct secret *code;
	struct buf ca;
};

static void ticket_release(struct ticket *t)
{
	for (size_t i = 0; i < t->ini.count; i++)
		secret_wipe(t->ini.entries[i].value, strlen(t->ini.entries[i].value));
	ini_release(&t->ini);
	secret_free(t->code);
	buf_release(&t->ca);
}

static int decode_ca(const char *text, struct buf *out)
{
	size_t n = 0;
	int r = buf_pad(out, 0, strlen(text));

	if (r == 0 && sodium_base642bin((unsigned char *)out->data, out->len, text, strlen(text),
					" ", &n, NULL, sodium_base64_VARIANT_ORIGINAL))
		r = -EINVAL;
	out->len = n;
	out->data[n] = '\0';
	return r;
}

static int ticket_read(const char *path, struct ticket *t, struct err *err)
{
	const char *code, *ca;
	int r = ini_load(path, &t->ini, err);

	if (r < 0)
		return r;
	t->address = ini_get(&t->ini, "ticket", "address");
	t->pin = ini_get(&t->ini, "ticket", "pin");
	code = ini_get(&t->ini, "ticket", "code");
	ca = ini_get(&t->ini, "ticket", "ca");
	if (!t->address || !t->pin || !code || !ca)
		return err_set(err, -EINVAL,
			       _("%s is not a whole ticket: it needs address, pin, code and ca. "
				 "Ask the bank for a new one."),
			       path);
	if (!terminal_address_is_valid(t->address))
		return err_set(
			err, -EINVAL,
			_("%s: the address must be a name and a port, such as bank.example:8443"),
			path);
	t->code = secret_from(code, strlen(code));
	if (!t->code || decode_ca(ca, &t->ca) < 0)
		return err_set(err, -EINVAL,
			       _("%s: the code or the certificate is damaged. Ask the bank for a "
				 "new ticket."),
			       path);
	r = device_check_pins(&t->ca, t->pin, err);
	return r < 0 ? err_prefix(err, r, "%s", path) : 0;
}

struct enrolling {
	struct terminal *terminal; /* gets the certificate */
	struct err *err;
	bool is_answered;
	bool may_repeat;
	bool is_busy; /* the bank asked to wait */
	int result;
};

static void answered(void *data, struct answer *a)
{
	struct enrolling *e = data;
	const struct enrolment *enrolment = a->body;

	e->is_answered = true;
	e->is_busy = a->status == 429 || a->status == 503;
	e->may_repeat = a->outcome == ANSWER_NO_REPLY || e->is_busy;
	if (a->outcome != ANSWER_OK || !enrolment) {
		e->result = err_set(e->err, a->outcome == ANSWER_PROBLEM ? -EACCES : -EHOSTUNREACH,
				    "%s", a->text);
		return;
	}
	e->terminal->id = strdup(enrolment->terminal_id);
	e->terminal->expires = enrolment->expires;
	e->result =
		e->terminal->id ? buf_puts(&e->terminal->device, enrolment->certificate) : -ENOMEM;
	if (e->result < 0)
		err_set(e->err, e->result, _("Out of memory"));
}

static void pause_for(struct client *c, int ms)
{
	int64_t end = client_ms(c) + ms;

	for (int64_t left = ms; left > 0; left = end - client_ms(c)) {
		client_poll(c, NULL, 0, (int)left);
		client_run(c);
	}
}

static int ask(struct client *c, const struct enrolment_request *request, struct enrolling *e)
{
	struct call_args args = { .body = request };

	for (int tries = 0; tries < TRIES_MOST; tries++) {
		e->is_answered = false;
		if (!client_call(c, &call_create_enrolment, &args, answered, e))
			return err_set(e->err, -ENOMEM, _("Out of memory"));
		for (client_run(c); !e->is_answered; client_run(c))
			if (client_poll(c, NULL, 0, -1) < 0)
				return err_set(e->err, -ENOMEM, _("Out of memory"));
		if (!e->may_repeat)
			break;
		if (e->is_busy)
			pause_for(c, PAUSE_MS);
	}
	return e->result;
}

/* What the connection needs; the terminal to be keeps its own copy. */
static int terminal_from(const struct ticket *t, struct terminal *ret, struct err *err)
{
	terminal_init(ret);
	ret->address = strdup(t->address);
	ret->pins = strdup(t->pin);
	if (ret->address && ret->pins && buf_add(&ret->ca, t->ca.data, t->ca.len) == 0)
		return 0;
	return err_set(err, -ENOMEM, _("Out of memory"));
}

static int exchange(const struct ticket *t, const char *label, struct terminal *terminal,
		    struct err *err)
{
	_cleanup_(terminal_release) struct terminal bare;
	_cleanup_(buf_release) struct buf request_pem;
	struct client_options options = { .channel = "home" };
	struct enrolling e = { .terminal = terminal, .err = err };
	struct enrolment_request request = { .code = t->code, .label = (char *)label };
	struct client *c = NULL;
	int r;

	buf_init(&request_pem, 0);
	r = terminal_from(t, &bare, err);
	if (r == 0)
		r = device_new_key(&terminal->device, &request_pem, err);
	if (r == 0)
		r = client_open_bare(&bare, &options, &c, err);
	request.request = request_pem.data;
	if (r == 0)
		r = ask(c, &request, &e);
	client_close(c);
	if (r == 0)
		r = device_check(&terminal->device, &terminal->device, &terminal->ca, err);
	return r;
}

int enrol_with_ticket(const char *dir, const char *ticket_path, const char *label, struct err *err)
{
	_cleanup_(ticket_release) struct ticket ticket = { .code = NULL };
	_cleanup_(terminal_release) struct terminal terminal;
	int r;

	terminal_init(&terminal);
	buf_init(&ticket.ca, 0);
	transport_harden();
	if (sodium_init() < 0)
		return err_set(err, -EIO, _("No source of random numbers"));
	r = file_make_private_dir(dir, err);
	if (r == 0)
		r = ticket_read(ticket_path, &ticket, err);
	if (r == 0)
		r = terminal_from(&ticket, &terminal, err);
	if (r < 0)
		return r;
	terminal.label = strdup(label ? label : "");
	if (!terminal.label)
		return err_set(err, -ENOMEM, _("Out of memory"));
	r = exchange(&ticket, label, &terminal, err);
	return r < 0 ? r : terminal_save(dir, &terminal, err);
}
