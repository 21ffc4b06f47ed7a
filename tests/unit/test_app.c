/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The app over a front, a client and a clock in hand: typing ahead, the stack, the barrier, locking and idling. The
 * client here answers when the test says so; the front reads keys from a queue and keeps what it was shown.
 */
#include <stdlib.h>
#include <strings.h>
#include <time.h>

#include "app/app.h"
#include "app/demo.h"
#include "base/text.h"
#include "model/event.h"
#include "page/key.h"
#include "page/page_text.h"
#include "screens/screen.h"
#include "tests/tap.h"

/* ---- the clock ---- */

static int64_t now_ms = 1000000;

static int64_t fake_now(void *data)
{
	(void)data;
	return now_ms / 1000;
}

static int64_t fake_ms(void *data)
{
	(void)data;
	return now_ms;
}

static const struct clock test_clock = { fake_now, fake_ms, NULL };

/* ---- the client: calls wait in a list until the test answers them ---- */

#define CALLS_MOST 16
struct call {
	const struct call_type *type;
	call_done *done;
	void *data;
	const void *owner;
	bool is_open;
};

struct client {
	struct call calls[CALLS_MOST];
	bool has_session;
	struct session session;
	void (*ended)(void *data, const char *reason);
	void *ended_data;
};

static struct client client;

#define CALL(name) const struct call_type call_##name = { #name, "GET", "/", NULL, NULL, 1000, false }
CALL(delete_session);
CALL(unlock_session);
CALL(list_order_types);
CALL(list_events);
CALL(list_messages);
static CALL(test);

struct call *client_call(struct client *c, const struct call_type *type, const struct call_args *args,
			 call_done *done_fn, void *data)
{
	(void)args;
	for (size_t i = 0; i < CALLS_MOST; i++)
		if (!c->calls[i].is_open) {
			c->calls[i] = (struct call){ type, done_fn, data, NULL, true };
			return &c->calls[i];
		}
	return NULL;
}

void call_own(struct call *call, const void *owner)
{
	call->owner = owner;
}

void call_cancel(struct call *call)
{
	if (call)
		call->is_open = false;
}

void client_cancel_owned(struct client *c, const void *owner)
{
	for (size_t i = 0; i < CALLS_MOST; i++)
		if (c->calls[i].owner == owner)
			c->calls[i].is_open = false;
}

bool client_owns_calls(const struct client *c, const void *owner)
{
	for (size_t i = 0; i < CALLS_MOST; i++)
		if (c->calls[i].is_open && c->calls[i].owner == owner)
			return true;
	return false;
}

static int open_calls(const struct call_type *type)
{
	int n = 0;

	for (size_t i = 0; i < CALLS_MOST; i++)
		n += client.calls[i].is_open && client.calls[i].type == type;
	return n;
}

static bool answer(const struct call_type *type, enum answer_outcome outcome, int status)
{
	struct event_page nothing = { 0 };
	struct answer a = { .outcome = outcome, .status = status, .text = "refused",
			    .body = type == &call_list_events ? &nothing : NULL };

	for (size_t i = 0; i < CALLS_MOST; i++)
		if (client.calls[i].is_open && client.calls[i].type == type) {
			client.calls[i].is_open = false;
			client.calls[i].done(client.calls[i].data, &a);
			return true;
		}
	return false;
}

const struct session *client_session(const struct client *c)
{
	return c->has_session ? &c->session : NULL;
}

void client_forget_session(struct client *c)
{
	c->has_session = false;
}

void client_on_session_end(struct client *c, void (*fn)(void *data, const char *reason), void *data)
{
	c->ended = fn;
	c->ended_data = data;
}

void client_set_language(struct client *c, const char *language)
{
	(void)c;
	(void)language;
}

bool client_is_offline(const struct client *c)
{
	(void)c;
	return false;
}

int64_t client_now(const struct client *c)
{
	(void)c;
	return now_ms / 1000;
}

int client_poll(struct client *c, struct client_fd *fds, size_t count, int timeout_ms)
{
	(void)c;
	(void)fds;
	(void)count;
	(void)timeout_ms;
	return 0;
}

void client_run(struct client *c)
{
	(void)c;
}

const char *demo_phone(const struct demo *d)
{
	(void)d;
	return NULL;
}

void demo_follow(struct demo *d, const char *customer_number)
{
	(void)d;
	(void)customer_number;
}

bool demo_child_ended(struct demo *d)
{
	(void)d;
	return false;
}

