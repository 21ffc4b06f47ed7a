/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the command line knows: commands, pages and order types by name or short code. */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "app/state.h"
#include "base/catalogue.h"

#define NEAR_MOST 2 /* letters that may be wrong in "did you mean" */

static void run_back(struct app *app, const char *arg)
{
	(void)arg;
	if (app->cover && !app_is_locked(app))
		app_uncover(app);
	else if (app->depth > 1)
		stack_back(app, NULL);
	else
		app->front->bell(app->front);
}

static void run_help(struct app *app, const char *arg)
{
	const struct screen *help = screen_find("help");
	struct entry *top = stack_top(app);

	if (app->cover)
		app_uncover(app);
	if (help && top)
		stack_open(app, help, arg ? arg : top->visit.screen->name);
}

static void run_home(struct app *app, const char *arg)
{
	(void)arg;
	app_home(app);
}

/* Home first; from home, or before anybody is logged in, out. */
static void run_leave(struct app *app, const char *arg)
{
	(void)arg;
	if (app->depth > 1)
		app_home(app);
	else if (client_session(app->client))
		app_cover(app, &leave_screen, NULL);
	else
		app_end(app);
}

static void run_quit(struct app *app, const char *arg)
{
	(void)arg;
	app_end(app);
}

static void run_lock(struct app *app, const char *arg)
{
	(void)arg;
	app_lock(app);
}

static void run_redraw(struct app *app, const char *arg)
{
	(void)arg;
	app->front->redraw(app->front);
	app->needs_show = true;
}

static void run_suspend(struct app *app, const char *arg)
{
	(void)arg;
	if (app->front->suspend)
		raise(SIGTSTP);
	else
		app->front->bell(app->front);
}

static void run_command(struct app *app, const char *arg)
{
	(void)arg;
	if (!app->front->is_linear)
		command_open(&app->command);
	app->needs_show = true;
}

static void run_language(struct app *app, const char *arg)
{
	const char *language = NULL;

	if (arg && (!strcasecmp(arg, "zh") || !strcasecmp(arg, "zh_cn") || !strcmp(arg, "中文")))
		language = "zh_CN";
	else if (arg && (!strcasecmp(arg, "en") || !strcasecmp(arg, "english")))
		language = "en";
	if (!language) {
		app_toast(app, TONE_WARNING, _("Type :lang zh or :lang en."));
		return;
	}
	app->host.set_language(&stack_top(app)->visit, language);
}

static void run_edition(struct app *app, const char *arg)
{
	struct err err;

	if (!arg)
		app_toast(app, TONE_WARNING, _("Type :edition and the name of a theme, such as standard or mono."));
	else if (app->host.set_edition(&stack_top(app)->visit, arg, &err) < 0)
		app_toast(app, TONE_WARNING, err.text);
}

static const struct {
	const char *name;
	void (*run)(struct app *app, const char *arg);
	bool is_hidden; /* a key's, of no use on the command line */
} commands[] = {
	{ "help", run_help },
	{ "back", run_back },
	{ "home", run_home },
	{ "lock", run_lock },
	{ "lang", run_language },
	{ "edition", run_edition },
	{ "redraw", run_redraw },
	{ "suspend", run_suspend },
	{ "quit", run_quit },
	{ "leave", run_leave, .is_hidden = true },
	{ "command", run_command, .is_hidden = true },
};

/* A page that can be opened now, by itself: those with a code and those of the home menu. */
static bool can_open(const struct app *app, const struct screen *screen)
{
	if (!screen->code && !(screen->flags & (SCREEN_IN_HOME | SCREEN_BEFORE_LOGIN)))
		return false;
	return client_session(app->client) || (screen->flags & SCREEN_BEFORE_LOGIN);
}

/* ---- what is near, and completion: all the words there are ---- */

/* The nth word of all, NULL after the last. */
static const char *word(const struct app *app, size_t n)
{
	for (size_t i = 0; i < COUNT(commands); i++)
		if (!commands[i].is_hidden && n-- == 0)
			return commands[i].name;
	for (const struct screen *const *s = screens; *s; s++) {
		if (!can_open(app, *s))
			continue;
		if (n-- == 0)
			return (*s)->name;
		if ((*s)->code && n-- == 0)
			return (*s)->code;
	}
	for (size_t i = 0; i < app->order_types.types_count; i++) {
		const struct order_type *type = &app->order_types.types[i];

		if (n-- == 0)
			return type->type;
		if (type->code && n-- == 0)
			return type->code;
	}
	return NULL;
}

char *command_complete(struct app *app, const char *begin, size_t n)
{
	const char *w;

	for (size_t i = 0; (w = word(app, i)); i++)
		if (!strncasecmp(w, begin, strlen(begin)) && n-- == 0)
			return strdup(w);
	return NULL;
}

