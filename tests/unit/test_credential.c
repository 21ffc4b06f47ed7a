/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "bank/bank.h"
#include "bank/credential.h"
#include "bank/writer.h"
#include "base/catalogue.h"
#include "tests/tap.h"

static struct secret *secret(const char *text)
{
	return secret_from(text, strlen(text));
}

struct setup {
	struct job job;
	const char *hash;
	int64_t now;
	int failed; /* what credential_passed told */
};

static int add_people(struct store *store, struct job *job)
{
	const struct setup *s = (struct setup *)job;
	int r = store_exec(store,
			   "INSERT INTO person(id, name, phone, document) VALUES(1, 'A', '13800000001', "
			   "'x'), (2, 'B', '13800000002', 'y');"
			   "INSERT INTO customer(id, number, person, segment, opened) VALUES(1, '6001', 1, "
			   "1, 0), (2, '6002', 2, 1, 0)",
			   NULL);

	if (!r)
		r = credential_set(store, 1, CREDENTIAL_PASSWORD, s->hash, s->now);
	return r ? r : credential_set(store, 1, CREDENTIAL_PIN, s->hash, s->now);
}

static int pass(struct store *store, struct job *job)
{
	return credential_passed(store, 1, CREDENTIAL_PASSWORD, &((struct setup *)job)->failed);
}

static struct credential_check login(struct bank *bank, const char *number, const char *password)
{
	_cleanup_(secret_freep) struct secret *given = secret(password);
	struct credential_check check = { 0 };
	int64_t person = -1;

	is_int(credential_check_login(bank, number, given, &check, &person), 0, "%s with %s is looked at",
	       number, password);
	is_int(person, check.answer == CREDENTIAL_RIGHT, "and names the person only when right");
	return check;
}

static void test_hash(struct bank *bank, char hash[CREDENTIAL_HASH_MAX])
{
	_cleanup_(secret_freep) struct secret *right = secret("demo-bank"), *wrong = secret("demo-bank ");
	char other[CREDENTIAL_HASH_MAX];

	is_int(credential_hash(bank, right, hash), 0, "a password is hashed");
	is_int(credential_hash(bank, right, other), 0, "and again");
	ok(!strncmp(hash, "$argon2id$", 10), "with Argon2id");
	ok(strcmp(hash, other), "with a salt of its own");
	ok(credential_verify(bank, hash, right), "the right one passes");
	ok(!credential_verify(bank, hash, wrong), "another does not");
	ok(!credential_verify(bank, NULL, right), "nobody's does not");
	bank->pepper[0] ^= 1;
	ok(!credential_verify(bank, hash, right), "without the bank's key the hash is worth nothing");
	bank->pepper[0] ^= 1;
}

/* The same series for a number that somebody has and one that nobody has: the answers must not differ. */
static void test_login(struct bank *bank, int64_t *now, const char *number)
{
	static const struct {
		int wait;
		enum credential_answer answer;
		int left;
		int64_t until;
	} steps[] = {
		{ 0, CREDENTIAL_WRONG, 4, 0 },
		{ 0, CREDENTIAL_WRONG, 3, 0 },
		{ 0, CREDENTIAL_WRONG, 2, 2 },
		{ 1, CREDENTIAL_EARLY, 0, 1 },
		{ 1, CREDENTIAL_WRONG, 1, 4 },
		{ 3, CREDENTIAL_EARLY, 0, 1 },
		{ 1, CREDENTIAL_WRONG, 0, CREDENTIAL_LOCK_LEAST },
		{ 60, CREDENTIAL_LOCKED, 0, CREDENTIAL_LOCK_LEAST - 60 },
		{ CREDENTIAL_LOCK_LEAST - 60, CREDENTIAL_WRONG, 4, 0 },
	};

	for (size_t i = 0; i < COUNT(steps); i++) {
		struct credential_check check;

		*now += steps[i].wait;
		check = login(bank, number, "wrong");
		is_int(check.answer, steps[i].answer, "%s, step %zu: the answer", number, i);
		is_int(check.left, steps[i].left, "tries left");
		is_int(check.until ? check.until - *now : 0, steps[i].until, "seconds to wait");
	}
}

