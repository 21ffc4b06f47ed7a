/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Saved payees. */
#ifndef MODEL_PAYEE_H
#define MODEL_PAYEE_H

#include "base/json.h"

/* A person or firm one pays. */
struct payee {
	char *id;
	char *name;
	char *alias;
	char *account; /* masked account number */
	char *agent; /* bank code */
	char *agent_name;
	bool is_own_bank;
	int64_t last_used;
};
extern const struct json_table payee_json;

/* GET /v1/payees, most recently used first. */
struct payee_list {
	struct payee *payees;
	size_t payees_count;
};
extern const struct json_table payee_list_json;

#endif
