/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The bank dies, or its disk fails, before every single write of a story of orders; then it starts again, every
 * request is repeated with its key, and what came of it is compared with what had been answered and audited.
 *
 * Controls: the same sweep of a bank that writes without transactions, and of a giver who takes new keys when
 * repeating; both must be found out.
 */
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/macros.h"
#include "tests/bank/fixture.h"
#include "tests/tap.h"

#define NOW 1795140000
#define TOGETHER 4 /* transfers given at the same time: one commit */
#define STEPS (TOGETHER + 4)
#define HOURS 7200 /* until the scheduled order is sent */

/* What happens at the n-th write from now on. */
static struct {
	enum { FAULT_NONE, FAULT_KILL, FAULT_ONCE, FAULT_STICKY } kind;
	int error; /* errno of ONCE and STICKY */
	long n, count;
} fault;
static bool has_no_transactions;
static bool takes_new_keys;
static int new_keys; /* so many were taken */

static bool fault_strikes(void)
{
	long count = __atomic_add_fetch(&fault.count, 1, __ATOMIC_SEQ_CST);

	if (fault.kind == FAULT_KILL && count == fault.n)
		raise(SIGKILL);
	if ((fault.kind == FAULT_ONCE && count == fault.n) || (fault.kind == FAULT_STICKY && count >= fault.n)) {
		errno = fault.error;
		return true;
	}
	return false;
}

static ssize_t (*real_pwrite)(int, const void *, size_t, off_t);
static int (*real_ftruncate)(int, off_t);

static ssize_t faulty_pwrite(int fd, const void *bytes, size_t n, off_t at)
{
	return fault_strikes() ? -1 : real_pwrite(fd, bytes, n, at);
}

static int faulty_ftruncate(int fd, off_t size)
{
	return fault_strikes() ? -1 : real_ftruncate(fd, size);
}

static void faults_install(void)
{
	sqlite3_vfs *vfs = sqlite3_vfs_find(NULL);
	const char *name = vfs->xGetSystemCall(vfs, "pwrite64") ? "pwrite64" : "pwrite";

	real_pwrite = (ssize_t(*)(int, const void *, size_t, off_t))vfs->xGetSystemCall(vfs, name);
	real_ftruncate = (int (*)(int, off_t))vfs->xGetSystemCall(vfs, "ftruncate");
	vfs->xSetSystemCall(vfs, name, (sqlite3_syscall_ptr)faulty_pwrite);
	vfs->xSetSystemCall(vfs, "ftruncate", (sqlite3_syscall_ptr)faulty_ftruncate);
}

/* The defect of the first control: whatever bounds a transaction does nothing. */
struct statement *__real_store_sql(struct store *s, const char *sql);
struct statement *__wrap_store_sql(struct store *s, const char *sql);
bool __real_store_in_transaction(struct store *s);
bool __wrap_store_in_transaction(struct store *s);

struct statement *__wrap_store_sql(struct store *s, const char *sql)
{
	static const char *const bounds[] = { "BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE" };

	for (size_t i = 0; has_no_transactions && i < COUNT(bounds); i++)
		if (!strncmp(sql, bounds[i], strlen(bounds[i])))
			return __real_store_sql(s, "SELECT 1 WHERE 0");
	return __real_store_sql(s, sql);
}

bool __wrap_store_in_transaction(struct store *s)
{
	return has_no_transactions || __real_store_in_transaction(s);
}

/* The story: each step is one request; its body is made before anything fails. */
struct step {
	const char *method, *path;
	char key[33];
	char body[900];
};

static struct step steps[STEPS];

static void step_order(struct fixture *f, struct step *step, int n, const char *instruction)
{
	char body[800];
	struct reply r;

	*step = (struct step){ .method = "POST", .path = "/v1/orders" };
	snprintf(step->key, sizeof(step->key), "%s", fixture_key(n));
	snprintf(body, sizeof(body), "{\"type\":\"transfer\",\"instruction\":%s}", instruction);
	r = fixture_call(f, &(struct fixture_call){ &f->wang, "POST", "/v1/quotes", NULL, body, NULL });
	snprintf(step->body, sizeof(step->body), "{\"type\":\"transfer\",\"instruction\":%s,\"terms\":\"%s\"}",
		 instruction, reply_get(&r, "terms"));
	reply_release(&r);
}

static void steps_prepare(struct fixture *f)
{
	for (int i = 0; i < TOGETHER; i++)
		step_order(f, &steps[i], i + 1, fixture_own(f, "1.00"));
	step_order(f, &steps[TOGETHER], 100, fixture_inside(f, "10.00"));
	steps[TOGETHER + 1] =
		(struct step){ .method = "DELETE", .path = "/v1/orders/000000000000000000000000000000ff" };
	step_order(f, &steps[TOGETHER + 2], 101, fixture_inside(f, "20.00"));
	steps[TOGETHER + 3] =
		(struct step){ .method = "DELETE", .path = "/v1/orders/00000000000000000000000000000065" };
}

