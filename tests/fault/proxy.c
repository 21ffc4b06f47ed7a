/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/fault/proxy.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define LINKS_MOST 32
#define CHUNK	   16384
#define POLL_MS	   5 /* how soon a new plan is seen */

struct link {
	int client, bank; /* -1 closed; client -1: held back for the bank */
	long up, down;	  /* since the plan was armed */
	char *held;
	size_t held_n;
};

struct worker {
	struct proxy_shared *shared;
	int listener, target;
	struct link links[LINKS_MOST];
	size_t count;
};

static void send_at_once(int fd)
{
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &(int){ 1 }, sizeof(int));
}

static int connect_to(int port)
{
	struct sockaddr_in at = { .sin_family = AF_INET,
				  .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
				  .sin_port = htons((uint16_t)port) };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (connect(fd, (struct sockaddr *)&at, sizeof(at)) == 0)
		return fd;
	close(fd);
	return -1;
}

static void close_side(int *fd, enum proxy_end end)
{
	struct linger now = { .l_onoff = 1, .l_linger = 0 };

	if (*fd < 0)
		return;
	if (end == PROXY_RST)
		setsockopt(*fd, SOL_SOCKET, SO_LINGER, &now, sizeof(now));
	close(*fd);
	*fd = -1;
}

static void end_link(struct link *l, enum proxy_end end)
{
	close_side(&l->client, end);
	close_side(&l->bank, end);
	free(l->held);
	l->held = NULL;
	l->held_n = 0;
}

static bool pass(int fd, const char *bytes, size_t n)
{
	while (n > 0) {
		ssize_t written = send(fd, bytes, n, MSG_NOSIGNAL);

		if (written <= 0)
			return false;
		bytes += written;
		n -= (size_t)written;
	}
	return true;
}

static void strike(struct worker *w, struct link *l)
{
	atomic_fetch_add(&w->shared->struck, 1);
	end_link(l, (enum proxy_end)atomic_load(&w->shared->end));
	atomic_store(&w->shared->fault, PROXY_NONE);
}

static void hold(struct worker *w, struct link *l, const char *bytes, size_t n)
{
	l->held = realloc(l->held, l->held_n + n);
	memcpy(l->held + l->held_n, bytes, n);
	l->held_n += n;
	atomic_fetch_add(&w->shared->held, (long)n);
}

/* Bytes in one direction, up to where the fault strikes. */
static void forward(struct worker *w, struct link *l, bool is_up, const char *bytes, size_t n)
{
	enum proxy_fault fault = (enum proxy_fault)atomic_load(&w->shared->fault);
	long *passed = is_up ? &l->up : &l->down, left = atomic_load(&w->shared->after) - *passed;
	bool is_cut = fault == (is_up ? PROXY_CUT_UP : PROXY_CUT_DOWN) && left <= (long)n;

	if (is_up && (fault == PROXY_HOLD || l->held_n > 0)) {
		hold(w, l, bytes, n);
		return;
	}
	if (!is_up && fault == PROXY_EAT_REPLY) {
		strike(w, l);
		return;
	}
	if (is_cut)
		n = left > 0 ? (size_t)left : 0;
	if (!is_up && l->client < 0) {
		atomic_fetch_add(&w->shared->late, 1);
		end_link(l, PROXY_FIN);
		return;
	}
	if (!pass(is_up ? l->bank : l->client, bytes, n)) {
		end_link(l, PROXY_FIN);
		return;
	}
	*passed += (long)n;
	atomic_fetch_add(is_up ? &w->shared->up : &w->shared->down, (long)n);
	if (is_cut)
		strike(w, l);
}

static void move(struct worker *w, struct link *l, bool is_up)
{
	char bytes[CHUNK];
	ssize_t n = recv(is_up ? l->client : l->bank, bytes, sizeof(bytes), 0);

	if (n > 0)
		forward(w, l, is_up, bytes, (size_t)n);
	else if (is_up && l->held_n > 0)
		close_side(&l->client, PROXY_FIN);
	else
		end_link(l, PROXY_FIN);
}

static void admit(struct worker *w)
{
	int fd = accept4(w->listener, NULL, NULL, SOCK_CLOEXEC);
	struct link l = { .client = fd, .bank = -1 };

	if (fd < 0)
		return;
	if (atomic_load(&w->shared->fault) != PROXY_REFUSE && w->count < LINKS_MOST)
		l.bank = connect_to(w->target);
	if (l.bank < 0) {
		close(fd);
		return;
	}
	send_at_once(fd);
	send_at_once(l.bank);
	w->links[w->count++] = l;
}

