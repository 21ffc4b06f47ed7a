/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The families of order types; each is one file of this directory and one line in orders.c. */
#ifndef BANK_ORDERS_ORDERS_H
#define BANK_ORDERS_ORDERS_H

#include "bank/order_family.h"

extern const struct order_family transfer_family, payee_add_family, payee_remove_family;

#endif
