/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the bank says, kept untranslated: an order, a message or a warning is written once and read in whatever
 * language its reader asks for.
 *
 * text is a msgid in which {1} to {4} stand for args (amounts as money_show, dates as ISO 8601, names as they
 * are; one that begins with SAID_TR is a msgid of its own). chinese, when given, is used instead of a
 * translation: for data that come in two languages, such as names of banks. Stored as
 * {"t":text,"zh":chinese,"a":[...]}; that is also its canonical form for terms.
 */
#ifndef BANK_SAID_H
#define BANK_SAID_H

#include "base/buf.h"
#include "base/catalogue.h"

struct cJSON;

#define SAID_ARGS 4
#define SAID_TR "\001" /* before a msgid: no text of a person has this character */

struct said {
	char *text; /* owned, as all here; NULL: nothing said */
	char *chinese;
	char *args[SAID_ARGS];
};

/* Arguments end with NULL. -ENOMEM leaves *ret empty. */
int said_set(struct said *ret, const char *msgid, ...) __attribute__((sentinel));
/* A text that is the same in every language, or comes in both (chinese may be NULL). */
int said_data(struct said *ret, const char *text, const char *chinese);
void said_release(struct said *said);

/* For people. c NULL: English. Caller frees; NULL when memory is short or nothing is said. */
char *said_text(const struct said *said, const struct catalogue *c);

void said_write(const struct said *said, struct buf *out);      /* appends the stored form */
int said_read(const struct cJSON *object, struct said *ret);    /* -EINVAL, -ENOMEM */
char *said_stored_text(const char *stored, const struct catalogue *c); /* from the stored form; NULL when malformed */

#endif