bool demo_turn(struct demo *d, int64_t now)
{
	(void)d;
	(void)now;
	return false;
}

/* ---- the front ---- */

static struct {
	struct front_input queue[512];
	size_t count, at;
	char *text; /* the page shown last, as lines */
	int shows, fences;
} screen_seen;

static void fake_show(struct front *f, const struct page *page, const struct view *view)
{
	struct buf out;

	(void)f;
	buf_init(&out, 0);
	page_text_write(page, view, 80, &out);
	free(screen_seen.text);
	screen_seen.text = buf_detach(&out);
	screen_seen.shows++;
}

static bool fake_read(struct front *f, struct front_input *ret)
{
	(void)f;
	if (screen_seen.at == screen_seen.count)
		return false;
	*ret = screen_seen.queue[screen_seen.at++];
	return true;
}

static bool fake_fence(struct front *f)
{
	(void)f;
	screen_seen.fences++;
	return true;
}

static int fake_fd(struct front *f)
{
	(void)f;
	return -1;
}

static int fake_visible(struct front *f, const char *block)
{
	(void)f;
	(void)block;
	return 10;
}

static void fake_quiet(struct front *f)
{
	(void)f;
}

static struct front front = {
	.fd = fake_fd, .show = fake_show, .read = fake_read, .fence = fake_fence, .visible = fake_visible,
	.bell = fake_quiet, .redraw = fake_quiet,
};

/* ---- three screens: home asks the bank, a form, a review ---- */

static int closed, confirmed, news, resumed;
static char submitted[64];

static void ready(void *data, struct answer *a)
{
	struct visit *v = data;

	(void)a;
	*(bool *)v->state = true;
	v->host->changed(v);
}

static int home_open(struct visit *v, const char *arg)
{
	(void)arg;
	v->host->call(v, &call_test, NULL, ready, v);
	return 0;
}

static void home_build(struct visit *v, struct page *p)
{
	struct block *b;

	if (!*(bool *)v->state) {
		page_progress(p, REGION_MAIN, "Asking", 0, 0);
		return;
	}
	b = page_menu(p, REGION_MAIN, "menu", "Menu");
	block_item(p, b, &(struct item){ .id = "form", .title = "To the form" });
	block_item(p, b, &(struct item){ .id = "review", .title = "To the review" });
}

static void home_event(struct visit *v, const struct event_ui *e)
{
	if (e->kind == EVENT_ACTION)
		v->host->open(v, e->item, NULL);
	news += e->kind == EVENT_NEWS;
	resumed += e->kind == EVENT_RESUMED;
}

static void form_build(struct visit *v, struct page *p)
{
	struct block *b = page_form(p, "form", "Form");

	(void)v;
	form_add(p, b, &(struct field){ .name = "name", .input = FIELD_TEXT, .title = "Name" });
}

static int form_open(struct visit *v, const char *arg)
{
	(void)arg;
	v->host->call(v, &call_test, NULL, ready, v);
	return 0;
}

static void form_event(struct visit *v, const struct event_ui *e)
{
	if (e->kind != EVENT_SUBMIT)
		return;
	snprintf(submitted, sizeof(submitted), "%s", inputs_text(&v->inputs, "form", "name"));
	v->host->open(v, "review", NULL);
}

static void count_close(struct visit *v)
{
	(void)v;
	closed++;
}

static void review_build(struct visit *v, struct page *p)
{
	struct block *b = page_actions(p, "review");

	(void)v;
	block_item(p, b, &(struct item){ .id = "confirm", .title = "Confirm", .flags = ITEM_CONFIRM });
	p->barrier = page_string(p, "terms");
}

static void review_event(struct visit *v, const struct event_ui *e)
{
	(void)v;
	confirmed += e->kind == EVENT_ACTION;
}

/* The name of one payee is the beginning of another's, who comes first. */
static void choice_build(struct visit *v, struct page *p)
{
	static const struct choice_view choices[] = {
		{ "1", "Annabel", "**** 0001" }, { "2", "Joanna", "**** 0002" }, { "3", "Ann", "**** 0003" },
	};
	struct block *b = page_form(p, "choice", "");

	(void)v;
	form_add(p, b, &(struct field){ .name = "payee", .input = FIELD_CHOICE, .title = "Payee",
					.choices = choices, .choice_count = COUNT(choices) });
}

static const struct screen choice_screen = { .name = "choice", .code = "CH", .title = "Choice",
					     .build = choice_build };
