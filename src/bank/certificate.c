/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bank/certificate.h"

#include <arpa/inet.h>
#include <errno.h>
#include <gnutls/abstract.h>
#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "base/catalogue.h"
#include "base/file.h"
#include "base/secret.h"

#define DAY	     (24 * 60 * 60)
#define CA_DAYS	     3650
#define SERVER_DAYS  397
#define RENEW_DAYS   30
#define SKEW_SECONDS 300 /* a peer's clock may be a little behind */
#define PEM_MAX	     ((size_t)16 << 10)
#define SERIAL_BYTES 16

struct authority {
	char *dir;
	gnutls_x509_privkey_t ca_key, server_key;
	gnutls_x509_crt_t ca;
	char *ca_pem, *server_pem, *server_key_pem;
};

static void crt_deinitp(gnutls_x509_crt_t *crt)
{
	gnutls_x509_crt_deinit(*crt);
}

static void pubkey_deinitp(gnutls_pubkey_t *key)
{
	gnutls_pubkey_deinit(*key);
}

static void crq_deinitp(gnutls_x509_crq_t *crq)
{
	gnutls_x509_crq_deinit(*crq);
}

static int tls_error(struct err *err, int rc, const char *what)
{
	return err_set(err, rc == GNUTLS_E_MEMORY_ERROR ? -ENOMEM : -EINVAL, "%s: %s", what,
		       gnutls_strerror(rc));
}

/* One PEM file of DIR/tls: its text in a fresh string, NULL when there is none. */
static int pem_read(const struct authority *a, const char *name, char **ret, struct err *err)
{
	_cleanup_(free_ptr) char *path = file_join(a->dir, name);
	struct err trouble = { 0 };
	struct buf text;
	int r;

	*ret = NULL;
	if (!path)
		return err_set(err, -ENOMEM, _("Memory is short."));
	buf_init(&text, PEM_MAX);
	r = file_read(path, &text, &trouble);
	if (r == 0)
		*ret = buf_detach(&text);
	buf_wipe(&text);
	return r == 0 || r == -ENOENT ? 0 : err_set(err, r, "%s", trouble.text);
}

static int pem_write(const struct authority *a, const char *name, const char *text, struct err *err)
{
	_cleanup_(free_ptr) char *path = file_join(a->dir, name);

	if (!path)
		return err_set(err, -ENOMEM, _("Memory is short."));
	return file_replace(path, text, strlen(text), 0600, err);
}

static gnutls_datum_t datum(const char *text)
{
	return (gnutls_datum_t){ .data = (unsigned char *)text, .size = (unsigned)strlen(text) };
}

/* gnutls_malloc'ed text as an ordinary string. */
static char *take_text(gnutls_datum_t *text)
{
	char *copy = strndup((const char *)text->data, text->size);

	secret_wipe(text->data, text->size);
	gnutls_free(text->data);
	return copy;
}

static void pem_freep(char **pem)
{
	if (*pem)
		secret_wipe(*pem, strlen(*pem));
	free(*pem);
}

/* The key of DIR/tls/name, made at first. *ret_pem may be NULL. */
static int key_open(const struct authority *a, const char *name, gnutls_x509_privkey_t *ret, char **ret_pem,
		    struct err *err)
{
	_cleanup_(pem_freep) char *pem = NULL;
	gnutls_datum_t text;
	int r = pem_read(a, name, &pem, err);
	int rc;

	if (r < 0)
		return r;
	rc = gnutls_x509_privkey_init(ret);
	if (rc < 0)
		return tls_error(err, rc, name);
	if (pem) {
		text = datum(pem);
		rc = gnutls_x509_privkey_import(*ret, &text, GNUTLS_X509_FMT_PEM);
	} else {
		rc = gnutls_x509_privkey_generate(*ret, GNUTLS_PK_ECDSA,
						  GNUTLS_CURVE_TO_BITS(GNUTLS_ECC_CURVE_SECP256R1), 0);
		if (rc >= 0)
			rc = gnutls_x509_privkey_export2_pkcs8(*ret, GNUTLS_X509_FMT_PEM, NULL,
							       GNUTLS_PKCS_PLAIN, &text);
		if (rc >= 0) {
			pem = take_text(&text);
			r = pem ? pem_write(a, name, pem, err) : err_set(err, -ENOMEM, _("Memory is short."));
		}
	}
	if (rc < 0)
		return tls_error(err, rc, name);
	if (r == 0 && ret_pem)
		*ret_pem = TAKE_PTR(pem);
	return r;
}

static int set_lifetime(gnutls_x509_crt_t crt, int days)
{
	time_t now = time(NULL);
	int rc = gnutls_x509_crt_set_activation_time(crt, now - SKEW_SECONDS);

	return rc < 0 ? rc : gnutls_x509_crt_set_expiration_time(crt, now + (time_t)days * DAY);
}

