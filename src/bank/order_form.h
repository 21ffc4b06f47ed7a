/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reading an instruction field by field, in the order of the form. form_field() shows a field; the typed readers
 * check its value, note what is wrong with it and answer whether there is a good one.
 */
#ifndef BANK_ORDER_FORM_H
#define BANK_ORDER_FORM_H

#include "bank/order_family.h"
#include "base/buf.h"

/* The field stands in the form. NULL when the plan failed; every function here accepts NULL for it. */
struct plan_field *form_field(struct quoting *q, const struct order_family *family, const char *name, bool is_required);

/* What is wrong with a value, in words that say what to do; the first fault found stays. */
void form_error(struct quoting *q, struct plan_field *f, const char *code, const char *msgid, const char *arg);
void form_display(struct quoting *q, struct plan_field *f, const char *text);

/*
 * The value, when it is there and of the field's kind. Texts are gated, cut of surrounding spaces and not longer
 * than the field's max_length; ret is of FORM_TEXT_MAX. An absent or empty value is no fault: false.
 */
#define FORM_TEXT_MAX 257
bool form_text(struct quoting *q, struct plan_field *f, char ret[FORM_TEXT_MAX]);
/* Digits only, 8 to 32 of them; spaces are dropped and full-width digits are taken as digits. */
bool form_account_number(struct quoting *q, struct plan_field *f, char ret[FORM_TEXT_MAX]);
/* Of this currency and above zero; minor units. */
bool form_amount(struct quoting *q, struct plan_field *f, const char *currency, int64_t *ret);
bool form_boolean(struct quoting *q, struct plan_field *f, bool *ret);
/* One of the field's choices, which must be there already. */
bool form_choice(struct quoting *q, struct plan_field *f, char ret[FORM_TEXT_MAX]);

/*
 * After the last field: plan->is_complete is set. -EINVAL when the instruction has a field that the type does not
 * know (*ret_name). One that the form merely does not show now counts for nothing: somebody filled it in before
 * changing another.
 */
int form_end(struct quoting *q, const struct order_family *family, const char **ret_name);

/* The JSON Schema of the type's instruction, appended; c: language of titles. */
void form_schema(const struct order_family *family, const struct catalogue *c, struct buf *out);

#endif
