/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/enrolment.h"

#include "model/fields.h"

static const struct json_field enrolment_request_fields[] = {
	REQUIRED(enrolment_request, code, "code", JSON_SECRET),
	REQUIRED(enrolment_request, request, "certificateRequest", JSON_TEXT, .max = 4096),
	OPTIONAL(enrolment_request, label, "label", JSON_TEXT, .max = 60),
};
const struct json_table enrolment_request_json = TABLE("EnrolmentRequest", enrolment_request);

static const struct json_field enrolment_fields[] = {
	REQUIRED(enrolment, terminal_id, "terminalId", JSON_TEXT),
	REQUIRED(enrolment, certificate, "certificate", JSON_TEXT, .max = 8192),
	REQUIRED(enrolment, expires, "expiresDateTime", JSON_INSTANT),
};
const struct json_table enrolment_json = TABLE("Enrolment", enrolment);
