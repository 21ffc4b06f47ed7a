/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What writes orders: giving, withdrawing and authorising one, and asking for a code. Handlers of routes_order.c. */
#ifndef BANK_ORDER_WRITE_H
#define BANK_ORDER_WRITE_H

#include "bank/route.h"

/* POST /v1/orders */
int order_post_write(struct store *s, struct request *rq);
int order_post_refused(struct store *s, struct request *rq); /* keeps the refusal as the key's answer, for ever */

/* DELETE /v1/orders/{orderId} */
int order_delete_write(struct store *s, struct request *rq);

/* POST /v1/orders/{orderId}/authorisations (order_authorise.c) */
int order_authorise_prepare(struct request *rq);
int order_authorise_write(struct store *s, struct request *rq);
int order_authorise_refused(struct store *s, struct request *rq); /* the ledger refused: the order is rejected */

/* POST /v1/orders/{orderId}/codes */
int order_code_write(struct store *s, struct request *rq);

/* The order named by the path, 404 answered when it is none of the customer's: 1, 0 (answered), or a store error. */
struct order_record;
int order_of_request(struct store *s, struct request *rq, struct order_record *ret);
/* Answer quote_plan()'s -EINVAL; name: the field, NULL when the instruction is no object. */
int instruction_problem(struct request *rq, const char *name);
int64_t request_now(const struct request *rq); /* UTC seconds of the bank's clock */

#endif
