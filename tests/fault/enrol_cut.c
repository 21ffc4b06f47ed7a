/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 *	enrol_cut DIR BANK-PORT TICKET BYTES
 *
 * Enrols through a proxy that cuts the connection after BYTES from the bank, once. A cut before the
 * request left is told as such, and the same ticket still serves; one after it is mended unseen.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "client/enrol.h"
#include "tests/fault/proxy.h"

/* The ticket with the proxy's address in place of the bank's. */
static int point_at(const char *ticket, int port, const char *out)
{
	struct buf text, changed;
	const char *line;
	int r;

	buf_init(&text, 0);
	buf_init(&changed, 0);
	r = file_read(ticket, &text, NULL);
	line = r == 0 ? strstr(text.data, "address = ") : NULL;
	if (line) {
		buf_add(&changed, text.data, (size_t)(line - text.data));
		buf_printf(&changed, "address = 127.0.0.1:%d%s", port, strchr(line, '\n'));
		r = file_replace(out, changed.data, changed.len, 0600, NULL);
	}
	buf_wipe(&text);
	buf_wipe(&changed);
	return line ? r : -1;
}

int main(int argc, char **argv)
{
	struct proxy_plan plan = { .fault = PROXY_CUT_DOWN };
	struct err err = { .text = "" };
	struct proxy proxy;
	char *changed;
	int r;

	if (argc != 5 || proxy_start(&proxy, (int)strtol(argv[2], NULL, 10)) < 0)
		return 2;
	changed = file_join(argv[1], "ticket");
	if (file_make_private_dir(argv[1], &err) < 0 || point_at(argv[3], proxy.port, changed) < 0)
		return 2;
	plan.after = strtol(argv[4], NULL, 10);
	proxy_arm(&proxy, &plan);
	r = enrol_with_ticket(argv[1], changed, "cut", &err);
	if (r < 0) {
		printf("# %s\n", err.text);
		r = strstr(err.text, "Nothing was sent")
			    ? enrol_with_ticket(argv[1], changed, "cut", &err)
			    : r;
	}
	printf("%s\n%s\n", r < 0 ? err.text : "enrolled",
	       atomic_load(&proxy.shared->struck) ? "cut" : "whole");
	proxy_stop(&proxy);
	free(changed);
	return r < 0;
}
