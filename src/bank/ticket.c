/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bank/ticket.h"

#include <ctype.h>
#include <errno.h>
#include <sodium.h>
#include <string.h>

#include "bank/bank.h"
#include "bank/identity.h"
#include "bank/writer.h"
#include "base/catalogue.h"

#define CODE_LETTERS 20
#define CODE_MAX     64

/* As people may type it: case, spaces and dashes between the letters do not matter. Wipe the result. */
static void code_canonical(const struct secret *code, char out[CODE_MAX])
{
	const char *s = secret_reveal(code);
	bool is_letters = false;
	size_t n = 0;

	for (; *s && n < CODE_MAX - 1; s++) {
		if (*s == ' ' || (*s == '-' && is_letters))
			continue;
		is_letters = is_letters || *s == '-';
		out[n++] = (char)toupper((unsigned char)*s);
	}
	out[n] = '\0';
}

static void code_digest(const struct bank *bank, const char *canonical, unsigned char out[SHA256_BYTES])
{
	crypto_auth_hmacsha256_state state;

	crypto_auth_hmacsha256_init(&state, bank->pepper, sizeof(bank->pepper));
	crypto_auth_hmacsha256_update(&state, (const unsigned char *)"ticket", sizeof("ticket"));
	crypto_auth_hmacsha256_update(&state, (const unsigned char *)canonical, strlen(canonical));
	crypto_auth_hmacsha256_final(&state, out);
	secret_wipe(&state, sizeof(state));
}

struct ticket_job {
	struct job job;
	struct bank *bank;
	const char *label;
	char letters[CODE_LETTERS + 1];
	int64_t id;
};

static void code_text(const struct ticket_job *t, char out[CODE_MAX])
{
	snprintf(out, CODE_MAX, "%lld-%.5s-%.5s-%.5s-%.5s", (long long)t->id, t->letters, t->letters + 5,
		 t->letters + 10, t->letters + 15);
}

static int ticket_digest(struct store *store, const struct ticket_job *t)
{
	struct statement *q = store_sql(store, "UPDATE ticket SET code_digest = :digest WHERE id = :id");
	unsigned char digest[SHA256_BYTES];
	char canonical[CODE_MAX];

	snprintf(canonical, sizeof(canonical), "%lld-%s", (long long)t->id, t->letters);
	code_digest(t->bank, canonical, digest);
	secret_wipe(canonical, sizeof(canonical));
	bind_blob(q, ":digest", digest, sizeof(digest));
	bind_int(q, ":id", t->id);
	return statement_guard(q);
}

static int ticket_insert(struct store *store, struct job *job)
{
	struct ticket_job *t = (struct ticket_job *)job;
	int64_t now = t->bank->clock.now(t->bank->clock.data);
	struct statement *q = store_sql(store, "INSERT INTO ticket(code_digest, label, created, expires)"
					       " VALUES(:digest, :label, :now, :expires) RETURNING id");
	int r;

	bind_blob(q, ":digest", t->letters, CODE_LETTERS); /* unique; the digest needs the row's id first */
	bind_text(q, ":label", t->label);
	bind_int(q, ":now", now);
	bind_int(q, ":expires", now + TICKET_SECONDS);
	r = statement_step(q);
	if (r > 0)
		t->id = column_int(q, 0);
	statement_reset(q);
	if (r <= 0)
		return r < 0 ? r : -EIO;
	return ticket_digest(store, t);
}

int ticket_new(struct bank *bank, const char *label, struct secret **ret_code, struct err *err)
{
	static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
	struct ticket_job t = { .job = { .run = ticket_insert }, .bank = bank, .label = label };
	char text[CODE_MAX];
	int r;

	if (!*label || strlen(label) > TICKET_LABEL_MAX)
		return err_set(err, -EINVAL, _("A label of 1 to %d bytes is needed, such as \"Counter 3\"."),
			       TICKET_LABEL_MAX);
	for (size_t i = 0; i < CODE_LETTERS; i++)
		t.letters[i] = alphabet[rng_below(&bank->rng, sizeof(alphabet) - 1)];
	r = writer_run(bank->writer, &t.job);
	if (r == 0)
		r = t.job.result;
	if (r < 0)
		return err_set(err, r, _("The ticket could not be stored: %s"), strerror(-r));
	code_text(&t, text);
	*ret_code = secret_from(text, strlen(text));
	secret_wipe(text, sizeof(text));
	secret_wipe(t.letters, sizeof(t.letters));
	return *ret_code ? 0 : err_set(err, -ENOMEM, _("Memory is short."));
}

int ticket_write(struct bank *bank, const char *address, const struct secret *code, struct buf *out)
{
	const char *ca = authority_ca(bank->identity->authority);
	size_t size = sodium_base64_ENCODED_LEN(strlen(ca), sodium_base64_VARIANT_ORIGINAL);
	_cleanup_(free_ptr) char *base64 = malloc(size);
	char pin[AUTHORITY_PIN_MAX];

	if (!base64)
		return -ENOMEM;
	sodium_bin2base64(base64, size, (const unsigned char *)ca, strlen(ca),
			  sodium_base64_VARIANT_ORIGINAL);
	return buf_printf(out, "[ticket]\naddress = %s\npin = %s\ncode = %s\nca = %s\n", address,
			  authority_pin(bank->identity->authority, pin), secret_reveal(code), base64);
}

/* A ticket's row as far as using it needs. */
struct ticket {
	int64_t id, expires, attempts, used, terminal;
	char label[TICKET_LABEL_MAX + 1];
};