static int set_serial(gnutls_x509_crt_t crt, char text[SERIAL_TEXT_MAX])
{
	unsigned char serial[SERIAL_BYTES];
	int rc = gnutls_rnd(GNUTLS_RND_NONCE, serial, sizeof(serial));

	if (rc < 0)
		return rc;
	serial[0] = (unsigned char)((serial[0] & 0x7f) |
				    0x40); /* positive, and never shorter (RFC 5280, 4.1.2.2) */
	hex_encode(serial, sizeof(serial), text);
	return gnutls_x509_crt_set_serial(crt, serial, sizeof(serial));
}

static int set_key_ids(gnutls_x509_crt_t crt, gnutls_x509_crt_t issuer)
{
	unsigned char id[64];
	size_t n = sizeof(id);
	int rc = gnutls_x509_crt_get_key_id(crt, GNUTLS_KEYID_USE_SHA256, id, &n);

	if (rc >= 0)
		rc = gnutls_x509_crt_set_subject_key_id(crt, id, 20);
	n = sizeof(id);
	if (rc >= 0)
		rc = gnutls_x509_crt_get_subject_key_id(issuer, id, &n, NULL);
	return rc < 0 ? rc : gnutls_x509_crt_set_authority_key_id(crt, id, n);
}

/* What every certificate of ours has; the subject's key is set already. */
static int crt_fill(gnutls_x509_crt_t crt, const char *name, int days, int is_ca,
		    char serial[SERIAL_TEXT_MAX])
{
	int rc = gnutls_x509_crt_set_version(crt, 3);

	if (rc >= 0)
		rc = set_serial(crt, serial);
	if (rc >= 0)
		rc = set_lifetime(crt, days);
	if (rc >= 0)
		rc = gnutls_x509_crt_set_dn_by_oid(crt, GNUTLS_OID_X520_COMMON_NAME, 0, name,
						   (unsigned)strlen(name));
	if (rc >= 0)
		rc = gnutls_x509_crt_set_basic_constraints(crt, (unsigned)is_ca, is_ca ? 0 : -1);
	if (rc >= 0)
		rc = gnutls_x509_crt_set_key_usage(crt, is_ca ? GNUTLS_KEY_KEY_CERT_SIGN | GNUTLS_KEY_CRL_SIGN
							      : GNUTLS_KEY_DIGITAL_SIGNATURE);
	return rc;
}

static int crt_text(gnutls_x509_crt_t crt, char **ret)
{
	gnutls_datum_t text;
	int rc = gnutls_x509_crt_export2(crt, GNUTLS_X509_FMT_PEM, &text);

	if (rc < 0)
		return rc;
	*ret = take_text(&text);
	return *ret ? 0 : GNUTLS_E_MEMORY_ERROR;
}

static int ca_make(const struct authority *a, char **ret_pem)
{
	_cleanup_(crt_deinitp) gnutls_x509_crt_t ca = NULL;
	char serial[SERIAL_TEXT_MAX];
	int rc = gnutls_x509_crt_init(&ca);

	if (rc >= 0)
		rc = gnutls_x509_crt_set_key(ca, a->ca_key);
	if (rc >= 0)
		rc = crt_fill(ca, "bankterm terminal authority", CA_DAYS, 1, serial);
	if (rc >= 0)
		rc = set_key_ids(ca, ca);
	if (rc >= 0)
		rc = gnutls_x509_crt_sign2(ca, ca, a->ca_key, GNUTLS_DIG_SHA256, 0);
	return rc < 0 ? rc : crt_text(ca, ret_pem);
}

static int ca_open(struct authority *a, struct err *err)
{
	gnutls_datum_t text;
	int r, rc = 0;

	r = key_open(a, "ca.key", &a->ca_key, NULL, err);
	if (r == 0)
		r = pem_read(a, "ca.pem", &a->ca_pem, err);
	if (r == 0 && !a->ca_pem) {
		rc = ca_make(a, &a->ca_pem);
		r = rc < 0 ? tls_error(err, rc, "ca.pem") : pem_write(a, "ca.pem", a->ca_pem, err);
	}
	if (r < 0)
		return r;
	text = datum(a->ca_pem);
	rc = gnutls_x509_crt_init(&a->ca);
	if (rc >= 0)
		rc = gnutls_x509_crt_import(a->ca, &text, GNUTLS_X509_FMT_PEM);
	return rc < 0 ? tls_error(err, rc, "ca.pem") : 0;
}

