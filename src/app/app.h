/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The app: one loop that ties a front, the client and the screens together.
 *
 * A turn of the loop waits once, in client_poll(), for the network, the person and signals together; then it runs
 * what is due, builds the pages that changed and shows the top one. Nothing else waits, and nothing here draws.
 */
#ifndef APP_APP_H
#define APP_APP_H

#include "base/clock.h"
#include "base/err.h"
#include "client/client.h"
#include "edition/edition.h"
#include "page/front.h"

struct app;
struct demo;

struct app_options {
	struct client *client;    /* the caller's, open as long as the app */
	struct front *front;      /* the caller's */
	struct edition *edition;  /* loaded; its content is taken over */
	const char *language;     /* "en", "zh_CN"; NULL: a person is asked first */
	int lock_seconds;         /* idle time before locking; 0: the edition's */
	const struct clock *clock; /* NULL: the system's */
	struct demo *demo;        /* the caller's; NULL: no demo bank */
	const char *remember;     /* file that keeps the language chosen (bankterm.ini); NULL: it is not kept */
};

/* -ENOMEM, -errno of the signal pipe. Only one app can stand at a time (signals). */
int app_new(const struct app_options *options, struct app **ret, struct err *err);
void app_free(struct app *app); /* closes every visit; wipes what was typed; NULL allowed */

/* Show the first page on a screen before anything else is done; lines wait for the first turn. */
void app_show_first(struct app *app);
/* One turn, waiting at most most_ms. False when the app is over. */
bool app_turn(struct app *app, int most_ms);
/* Turns until the person or a signal ends it. */
void app_run(struct app *app);
/* End at the next turn, telling the bank to end the session if that takes no second. */
void app_end(struct app *app);

#endif