static const struct screen login_screen = { .name = "login", .title = "Log in", .flags = SCREEN_BEFORE_LOGIN,
					    .build = form_build };
static const struct screen home_screen = { .name = "home", .title = "Home", .flags = SCREEN_SINGLE, .state_size = 1,
					   .open = home_open, .build = home_build, .event = home_event };
static const struct screen form_screen = { .name = "form", .code = "FO", .title = "Form", .state_size = 1,
					   .open = form_open, .build = form_build, .event = form_event,
					   .close = count_close };
static const struct screen review_screen = { .name = "review", .title = "Review", .build = review_build,
					     .event = review_event };

const struct screen *const screens[] = { &login_screen, &home_screen, &form_screen, &review_screen,
					&choice_screen, NULL };

const struct screen *screen_find(const char *name)
{
	for (const struct screen *const *s = screens; *s; s++)
		if (!strcmp((*s)->name, name) || ((*s)->code && !strcasecmp((*s)->code, name)))
			return *s;
	return NULL;
}

/* ---- driving ---- */

static struct app *app;

static void turn(int64_t ms)
{
	now_ms += ms;
	app_turn(app, 0);
	app_turn(app, 0);
}

static void put(int key)
{
	screen_seen.queue[screen_seen.count++] = (struct front_input){ .kind = INPUT_KEY, .key = key };
}

static void type(const char *s)
{
	screen_seen.count = screen_seen.at = 0;
	for (; *s; s++)
		put((unsigned char)*s);
	turn(30);
}

static void key(int k)
{
	screen_seen.count = screen_seen.at = 0;
	put(k);
	turn(30);
}

static void fence_answers(void)
{
	screen_seen.count = screen_seen.at = 0;
	screen_seen.queue[screen_seen.count++] = (struct front_input){ .kind = INPUT_FENCE };
	turn(1);
}

static bool sees(const char *text)
{
	return screen_seen.text && strstr(screen_seen.text, text);
}

static void begin(void)
{
	static char name[] = "Anna", number[] = "6001";
	struct edition edition = { .idle_lock_seconds = 100, .idle_warn_seconds = 20 };
	struct err err;

	app_free(app);
	app = NULL;
	client = (struct client){ .has_session = true };
	client.session.customer = (struct customer){ .number = number, .name = name };
	closed = confirmed = news = 0;
	submitted[0] = '\0';
	ok(app_new(&(struct app_options){ .client = &client, .front = &front, .edition = &edition, .language = "en",
					  .clock = &test_clock }, &app, &err) == 0, "the app stands");
	turn(1);
}

static void test_typing_ahead(void)
{
	begin();
	ok(sees("Asking"), "home waits for the bank");
	type("1Anna\r");
	ok(sees("Asking"), "what is typed meanwhile changes nothing");
	answer(&call_test, ANSWER_OK, 200);
	turn(1);
	is_str(submitted, "Anna", "and is applied when the pages stand");
	ok(sees("Review"), "page by page");
	is_int(confirmed, 0, "up to the review");
	begin();
	type("1Anna\r\r\r\r");
	answer(&call_test, ANSWER_OK, 200);
	turn(1);
	turn(1000);
	is_int(confirmed, 0, "which nothing typed ahead confirms");
	begin();
	type("1");
	key(K_ESC);
	answer(&call_test, ANSWER_OK, 200);
	turn(1);
	ok(sees("To the form"), "Esc takes back what was typed ahead");
}

static void test_barrier(void)
{
	int fences = screen_seen.fences;

	begin();
	answer(&call_test, ANSWER_OK, 200);
	turn(1);
	type("2");
	ok(sees("Review"), "a review");
	is_int(screen_seen.fences, fences + 1, "asks the terminal once to answer");
	key('\r');
	is_int(confirmed, 0, "before it does, Enter confirms nothing");
	fence_answers();
	key('\r');
	is_int(confirmed, 0, "nor at once after");
	turn(300);
	key('\r');
	is_int(confirmed, 1, "but after a silence");
	screen_seen.count = screen_seen.at = 0;
	screen_seen.queue[screen_seen.count++] = (struct front_input){ .kind = INPUT_PASTE, .text = "\r\n" };
	turn(300);
	is_int(confirmed, 1, "a paste never does");
}

