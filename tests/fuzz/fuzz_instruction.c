/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Instructions as a quote reads them, for every type of order: whatever comes is answered with 200, 400 or 422, in
 * whole JSON, and stores nothing. The first byte chooses the type, the rest is the instruction.
 */
#include <stdlib.h>
#include <string.h>

#include "bank/order_family.h"
#include "base/buf.h"
#include "tests/bank/fixture.h"
#include "tests/fuzz/fuzz.h"

static struct fixture fixture;

static void open_bank(void)
{
	static bool is_open;

	if (is_open)
		return;
	fixture_open(&fixture, 1795140000);
	is_open = true;
}

__attribute__((destructor)) static void close_bank(void)
{
	if (fixture.bank)
		fixture_close(&fixture);
}

static void require(bool holds)
{
	if (!holds)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct order_family *const *families;
	struct reply reply;
	struct buf body;
	size_t count;

	if (size < 2 || memchr(data, 0, size))
		return 0;
	open_bank();
	families = order_families(&count);
	buf_init(&body, 0);
	buf_printf(&body, "{\"type\":\"%s\",\"instruction\":", families[data[0] % count]->type);
	buf_add(&body, data + 1, size - 1);
	buf_puts(&body, "}");
	reply = fixture_call(&fixture, &(struct fixture_call){ &fixture.wang, "POST", "/v1/quotes",
							       NULL, body.data, NULL });
	require(reply.status == 200 || reply.status == 400 || reply.status == 422);
	require(reply.body != NULL);
	require(reply.status != 200 || cJSON_IsTrue(reply_item(&reply, "complete")) ==
					       (reply_get(&reply, "terms") != NULL));
	reply_release(&reply);
	buf_release(&body);
	return 0;
}