/* What was held arrives, late; the bank's answer to it goes nowhere. */
static void release_held(struct link *l)
{
	if (l->bank >= 0)
		pass(l->bank, l->held, l->held_n);
	free(l->held);
	l->held = NULL;
	l->held_n = 0;
}

static void see_plan(struct worker *w)
{
	int generation = atomic_load(&w->shared->generation);

	if (generation == atomic_load(&w->shared->seen))
		return;
	for (size_t i = 0; i < w->count; i++) {
		struct link *l = &w->links[i];

		if (l->held_n > 0)
			release_held(l);
		else if (atomic_load(&w->shared->is_fresh))
			end_link(l, PROXY_FIN);
		l->up = l->down = 0;
	}
	atomic_store(&w->shared->seen, generation);
}

static void sweep(struct worker *w)
{
	size_t kept = 0;

	for (size_t i = 0; i < w->count; i++)
		if (w->links[i].bank >= 0)
			w->links[kept++] = w->links[i];
	w->count = kept;
}

static void run(struct worker *w)
{
	struct pollfd fds[1 + 2 * LINKS_MOST];
	size_t count;

	for (;;) {
		see_plan(w);
		sweep(w);
		count = w->count;
		fds[0] = (struct pollfd){ .fd = w->listener, .events = POLLIN };
		for (size_t i = 0; i < count; i++) {
			fds[1 + 2 * i] =
				(struct pollfd){ .fd = w->links[i].client, .events = POLLIN };
			fds[2 + 2 * i] =
				(struct pollfd){ .fd = w->links[i].bank, .events = POLLIN };
		}
		if (poll(fds, 1 + 2 * count, POLL_MS) <= 0)
			continue;
		for (size_t i = 0; i < count; i++) {
			if (fds[1 + 2 * i].revents && w->links[i].client >= 0)
				move(w, &w->links[i], /* is_up */ true);
			if (fds[2 + 2 * i].revents && w->links[i].bank >= 0)
				move(w, &w->links[i], /* is_up */ false);
		}
		if (fds[0].revents)
			admit(w);
	}
}

int proxy_start(struct proxy *p, int target_port)
{
	struct sockaddr_in at = { .sin_family = AF_INET,
				  .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	struct worker w = { .target = target_port };
	socklen_t size = sizeof(at);

	w.listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	p->shared = mmap(NULL, sizeof(*p->shared), PROT_READ | PROT_WRITE,
			 MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (p->shared == MAP_FAILED || bind(w.listener, (struct sockaddr *)&at, size) < 0 ||
	    listen(w.listener, 32) < 0 ||
	    getsockname(w.listener, (struct sockaddr *)&at, &size) < 0)
		return -errno;
	p->port = ntohs(at.sin_port);
	w.shared = p->shared;
	p->pid = fork();
	if (p->pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		run(&w);
	}
	close(w.listener);
	return p->pid < 0 ? -errno : 0;
}

void proxy_arm(struct proxy *p, const struct proxy_plan *plan)
{
	struct proxy_shared *s = p->shared;
	int generation = atomic_load(&s->generation) + 1;

	/* Until the proxy has seen all of the plan nothing strikes. */
	atomic_store(&s->fault, PROXY_NONE);
	atomic_store(&s->is_fresh, plan->is_fresh);
	atomic_store(&s->end, plan->end);
	atomic_store(&s->after, plan->after);
	atomic_store(&s->up, 0);
	atomic_store(&s->down, 0);
	atomic_store(&s->struck, 0);
	atomic_store(&s->held, 0);
	atomic_store(&s->late, 0);
	atomic_store(&s->generation, generation);
	while (atomic_load(&s->seen) != generation)
		sched_yield();
	atomic_store(&s->fault, plan->fault);
}

void proxy_hold_no_more(struct proxy *p)
{
	atomic_store(&p->shared->fault, PROXY_NONE);
}

void proxy_stop(struct proxy *p)
{
	kill(p->pid, SIGKILL);
	waitpid(p->pid, NULL, 0);
	munmap(p->shared, sizeof(*p->shared));
}
