/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The outbox against a scripted bank: call_start() is replaced (--wrap), so that each answer, and
 * whether a byte had left, is chosen here. The clock is a variable.
 */
#include <cjson/cJSON.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/secret.h"
#include "client/outbox_state.h"
#include "client/state.h"
#include "tests/tap.h"

struct call *__wrap_call_start(struct client *c, const struct call_type *type,
			       const struct call_start *start, call_done *done, void *data);

static char dir[] = "/tmp/bankterm-outbox-XXXXXX";
static int64_t now;
static struct clock clock_now;
static struct client client;
static struct call *sent; /* the call under way */
static char sent_key[40], sent_body[256];

struct call *__wrap_call_start(struct client *c, const struct call_type *type,
			       const struct call_start *start, call_done *done_fn, void *data)
{
	struct call *call = calloc(1, sizeof(*call));

	*call = (struct call){
		.client = c, .type = type, .done = done_fn, .data = data, .is_sent = true
	};
	buf_init(&call->body, 0);
	buf_init(&call->reply, 0);
	snprintf(sent_key, sizeof(sent_key), "%s",
		 type == &call_create_order ? start->args->idempotency_key : start->args->path[0]);
	snprintf(sent_body, sizeof(sent_body), "%s", start->body ? start->body->data : "");
	sent = call;
	return call;
}

static void reply(struct answer *a)
{
	struct call *call = TAKE_PTR(sent);

	call->state = CALL_ANSWERED;
	call->done(call->data, a);
	call_free(call);
	outbox_run(&client);
}

static void reply_outcome(enum answer_outcome outcome)
{
	struct answer a = { .outcome = outcome, .text = "no luck" };

	if (outcome == ANSWER_NOT_SENT)
		sent->is_sent = false;
	reply(&a);
}

static void reply_problem(int status, const char *code)
{
	struct problem problem = { .status = status, .code = (char *)code };
	struct answer a = {
		.outcome = ANSWER_PROBLEM, .status = status, .problem = &problem, .text = "refused"
	};

	reply(&a);
}

static void reply_order(int state)
{
	struct order order;
	struct answer a = { .outcome = ANSWER_OK, .status = 201, .body = &order, .text = "" };

	json_init(&order, &order_json);
	order.id = strdup(sent_key);
	order.state = state;
	reply(&a);
	json_release(&order, &order_json);
}

static void reply_empty(void)
{
	struct order order;
	struct answer a = { .outcome = ANSWER_OK, .status = 204, .body = &order, .text = "" };

	json_init(&order, &order_json);
	reply(&a);
}

static const char *asks(void)
{
	return sent ? sent->type->name : "nothing";
}

static void log_in(const char *number)
{
	client_forget_session(&client);
	client.session = calloc(1, sizeof(*client.session));
	client.session->customer.number = strdup(number);
	outbox_login(&client);
	outbox_run(&client);
}

static void begin(void)
{
	struct err err = { .text = "" };

	client = (struct client){ .clock = &clock_now, .rng = &rng_system };
	terminal_init(&client.terminal);
	client.terminal.pins = strdup("sha256//A;sha256//B");
	client.calls_end = &client.calls;
	if (!ok(outbox_open(&client, dir, &err) == 0, "the outbox opens %s", err.text))
		exit(done());
}

/* As a kill would leave it: memory is gone, the disk stays. */
static void end(void)
{
	client_forget_session(&client);
	outbox_close(&client);
	terminal_release(&client.terminal);
	sent = NULL;
}

static int give(char key[33], struct err *err)
{
	cJSON *instruction = cJSON_Parse("{\"amount\":\"1.00\"}");
	struct order_request order = { .type = (char *)"transfer",
				       .instruction = instruction,
				       .terms = (char *)"t" };
	int r = outbox_give(&client, &order, "Transfer 1.00 to \xe5\xb0\x8f\xe6\x98\x8e", key, err);

	cJSON_Delete(instruction);
	return r;
}