static int ticket_find(struct store *store, const unsigned char digest[SHA256_BYTES], struct ticket *ret)
{
	struct statement *q =
		store_sql(store, "SELECT id, expires, attempts, used, terminal, label FROM ticket"
				 " WHERE code_digest = :digest");
	int r;

	bind_blob(q, ":digest", digest, SHA256_BYTES);
	r = statement_step(q);
	if (r > 0) {
		*ret = (struct ticket){ column_int(q, 0), column_int(q, 1), column_int(q, 2),
					column_int(q, 3), column_int(q, 4), "" };
		snprintf(ret->label, sizeof(ret->label), "%s", column_text(q, 5));
	}
	statement_reset(q);
	return r < 0 ? r : r > 0 ? 0 : -ENOENT;
}

static int terminal_add(struct store *store, const struct enrolling *e, const char *label, int64_t *ret)
{
	struct statement *q =
		store_sql(store, "INSERT INTO terminal(label, key_digest, serial, enrolled, expires)"
				 " VALUES(:label, :key, :serial, :now, :expires) RETURNING id");
	int r;

	bind_text(q, ":label", e->label && *e->label ? e->label : label);
	bind_blob(q, ":key", e->certificate->key_digest, SHA256_BYTES);
	bind_text(q, ":serial", e->certificate->serial);
	bind_int(q, ":now", e->now);
	bind_int(q, ":expires", e->certificate->expires);
	r = statement_step(q);
	if (r > 0)
		*ret = column_int(q, 0);
	statement_reset(q);
	return r < 0 ? r : r > 0 ? 0 : -EIO;
}

/* The reply was lost and the terminal asks again: its row gets the new certificate. */
static int terminal_again(struct store *store, const struct enrolling *e, const struct ticket *t)
{
	struct statement *q = store_sql(store, "UPDATE terminal SET serial = :serial, expires = :expires"
					       " WHERE id = :id AND key_digest = :key AND revoked IS NULL");

	bind_text(q, ":serial", e->certificate->serial);
	bind_int(q, ":expires", e->certificate->expires);
	bind_int(q, ":id", t->terminal);
	bind_blob(q, ":key", e->certificate->key_digest, SHA256_BYTES);
	return statement_guard(q);
}

static int ticket_spend(struct store *store, const struct ticket *t, int64_t now, int64_t terminal)
{
	struct statement *q = store_sql(store, "UPDATE ticket SET used = :now, terminal = :terminal"
					       " WHERE id = :id AND used IS NULL");

	bind_int(q, ":now", now);
	bind_int(q, ":terminal", terminal);
	bind_int(q, ":id", t->id);
	return statement_guard(q);
}

int ticket_use(struct store *store, const struct bank *bank, const struct enrolling *e, int64_t *ret_terminal)
{
	unsigned char digest[SHA256_BYTES];
	char canonical[CODE_MAX];
	struct ticket t;
	int r;

	code_canonical(e->code, canonical);
	code_digest(bank, canonical, digest);
	secret_wipe(canonical, sizeof(canonical));
	r = ticket_find(store, digest, &t);
	if (r < 0)
		return r;
	if (t.expires <= e->now || t.attempts >= TICKET_ATTEMPTS)
		return -ESTALE;
	if (t.used) {
		*ret_terminal = t.terminal;
		r = terminal_again(store, e, &t);
		return r == -EAGAIN ? -ESTALE : r;
	}
	r = terminal_add(store, e, t.label, ret_terminal);
	return r < 0 ? r : ticket_spend(store, &t, e->now, *ret_terminal);
}

int ticket_refused(struct store *store, const struct secret *code)
{
	struct statement *q =
		store_sql(store, "UPDATE ticket SET attempts = attempts + 1 WHERE id = :id AND used IS NULL");
	const char *s = secret_reveal(code);
	size_t digits = strspn(s, "0123456789");

	if (digits == 0 || digits > 18 || s[digits] != '-')
		return 0;
	bind_int(q, ":id", strtoll(s, NULL, 10));
	return statement_run(q, NULL);
}

struct revoke_job {
	struct job job;
	struct bank *bank;
	const char *label;
	int64_t count;
};

static int revoke_run(struct store *store, struct job *job)
{
	struct revoke_job *v = (struct revoke_job *)job;
	int64_t now = v->bank->clock.now(v->bank->clock.data);
	struct statement *q = store_sql(
		store, "UPDATE terminal SET revoked = :now WHERE label = :label AND revoked IS NULL");
	int r;

	bind_int(q, ":now", now);
	bind_text(q, ":label", v->label);
	r = statement_run(q, &v->count);
	if (r < 0)
		return r;
	q = store_sql(
		store,
		"UPDATE session SET ended = :now WHERE ended IS NULL"
		" AND terminal IN (SELECT id FROM terminal WHERE label = :label AND revoked IS NOT NULL)");
	bind_int(q, ":now", now);
	bind_text(q, ":label", v->label);
	return statement_run(q, NULL);
}

int terminal_revoke(struct bank *bank, const char *label, int *ret_count, struct err *err)
{
	struct revoke_job v = { .job = { .run = revoke_run }, .bank = bank, .label = label };
	int r = writer_run(bank->writer, &v.job);

	if (r == 0)
		r = v.job.result;
	if (r < 0)
		return err_set(err, r, _("The terminals could not be revoked: %s"), strerror(-r));
	identity_changed(bank->identity);
	if (v.count == 0)
		return err_set(err, -ENOENT, _("No terminal that is let in is named \"%s\"."), label);
	*ret_count = (int)v.count;
	return 0;
}
