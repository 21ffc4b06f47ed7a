/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keys, requests and certificates, fit and unfit. */
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/server/wire.h"

void device_release(struct device *d)
{
	EVP_PKEY_free(d->key);
	X509_free(d->certificate);
	*d = (struct device){ 0 };
}

EVP_PKEY *key_new(const char *type, const char *parameter)
{
	if (!strcmp(type, "RSA"))
		return EVP_PKEY_Q_keygen(NULL, NULL, type, (size_t)strtoul(parameter, NULL, 10));
	return EVP_PKEY_Q_keygen(NULL, NULL, type, parameter);
}

static char *bio_text(BIO *bio)
{
	char *data, *text;
	long n = BIO_get_mem_data(bio, &data);

	text = strndup(data, (size_t)n);
	BIO_free(bio);
	return text;
}

char *request_pem(EVP_PKEY *key, EVP_PKEY *signer)
{
	X509_REQ *request = X509_REQ_new();
	BIO *bio = BIO_new(BIO_s_mem());

	X509_REQ_set_version(request, X509_REQ_VERSION_1);
	X509_NAME_add_entry_by_txt(X509_REQ_get_subject_name(request), "CN", MBSTRING_ASC,
				   (const unsigned char *)"supervisor", -1, -1, 0);
	X509_REQ_set_pubkey(request, key);
	X509_REQ_sign(request, signer ? signer : key, EVP_sha256());
	PEM_write_bio_X509_REQ(bio, request);
	X509_REQ_free(request);
	return bio_text(bio);
}

static bool extension_add(X509 *certificate, X509 *issuer, int nid, const char *value)
{
	X509V3_CTX context;
	X509_EXTENSION *extension;

	X509V3_set_ctx(&context, issuer, certificate, NULL, NULL, 0);
	extension = X509V3_EXT_conf_nid(NULL, &context, nid, value);
	if (!extension)
		return false;
	X509_add_ext(certificate, extension, -1);
	X509_EXTENSION_free(extension);
	return true;
}

X509 *certificate_new(const struct bankd *b, EVP_PKEY *key, enum issuer issuer, const char *purpose, int days)
{
	struct device authority = { 0 };
	X509 *certificate = X509_new();
	long now = 0;

	if (!device_load(b, "ca", &authority))
		return NULL;
	if (issuer == ISSUER_STRANGER) {
		EVP_PKEY_free(authority.key);
		authority.key = key_new("EC", "P-256");
	}
	X509_set_version(certificate, X509_VERSION_3);
	ASN1_INTEGER_set(X509_get_serialNumber(certificate), 4711);
	X509_gmtime_adj(X509_getm_notBefore(certificate), days < 0 ? 2L * days * 86400 : now - 60);
	X509_gmtime_adj(X509_getm_notAfter(certificate), (long)days * 86400);
	X509_set_issuer_name(certificate, X509_get_subject_name(authority.certificate));
	X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate), "CN", MBSTRING_ASC,
				   (const unsigned char *)"terminal", -1, -1, 0);
	X509_set_pubkey(certificate, key);
	extension_add(certificate, authority.certificate, NID_basic_constraints, "critical,CA:FALSE");
	extension_add(certificate, authority.certificate, NID_key_usage, "critical,digitalSignature");
	extension_add(certificate, authority.certificate, NID_ext_key_usage, purpose);
	X509_sign(certificate, authority.key, EVP_sha256());
	device_release(&authority);
	return certificate;
}

static FILE *tls_file(const struct bankd *b, const char *name, const char *suffix)
{
	char path[128];

	snprintf(path, sizeof(path), "%s/tls/%s.%s", b->dir, name, suffix);
	return fopen(path, "r");
}

bool device_load(const struct bankd *b, const char *name, struct device *ret)
{
	FILE *key = tls_file(b, name, "key"), *certificate = tls_file(b, name, "pem");

	if (key)
		ret->key = PEM_read_PrivateKey(key, NULL, NULL, NULL);
	if (certificate)
		ret->certificate = PEM_read_X509(certificate, NULL, NULL, NULL);
	if (key)
		fclose(key);
	if (certificate)
		fclose(certificate);
	return ret->key && ret->certificate;
}
