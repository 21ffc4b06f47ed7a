/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/certificates.h"

#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include "base/hex.h"

static void add(X509 *x, int nid, const char *value)
{
	X509_EXTENSION *extension = X509V3_EXT_conf_nid(NULL, NULL, nid, value);

	X509_add_ext(x, extension, -1);
	X509_EXTENSION_free(extension);
}

X509 *certificate_make(const struct certificate_wish *wish, EVP_PKEY *key, EVP_PKEY *signer,
		       X509 *issuer)
{
	static long serial = 1;
	X509 *x = X509_new();
	X509_NAME *name = X509_get_subject_name(x);

	X509_set_version(x, 2);
	ASN1_INTEGER_set(X509_get_serialNumber(x), serial++);
	X509_gmtime_adj(X509_getm_notBefore(x), wish->from_s);
	X509_gmtime_adj(X509_getm_notAfter(x), wish->until_s);
	X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, (const unsigned char *)wish->name, -1,
				   -1, 0);
	X509_set_issuer_name(x, issuer ? X509_get_subject_name(issuer) : name);
	X509_set_pubkey(x, key);
	add(x, NID_basic_constraints, wish->is_ca ? "critical,CA:TRUE" : "critical,CA:FALSE");
	if (wish->san)
		add(x, NID_subject_alt_name, wish->san);
	X509_sign(x, signer, EVP_sha256());
	return x;
}

static void take(BIO *bio, struct buf *out)
{
	char *bytes;
	long n = BIO_get_mem_data(bio, &bytes);

	buf_add(out, bytes, (size_t)n);
	BIO_free(bio);
}

void certificate_write(X509 *certificate, struct buf *out)
{
	BIO *bio = BIO_new(BIO_s_mem());

	PEM_write_bio_X509(bio, certificate);
	take(bio, out);
}

void certificate_write_key(EVP_PKEY *key, struct buf *out)
{
	BIO *bio = BIO_new(BIO_s_mem());

	PEM_write_bio_PrivateKey(bio, key, NULL, NULL, 0, NULL, NULL);
	take(bio, out);
}

void certificate_pin(EVP_PKEY *key, char out[64])
{
	unsigned char *der = NULL, digest[SHA256_BYTES], text[48];
	int n = i2d_PUBKEY(key, &der);

	sha256(der, (size_t)n, digest);
	OPENSSL_free(der);
	EVP_EncodeBlock(text, digest, sizeof(digest));
	snprintf(out, 64, "sha256//%s", (const char *)text);
}
