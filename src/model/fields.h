/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the files of src/model write their tables; nobody else includes this. */
#ifndef MODEL_FIELDS_H
#define MODEL_FIELDS_H

#include <stddef.h>

#include "base/json.h"
#include "base/macros.h"

#define REQUIRED(noun, member, wire, kind, ...) \
	{ .name = wire, .type = kind, .offset = offsetof(struct noun, member), ##__VA_ARGS__ }
#define OPTIONAL(noun, member, wire, kind, ...) \
	REQUIRED(noun, member, wire, kind, .flags = JSON_OPTIONAL, ##__VA_ARGS__)
#define TABLE(schema, noun)                                                            \
	{                                                                              \
		.name = schema, .size = sizeof(struct noun), .fields = noun##_fields, \
		.count = COUNT(noun##_fields)                                          \
	}

#endif