int authority_open(const char *dir, struct authority **ret, struct err *err)
{
	struct authority *a = calloc(1, sizeof(*a));
	int r = -ENOMEM;

	if (a)
		a->dir = file_join(dir, "tls");
	if (!a || !a->dir)
		err_set(err, r, _("Memory is short."));
	else
		r = file_make_private_dir(a->dir, err);
	if (r == 0)
		r = ca_open(a, err);
	if (r == 0)
		r = key_open(a, "server.key", &a->server_key, &a->server_key_pem, err);
	if (r < 0)
		authority_free(a);
	else
		*ret = a;
	return r;
}

void authority_free(struct authority *a)
{
	if (!a)
		return;
	gnutls_x509_privkey_deinit(a->ca_key);
	gnutls_x509_privkey_deinit(a->server_key);
	gnutls_x509_crt_deinit(a->ca);
	free(a->dir);
	free(a->ca_pem);
	free(a->server_pem);
	pem_freep(&a->server_key_pem);
	free(a);
}

static const char *const own_names[] = { "localhost", "127.0.0.1", "::1" };

static int add_name(gnutls_x509_crt_t crt, const char *name)
{
	unsigned char address[16];

	if (inet_pton(AF_INET, name, address) == 1)
		return gnutls_x509_crt_set_subject_alt_name(crt, GNUTLS_SAN_IPADDRESS, address, 4,
							    GNUTLS_FSAN_APPEND);
	if (inet_pton(AF_INET6, name, address) == 1)
		return gnutls_x509_crt_set_subject_alt_name(crt, GNUTLS_SAN_IPADDRESS, address, 16,
							    GNUTLS_FSAN_APPEND);
	return gnutls_x509_crt_set_subject_alt_name(crt, GNUTLS_SAN_DNSNAME, name, (unsigned)strlen(name),
						    GNUTLS_FSAN_APPEND);
}

static int add_names(gnutls_x509_crt_t crt, const char *const *names, size_t count)
{
	int rc = 0;

	for (size_t i = 0; rc >= 0 && i < count; i++)
		rc = add_name(crt, names[i]);
	return rc;
}

/* Whether the certificate on disk is ours, for this key and these names, and lasts. */
static bool server_fits(const struct authority *a, const char *pem, const char *const *names, size_t count)
{
	_cleanup_(crt_deinitp) gnutls_x509_crt_t crt = NULL;
	gnutls_datum_t text = datum(pem);
	unsigned char have[32], want[32];
	size_t n = sizeof(have), m = sizeof(want);

	if (gnutls_x509_crt_init(&crt) < 0 || gnutls_x509_crt_import(crt, &text, GNUTLS_X509_FMT_PEM) < 0)
		return false;
	if (gnutls_x509_crt_get_key_id(crt, GNUTLS_KEYID_USE_SHA256, have, &n) < 0 ||
	    gnutls_x509_privkey_get_key_id(a->server_key, GNUTLS_KEYID_USE_SHA256, want, &m) < 0 ||
	    memcmp(have, want, sizeof(have)))
		return false;
	if (gnutls_x509_crt_get_expiration_time(crt) < time(NULL) + (time_t)RENEW_DAYS * DAY ||
	    !gnutls_x509_crt_check_issuer(crt, a->ca))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!gnutls_x509_crt_check_hostname(crt, names[i]))
			return false;
	return true;
}

static int server_make(struct authority *a, const char *const *names, size_t count)
{
	_cleanup_(crt_deinitp) gnutls_x509_crt_t crt = NULL;
	char serial[SERIAL_TEXT_MAX];
	int rc = gnutls_x509_crt_init(&crt);

	if (rc >= 0)
		rc = gnutls_x509_crt_set_key(crt, a->server_key);
	if (rc >= 0)
		rc = crt_fill(crt, count ? names[0] : own_names[0], SERVER_DAYS, 0, serial);
	if (rc >= 0)
		rc = add_names(crt, own_names, COUNT(own_names));
	if (rc >= 0)
		rc = add_names(crt, names, count);
	if (rc >= 0)
		rc = gnutls_x509_crt_set_key_purpose_oid(crt, GNUTLS_KP_TLS_WWW_SERVER, 0);
	if (rc >= 0)
		rc = set_key_ids(crt, a->ca);
	if (rc >= 0)
		rc = gnutls_x509_crt_sign2(crt, a->ca, a->ca_key, GNUTLS_DIG_SHA256, 0);
	return rc < 0 ? rc : crt_text(crt, &a->server_pem);
}

int authority_serve(struct authority *a, const char *const *names, size_t count, struct err *err)
{
	int r, rc;

	free(TAKE_PTR(a->server_pem));
	r = pem_read(a, "server.pem", &a->server_pem, err);
	if (r < 0 || (a->server_pem && server_fits(a, a->server_pem, names, count)))
		return r;
	free(TAKE_PTR(a->server_pem));
	rc = server_make(a, names, count);
	if (rc < 0)
		return tls_error(err, rc, "server.pem");
	return pem_write(a, "server.pem", a->server_pem, err);
}

