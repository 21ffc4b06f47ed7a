/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bank/delivery.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "bank/bank.h"
#include "base/catalogue.h"
#include "base/date.h"
#include "base/file.h"
#include "base/log.h"

#define NUMBER_CHARACTERS "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

/* One write with O_APPEND, so that lines of several threads do not mix. */
static int append_line(const struct bank *bank, const char *path, const char *text)
{
	char time[INSTANT_TEXT_MAX];
	struct buf line;
	int fd, r;

	buf_init(&line, 0);
	buf_printf(&line, "%s ", instant_text(bank->clock.now(bank->clock.data), ZONE_CHINA, time));
	for (; *text; text++)
		buf_putc(&line, *text == '\n' ? ' ' : *text);
	buf_putc(&line, '\n');
	if (line.failed)
		return -ENOMEM;
	fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	r = fd < 0 ? -errno : file_write_all(fd, line.data, line.len);
	if (fd >= 0)
		close(fd);
	buf_wipe(&line);
	return r;
}

int delivery_send(struct bank *bank, const char *customer_number, const char *text, struct err *err)
{
	_cleanup_(free_ptr) char *dir = file_join(bank->dir, "delivery");
	_cleanup_(free_ptr) char *path = NULL;
	size_t n = strlen(customer_number);
	int r;

	if (n == 0 || n > 32 || strspn(customer_number, NUMBER_CHARACTERS) != n)
		return err_set(err, -EINVAL, _("This is no customer number."));
	if (!dir || asprintf(&path, "%s/%s.txt", dir, customer_number) < 0)
		return err_set(err, -ENOMEM, _("Memory is short."));
	r = file_make_private_dir(dir, NULL);
	if (r == 0)
		r = append_line(bank, path, text);
	if (r < 0) {
		log_event(LOG_ERROR, "delivery.failed", "customer %s: %s", customer_number, strerror(-r));
		return err_set(err, r, _("The message could not be sent: %s"), strerror(-r));
	}
	return 0;
}
