/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/transport.h"

#include <errno.h>
#include <stdlib.h>

#include "base/catalogue.h"
#include "base/macros.h"

#define CONNECT_MS	  10000
#define CONNECTIONS_MOST  6L   /* one may wait for events */
#define CONNECTION_IDLE_S 20L  /* less than the bank waits before it closes */
#define CONNECTION_LIFE_S 300L /* a revoked or renewed certificate is noticed within this */

static const char *const ignored[] = { "http_proxy",
				       "https_proxy",
				       "HTTP_PROXY",
				       "HTTPS_PROXY",
				       "all_proxy",
				       "ALL_PROXY",
				       "no_proxy",
				       "NO_PROXY",
				       "SSLKEYLOGFILE",
				       "SSL_CERT_FILE",
				       "SSL_CERT_DIR",
				       "CURL_CA_BUNDLE",
				       "CURL_SSL_BACKEND",
				       "CURL_HOME",
				       "NETRC",
				       "OPENSSL_CONF",
				       "OPENSSL_CONF_INCLUDE",
				       "OPENSSL_ENGINES",
				       "OPENSSL_MODULES",
				       "HOSTALIASES",
				       "LOCALDOMAIN",
				       "RES_OPTIONS",
				       NULL };

void transport_harden(void)
{
	for (size_t i = 0; ignored[i]; i++)
		unsetenv(ignored[i]);
}

/* Each option that must hold: a libcurl that lacks one is refused, rather than trusted without it.
 */
static CURLcode set_trust(CURL *easy, const struct terminal *terminal)
{
	struct curl_blob ca = { terminal->ca.data, terminal->ca.len, CURL_BLOB_NOCOPY };
	struct curl_blob device = { terminal->device.data, terminal->device.len, CURL_BLOB_NOCOPY };
	CURLcode rc = curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "https");

	rc = rc ? rc : curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
	rc = rc ? rc : curl_easy_setopt(easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	rc = rc ? rc : curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
	rc = rc ? rc : curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
	rc = rc ? rc : curl_easy_setopt(easy, CURLOPT_CAPATH, NULL);
	rc = rc ? rc : curl_easy_setopt(easy, CURLOPT_CAINFO, NULL);
	rc = rc ? rc : curl_easy_setopt(easy, CURLOPT_CAINFO_BLOB, &ca);
	if (terminal->device.len == 0)
		return rc;
	rc = rc ? rc : curl_easy_setopt(easy, CURLOPT_SSLCERT_BLOB, &device);
	rc = rc ? rc : curl_easy_setopt(easy, CURLOPT_SSLKEY_BLOB, &device);
	return rc;
}

static CURLcode set_manners(CURL *easy)
{
	CURLcode rc = curl_easy_setopt(easy, CURLOPT_PROXY, "");

	rc = rc ? rc : curl_easy_setopt(easy, CURLOPT_NOPROXY, "*");
	rc = rc ? rc : curl_easy_setopt(easy, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
	rc = rc ? rc : curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, NULL);
	rc = rc ? rc : curl_easy_setopt(easy, CURLOPT_HTTP_CONTENT_DECODING, 0L);
	rc = rc ? rc : curl_easy_setopt(easy, CURLOPT_HTTP09_ALLOWED, 0L);
	rc = rc ? rc : curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
	rc = rc ? rc : curl_easy_setopt(easy, CURLOPT_PATH_AS_IS, 1L);
	rc = rc ? rc : curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
	rc = rc ? rc : curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
	rc = rc ? rc : curl_easy_setopt(easy, CURLOPT_TCP_NODELAY, 1L);
	rc = rc ? rc : curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, (long)CONNECT_MS);
	rc = rc ? rc : curl_easy_setopt(easy, CURLOPT_MAXAGE_CONN, CONNECTION_IDLE_S);
	rc = rc ? rc : curl_easy_setopt(easy, CURLOPT_MAXLIFETIME_CONN, CONNECTION_LIFE_S);
	return rc;
}

CURL *transport_take(struct transport *t)
{
	CURL *easy;

	if (t->spare_count > 0)
		return t->spare[--t->spare_count];
	easy = curl_easy_init();
	if (!easy)
		return NULL;
	if (set_trust(easy, t->terminal) || set_manners(easy)) {
		curl_easy_cleanup(easy);
		return NULL;
	}
	return easy;
}

void transport_give_back(struct transport *t, CURL *easy)
{
	if (t->spare_count < TRANSPORT_SPARES)
		t->spare[t->spare_count++] = easy;
	else
		curl_easy_cleanup(easy);
}

int transport_init(struct transport *t, const struct terminal *terminal, struct err *err)
{
	CURL *easy;

	transport_harden();
	*t = (struct transport){ .terminal = terminal };
	if (curl_global_init(CURL_GLOBAL_DEFAULT))
		return err_set(err, -ENOMEM, _("Out of memory"));
	t->multi = curl_multi_init();
	if (!t->multi ||
	    curl_multi_setopt(t->multi, CURLMOPT_MAX_HOST_CONNECTIONS, CONNECTIONS_MOST) ||
	    curl_multi_setopt(t->multi, CURLMOPT_MAXCONNECTS, CONNECTIONS_MOST)) {
		transport_release(t);
		return err_set(err, -ENOMEM, _("Out of memory"));
	}
	easy = transport_take(t);
	if (!easy) {
		transport_release(t);
		return err_set(err, -ENOTSUP,
			       _("This libcurl lacks what safe connections need; install libcurl "
				 "7.87 or newer"));
	}
	transport_give_back(t, easy);
	return 0;
}

void transport_release(struct transport *t)
{
	while (t->spare_count > 0)
		curl_easy_cleanup(t->spare[--t->spare_count]);
	if (t->multi)
		curl_multi_cleanup(t->multi);
	t->multi = NULL;
	curl_global_cleanup();
}