static size_t files(void)
{
	char *path = file_join(dir, "outbox");
	size_t count = 0;
	struct outbox_files f = { .damaged = path };

	count = outbox_file_count_damaged(&f);
	free(path);
	return count - 1; /* the directory of the damaged */
}

static enum outbox_state state(const char *key)
{
	return outbox_find(&client, key)->state;
}

static void wait_s(int s)
{
	now += s;
	outbox_run(&client);
}

static size_t told;

static void tell_me(void *data, const struct outbox_entry *entry)
{
	(void)data, (void)entry;
	told++;
}

static void test_simple(void)
{
	char key[33];

	begin();
	log_in("6001");
	outbox_watch(&client, NULL, tell_me, &told);
	is_int(give(key, NULL), 0, "an order is given");
	is_int(strlen(key), 32, "its key has 128 bits");
	is_str(asks(), "createOrder", "and sent");
	is_str(sent_key, key, "under its key");
	is_int(files(), 1, "when it was on disk");
	is_int(state(key), OUTBOX_SENDING, "it is on its way");
	reply_order(ORDER_STATE_DONE);
	is_int(state(key), OUTBOX_KNOWN, "the answer is known");
	is_int(outbox_find(&client, key)->order->state, ORDER_STATE_DONE, "with its order");
	is_int(files(), 0, "and the disk entry gone");
	ok(told > 0, "the watcher was told");
	outbox_unwatch(&client, &told);
	end();
}

static void test_lost_reply(void)
{
	char key[33], body[256];

	begin();
	log_in("6001");
	give(key, NULL);
	snprintf(body, sizeof(body), "%s", sent_body);
	reply_outcome(ANSWER_NO_REPLY);
	is_int(state(key), OUTBOX_UNKNOWN, "no reply is unknown");
	is_str(asks(), "nothing", "it waits");
	is_int(outbox_find(&client, key)->next_try, now + 1, "one second");
	wait_s(1);
	is_str(asks(), "getOrder", "then asks by key");
	reply_outcome(ANSWER_BAD_REPLY);
	is_int(outbox_find(&client, key)->next_try, now + 2, "then waits two");
	wait_s(1);
	is_str(asks(), "nothing", "not less");
	wait_s(1);
	reply_problem(404, "order-unknown");
	is_str(asks(), "createOrder", "an unknown key is sent again at once");
	is_str(sent_key, key, "the same key");
	is_str(sent_body, body, "the same bytes");
	reply_problem(409, "order-running");
	is_int(state(key), OUTBOX_UNKNOWN, "still running is no end");
	wait_s(60);
	is_str(asks(), "getOrder", "it is asked for");
	reply_order(ORDER_STATE_WAITING);
	is_int(state(key), OUTBOX_KNOWN, "until it is known");
	is_int(files(), 0, "and the disk entry gone");
	end();
}

static void test_waits(void)
{
	static const int waits[] = { 1, 2, 4, 8, 16, 32, 60, 60 };
	char key[33];

	begin();
	log_in("6001");
	give(key, NULL);
	for (size_t i = 0; i < COUNT(waits); i++) {
		reply_outcome(ANSWER_NO_REPLY);
		is_int(outbox_find(&client, key)->next_try, now + waits[i], "wait %zu", i);
		is_int(outbox_due_ms(&client), (now + waits[i]) * 1000, "and the loop knows");
		wait_s(waits[i]);
	}
	reply_outcome(ANSWER_NO_REPLY);
	outbox_retry(&client, key);
	outbox_run(&client);
	is_str(asks(), "getOrder", "a person may ask sooner");
	reply_order(ORDER_STATE_DONE);
	end();
}