/* Letters to change, add or drop to make b of a (Levenshtein), without case. */
static size_t distance(const char *a, const char *b)
{
	size_t row[64], n = strlen(b);

	if (n >= COUNT(row) || strlen(a) >= COUNT(row))
		return COUNT(row);
	for (size_t k = 0; k <= n; k++)
		row[k] = k;
	for (size_t i = 1; a[i - 1]; i++) {
		size_t diagonal = row[0];

		row[0] = i;
		for (size_t k = 1; k <= n; k++) {
			size_t change = diagonal + (strncasecmp(&a[i - 1], &b[k - 1], 1) != 0);
			size_t best = row[k] + 1 < row[k - 1] + 1 ? row[k] + 1 : row[k - 1] + 1;

			diagonal = row[k];
			row[k] = change < best ? change : best;
		}
	}
	return row[n];
}

static void suggest(struct app *app, const char *typed)
{
	size_t least = NEAR_MOST + 1;
	const char *w, *nearest = NULL;
	char text[200];

	for (size_t i = 0; (w = word(app, i)); i++) {
		size_t d = distance(typed, w);

		if (d < least && d < strlen(w)) {
			least = d;
			nearest = w;
		}
	}
	if (nearest)
		snprintf(text, sizeof(text), _("There is no command \"%.40s\". Did you mean :%s?"), typed, nearest);
	else
		snprintf(text, sizeof(text), _("There is no command \"%.40s\". :help shows what there is."), typed);
	app_toast(app, TONE_WARNING, text);
}

/* ---- running ---- */

static bool run_own(struct app *app, const char *name, const char *arg)
{
	for (size_t i = 0; i < COUNT(commands); i++)
		if (!strcasecmp(commands[i].name, name)) {
			commands[i].run(app, arg);
			return true;
		}
	return false;
}

static void open_page(struct app *app, const struct screen *screen, const char *arg)
{
	if (app->cover)
		app_uncover(app);
	if (screen == screen_find("home"))
		app_home(app);
	else
		stack_open(app, screen, arg);
}

static bool run_screen(struct app *app, const char *name, const char *arg)
{
	const struct screen *screen = screen_find(name);

	for (const struct screen *const *s = screens; !screen && *s; s++)
		if (!strcasecmp((*s)->name, name))
			screen = *s;
	if (!screen || (!can_open(app, screen) && client_session(app->client)))
		return false;
	if (can_open(app, screen))
		open_page(app, screen, arg);
	else
		app_toast(app, TONE_WARNING, _("Please log in first."));
	return true;
}

static bool run_order_type(struct app *app, const char *name, const char *arg)
{
	char text[320];

	for (size_t i = 0; i < app->order_types.types_count; i++) {
		const struct order_type *type = &app->order_types.types[i];

		if (strcasecmp(type->type, name) != 0 && (!type->code || strcasecmp(type->code, name) != 0))
			continue;
		snprintf(text, sizeof(text), "%s%s%s", type->type, arg ? " " : "", arg ? arg : "");
		open_page(app, screen_find("order"), text);
		return true;
	}
	return false;
}

static bool run_word(struct app *app, const char *name, const char *arg)
{
	return run_own(app, name, arg) || run_order_type(app, name, arg) || run_screen(app, name, arg);
}

/* The one word that begins like this; NULL when there is none or more than one. */
static const char *only_completion(const struct app *app, const char *begin)
{
	const char *w, *found = NULL;

	for (size_t i = 0; (w = word(app, i)); i++) {
		if (strncasecmp(w, begin, strlen(begin)) != 0)
			continue;
		if (found)
			return NULL;
		found = w;
	}
	return found;
}

bool command_run(struct app *app, const char *line)
{
	_cleanup_(free_ptr) char *copy = strdup(line + strspn(line, " :"));
	const char *whole;
	char *arg, *end;

	if (!copy || !*copy)
		return false;
	for (end = copy + strlen(copy); end > copy && end[-1] == ' ';)
		*--end = '\0';
	arg = copy + strcspn(copy, " ");
	if (*arg) {
		*arg++ = '\0';
		arg += strspn(arg, " ");
	} else {
		arg = NULL;
	}
	if (run_word(app, copy, arg))
		return true;
	if (client_session(app->client) && !app->types_are_known) {
		free(app->early_line);
		app->early_line = strdup(line);
		return true;
	}
	whole = only_completion(app, copy);
	if (whole)
		return run_word(app, whole, arg);
	suggest(app, copy);
	return false;
}

/* ---- order types of this person ---- */

static void types_done(void *data, struct answer *a)
{
	struct app *app = data;

	if (a->outcome == ANSWER_OK) {
		json_release(&app->order_types, &order_type_list_json);
		app->order_types = *(struct order_type_list *)a->body;
		memset(a->body, 0, sizeof(struct order_type_list));
	}
	app->types_are_known = true;
	if (app->early_line)
		app_wish(app, WISH_COMMAND, NULL, NULL, app->early_line);
	free(app->early_line);
	app->early_line = NULL;
}

void commands_forget(struct app *app)
{
	json_release(&app->order_types, &order_type_list_json);
	app->types_are_known = false;
	free(app->early_line);
	app->early_line = NULL;
}

void commands_load(struct app *app)
{
	struct call *call = client_call(app->client, &call_list_order_types, NULL, types_done, app);

	if (call)
		call_own(call, app);
}
