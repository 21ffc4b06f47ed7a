/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/device.h"

#include <errno.h>
#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include "base/catalogue.h"
#include "base/hex.h"

#define CA_MOST 4

static void bio_freep(BIO **bio)
{
	BIO_free_all(*bio);
}

static void key_freep(EVP_PKEY **key)
{
	EVP_PKEY_free(*key);
}

static void x509_freep(X509 **certificate)
{
	X509_free(*certificate);
}

static void request_freep(X509_REQ **request)
{
	X509_REQ_free(*request);
}

static int no_key(struct err *err)
{
	return err_set(err, -EIO, _("A key for this terminal could not be made"));
}

static int take(BIO *bio, struct buf *out)
{
	char *bytes;
	long n = BIO_get_mem_data(bio, &bytes);

	return n > 0 ? buf_add(out, bytes, (size_t)n) : -EIO;
}

static int write_key(EVP_PKEY *key, struct buf *out)
{
	_cleanup_(bio_freep) BIO *bio = BIO_new(BIO_s_secmem());

	if (!bio || !PEM_write_bio_PKCS8PrivateKey(bio, key, NULL, NULL, 0, NULL, NULL))
		return -EIO;
	return take(bio, out);
}

static int write_request(EVP_PKEY *key, struct buf *out)
{
	_cleanup_(request_freep) X509_REQ *request = X509_REQ_new();
	_cleanup_(bio_freep) BIO *bio = BIO_new(BIO_s_mem());
	X509_NAME *subject = request ? X509_REQ_get_subject_name(request) : NULL;

	if (!subject || !bio ||
	    !X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC,
					(const unsigned char *)"terminal", -1, -1, 0) ||
	    !X509_REQ_set_pubkey(request, key) || !X509_REQ_sign(request, key, EVP_sha256()) ||
	    !PEM_write_bio_X509_REQ(bio, request))
		return -EIO;
	return take(bio, out);
}

int device_new_key(struct buf *ret_key, struct buf *ret_request, struct err *err)
{
	_cleanup_(key_freep) EVP_PKEY *key = EVP_EC_gen("P-256");

	if (!key || write_key(key, ret_key) < 0 || write_request(key, ret_request) < 0)
		return no_key(err);
	return 0;
}

static BIO *reader(const struct buf *pem)
{
	return BIO_new_mem_buf(pem->data, (int)pem->len);
}

static X509 *read_certificate(const struct buf *pem)
{
	_cleanup_(bio_freep) BIO *bio = reader(pem);

	return bio ? PEM_read_bio_X509(bio, NULL, NULL, NULL) : NULL;
}

/* An encrypted key would make OpenSSL ask on the terminal: there is no passphrase. */
static int no_passphrase(char *out, int size, int writing, void *data)
{
	(void)out, (void)size, (void)writing, (void)data;
	return -1;
}

int device_check(const struct buf *key_pem, const struct buf *certificate_pem,
		 const struct buf *ca_pem, struct err *err)
{
	_cleanup_(bio_freep) BIO *bio = reader(key_pem);
	_cleanup_(key_freep) EVP_PKEY *key =
		bio ? PEM_read_bio_PrivateKey(bio, NULL, no_passphrase, NULL) : NULL;
	_cleanup_(x509_freep) X509 *certificate = read_certificate(certificate_pem),
				   *ca = read_certificate(ca_pem);

	if (!key || !certificate || !ca)
		return err_set(err, -EINVAL,
			       _("The key or certificate of this terminal cannot be read"));
	if (!X509_check_private_key(certificate, key))
		return err_set(err, -EKEYREJECTED,
			       _("The certificate of this terminal is for another key"));
	if (X509_verify(certificate, X509_get0_pubkey(ca)) != 1)
		return err_set(err, -EKEYREJECTED,
			       _("The certificate of this terminal is not signed by this bank"));
	return 0;
}

static int pin_of(X509 *certificate, char out[DEVICE_PIN_MAX])
{
	unsigned char *der = NULL, digest[SHA256_BYTES], text[48];
	int n = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(certificate), &der);

	if (n <= 0)
		return -EINVAL;
	sha256(der, (size_t)n, digest);
	OPENSSL_free(der);
	EVP_EncodeBlock(text, digest, sizeof(digest));
	snprintf(out, DEVICE_PIN_MAX, "sha256//%s", (const char *)text);
	return 0;
}

bool device_pins_meet(const char *a, const char *b)
{
	for (const char *pin = a; *pin; pin += strspn(pin, ";")) {
		size_t n = strcspn(pin, ";");

		for (const char *at = b; *at; at += strspn(at, ";")) {
			size_t m = strcspn(at, ";");

			if (n == m && !memcmp(pin, at, n))
				return true;
			at += m;
		}
		pin += n;
	}
	return false;
}

int device_check_pins(const struct buf *pem, const char *pins, struct err *err)
{
	_cleanup_(bio_freep) BIO *bio = reader(pem);
	char pin[DEVICE_PIN_MAX];
	int count = 0;

	for (;;) {
		_cleanup_(x509_freep) X509 *ca =
			bio ? PEM_read_bio_X509(bio, NULL, NULL, NULL) : NULL;

		if (!ca)
			break;
		if (++count > CA_MOST || pin_of(ca, pin) < 0 || X509_check_ca(ca) != 1)
			return err_set(
				err, -EINVAL,
				_("The certificate of the bank is not one that signs others"));
		if (!device_pins_meet(pins, pin))
			return err_set(err, -EKEYREJECTED,
				       _("The certificate of the bank does not have the key that "
					 "was pinned"));
	}
	if (count == 0)
		return err_set(err, -EINVAL, _("The certificate of the bank cannot be read"));
	return 0;
}