static void test_success(struct bank *bank, int64_t *now)
{
	struct setup s = { .job = { .run = pass } };

	is_int(login(bank, "6001", "wrong").left, 3, "a second wrong one");
	is_int(login(bank, "6001", "demo-bank").answer, CREDENTIAL_RIGHT, "the right password");
	is_int(writer_run(bank->writer, &s.job), 0, "is used");
	is_int(s.failed, 7, "wrong tries since the login before are told, lock or not");
	is_int(login(bank, "6001", "wrong").left, 4, "and counted anew");
	is_int(login(bank, "6001", "demo-bank").answer, CREDENTIAL_RIGHT, "right, but not used");
	is_int(login(bank, "6001", "wrong").left, 2, "still counts: the check alone takes nothing back");
	*now += 10;
}

static void test_lock_holds(struct bank *bank, int64_t *now)
{
	for (int i = 0; i < 5; i++) {
		*now += 20;
		login(bank, "6001", "wrong");
	}
	is_int(login(bank, "6001", "demo-bank").answer, CREDENTIAL_LOCKED,
	       "the right password does not open a lock");
	*now += CREDENTIAL_LOCK_LEAST;
	is_int(login(bank, "6001", "demo-bank").answer, CREDENTIAL_RIGHT, "its end does");
	is_int(login(bank, "6002", "demo-bank").left, 4, "a customer without a password is nobody");
}

static void test_pin(struct bank *bank)
{
	_cleanup_(secret_freep) struct secret *wrong = secret("000000");
	struct credential_check check = { 0 };

	for (int i = 0; i < 5; i++)
		is_int(credential_check(bank, 1, CREDENTIAL_PIN, wrong, &check), 0, "a wrong PIN");
	is_int(check.left, 0, "the fifth locks");
	is_int(credential_check(bank, 1, CREDENTIAL_PIN, wrong, &check), 0, "a sixth");
	is_int(check.answer, CREDENTIAL_LOCKED, "is not looked at");
}

static void test_weak_pins(void)
{
	static const char *const weak[] = { "111111", "123456", "987654",  "121212", "123123", "112233",
					    "850312", "198503", "120385",  "031285", "031985", "800123",
					    "456712", "12345",	"1234567", "12345a", "" };
	static const char *const fine[] = { "730418", "108273", "123457", "850313" };
	struct pin_owner owner = { .phone = "13800123456", .document = "999999198503124567129" };

	date_from_ymd(1985, 3, 12, &owner.birth);
	for (size_t i = 0; i < COUNT(weak); i++) {
		_cleanup_(secret_freep) struct secret *pin = secret(weak[i]);

		ok(pin_weakness(pin, &owner), "%s is weak", weak[i]);
	}
	for (size_t i = 0; i < COUNT(fine); i++) {
		_cleanup_(secret_freep) struct secret *pin = secret(fine[i]);

		ok(!pin_weakness(pin, &owner), "%s is fine", fine[i]);
	}
	owner = (struct pin_owner){ .birth = DATE_NONE };
	_cleanup_(secret_freep) struct secret *birthday = secret("850312");
	ok(!pin_weakness(birthday, &owner), "a birthday that is not known is no reason");
}

int main(void)
{
	char dir[] = "/tmp/test_credential.XXXXXX", hash[CREDENTIAL_HASH_MAX];
	int64_t now = 1790000000;
	struct clock clock = clock_manual(&now);
	struct bank_options options = { .dir = mkdtemp(dir), .clock = &clock };
	struct setup s = { .job = { .run = add_people }, .hash = hash, .now = now };
	struct bank *bank = NULL;
	struct err err;

	test_weak_pins();
	if (!ok(options.dir && bank_open(&options, &bank, &err) == 0, "a bank"))
		return done();
	test_hash(bank, hash);
	is_int(writer_run(bank->writer, &s.job), 0, "people");
	test_login(bank, &now, "6001");
	test_login(bank, &now, "6999");
	test_success(bank, &now);
	test_lock_holds(bank, &now);
	test_pin(bank);
	bank_close(bank);
	return done();
}