/* Two orders that time will end: one to be sent, one to come back. */
static void dues_prepare(struct fixture *f)
{
	static const struct { const char *service, *name, *amount; } dues[] = {
		{ "ordinary", FIXTURE_OUTSIDE_NAME, "50.00" },
		{ "realtime", "韩梅梅", "10.00" },
	};

	for (int i = 0; i < 2; i++) {
		char code[7], key[33];
		struct reply r;

		snprintf(key, sizeof(key), "%s", fixture_key(200 + i));
		r = fixture_order(f, &f->wang, key, "transfer",
				  fixture_outside(f, dues[i].amount, dues[i].service, dues[i].name));
		fixture_code(&r, code);
		reply_release(&r);
		r = fixture_authorise(f, &f->wang, key, "pin", FIXTURE_PIN);
		reply_release(&r);
		r = fixture_authorise(f, &f->wang, key, "code", code);
		is_str(reply_get(&r, "state"), i ? "accepted" : "scheduled", "an order that waits for its time");
		reply_release(&r);
	}
}

/* What the giver was told: status, then the answer of a given order. */
struct told {
	int step, status;
	char state[16], receipt[40];
};

static struct reply step_run(struct fixture *f, const struct step *step)
{
	char key[33];

	snprintf(key, sizeof(key), "%s", step->key);
	if (takes_new_keys && key[0])
		snprintf(key, sizeof(key), "%08x%s", (unsigned)++new_keys, step->key + 8);
	return fixture_call(f, &(struct fixture_call){ &f->wang, step->method, step->path, key[0] ? key : NULL,
						       step->body[0] ? step->body : NULL, NULL });
}

static void tell(int pipe, int i, const struct reply *r)
{
	struct told told = { .step = i, .status = r->status };

	snprintf(told.state, sizeof(told.state), "%s", reply_get(r, "state") ? reply_get(r, "state") : "");
	snprintf(told.receipt, sizeof(told.receipt), "%s",
		 reply_get(r, "receiptNumber") ? reply_get(r, "receiptNumber") : "");
	if (write(pipe, &told, sizeof(told)) != sizeof(told))
		_exit(3);
}

struct together {
	struct fixture *f;
	int i, pipe;
};

static void *together_run(void *data)
{
	struct together *t = data;
	struct reply r = step_run(t->f, &steps[t->i]);

	tell(t->pipe, t->i, &r);
	reply_release(&r);
	return NULL;
}

/* The child's life: the first steps at once, the others one by one. */
static void story(struct fixture *f, int pipe)
{
	struct together together[TOGETHER];
	pthread_t threads[TOGETHER];

	for (int i = 0; i < TOGETHER; i++) {
		together[i] = (struct together){ f, i, pipe };
		pthread_create(&threads[i], NULL, together_run, &together[i]);
	}
	for (int i = 0; i < TOGETHER; i++)
		pthread_join(threads[i], NULL);
	for (int i = TOGETHER; i < STEPS; i++) {
		struct reply r = step_run(f, &steps[i]);

		tell(pipe, i, &r);
		reply_release(&r);
	}
	for (int i = 0; i < 2; i++) { /* time passes: sending, settling, returning, expiring */
		f->now += HOURS;
		bank_run_due(f->bank);
	}
}

/* 1 the fault struck, 0 the story ended before it. */
static int child_run(struct fixture *f, struct told *told, size_t *ret_count)
{
	struct told one;
	int fds[2], status;
	pid_t child;

	if (pipe(fds))
		return -1;
	child = fork();
	if (child == 0) {
		fault.count = 0;
		/* What a dying bank logs, and a disk that fails at its start, are no part of the plan. */
		if (!freopen("/dev/null", "w", stdout) || !freopen("/dev/null", "w", stderr))
			_exit(3);
		fixture_start(f);
		story(f, fds[1]);
		fixture_stop(f);
		_exit(fault.count >= fault.n ? 1 : 0);
	}
	close(fds[1]);
	*ret_count = 0;
	while (read(fds[0], &one, sizeof(one)) == sizeof(one) && *ret_count < STEPS)
		told[(*ret_count)++] = one;
	close(fds[0]);
	while (waitpid(child, &status, 0) < 0 && errno == EINTR)
		;
	return WIFSIGNALED(status) ? WTERMSIG(status) == SIGKILL : WEXITSTATUS(status);
}