static void test_refusals(void)
{
	char key[33];

	begin();
	log_in("6001");
	give(key, NULL);
	reply_problem(409, "terms-changed");
	is_int(state(key), OUTBOX_REFUSED, "changed terms end the key");
	is_str(outbox_find(&client, key)->text, "refused", "with the bank's words");
	is_int(files(), 0, "and the disk entry gone");
	give(key, NULL);
	reply_problem(403, "not-allowed");
	is_int(state(key), OUTBOX_REFUSED, "a first refusal is the end");
	give(key, NULL);
	reply_outcome(ANSWER_NO_REPLY);
	wait_s(1);
	reply_problem(404, "order-unknown");
	reply_problem(403, "not-allowed");
	is_int(state(key), OUTBOX_VOIDING, "but not when a copy may still be on its way");
	is_str(asks(), "voidOrder", "then the key is voided");
	reply_empty();
	is_int(state(key), OUTBOX_REFUSED, "and refused for good");
	is_str(outbox_find(&client, key)->text, "refused", "with the bank's first words");
	give(key, NULL);
	reply_problem(503, "bank-busy");
	is_int(state(key), OUTBOX_UNKNOWN, "busy is no refusal");
	wait_s(1);
	reply_problem(429, "too-many");
	is_int(state(key), OUTBOX_UNKNOWN, "nor is too soon");
	wait_s(2);
	reply_order(ORDER_STATE_DONE);
	end();
}

static void test_not_sent(void)
{
	char key[33];

	begin();
	log_in("6001");
	give(key, NULL);
	reply_outcome(ANSWER_NOT_SENT);
	wait_s(1);
	is_str(asks(), "createOrder", "what never left is given, not asked for");
	reply_outcome(ANSWER_NOT_SENT);
	is_int(outbox_void(&client, key, NULL), 0, "it can be withdrawn");
	is_str(asks(), "nothing", "without asking anybody");
	is_int(state(key), OUTBOX_REFUSED, "at once");
	is_int(files(), 0, "and the disk entry gone");
	is_int(outbox_void(&client, key, NULL), -ENOENT, "once");
	end();
}

static void test_void(void)
{
	char key[33];

	begin();
	log_in("6001");
	give(key, NULL);
	is_int(outbox_void(&client, key, NULL), 0, "an order on its way can be given up");
	outbox_run(&client);
	is_str(asks(), "voidOrder", "by telling the bank");
	reply_outcome(ANSWER_NO_REPLY);
	is_int(state(key), OUTBOX_VOIDING, "until it has heard");
	wait_s(1);
	is_str(asks(), "voidOrder", "again and again");
	reply_problem(409, "order-final");
	outbox_run(&client);
	is_str(asks(), "getOrder", "too late: how does it stand?");
	reply_order(ORDER_STATE_DONE);
	is_int(state(key), OUTBOX_KNOWN, "the order was done");
	give(key, NULL);
	outbox_void(&client, key, NULL);
	outbox_run(&client);
	reply_problem(409, "order-final");
	reply_problem(404, "order-unknown");
	is_str(asks(), "voidOrder", "what was given up is never given again");
	reply_empty();
	give(key, NULL);
	outbox_void(&client, key, NULL);
	outbox_run(&client);
	end();
	begin();
	log_in("6001");
	is_str(asks(), "voidOrder", "a restart goes on voiding, and does not give again");
	reply_empty();
	is_int(files(), 0, "an unknown key is a tombstone: the end");
	end();
}

