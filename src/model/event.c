/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/event.h"

#include "model/fields.h"

const char *const event_kind_names[] = { "", "order", "message", "account", "payee", NULL };

static const struct json_field event_fields[] = {
	REQUIRED(event, id, "eventId", JSON_TEXT),
	REQUIRED(event, kind, "kind", JSON_ENUM, .names = event_kind_names),
	REQUIRED(event, subject, "subjectId", JSON_TEXT),
	REQUIRED(event, at, "dateTime", JSON_INSTANT),
};
const struct json_table event_json = TABLE("Event", event);

static const struct json_field event_page_fields[] = {
	REQUIRED(event_page, events, "events", JSON_LIST, .sub = &event_json, .max = 200),
	REQUIRED(event_page, cursor, "cursor", JSON_TEXT),
};
const struct json_table event_page_json = TABLE("EventPage", event_page);
