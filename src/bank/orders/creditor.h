/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who is paid, and from what: the parts of a form that several families share. */
#ifndef BANK_ORDERS_CREDITOR_H
#define BANK_ORDERS_CREDITOR_H

#include "bank/order_family.h"
#include "bank/order_form.h"
#include "bank/parameter.h"

/* An account of the customer, as a debtor or a creditor. */
struct own_account {
	int64_t id;
	char number[40];
	char title[128];    /* nickname, or the product's msgid after SAID_TR */
	char currency[4];
	bool is_enabled;
	int64_t available;  /* balance less holds, minor units */
};

/* 1 it is the customer's, 0 not, or a store error. */
int own_account_find(struct quoting *q, const char *id, struct own_account *ret);
/* "Current account **** 3456" */
int own_account_label(const struct own_account *a, struct said *ret);
/* The choices of a field: the customer's accounts that can be used, each value after a prefix; `except` is left
 * out (0 none). */
int own_account_choices(struct quoting *q, struct plan_field *f, const char *prefix, int64_t except);

enum creditor_kind {
	CREDITOR_OWN = 1,  /* another account of the customer */
	CREDITOR_INSIDE,   /* of somebody else at this bank */
	CREDITOR_OUTSIDE,  /* at another bank */
};

struct creditor {
	enum creditor_kind kind;
	char agent[PARAMETER_TEXT_MAX]; /* code of the bank */
	char agent_name[128], agent_name_zh[128];
	char number[FORM_TEXT_MAX];
	char name[FORM_TEXT_MAX];    /* whole, as given or as saved; the holder's when inside */
	char given[FORM_TEXT_MAX];   /* what the customer typed, "" nothing */
	char holder[FORM_TEXT_MAX];  /* inside: the account's holder */
	struct own_account own;      /* CREDITOR_OWN */
};

/* A bank of the directory. 1 found, 0 not, or a store error; fills agent, agent_name and agent_name_zh. */
int creditor_agent(struct quoting *q, const char *code, struct creditor *ret);
/* The own bank's code in ret->agent. */
int creditor_own_agent(struct quoting *q, char ret[PARAMETER_TEXT_MAX]);

/*
 * Read agent, account number and name from three fields of the form (shown here), and look the account up when
 * it is inside. 1 all is good, 0 something is missing or wrong (noted in the fields), or a store error.
 */
int creditor_read(struct quoting *q, const struct order_family *family, struct creditor *ret);
/* Check what is known of a creditor inside this bank: the account exists, takes money, and is whose it should be. */
int creditor_check(struct quoting *q, struct plan_field *at, struct plan_field *name, struct creditor *c);

/* The review's lines about a creditor: name (masked inside), account, bank. */
void creditor_review(struct quoting *q, const struct creditor *c);
/* The name as it may be shown: masked when this bank knows it and the customer may not. NULL: memory is short. */
char *creditor_shown_name(const struct creditor *c);

#endif
