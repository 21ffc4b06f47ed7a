/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Between the fields of a quote and what a person types: the form block, and the instruction. */
#ifndef SCREENS_ORDER_FORM_H
#define SCREENS_ORDER_FORM_H

#include "model/quote.h"
#include "screens/screen.h"

/* The form block "order" for these fields. With missing true, required fields that are empty say so. */
void order_form_build(struct visit *v, struct page *p, const struct quote *quote, bool missing);

/* Put the bank's values into inputs that nobody has touched. */
void order_form_take(struct visit *v, const struct quote *quote);

/*
 * The instruction as an object; caller cJSON_Delete()s. What cannot be read yet (a half-typed amount) is left out;
 * *ret_bad (borrowed field name, NULL none) tells the first such field. -ENOMEM.
 */
int order_form_read(struct visit *v, const struct quote *quote, struct cJSON **ret, const char **ret_bad);

/* The first field that stands in the way: with an error, or required and empty; NULL none. */
const char *order_form_obstacle(struct visit *v, const struct quote *quote);

#endif
