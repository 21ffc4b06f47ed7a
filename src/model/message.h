/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Messages of the bank to the customer. */
#ifndef MODEL_MESSAGE_H
#define MODEL_MESSAGE_H

#include "base/json.h"

/* One message. */
struct message {
	char *id;
	char *title;
	char *text;
	int64_t at;
	bool is_read;
	char *order_id;
};
extern const struct json_table message_json;

/* GET /v1/messages, newest first. */
struct message_list {
	struct message *messages;
	size_t messages_count;
	int unread;
	char *older;
};
extern const struct json_table message_list_json;

#endif