const char *authority_ca(const struct authority *a)
{
	return a->ca_pem;
}

const char *authority_server_certificate(const struct authority *a)
{
	return a->server_pem;
}

const char *authority_server_key(const struct authority *a)
{
	return a->server_key_pem;
}

char *authority_pin(const struct authority *a, char out[AUTHORITY_PIN_MAX])
{
	unsigned char digest[SHA256_BYTES];
	size_t n = sizeof(digest);
	gnutls_datum_t text = { 0 }, raw = { .data = digest, .size = sizeof(digest) };

	out[0] = '\0';
	if (gnutls_x509_privkey_get_key_id(a->ca_key, GNUTLS_KEYID_USE_SHA256, digest, &n) < 0 ||
	    gnutls_base64_encode2(&raw, &text) < 0)
		return out;
	snprintf(out, AUTHORITY_PIN_MAX, "sha256//%.*s", (int)text.size, (const char *)text.data);
	gnutls_free(text.data);
	return out;
}

static int key_read(gnutls_x509_crq_t crq, const gnutls_datum_t *pem, gnutls_pubkey_t key)
{
	gnutls_ecc_curve_t curve = GNUTLS_ECC_CURVE_INVALID;
	int rc = gnutls_x509_crq_import(crq, pem, GNUTLS_X509_FMT_PEM);

	if (rc >= 0)
		rc = gnutls_x509_crq_verify(crq, 0);
	if (rc >= 0)
		rc = gnutls_pubkey_import_x509_crq(key, crq, 0);
	if (rc >= 0)
		rc = gnutls_pubkey_export_ecc_raw2(key, &curve, NULL, NULL, 0);
	return rc >= 0 && curve != GNUTLS_ECC_CURVE_SECP256R1 ? GNUTLS_E_ECC_UNSUPPORTED_CURVE : rc;
}

static int request_open(const char *pem, gnutls_pubkey_t *ret, struct err *err)
{
	_cleanup_(crq_deinitp) gnutls_x509_crq_t crq = NULL;
	gnutls_datum_t text = datum(pem);
	int rc = gnutls_x509_crq_init(&crq);

	if (rc >= 0)
		rc = gnutls_pubkey_init(ret);
	if (rc < 0)
		return tls_error(err, rc, "PKCS #10");
	if (key_read(crq, &text, *ret) < 0)
		return err_set(
			err, -EINVAL,
			_("The certificate request is not one for an ECDSA P-256 key, signed by that key."));
	return 0;
}

static int terminal_make(const struct authority *a, gnutls_pubkey_t key, struct terminal_certificate *ret)
{
	_cleanup_(crt_deinitp) gnutls_x509_crt_t crt = NULL;
	size_t n = sizeof(ret->key_digest);
	int rc = gnutls_x509_crt_init(&crt);

	if (rc >= 0)
		rc = gnutls_pubkey_get_key_id(key, GNUTLS_KEYID_USE_SHA256, ret->key_digest, &n);
	if (rc >= 0)
		rc = gnutls_x509_crt_set_pubkey(crt, key);
	hex_encode(ret->key_digest, (TERMINAL_NAME_MAX - 1) / 2, ret->name);
	if (rc >= 0)
		rc = crt_fill(crt, ret->name, TERMINAL_DAYS, 0, ret->serial);
	if (rc >= 0)
		rc = gnutls_x509_crt_set_key_purpose_oid(crt, GNUTLS_KP_TLS_WWW_CLIENT, 0);
	if (rc >= 0)
		rc = set_key_ids(crt, a->ca);
	if (rc >= 0)
		rc = gnutls_x509_crt_sign2(crt, a->ca, a->ca_key, GNUTLS_DIG_SHA256, 0);
	if (rc < 0)
		return rc;
	ret->expires = gnutls_x509_crt_get_expiration_time(crt);
	n = sizeof(ret->pem);
	return gnutls_x509_crt_export(crt, GNUTLS_X509_FMT_PEM, ret->pem, &n);
}

int authority_sign(const struct authority *a, const char *request_pem, struct terminal_certificate *ret,
		   struct err *err)
{
	_cleanup_(pubkey_deinitp) gnutls_pubkey_t key = NULL;
	struct terminal_certificate made = { 0 };
	int r = request_open(request_pem, &key, err);
	int rc;

	if (r < 0)
		return r;
	rc = terminal_make(a, key, &made);
	if (rc < 0)
		return tls_error(err, rc, "PKCS #10");
	*ret = made;
	return 0;
}
