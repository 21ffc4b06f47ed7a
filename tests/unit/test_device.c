/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <openssl/pem.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "client/device.h"
#include "client/enrol.h"
#include "client/terminal.h"
#include "tests/certificates.h"
#include "tests/tap.h"

static char dir[] = "/tmp/bankterm-device-XXXXXX";

static EVP_PKEY *read_key(const struct buf *pem)
{
	BIO *bio = BIO_new_mem_buf(pem->data, (int)pem->len);
	EVP_PKEY *key = PEM_read_bio_PrivateKey(bio, NULL, NULL, NULL);

	BIO_free(bio);
	return key;
}

static void certify(EVP_PKEY *subject, EVP_PKEY *signer, struct buf *out)
{
	struct certificate_wish wish = { .name = "x", .is_ca = subject == signer, .until_s = 3600 };
	X509 *x = certificate_make(&wish, subject, signer, NULL);

	certificate_write(x, out);
	X509_free(x);
}

static struct buf key, request, ca, certificate, foreign;
static char ca_pin[DEVICE_PIN_MAX], foreign_pin[DEVICE_PIN_MAX];

static void make(void)
{
	struct buf *all[] = { &key, &request, &ca, &certificate, &foreign };
	EVP_PKEY *mine, *ca_key = EVP_EC_gen("P-256"), *other = EVP_EC_gen("P-256");
	BIO *bio;
	X509_REQ *req;

	for (size_t i = 0; i < COUNT(all); i++)
		buf_init(all[i], 0);
	is_int(device_new_key(&key, &request, NULL), 0, "a key is made");
	mine = read_key(&key);
	ok(mine && EVP_PKEY_get_bits(mine) == 256 && EVP_PKEY_is_a(mine, "EC"), "on P-256");
	bio = BIO_new_mem_buf(request.data, (int)request.len);
	req = PEM_read_bio_X509_REQ(bio, NULL, NULL, NULL);
	ok(req && X509_REQ_verify(req, mine) == 1, "its request is signed by it");
	X509_REQ_free(req);
	BIO_free(bio);
	certify(ca_key, ca_key, &ca);
	certify(other, other, &foreign);
	certify(mine, ca_key, &certificate);
	certificate_pin(ca_key, ca_pin);
	certificate_pin(other, foreign_pin);
	EVP_PKEY_free(mine);
	EVP_PKEY_free(ca_key);
	EVP_PKEY_free(other);
}

static void test_checks(void)
{
	char pins[2 * DEVICE_PIN_MAX + 1];
	struct buf both, empty;

	buf_init(&both, 0);
	buf_init(&empty, 0);
	is_int(device_check(&key, &certificate, &ca, NULL), 0,
	       "key, certificate and CA belong together");
	is_int(device_check(&key, &ca, &ca, NULL), -EKEYREJECTED, "a certificate for another key");
	is_int(device_check(&key, &certificate, &foreign, NULL), -EKEYREJECTED,
	       "signed by another CA");
	is_int(device_check(&certificate, &certificate, &ca, NULL), -EINVAL, "no key");
	is_int(device_check_pins(&ca, ca_pin, NULL), 0, "the CA has the pinned key");
	is_int(device_check_pins(&ca, foreign_pin, NULL), -EKEYREJECTED, "another CA has not");
	snprintf(pins, sizeof(pins), "%s;%s", foreign_pin, ca_pin);
	is_int(device_check_pins(&ca, pins, NULL), 0, "one of two pins suffices");
	buf_puts(&both, ca.data);
	buf_puts(&both, foreign.data);
	is_int(device_check_pins(&both, pins, NULL), 0, "two CAs, both pinned");
	is_int(device_check_pins(&both, ca_pin, NULL), -EKEYREJECTED, "every CA must be pinned");
	is_int(device_check_pins(&certificate, ca_pin, NULL), -EINVAL,
	       "a terminal's certificate is no CA");
	is_int(device_check_pins(&empty, ca_pin, NULL), -EINVAL, "nothing is no CA");
	is_int(device_check_pins(&ca, "", NULL), -EKEYREJECTED, "no pin, no trust");
	ca_pin[20] ^= 1;
	is_int(device_check_pins(&ca, ca_pin, NULL), -EKEYREJECTED,
	       "every character of the pin counts");
	ca_pin[20] ^= 1;
	ok(!device_pins_meet("", "") && !device_pins_meet("a;b", "ab") &&
		   device_pins_meet("a;b", "c;b"),
	   "pins meet whole");
	buf_release(&both);
}

static void save(const char *name, const struct buf *content, mode_t mode)
{
	char *path = file_join(dir, name);

	file_replace(path, content->data, content->len, mode, NULL);
	free(path);
}

static void test_files(void)
{
	struct terminal t, back;
	struct err err = { .text = "" };

	terminal_init(&t);
	t.address = strdup("bank.example:8443");
	t.pins = strdup(ca_pin);
	t.id = strdup("t-1");
	t.label = strdup("Counter\n[terminal]\nid = 2");
	t.expires = 1800000000;
	buf_puts(&t.ca, ca.data);
	buf_puts(&t.device, key.data);
	buf_puts(&t.device, certificate.data);
	is_int(terminal_load(dir, &back, &err), -ENOENT, "not enrolled: %s", err.text);
	is_int(terminal_save(dir, &t, &err), 0, "a terminal is kept %s", err.text);
	if (ok(terminal_load(dir, &back, &err) == 0, "and read back %s", err.text)) {
		is_str(back.address, t.address, "address");
		is_str(back.id, "t-1", "a label cannot write other fields");
		is_int(back.expires, t.expires, "expiry");
		terminal_release(&back);
	}
	save("device.pem", &t.device, 0640);
	is_int(terminal_load(dir, &back, &err), -EPERM, "a key others may read is not used: %s",
	       err.text);
	save("device.pem", &certificate, 0600);
	is_int(terminal_load(dir, &back, &err), -EINVAL, "a missing key: %s", err.text);
	save("device.pem", &t.device, 0600);
	save("ca.pem", &foreign, 0600);
	is_int(terminal_load(dir, &back, &err), -EKEYREJECTED, "a changed CA: %s", err.text);
	terminal_release(&t);
}

/* All are refused before anything is sent. */
static void test_tickets(void)
{
	static const char *const bad[] = {
		"",
		"[ticket]\naddress = bank:1\n",
		"[ticket]\naddress = bank:1\naddress = bank:2\n",
		"[ticket]\naddress = evil/bank\npin = p\ncode = c\nca = YQ==\n",
		"[ticket]\naddress = bank:1\npin = p\ncode = c\nca = !!\n",
		"[ticket]\naddress = bank:1\npin = p\ncode = c\nca = YQ==\n",
	};
	char *path = file_join(dir, "ticket.ini");

	for (size_t i = 0; i < COUNT(bad); i++) {
		struct err err = { .text = "" };

		file_replace(path, bad[i], strlen(bad[i]), 0600, NULL);
		ok(enrol_with_ticket(dir, path, NULL, &err) < 0 && *err.text, "ticket %zu: %s", i,
		   err.text);
	}
	free(path);
}

int main(void)
{
	if (!mkdtemp(dir))
		return 99;
	make();
	test_checks();
	test_files();
	test_tickets();
	buf_release(&key);
	buf_release(&request);
	buf_release(&ca);
	buf_release(&certificate);
	buf_release(&foreign);
	return done();
}