static void test_restart(void)
{
	char key[33], first[33], body[256];
	const struct outbox_entry *const *entries;

	begin();
	log_in("6001");
	give(first, NULL);
	now++;
	give(key, NULL);
	snprintf(body, sizeof(body), "%s", sent_body);
	end();
	begin();
	is_int(outbox_list(&client, &entries), 2, "a restart finds both");
	is_str(entries[0]->key, first, "oldest first");
	is_int(entries[0]->state, OUTBOX_PARKED, "parked");
	is_str(entries[0]->summary, "", "without showing what they are");
	is_str(asks(), "nothing", "nothing is sent before login");
	log_in("6002");
	is_str(asks(), "nothing", "nor for another customer");
	is_int(outbox_list(&client, &entries), 0, "who does not see them");
	is_int(outbox_void(&client, key, NULL), -EPERM, "nor may give them up");
	log_in("6001");
	is_int(outbox_list(&client, &entries), 2, "their owner does");
	is_str(entries[1]->summary, "Transfer 1.00 to \xe5\xb0\x8f\xe6\x98\x8e",
	       "with what they are");
	is_str(sent_key, key, "and both are asked for");
	is_str(asks(), "getOrder", "by key");
	reply_problem(404, "order-unknown");
	outbox_run(&client);
	is_str(asks(), "createOrder", "and given again");
	is_str(sent_body, body, "in the same bytes");
	end();
	begin();
	free(client.terminal.pins);
	client.terminal.pins = strdup("sha256//C");
	log_in("6001");
	is_str(asks(), "nothing", "another bank is not asked");
	free(client.terminal.pins);
	client.terminal.pins = strdup("sha256//C;sha256//B");
	log_in("6001");
	is_str(asks(), "getOrder", "a bank with one of the old keys is");
	end();
}

static void test_void_after_restart(void)
{
	char key[33];

	begin();
	log_in("6001");
	give(key, NULL);
	end();
	begin();
	log_in("6001");
	is_int(outbox_void(&client, key, NULL), 0, "an order from before a restart is given up");
	outbox_run(&client);
	is_str(asks(), "voidOrder", "by telling the bank, for it may have left");
	is_int(state(key), OUTBOX_VOIDING, "and not before it has heard");
	reply_empty();
	end();
}

static void test_session_ends(void)
{
	char key[33];

	begin();
	log_in("6001");
	give(key, NULL);
	client_forget_session(&client);
	is_int(state(key), OUTBOX_PARKED, "logging out parks");
	ok(!client.outbox->items[client.outbox->count - 1]->call, "and cancels the call");
	sent = NULL;
	log_in("6001");
	is_int(state(key), OUTBOX_UNKNOWN, "logging in goes on");
	is_str(asks(), "getOrder", "by asking: it may have left");
	reply_problem(401, "session-expired");
	is_int(state(key), OUTBOX_PARKED, "an ended session parks");
	end();
}

/* Leave one entry on disk for the tests of damage; its path. */
static char *one_file(char key[33])
{
	char *outbox, *path;

	begin();
	for (size_t i = 0; i < client.outbox->count; i++)
		outbox_file_remove(&client.outbox->files, client.outbox->items[i]->entry.key);
	log_in("6001");
	give(key, NULL);
	end();
	outbox = file_join(dir, "outbox");
	path = file_join(outbox, key);
	free(outbox);
	return path;
}

static void test_damage(void)
{
	char key[33];
	char *path = one_file(key);
	struct outbox_files f = { .dir = NULL };
	struct outbox_record record;
	struct buf good;
	size_t accepted = 0;

	buf_init(&good, 0);
	ok(file_read(path, &good, NULL) == 0 && good.len > 100, "a file of %zu bytes", good.len);
	ok(!strstr(good.data, "6001") && !memmem(good.data, good.len, "transfer", 8),
	   "says nothing in clear");
	is_int(outbox_files_open(&f, dir, &rng_system, NULL), 0, "the files open");
	json_init(&record, &outbox_record_json);
	is_int(outbox_file_parse(&f, key, good.data, good.len, &record), 0, "it is whole");
	is_str(record.customer, "6001", "and sound");
	json_release(&record, &outbox_record_json);
	for (size_t n = 0; n < good.len; n++)
		accepted += outbox_file_parse(&f, key, good.data, n, &record) == 0;
	is_int(accepted, 0, "torn anywhere it is refused");
	for (size_t bit = 0; bit < good.len * 8; bit++) {
		good.data[bit / 8] ^= (char)(1 << bit % 8);
		accepted += outbox_file_parse(&f, key, good.data, good.len, &record) == 0;
		good.data[bit / 8] ^= (char)(1 << bit % 8);
	}
	is_int(accepted, 0, "with any bit turned it is refused");
	is_int(outbox_file_parse(&f, "00000000000000000000000000000000", good.data, good.len,
				 &record),
	       -EBADMSG, "under another name it is refused");
	outbox_files_release(&f);
	good.data[40] ^= 1;
	file_replace(path, good.data, good.len, 0600, NULL);
	begin();
	is_int(outbox_damaged(&client), 1, "a damaged file is reported");
	is_int(client.outbox->count, 0, "and is no order");
	ok(access(path, F_OK) < 0, "and out of the way");
	end();
	begin();
	is_int(outbox_damaged(&client), 1, "again after a restart");
	end();
	buf_release(&good);
	free(path);
}

