/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A screen: one file, one line in screens.def. It turns events and answers into state, and state into a page; it never
 * draws, never waits, includes no curses and no curl.
 */
#ifndef SCREENS_SCREEN_H
#define SCREENS_SCREEN_H

#include <stdbool.h>
#include <stddef.h>

#include "client/client.h"
#include "edition/edition.h"
#include "page/event.h"
#include "page/inputs.h"
#include "page/key.h"
#include "page/page.h"

struct visit;

struct screen_key {
	int key;
	const char *action; /* arrives as EVENT_ACTION with block "" */
	const char *title;  /* N_(), a word or two for the key line */
	const char *help;   /* N_(), a sentence for the help page; NULL: title serves */
};

enum screen_flags {
	SCREEN_BEFORE_LOGIN = 1, /* may be open without a session */
	SCREEN_IN_HOME = 2,      /* listed on the home menu when the edition names it */
	SCREEN_SINGLE = 4,       /* opening it again goes back to the open one */
};

struct screen {
	const char *name;  /* "statement"; ASCII, stable: themes and commands use it */
	const char *code;  /* short code on the command line, "ST"; NULL none */
	const char *title; /* N_() */
	const char *summary; /* N_(), one line for menus and help */
	unsigned flags;
	size_t state_size;
	const struct screen_key *keys; /* .key = 0 ends it; NULL none */
	/* arg as given to visit_open, may be NULL. Starts calls; never blocks. Negative: the visit does not open. */
	int (*open)(struct visit *v, const char *arg);
	void (*build)(struct visit *v, struct page *page);
	void (*event)(struct visit *v, const struct event_ui *e);
	/* Calls of the visit are cancelled before this by the app. Frees what the state owns; wipes secrets. */
	void (*close)(struct visit *v);
};

/* One opening of a screen on the page stack. */
struct visit {
	const struct screen *screen;
	void *state; /* zeroed, state_size bytes */
	struct inputs inputs;
	struct client *client;
	const struct edition *edition;
	const struct host *host;
	void *app; /* the host's */
};

/* What the app does for screens. */
struct host {
	void (*changed)(struct visit *v); /* build the page again */
	void (*open)(struct visit *v, const char *screen, const char *arg); /* on top of this */
	void (*back)(struct visit *v, const char *result);
	void (*replace)(struct visit *v, const char *screen, const char *arg);
	void (*home)(struct visit *v);    /* close everything above home */
	void (*toast)(struct visit *v, enum tone tone, const char *text);
	void (*focus)(struct visit *v, const char *block, const char *item);
	void (*set_language)(struct visit *v, const char *language);
	int (*set_edition)(struct visit *v, const char *name, struct err *err);
	void (*lock)(struct visit *v);
	void (*quit)(struct visit *v);
	const char *(*language)(struct visit *v); /* "en" or "zh_CN" */
	const struct screen_key *keys; /* keys that work everywhere, .key = 0 ends; for help */
	/*
	 * Start a call that belongs to this visit: cancelled when the visit closes. Otherwise as client_call().
	 */
	struct call *(*call)(struct visit *v, const struct call_type *type, const struct call_args *args,
			     call_done *done, void *data);
};

/* All screens, NULL at the end; the table is screens.def. */
extern const struct screen *const screens[];
const struct screen *screen_find(const char *name_or_code); /* case-insensitive for codes; NULL */

#endif
