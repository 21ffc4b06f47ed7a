/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every table of src/model. contract.test compares this list with the headers. */
#ifndef TESTS_CONTRACT_TABLES_H
#define TESTS_CONTRACT_TABLES_H

#include "model/account.h"
#include "model/config.h"
#include "model/enrolment.h"
#include "model/entry.h"
#include "model/event.h"
#include "model/form.h"
#include "model/message.h"
#include "model/order.h"
#include "model/order_type.h"
#include "model/payee.h"
#include "model/problem.h"
#include "model/quote.h"
#include "model/session.h"

static const struct json_table *const contract_tables[] = {
	&account_json,
	&account_list_json,
	&authorisation_request_json,
	&choice_json,
	&choice_page_json,
	&config_json,
	&currency_json,
	&customer_json,
	&enrolment_json,
	&enrolment_request_json,
	&entry_json,
	&entry_page_json,
	&event_json,
	&event_page_json,
	&field_error_json,
	&form_field_json,
	&last_login_json,
	&message_json,
	&message_list_json,
	&need_json,
	&order_context_json,
	&order_json,
	&order_links_json,
	&order_list_json,
	&order_request_json,
	&order_type_json,
	&order_type_list_json,
	&payee_json,
	&payee_list_json,
	&problem_json,
	&quote_json,
	&quote_request_json,
	&review_line_json,
	&session_json,
	&session_request_json,
	&state_reason_json,
	&unlock_request_json,
	&warning_json,
};

#endif
