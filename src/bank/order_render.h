/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An order as the contract shows it, in the language of the request. */
#ifndef BANK_ORDER_RENDER_H
#define BANK_ORDER_RENDER_H

#include "bank/order_record.h"
#include "bank/route.h"

/* Release with json_release(ret, &order_json). -ENOMEM, -EIO. */
int order_render(struct store *s, const struct request *rq, const struct order_record *o, struct order *ret);
/* Answer with it. */
int order_reply(struct store *s, struct request *rq, int status, const struct order_record *o);

#endif
