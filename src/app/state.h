/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of this room share: the app's state, and who does what with it. */
#ifndef APP_STATE_H
#define APP_STATE_H

#include "app/app.h"
#include "app/barrier.h"
#include "app/command.h"
#include "app/focus.h"
#include "app/signals.h"
#include "model/order_type.h"
#include "screens/screen.h"

#define DEPTH_MAX 16
#define AHEAD_MAX 256      /* keys kept while a page waits for its data */
#define TOAST_MS 8000
#define END_MS 1000        /* most time for telling the bank goodbye */
#define DEMO_PHONE_SECONDS 120

/* One visit on the stack, with what a person has done there. */
struct entry {
	struct visit visit; /* first: host functions get &entry->visit */
	struct focus focus;
	struct page page;
	bool has_page;
	bool is_changed;
	/* The field changed since its last EVENT_CHANGED; "" none. */
	char dirty_block[FOCUS_ID_MAX], dirty_field[FOCUS_ID_MAX];
	/* Rows last asked for with EVENT_ROWS, and how many there were then. */
	char rows_block[FOCUS_ID_MAX];
	int64_t rows_first, rows_last, rows_count;
};

/*
 * A page of the app itself: lock, idle warning, leaving, picker. It is a screen like others, and may take keys
 * before they move the focus.
 */
struct own_screen {
	struct screen screen; /* first */
	bool (*key)(struct entry *e, int key); /* true: used; NULL: none */
	bool is_locking;                       /* hides everything until it closes: no global keys, no commands */
};

/* What a screen asked for: done when its callback has returned, so that it never pulls its own floor away. */
enum wish_kind {
	WISH_OPEN,
	WISH_BACK,
	WISH_REPLACE,
	WISH_HOME,
	WISH_LOCK,
	WISH_QUIT,
	WISH_SESSION_END,
	WISH_COMMAND,
};

struct wish {
	enum wish_kind kind;
	struct visit *from; /* NULL: the app */
	char *screen, *text;
};

struct toast {
	char text[256];
	enum tone tone;
	int number;    /* counted, so that a front can tell another from the same */
	int64_t until; /* monotonic ms; 0 none */
};

struct news { /* the long poll */
	struct call *call;
	char *cursor;
	int64_t retry_at; /* monotonic ms; 0: at once */
	int failures;
	bool counts_unread;  /* the first count is known */
	int unread;          /* messages, when last counted */
};

struct app {
	struct client *client;
	struct front *front;
	struct clock clock;
	struct edition edition;
	struct host host;
	struct demo *demo;
	struct signals signals;
	char language[8];
	char *remember;
	int lock_seconds;

	struct entry *stack[DEPTH_MAX];
	size_t depth;
	struct entry *cover; /* over the stack: lock, idle warning, leaving; NULL none */

	struct wish *wishes;
	size_t wish_count, wish_cap;

	struct barrier barrier;
	struct command command;
	struct toast toast;
	struct news news;
	struct order_type_list order_types; /* for commands; after login */
	bool types_are_known;
	char *early_line; /* a command that may name one, typed before they were known; NULL none */
	int ahead[AHEAD_MAX];
	size_t ahead_count;

	int64_t last_input;  /* monotonic ms */
	int64_t last_tick;
	int64_t end_by;      /* 0: not ending */
	bool is_over;
	bool needs_show;
	bool had_session;
};

/* ---- stack.c ---- */
struct entry *stack_top(const struct app *app);   /* of the stack, whatever covers it; NULL when empty */
struct entry *app_shown(const struct app *app);   /* what the person sees */
int stack_open(struct app *app, const struct screen *screen, const char *arg); /* on top */
void stack_close_above(struct app *app, const struct entry *e);                /* e stays; NULL: all */
void stack_back(struct app *app, const char *result);
void app_cover(struct app *app, const struct own_screen *screen, const char *arg); /* replaces the cover there is */
void app_uncover(struct app *app);
struct place_view entry_place(struct app *app, struct entry *e);
/* Build the pages that changed. True when the shown one was built. */
bool app_build(struct app *app);
void entry_send(struct entry *e, const struct event_ui *event);
void app_send_all(struct app *app, const struct event_ui *event);

/* ---- host.c ---- */
void host_init(struct app *app);
int app_wish(struct app *app, enum wish_kind kind, struct visit *from, const char *screen, const char *text);
void app_forget_wishes(struct app *app, const struct visit *from); /* NULL: all */
void app_grant_wishes(struct app *app);
void app_toast(struct app *app, enum tone tone, const char *text);
void host_focus_on(struct entry *e, const char *block, const char *item);
void app_set_language(struct app *app, const char *language);
void app_home(struct app *app);
/* Close everything and show the first page; reason (NULL none) is shown there. */
void app_restart(struct app *app, const char *reason);

/* ---- input.c ---- */
void app_take_input(struct app *app);
/* Send EVENT_CHANGED for the field that was changed, if the focus left it or whatever `always` says. */
void entry_leave_field(struct entry *e, bool always);
void app_do(struct app *app, struct entry *e, const struct deed *deed);
/* Keys kept while the page waited: as many as the page now takes. */
void app_play_ahead(struct app *app);
void app_forget_ahead(struct app *app); /* wipes them */

/* ---- keys.c ---- */
extern const struct screen_key global_keys[]; /* .action is the name of a command; .key = 0 ends it */
const struct screen_key *global_key(int key); /* NULL none */

/* ---- commands.c ---- */
/* Run a command line ("st", "lang zh"). False when there is no such command; a toast says what is near. */
bool command_run(struct app *app, const char *line);
/* The nth completion of a beginning; malloc'ed; NULL at the end. */
char *command_complete(struct app *app, const char *begin, size_t n);
void commands_forget(struct app *app);
void commands_load(struct app *app); /* ask for the order types of who just logged in */

/* ---- lock.c, picker.c ---- */
extern const struct own_screen lock_screen, idle_screen, leave_screen, picker_screen;
void app_lock(struct app *app);
void app_pick(struct app *app, struct entry *e, const struct block *block, const struct field *field, int key);
bool entry_is_own(const struct entry *e, const struct own_screen *screen);
bool app_is_locked(const struct app *app);

/* ---- app.c ---- */
int app_lock_in(const struct app *app); /* seconds until idling locks, at least 0 */
void forget_answer(void *data, struct answer *a);

/* ---- events.c ---- */
void news_turn(struct app *app, int64_t now);
void news_stop(struct app *app);

/* ---- show.c ---- */
void app_show(struct app *app, int64_t now);

static inline struct app *visit_app(const struct visit *v)
{
	return v->app;
}

static inline int64_t app_now_ms(const struct app *app)
{
	return app->clock.monotonic_ms(app->clock.data);
}

#endif