/* What was answered before must still hold. */
static bool told_holds(struct fixture *f, const struct told *told, size_t count)
{
	bool holds = true;

	for (size_t i = 0; i < count; i++) {
		const struct step *step = &steps[told[i].step];
		char path[64];
		struct reply r;

		if (!step->key[0] || told[i].status >= 500)
			continue;
		snprintf(path, sizeof(path), "/v1/orders/%s", step->key);
		r = fixture_call(f, &(struct fixture_call){ &f->wang, "GET", path, NULL, NULL, NULL });
		if (r.status != 200 ||
		    (told[i].receipt[0] && (!reply_get(&r, "receiptNumber") ||
					    strcmp(told[i].receipt, reply_get(&r, "receiptNumber")) != 0))) {
			printf("# answered %d %s %s, found %s\n", told[i].status, told[i].state,
			       told[i].receipt, r.text);
			holds = false;
		}
		reply_release(&r);
	}
	return holds;
}

static bool is_state(struct fixture *f, int n, const char *state)
{
	char path[64];
	struct reply r;
	bool is;

	snprintf(path, sizeof(path), "/v1/orders/%s", fixture_key(n));
	r = fixture_call(f, &(struct fixture_call){ &f->wang, "GET", path, NULL, NULL, NULL });
	is = reply_get(&r, "state") && !strcmp(reply_get(&r, "state"), state);
	if (!is)
		printf("# order %d should be %s: %s\n", n, state, r.text);
	reply_release(&r);
	return is;
}

/* Everything is asked for once more and time passes; in the end it has happened exactly once. */
static bool repeated_is_right(struct fixture *f)
{
	bool is_right = true;

	for (int i = 0; i < STEPS; i++) {
		struct reply r = step_run(f, &steps[i]);

		if (r.status >= 300) {
			printf("# repeated step %d: %d %s\n", i, r.status, r.text);
			is_right = false;
		}
		reply_release(&r);
	}
	for (int i = 0; i < 2; i++)
		fixture_due(f, HOURS);
	is_right = is_state(f, 100, "expired") && is_state(f, 200, "done") && is_state(f, 201, "rejected") && is_right;
	if (fixture_balance(f, f->current) != 1000000 - TOGETHER * 100 - 5000 || fixture_held(f, f->current) != 0) {
		printf("# balance %lld, held %lld\n", (long long)fixture_balance(f, f->current),
		       (long long)fixture_held(f, f->current));
		is_right = false;
	}
	return is_right;
}

/* 1 all right, 0 something is lost, doubled or wrong, -1 the story ended before the fault. */
static int point(const struct fixture *template, long n)
{
	struct told told[STEPS];
	struct fixture f;
	size_t count = 0;
	int struck, good;

	fault.n = n;
	fixture_copy(template, &f);
	struck = child_run(&f, told, &count);
	fault.n = 0;
	{
		int kind = (int)fault.kind;
		bool was_without = has_no_transactions;

		fault.kind = FAULT_NONE;
		has_no_transactions = false;
		fixture_start(&f);
		good = fixture_audit(&f) && told_holds(&f, told, count);
		good = repeated_is_right(&f) && good;
		good = fixture_audit(&f) && good;
		fixture_close(&f);
		fault.kind = kind;
		has_no_transactions = was_without;
	}
	return struck ? good : -1;
}

/* Every point from the first to the end of the story, or every stride-th. Counts the bad ones. */
static long sweep(const struct fixture *template, int stride, long *ret_bad)
{
	long points = 0;

	*ret_bad = 0;
	for (long n = 1;; n += stride) {
		int r = point(template, n);

		if (r < 0)
			return points;
		points++;
		*ret_bad += r == 0;
	}
}

static void test_sweeps(const struct fixture *template)
{
	static const struct { int kind, error; const char *what; } cases[] = {
		{ FAULT_KILL, 0, "killed" },
		{ FAULT_ONCE, ENOSPC, "the disk full once" },
		{ FAULT_STICKY, ENOSPC, "the disk full" },
		{ FAULT_ONCE, EIO, "one write failing" },
	};
	int stride = getenv("BANKTERM_LONG") ? 1 : 8;
	long points, bad;

	for (size_t i = 0; i < COUNT(cases); i++) {
		fault.kind = cases[i].kind;
		fault.error = cases[i].error;
		points = sweep(template, i ? stride : stride > 1 ? 4 : 1, &bad);
		ok(points > 10, "%s: %ld points of the story", cases[i].what, points);
		is_int(bad, 0, "%s: nothing lost, nothing twice", cases[i].what);
	}
}

static void test_controls(const struct fixture *template)
{
	long bad;

	fault.kind = FAULT_KILL;
	has_no_transactions = true;
	sweep(template, 16, &bad);
	has_no_transactions = false;
	ok(bad > 0, "control: without transactions %ld points are found out", bad);
	takes_new_keys = true;
	sweep(template, 16, &bad);
	takes_new_keys = false;
	ok(bad > 0, "control: with new keys %ld points are found out", bad);
}

int main(void)
{
	struct fixture template;

	faults_install();
	fixture_open(&template, NOW);
	dues_prepare(&template);
	steps_prepare(&template);
	fixture_stop(&template);
	test_sweeps(&template);
	test_controls(&template);
	fixture_remove(&template);
	return done();
}
