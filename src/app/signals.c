/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/signals.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include "base/macros.h"

static const int caught[] = { SIGHUP, SIGTERM, SIGINT, SIGQUIT, SIGWINCH, SIGTSTP, SIGCONT, SIGCHLD };
static struct sigaction before[COUNT(caught)], before_pipe;
/* A handler knows no context: the one place where the room keeps something outside its structs. */
static int write_fd = -1;

static void handler(int number)
{
	unsigned char byte = (unsigned char)number;
	int saved = errno;

	/* A full pipe already wakes the loop; what is lost then is one of many of a kind. */
	if (write(write_fd, &byte, 1) < 0)
		errno = saved;
	errno = saved;
}

int signals_open(struct signals *s)
{
	struct sigaction action = { .sa_handler = handler, .sa_flags = SA_RESTART };
	struct sigaction ignore = { .sa_handler = SIG_IGN };
	int fds[2];

	s->fd = -1;
	if (pipe2(fds, O_CLOEXEC | O_NONBLOCK) < 0)
		return -errno;
	s->fd = fds[0];
	write_fd = fds[1];
	sigemptyset(&action.sa_mask);
	sigemptyset(&ignore.sa_mask);
	for (size_t i = 0; i < COUNT(caught); i++)
		sigaction(caught[i], &action, &before[i]);
	sigaction(SIGPIPE, &ignore, &before_pipe);
	return 0;
}

void signals_close(struct signals *s)
{
	if (s->fd < 0)
		return;
	for (size_t i = 0; i < COUNT(caught); i++)
		sigaction(caught[i], &before[i], NULL);
	sigaction(SIGPIPE, &before_pipe, NULL);
	close(write_fd);
	close(s->fd);
	write_fd = -1;
	s->fd = -1;
}

int signals_next(struct signals *s)
{
	unsigned char byte;

	return s->fd >= 0 && read(s->fd, &byte, 1) == 1 ? byte : 0;
}

void signals_stop_here(void)
{
	raise(SIGSTOP);
}
