/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/tour.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#include "app/tour_scenes.h"
#include "base/catalogue.h"
#include "page/key.h"

#define KEY_MS 70        /* between two keys */
#define LOOK_MS 150      /* between two looks whether the page has come */
#define PATIENCE_MS 90000
#define IDS_MOST 32

struct tour {
	struct front front; /* first */
	struct front *inner;
	struct demo *demo;
	int epoll_fd, timer_fd; /* one descriptor to wait on: the person's and the clock's */
	size_t step, at;        /* at: keys typed of this step */
	int64_t due;            /* when the next thing happens, monotonic ms */
	int64_t step_began;
	const char *caption;
	bool is_over;
	char code[8];           /* to type; "" not known yet */
	char ids[IDS_MOST][FOCUS_ID_MAX]; /* of the blocks on the page shown last */
	size_t id_count;
	char *report;           /* what bankaudit said: shown instead of the page */
	struct focus focus;     /* of that page */
};

static int64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void wait_for(struct tour *t, int64_t ms)
{
	struct itimerspec timer = { .it_value = { .tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000 + 1 } };

	t->due = now_ms() + ms;
	timerfd_settime(t->timer_fd, 0, &timer, NULL);
}

/* ---- acts: true when the step is done ---- */

static bool is_shown(const struct tour *t, const char *id)
{
	for (size_t i = 0; i < t->id_count; i++)
		if (!strcmp(t->ids[i], id))
			return true;
	return false;
}

static bool type_next(struct tour *t, const char *keys, struct front_input *ret)
{
	ret->kind = INPUT_KEY;
	ret->key = (unsigned char)keys[t->at++];
	return !keys[t->at];
}

/* The first six digits in a row that the phone shows. */
static bool find_code(struct tour *t)
{
	const char *text = demo_phone(t->demo);

	for (; text && *text; text++)
		if (strspn(text, "0123456789") == 6) {
			snprintf(t->code, sizeof(t->code), "%.6s\r", text);
			return true;
		} else {
			text += strspn(text, "0123456789") ? strspn(text, "0123456789") - 1 : 0;
		}
	return false;
}

static bool type_code(struct tour *t, struct front_input *ret)
{
	if (!t->code[0] && !find_code(t))
		return false;
	return type_next(t, t->code, ret);
}

static bool end_bank(struct tour *t)
{
	if (!t->at++)
		demo_end_bank(t->demo);
	return !demo_bank_runs(t->demo);
}

static bool audit(struct tour *t)
{
	struct err err;

	if (!t->at++ && demo_audit_start(t->demo, &err) < 0)
		t->report = strdup(err.text);
	if (!t->report)
		t->report = demo_audit_report(t->demo);
	return t->report;
}

static bool act(struct tour *t, const struct tour_step *step, struct front_input *ret)
{
	switch (step->act) {
	case TOUR_SAY:
		t->caption = _(step->text);
		return true;
	case TOUR_TYPE:
		return type_next(t, step->text, ret);
	case TOUR_UNTIL:
		return is_shown(t, step->text);
	case TOUR_PAUSE:
		return now_ms() - t->step_began >= step->number;
	case TOUR_CODE:
		return type_code(t, ret);
	case TOUR_HOLD:
		demo_hold_bank(t->demo);
		return true;
	case TOUR_KILL:
		demo_kill_bank(t->demo);
		return true;
	case TOUR_END_BANK:
		return end_bank(t);
	case TOUR_FALSIFY:
		demo_falsify(t->demo, step->text);
		return true;
	case TOUR_AUDIT:
		return audit(t);
	case TOUR_LEAVE:
		return false;
	}
	return true;
}

static bool may_take_long(enum tour_act what)
{
	return what == TOUR_PAUSE || what == TOUR_LEAVE;
}

/* One act. True with an input for the app. */
static bool play(struct tour *t, struct front_input *ret)
{
	const struct tour_step *step = &tour_steps[t->step];
	bool is_done;

	ret->kind = INPUT_RESIZE; /* whatever it does, the caption or page may be another */
	is_done = act(t, step, ret);
	if (is_done) {
		t->step++;
		t->at = 0;
		t->step_began = now_ms();
	} else if (!may_take_long(step->act) && now_ms() - t->step_began > PATIENCE_MS) {
		t->caption = _("The tour cannot go on here. The demo is yours.");
		t->is_over = true;
	}
	t->is_over |= t->step == tour_step_count;
	wait_for(t, ret->kind == INPUT_KEY ? KEY_MS : is_done ? 0 : LOOK_MS);
	return true;
}

/* ---- the front ---- */

static bool is_persons(const struct front_input *in)
{
	return in->kind == INPUT_KEY || in->kind == INPUT_PASTE || in->kind == INPUT_TARGET;
}