static void test_stack(void)
{
	begin();
	answer(&call_test, ANSWER_OK, 200);
	turn(1);
	type("1");
	ok(sees("Home > Form"), "the trail says where one is");
	is_int(open_calls(&call_test), 1, "the form asks the bank");
	key(K_ESC);
	ok(sees("To the form"), "Esc goes back");
	is_int(open_calls(&call_test), 0, "and what the closed page had asked is cancelled");
	is_int(closed, 1, "and it is closed once");
	type(":fo\r");
	ok(sees("Home > Form"), "a code opens a page");
	type(":hmoe");
	ok(!sees("Did you mean"), "in a field a colon is text");
	key(K_F2);
	type("hmoe\r");
	ok(!sees("Did you mean"), "what may name an order type waits until those are known");
	answer(&call_list_order_types, ANSWER_NO_REPLY, 0);
	turn(1);
	ok(sees("Did you mean :home"), "F2 opened the command line there, and a near word is named");
	answer(&call_list_events, ANSWER_NOT_SENT, 0);
	turn(1);
	is_int(open_calls(&call_list_events), 0, "the long poll waits after a failure");
	turn(70000);
	is_int(open_calls(&call_list_events), 1, "then asks again");
	key(K_ESC);
	resumed = 0;
	answer(&call_list_events, ANSWER_OK, 200);
	turn(1);
	is_int(resumed, 1, "and when the bank is back, the page in sight is told");
	answer(&call_list_events, ANSWER_OK, 200);
	turn(1);
	is_int(resumed, 1, "once");
}

static void test_picker(void)
{
	begin();
	answer(&call_test, ANSWER_OK, 200);
	turn(1);
	type(":ch\r");
	ok(sees("Payee:"), "a form with a choice");
	type(" ");
	ok(sees("Annabel") && sees("**** 0003"), "opens all of them");
	type("ann");
	ok(sees("Joanna"), "typing leaves those that contain it");
	type("\r");
	ok(sees("Payee: Ann\n"), "Enter takes the one of exactly that name");
	type(" ");
	type("anna");
	type("\r");
	ok(sees("Payee: Annabel\n"), "else one that begins so, before one that contains it");
}

static void test_toast(void)
{
	begin();
	answer(&call_test, ANSWER_OK, 200);
	answer(&call_list_order_types, ANSWER_NO_REPLY, 0);
	turn(1);
	type(":hmoe\r");
	ok(sees("Did you mean :home"), "a toast about what was done");
	turn(5000);
	ok(sees("Did you mean :home"), "stands");
	key(K_DOWN);
	ok(!sees("Did you mean"), "until the next thing is done");
	type(":hmoe\r");
	turn(9000);
	ok(!sees("Did you mean"), "or its time is up");
}

static void test_lock(void)
{
	begin();
	answer(&call_test, ANSWER_OK, 200);
	turn(1);
	type("1Anna");
	ok(sees("Anna"), "a form half filled");
	key(K_F12);
	ok(sees("locked") && !sees("Name: Anna"), "F12 hides it at once");
	type(":fo\r");
	ok(sees("locked"), "no command leads around a lock");
	is_int(answer(&call_unlock_session, ANSWER_PROBLEM, 401), true, "the bank judges the password");
	turn(1);
	ok(sees("refused") && sees("locked"), "a wrong one keeps it locked");
	type("demo-bank\r");
	answer(&call_unlock_session, ANSWER_OK, 204);
	turn(1);
	ok(sees("Name: Anna"), "the right one brings the form back as it was");
	key(K_F12);
	for (int i = 0; i < 5; i++) {
		type("wrong\r");
		answer(&call_unlock_session, ANSWER_PROBLEM, 401);
		turn(1);
	}
	ok(!client.has_session, "five wrong ones end the session");
	ok(sees("Log in") && !sees("Anna"), "and nothing of it is left");
}

static void test_idling(void)
{
	begin();
	answer(&call_test, ANSWER_OK, 200);
	turn(1);
	turn(79000);
	ok(!sees("Still there"), "nothing yet");
	turn(2000);
	ok(sees("Still there"), "then it asks");
	key('x');
	ok(sees("To the form"), "any key goes on, and does nothing else");
	turn(81000);
	ok(sees("Still there"), "it asks again");
	turn(20000);
	ok(sees("locked"), "and locks");
	begin();
	client.has_session = false;
	client.ended(client.ended_data, "Logged out for your safety.");
	turn(1);
	ok(sees("Log in"), "an ended session goes to the first page");
}

int main(void)
{
	text_locale_init();
	test_typing_ahead();
	test_barrier();
	test_stack();
	test_picker();
	test_toast();
	test_lock();
	test_idling();
	app_free(app);
	free(screen_seen.text);
	return done();
}
