/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <gnutls/abstract.h>
#include <gnutls/x509.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "bank/certificate.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/macros.h"
#include "tests/tap.h"

/* A PKCS #10 request for a fresh key. */
static char *request(gnutls_pk_algorithm_t algorithm, unsigned bits, gnutls_x509_privkey_t sign_with)
{
	gnutls_x509_privkey_t key;
	gnutls_x509_crq_t crq;
	gnutls_datum_t pem;
	char *text;

	gnutls_x509_privkey_init(&key);
	gnutls_x509_privkey_generate(key, algorithm, bits, 0);
	gnutls_x509_crq_init(&crq);
	gnutls_x509_crq_set_version(crq, 1);
	gnutls_x509_crq_set_key(crq, key);
	gnutls_x509_crq_set_dn_by_oid(crq, GNUTLS_OID_X520_COMMON_NAME, 0, "supervisor", 10);
	gnutls_x509_crq_sign2(crq, sign_with ? sign_with : key,
			      algorithm == GNUTLS_PK_EDDSA_ED25519 ? GNUTLS_DIG_SHA512 : GNUTLS_DIG_SHA256,
			      0);
	gnutls_x509_crq_export2(crq, GNUTLS_X509_FMT_PEM, &pem);
	text = strndup((const char *)pem.data, pem.size);
	gnutls_free(pem.data);
	gnutls_x509_crq_deinit(crq);
	gnutls_x509_privkey_deinit(key);
	return text;
}

static gnutls_x509_crt_t certificate(const char *pem)
{
	gnutls_datum_t text = { (unsigned char *)pem, (unsigned)strlen(pem) };
	gnutls_x509_crt_t crt;

	gnutls_x509_crt_init(&crt);
	gnutls_x509_crt_import(crt, &text, GNUTLS_X509_FMT_PEM);
	return crt;
}

/* Verification as a peer does it, for a purpose. */
static unsigned verify(const struct authority *a, const char *pem, const char *purpose)
{
	gnutls_typed_vdata_st data = { .type = GNUTLS_DT_KEY_PURPOSE_OID, .data = (unsigned char *)purpose };
	gnutls_x509_crt_t ca = certificate(authority_ca(a)), crt = certificate(pem);
	gnutls_x509_trust_list_t list;
	unsigned status = ~0u;

	gnutls_x509_trust_list_init(&list, 0);
	gnutls_x509_trust_list_add_cas(list, &ca, 1, 0);
	gnutls_x509_trust_list_verify_crt2(list, &crt, 1, &data, 1, 0, &status, NULL);
	gnutls_x509_trust_list_deinit(list, 0);
	gnutls_x509_crt_deinit(ca);
	gnutls_x509_crt_deinit(crt);
	return status;
}

static void test_terminal(const struct authority *a)
{
	_cleanup_(free_ptr) char *pem =
		request(GNUTLS_PK_ECDSA, GNUTLS_CURVE_TO_BITS(GNUTLS_ECC_CURVE_SECP256R1), NULL);
	struct terminal_certificate made;
	gnutls_x509_crt_t crt;
	unsigned char digest[SHA256_BYTES];
	char name[64];
	size_t n = sizeof(name), m = sizeof(digest);

	if (!is_int(authority_sign(a, pem, &made, NULL), 0, "a request for a P-256 key is signed"))
		return;
	is_int(verify(a, made.pem, GNUTLS_KP_TLS_WWW_CLIENT), 0, "it passes as a client");
	ok(verify(a, made.pem, GNUTLS_KP_TLS_WWW_SERVER), "and not as a server");
	crt = certificate(made.pem);
	gnutls_x509_crt_get_dn_by_oid(crt, GNUTLS_OID_X520_COMMON_NAME, 0, 0, name, &n);
	is_str(name, made.name, "the subject is the bank's choice");
	gnutls_x509_crt_get_key_id(crt, GNUTLS_KEYID_USE_SHA256, digest, &m);
	ok(!memcmp(digest, made.key_digest, sizeof(digest)), "the digest is of its key");
	is_int(gnutls_x509_crt_get_expiration_time(crt), made.expires, "the end is told");
	is_int(gnutls_x509_crt_get_ca_status(crt, NULL), 0, "it is no authority");
	gnutls_x509_crt_deinit(crt);
}