static void test_keys(void)
{
	char key[33], *path = one_file(key), *secret = file_join(dir, "outbox.key"),
		      *aside = file_join(dir, "aside");
	struct stat st;
	struct err err = { .text = "" };
	struct outbox_files f = { .dir = NULL };

	ok(stat(secret, &st) == 0 && (st.st_mode & 0777) == 0600, "the outbox's key is private");
	ok(stat(path, &st) == 0 && (st.st_mode & 0777) == 0600, "and its files are");
	rename(secret, aside);
	is_int(outbox_files_open(&f, dir, &rng_system, &err), -ENOKEY,
	       "a lost key is told, not replaced: %s", err.text);
	outbox_files_release(&f);
	file_replace(secret, "xyz\n", 4, 0600, NULL);
	is_int(outbox_files_open(&f, dir, &rng_system, &err), -EINVAL, "a damaged one, too: %s",
	       err.text);
	outbox_files_release(&f);
	rename(aside, secret);
	free(path);
	free(secret);
	free(aside);
}

static void test_full_disk(void)
{
	struct rlimit before, none = { 0, 0 };
	struct err err = { .text = "" };
	char key[33] = "untouched";
	size_t on_disk;
	int r;

	begin();
	log_in("6001");
	sent = NULL;
	on_disk = files();
	getrlimit(RLIMIT_FSIZE, &before);
	none.rlim_max = before.rlim_max;
	signal(SIGXFSZ, SIG_IGN);
	fflush(stdout);
	setrlimit(RLIMIT_FSIZE, &none);
	r = give(key, &err);
	setrlimit(RLIMIT_FSIZE, &before);
	ok(r < 0, "no room, no order");
	ok(strstr(err.text, "Nothing was sent"), "%s", err.text);
	is_str(key, "untouched", "no key");
	is_str(asks(), "nothing", "nothing sent");
	is_int(files(), on_disk, "nothing on disk");
	is_int(give(key, NULL), 0, "with room it goes on");
	setrlimit(RLIMIT_FSIZE, &none);
	r = outbox_void(&client, key, &err);
	setrlimit(RLIMIT_FSIZE, &before);
	ok(r < 0 && strstr(err.text, "nothing has changed"), "no room, no void: %s", err.text);
	outbox_run(&client);
	is_str(asks(), "getOrder", "the order is still asked for");
	is_int(outbox_void(&client, key, NULL), 0, "with room it is given up");
	setrlimit(RLIMIT_FSIZE, &none);
	r = outbox_void(&client, key, &err);
	setrlimit(RLIMIT_FSIZE, &before);
	outbox_run(&client);
	is_int(r, 0, "what is given up can be given up again");
	is_str(asks(), "voidOrder", "and stays so");
	end();
}

int main(void)
{
	now = 1800000000;
	clock_now = clock_manual(&now);
	if (!mkdtemp(dir))
		return 99;
	test_simple();
	test_lost_reply();
	test_waits();
	test_refusals();
	test_not_sent();
	test_void();
	test_restart();
	test_void_after_restart();
	test_session_ends();
	test_damage();
	test_keys();
	test_full_disk();
	return done();
}
