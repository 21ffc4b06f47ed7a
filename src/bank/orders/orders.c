/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bank/orders/orders.h"

#include <string.h>

#include "base/macros.h"

static const struct order_family *const families[] = {
	&transfer_family,
	&payee_add_family,
	&payee_remove_family,
};

const struct order_family *const *order_families(size_t *ret_count)
{
	*ret_count = COUNT(families);
	return families;
}

const struct order_family *order_family(const char *type)
{
	for (size_t i = 0; i < COUNT(families); i++)
		if (!strcmp(families[i]->type, type))
			return families[i];
	return NULL;
}
