/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The review barrier with a clock in hand. Built a second time over a barrier that is always open
 * (open_barrier.c, as test_barrier_control): then these checks must fail.
 */
#include "app/barrier.h"
#include "tests/tap.h"

static struct barrier b;
static int64_t now;
static bool has_fence;

static void review(const char *terms)
{
	barrier_built(&b, terms);
	if (barrier_painted(&b, now))
		barrier_fence_asked(&b, has_fence, now);
}

static bool confirm_after(int64_t ms)
{
	now += ms;
	return barrier_pass(&b, now) && barrier_may_confirm(&b);
}

static void begin(bool fence)
{
	b = (struct barrier){ .state = BARRIER_NONE };
	now = 1000000;
	has_fence = fence;
	review("terms 1");
}

static bool typed_ahead_is_dropped(void)
{
	begin(true);
	if (confirm_after(0))
		return false;
	barrier_fence_answered(&b, now);
	/* Right behind the answer: a hasty key, not a read page. */
	return !confirm_after(10);
}

static bool held_key_stays_out(void)
{
	begin(true);
	barrier_fence_answered(&b, now);
	for (int i = 0; i < 100; i++)
		if (confirm_after(30))
			return false;
	return confirm_after(BARRIER_QUIET_MS + 1);
}

static bool burst_confirms_nothing(void)
{
	begin(true);
	barrier_fence_answered(&b, now);
	now += 5000;
	barrier_pass(&b, now);
	return !confirm_after(1) && confirm_after(BARRIER_BURST_MS);
}

/* Somebody goes on filling in a form that has become a review: the Enter behind the words is not meant for it. */
static bool stray_letters_shut_it(void)
{
	begin(true);
	barrier_fence_answered(&b, now);
	now += 5000;
	barrier_pass(&b, now);
	return barrier_stray(&b, now) && !confirm_after(BARRIER_STRAY_MS - 1) && confirm_after(BARRIER_STRAY_MS);
}

int main(void)
{
	ok(typed_ahead_is_dropped(), "keys typed before the page was painted confirm nothing");
	ok(held_key_stays_out(), "a held Enter never confirms; a silence opens the barrier");
	ok(burst_confirms_nothing(), "keys in one burst (an unbracketed paste) confirm nothing");

	ok(stray_letters_shut_it(), "letters that mean nothing on a review shut it for a while");

	begin(true);
	barrier_fence_answered(&b, now);
	ok(confirm_after(BARRIER_QUIET_MS), "a reader confirms");
	review("terms 1");
	ok(confirm_after(50), "the same terms painted again stay open");
	review("terms 2");
	ok(!confirm_after(50), "changed terms close it");
	barrier_fence_answered(&b, now);
	ok(confirm_after(BARRIER_QUIET_MS), "until they were read");

	begin(false);
	ok(!confirm_after(BARRIER_FENCE_MS - 1), "without a fence it stays shut for a while");
	begin(false);
	is_int(barrier_turn(&b, now), BARRIER_FENCE_MS, "it says when it moves");
	now += BARRIER_FENCE_MS;
	is_int(barrier_turn(&b, now), BARRIER_QUIET_MS, "then waits for silence");
	ok(confirm_after(BARRIER_QUIET_MS), "and opens");

	begin(true);
	review("terms 2");
	barrier_fence_answered(&b, now);
	now += BARRIER_QUIET_MS;
	ok(!confirm_after(0), "the answer to an earlier page's fence opens nothing");
	barrier_fence_answered(&b, now);
	ok(confirm_after(BARRIER_QUIET_MS), "its own does");

	barrier_built(&b, NULL);
	ok(barrier_pass(&b, now), "other pages take keys at once");
	ok(!barrier_may_confirm(&b), "and confirm nothing");

	ok(barrier_total_is(&(struct page){ .confirm_total = "1000.00" }, "1,000"),
	   "in lines: the total as people write it");
	ok(!barrier_total_is(&(struct page){ .confirm_total = "1000.00" }, "100"), "another amount is not it");
	ok(!barrier_total_is(&(struct page){ .confirm_total = "1000.00" }, ""), "nor is nothing");
	ok(barrier_total_is(&(struct page){ .confirm_total = NULL }, ""), "no total, nothing to type");
	return done();
}
