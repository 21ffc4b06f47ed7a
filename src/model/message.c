/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/message.h"

#include "model/fields.h"

static const struct json_field message_fields[] = {
	REQUIRED(message, id, "messageId", JSON_TEXT),
	REQUIRED(message, title, "title", JSON_TEXT),
	REQUIRED(message, text, "text", JSON_TEXT, .max = 2000),
	REQUIRED(message, at, "dateTime", JSON_INSTANT),
	REQUIRED(message, is_read, "read", JSON_BOOL),
	OPTIONAL(message, order_id, "orderId", JSON_TEXT),
};
const struct json_table message_json = TABLE("Message", message);

static const struct json_field message_list_fields[] = {
	REQUIRED(message_list, messages, "messages", JSON_LIST, .sub = &message_json, .max = 100),
	REQUIRED(message_list, unread, "unreadCount", JSON_INT),
	OPTIONAL(message_list, older, "olderCursor", JSON_TEXT),
};
const struct json_table message_list_json = TABLE("MessageList", message_list);
