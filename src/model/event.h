/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What changed, as ids only. */
#ifndef MODEL_EVENT_H
#define MODEL_EVENT_H

#include "base/json.h"

enum event_kind {
	EVENT_KIND_NONE,
	EVENT_KIND_ORDER,
	EVENT_KIND_MESSAGE,
	EVENT_KIND_ACCOUNT,
	EVENT_KIND_PAYEE,
};
extern const char *const event_kind_names[]; /* wire names by value, NULL at the end */

/* One change; read the subject to see it. */
struct event {
	char *id; /* the cursor after it */
	int kind;
	char *subject;
	int64_t at;
};
extern const struct json_table event_json;

/* GET /v1/events?after=: waits up to wait seconds for the first event. */
struct event_page {
	struct event *events;
	size_t events_count;
	char *cursor; /* for the next after= */
};
extern const struct json_table event_page_json;

#endif