static void test_unfit(const struct authority *a)
{
	_cleanup_(free_ptr) char *rsa = request(GNUTLS_PK_RSA, 2048, NULL);
	_cleanup_(free_ptr) char *large =
		request(GNUTLS_PK_ECDSA, GNUTLS_CURVE_TO_BITS(GNUTLS_ECC_CURVE_SECP384R1), NULL);
	_cleanup_(free_ptr) char *edwards =
		request(GNUTLS_PK_EDDSA_ED25519, GNUTLS_CURVE_TO_BITS(GNUTLS_ECC_CURVE_ED25519), NULL);
	gnutls_x509_privkey_t other;
	struct terminal_certificate made = { .expires = 7 };
	struct err err = { 0 };

	gnutls_x509_privkey_init(&other);
	gnutls_x509_privkey_generate(other, GNUTLS_PK_ECDSA, GNUTLS_CURVE_TO_BITS(GNUTLS_ECC_CURVE_SECP256R1),
				     0);
	_cleanup_(free_ptr) char *foreign =
		request(GNUTLS_PK_ECDSA, GNUTLS_CURVE_TO_BITS(GNUTLS_ECC_CURVE_SECP256R1), other);
	gnutls_x509_privkey_deinit(other);

	is_int(authority_sign(a, rsa, &made, &err), -EINVAL, "an RSA key is refused");
	ok(strlen(err.text) > 10, "with a reason");
	is_int(authority_sign(a, large, &made, NULL), -EINVAL, "P-384 is refused");
	is_int(authority_sign(a, edwards, &made, NULL), -EINVAL, "Ed25519 is refused");
	is_int(authority_sign(a, foreign, &made, NULL), -EINVAL,
	       "a request signed by another key is refused");
	is_int(authority_sign(a, "", &made, NULL), -EINVAL, "nothing is refused");
	is_int(authority_sign(
		       a, "-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----\n",
		       &made, NULL),
	       -EINVAL, "nonsense is refused");
	is_int(authority_sign(a, authority_ca(a), &made, NULL), -EINVAL, "a certificate is no request");
	is_int(made.expires, 7, "and nothing is written");
}

static bool names(const char *pem, const char *name)
{
	gnutls_x509_crt_t crt = certificate(pem);
	bool is_named = gnutls_x509_crt_check_hostname(crt, name);

	gnutls_x509_crt_deinit(crt);
	return is_named;
}

static void test_server(struct authority *a, const char *dir)
{
	static const char *const more[] = { "bank.example", "192.0.2.7" };
	_cleanup_(free_ptr) char *first = NULL;
	struct stat st;
	char path[128];

	is_int(authority_serve(a, NULL, 0, NULL), 0, "a server certificate");
	first = strdup(authority_server_certificate(a));
	is_int(verify(a, first, GNUTLS_KP_TLS_WWW_SERVER), 0, "passes as a server");
	ok(verify(a, first, GNUTLS_KP_TLS_WWW_CLIENT), "and not as a client");
	ok(names(first, "localhost") && names(first, "127.0.0.1") && names(first, "::1"), "for this machine");
	ok(!names(first, "bank.example"), "for no other name");
	is_int(authority_serve(a, NULL, 0, NULL), 0, "once more");
	is_str(authority_server_certificate(a), first, "it is kept");
	is_int(authority_serve(a, more, 2, NULL), 0, "with more names");
	ok(names(authority_server_certificate(a), "bank.example") &&
		   names(authority_server_certificate(a), "192.0.2.7") &&
		   names(authority_server_certificate(a), "localhost"),
	   "a new one has them all");
	snprintf(path, sizeof(path), "%s/tls/ca.key", dir);
	ok(stat(path, &st) == 0 && (st.st_mode & 0777) == 0600, "keys are the owner's alone");
}

static void test_again(const char *dir, const char *ca, const char *pin)
{
	struct authority *a = NULL;
	char again[AUTHORITY_PIN_MAX], path[128];
	struct err err = { 0 };

	is_int(authority_open(dir, &a, NULL), 0, "it opens again");
	is_str(authority_ca(a), ca, "the same authority");
	is_str(authority_pin(a, again), pin, "the same pin");
	authority_free(a);
	snprintf(path, sizeof(path), "%s/tls/ca.key", dir);
	file_replace(path, "nonsense", 8, 0600, NULL);
	a = NULL;
	is_int(authority_open(dir, &a, &err), -EINVAL, "a damaged key is an error, never a new authority");
	ok(strstr(err.text, "ca.key") != NULL, "that names the file");
	ok(a == NULL, "and nothing is returned");
}

int main(void)
{
	char dir[] = "/tmp/test_certificate.XXXXXX";
	_cleanup_(free_ptr) char *ca = NULL;
	struct authority *a = NULL;
	char pin[AUTHORITY_PIN_MAX];

	if (!ok(mkdtemp(dir) && authority_open(dir, &a, NULL) == 0, "an authority"))
		return done();
	ca = strdup(authority_ca(a));
	ok(!strncmp(authority_pin(a, pin), "sha256//", 8) && strlen(pin) == 52, "its pin");
	test_terminal(a);
	test_unfit(a);
	test_server(a, dir);
	authority_free(a);
	test_again(dir, ca, pin);
	return done();
}
