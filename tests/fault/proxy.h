/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A TCP proxy on loopback that does to connections what networks do: a child process, told by
 * shared memory. It does not look inside TLS: a fault is a number of bytes, counted in every
 * connection from the moment the plan was armed.
 */
#ifndef TESTS_FAULT_PROXY_H
#define TESTS_FAULT_PROXY_H

#include <stdatomic.h>
#include <stdbool.h>
#include <sys/types.h>

enum proxy_fault {
	PROXY_NONE,
	PROXY_CUT_UP,	 /* `after` bytes pass to the bank, then both sides are closed */
	PROXY_CUT_DOWN,	 /* the same for bytes to the client */
	PROXY_EAT_REPLY, /* the bank's next bytes are read and dropped, then both sides are closed
			  */
	PROXY_HOLD,   /* what is sent to the bank is kept, though the client leaves, until another
			 plan is armed */
	PROXY_REFUSE, /* new connections are closed at once */
};

enum proxy_end { PROXY_FIN, PROXY_RST };

struct proxy_shared {
	atomic_int generation; /* of the plan: rises last */
	atomic_int seen;       /* the generation that the proxy works by */
	atomic_int fault, end;
	atomic_long after;
	atomic_int is_fresh; /* close what is open before this plan holds */
	/* since the plan was armed */
	atomic_long up, down; /* bytes passed on */
	atomic_int struck;    /* how often */
	atomic_long held;     /* bytes kept back */
	atomic_int late;      /* answers of the bank to what was held */
};

struct proxy {
	int port;
	pid_t pid;
	struct proxy_shared *shared;
};

struct proxy_plan {
	enum proxy_fault fault;
	enum proxy_end end;
	long after;
	bool is_fresh;
};

int proxy_start(struct proxy *p, int target_port); /* 0 or -errno */
/* Returns when the proxy works by the plan; a fault that cut a connection strikes once. */
void proxy_arm(struct proxy *p, const struct proxy_plan *plan);
/* Connections from now on pass; what is held stays held. */
void proxy_hold_no_more(struct proxy *p);
void proxy_stop(struct proxy *p);

#endif