static bool tour_read(struct front *f, struct front_input *ret)
{
	struct tour *t = (struct tour *)f;
	uint64_t fired;

	if (t->inner->read(t->inner, ret)) {
		if (t->is_over || !is_persons(ret))
			return true;
		/* Theirs now; at the end, when the bank is gone, that means leaving. */
		t->is_over = true;
		t->caption = NULL;
		ret->kind = t->report ? INPUT_END : INPUT_RESIZE;
		return true;
	}
	if (t->is_over || now_ms() < t->due)
		return false;
	if (read(t->timer_fd, &fired, sizeof(fired)) < 0 && errno != EAGAIN)
		return false;
	return play(t, ret);
}

static void show_report(struct tour *t, struct view *view)
{
	struct page page;
	char *line, *rest = strdup(t->report), *next = rest;

	page_init(&page, "bankaudit");
	page_heading(&page, REGION_MAIN, "bankaudit");
	while (next && (line = strsep(&next, "\n")))
		page_text(&page, REGION_MAIN, TONE_PLAIN, line);
	view->focus = &t->focus;
	view->demo_phone = NULL;
	view->is_offline = false;
	t->inner->show(t->inner, &page, view);
	page_release(&page);
	free(rest);
}

static void tour_show(struct front *f, const struct page *page, const struct view *view)
{
	struct tour *t = (struct tour *)f;
	struct view seen = *view;

	t->id_count = 0;
	for (size_t i = 0; i < page->block_count && t->id_count < IDS_MOST; i++)
		if (page->blocks[i].id && *page->blocks[i].id)
			snprintf(t->ids[t->id_count++], FOCUS_ID_MAX, "%s", page->blocks[i].id);
	if (t->caption) {
		seen.toast = t->caption;
		seen.toast_tone = TONE_STRONG;
	}
	if (t->report && !t->is_over)
		show_report(t, &seen);
	else
		t->inner->show(t->inner, page, &seen);
}

static int tour_fd(struct front *f)
{
	return ((struct tour *)f)->epoll_fd;
}

static bool tour_fence(struct front *f)
{
	struct front *inner = ((struct tour *)f)->inner;

	return inner->fence(inner);
}

static int tour_visible(struct front *f, const char *block)
{
	struct front *inner = ((struct tour *)f)->inner;

	return inner->visible(inner, block);
}

static void tour_bell(struct front *f)
{
	struct front *inner = ((struct tour *)f)->inner;

	inner->bell(inner);
}

static void tour_redraw(struct front *f)
{
	struct front *inner = ((struct tour *)f)->inner;

	inner->redraw(inner);
}

static void tour_suspend(struct front *f, bool is_stopped)
{
	struct front *inner = ((struct tour *)f)->inner;

	if (inner->suspend)
		inner->suspend(inner, is_stopped);
}

static void tour_free(struct tour *t)
{
	if (t->timer_fd >= 0)
		close(t->timer_fd);
	if (t->epoll_fd >= 0)
		close(t->epoll_fd);
	free(t->report);
	free(t);
}

static void tour_close(struct front *f)
{
	struct tour *t = (struct tour *)f;

	t->inner->close(t->inner);
	tour_free(t);
}

static int watch(struct tour *t)
{
	struct epoll_event e = { .events = EPOLLIN };

	t->epoll_fd = epoll_create1(EPOLL_CLOEXEC);
	t->timer_fd = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);
	if (t->epoll_fd < 0 || t->timer_fd < 0 || epoll_ctl(t->epoll_fd, EPOLL_CTL_ADD, t->timer_fd, &e) < 0 ||
	    epoll_ctl(t->epoll_fd, EPOLL_CTL_ADD, t->inner->fd(t->inner), &e) < 0)
		return -errno;
	return 0;
}

int tour_open(struct front **front, struct demo *demo, struct err *err)
{
	struct tour *t;
	int r;

	if ((*front)->is_linear)
		return err_set(err, -ENOTSUP, _("The tour needs a screen: start it in a terminal, without --plain."));
	t = calloc(1, sizeof(*t));
	if (!t)
		return err_set(err, -ENOMEM, _("Out of memory"));
	t->front = (struct front){
		.name = "tour",
		.close = tour_close,
		.fd = tour_fd,
		.show = tour_show,
		.read = tour_read,
		.fence = tour_fence,
		.visible = tour_visible,
		.bell = tour_bell,
		.redraw = tour_redraw,
		.suspend = tour_suspend,
	};
	t->inner = *front;
	t->demo = demo;
	t->epoll_fd = t->timer_fd = -1;
	t->step_began = now_ms();
	r = watch(t);
	if (r < 0) {
		tour_free(t);
		return err_set(err, r, _("The tour cannot start: %s"), strerror(-r));
	}
	wait_for(t, LOOK_MS);
	*front = &t->front;
	return 0;
}
