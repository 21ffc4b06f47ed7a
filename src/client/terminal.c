/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/terminal.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/catalogue.h"
#include "base/date.h"
#include "base/file.h"
#include "base/ini.h"
#include "base/text.h"
#include "client/device.h"

#define PEM_MAX	    65536
#define ADDRESS_MAX 260

void terminal_init(struct terminal *t)
{
	*t = (struct terminal){ .expires = 0 };
	buf_init(&t->ca, PEM_MAX);
	buf_init(&t->device, PEM_MAX);
}

void terminal_release(struct terminal *t)
{
	free(t->address);
	free(t->pins);
	free(t->id);
	free(t->label);
	buf_release(&t->ca);
	buf_wipe(&t->device);
	terminal_init(t);
}

static bool is_port(const char *s)
{
	long port = 0;

	if (*s < '1' || *s > '9')
		return false;
	for (; *s >= '0' && *s <= '9' && port <= 65535; s++)
		port = port * 10 + (*s - '0');
	return *s == '\0' && port <= 65535;
}

bool terminal_address_is_valid(const char *address)
{
	static const char name[] =
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-";
	static const char six[] = "0123456789abcdefABCDEF:.";
	bool is_six = *address == '[';
	size_t n = strspn(address + is_six, is_six ? six : name);
	const char *end = address + is_six + n;

	if (n == 0 || strlen(address) > ADDRESS_MAX || (is_six && *end++ != ']'))
		return false;
	return *end == ':' && is_port(end + 1);
}

static int check_private(const char *path, struct err *err)
{
	struct stat st;

	if (stat(path, &st) < 0)
		return err_set(err, -errno, _("Cannot read %s: %s"), path, strerror(errno));
	if (!S_ISREG(st.st_mode) || st.st_uid != geteuid() || (st.st_mode & (S_IRWXG | S_IRWXO)))
		return err_set(err, -EPERM,
			       _("Others may have read this terminal's key, %s. Enrol the terminal "
				 "again."),
			       path);
	return 0;
}

static int read_pem(const char *dir, const char *name, bool is_private, struct buf *out,
		    struct err *err)
{
	_cleanup_(free_ptr) char *path = file_join(dir, name);
	int r;

	if (!path)
		return err_set(err, -ENOMEM, _("Out of memory"));
	r = is_private ? check_private(path, err) : 0;
	if (r == 0)
		r = file_read(path, out, err);
	return r == -ENOENT ? -EINVAL : r; /* terminal.ini stands: this is damage, not a terminal
					      without enrolment */
}

static char *copy(const struct ini *ini, const char *key)
{
	const char *value = ini_get(ini, "terminal", key);

	return strdup(value ? value : "");
}

static int read_settings(const struct ini *ini, struct terminal *t, struct err *err)
{
	const char *expires = ini_get(ini, "terminal", "expires");

	t->address = copy(ini, "address");
	t->pins = copy(ini, "pin");
	t->id = copy(ini, "id");
	t->label = copy(ini, "label");
	if (!t->address || !t->pins || !t->id || !t->label)
		return err_set(err, -ENOMEM, _("Out of memory"));
	if (!terminal_address_is_valid(t->address))
		return err_set(
			err, -EINVAL,
			_("%s: the address must be a name and a port, such as bank.example:8443"),
			ini->name);
	if (!expires || instant_parse(expires, &t->expires) < 0)
		return err_set(err, -EINVAL,
			       _("%s: expires must be a time such as 2026-11-21T08:00:00Z"),
			       ini->name);
	return 0;
}

static int read_parts(const char *dir, const struct ini *ini, struct terminal *t, struct err *err)
{
	int r = read_settings(ini, t, err);

	if (r == 0)
		r = read_pem(dir, "ca.pem", /* is_private */ false, &t->ca, err);
	if (r == 0)
		r = read_pem(dir, "device.pem", /* is_private */ true, &t->device, err);
	return r;
}

int terminal_check(const struct terminal *t, struct err *err)
{
	int r = device_check_pins(&t->ca, t->pins, err);

	return r < 0 ? r : device_check(&t->device, &t->device, &t->ca, err);
}

int terminal_read(const char *dir, struct terminal *ret, struct err *err)
{
	_cleanup_(free_ptr) char *path = file_join(dir, "terminal.ini");
	_cleanup_(ini_release) struct ini ini = { .name = NULL };
	struct terminal t;
	int r;

	if (!path)
		return err_set(err, -ENOMEM, _("Out of memory"));
	if (access(path, F_OK) < 0 && errno == ENOENT)
		return err_set(err, -ENOENT,
			       _("This terminal is not enrolled. Ask the bank for a ticket, then "
				 "run bankterm --enrol TICKET."));
	r = ini_load(path, &ini, err);
	if (r < 0)
		return r == -ENOENT ? -EIO : r;
	terminal_init(&t);
	r = read_parts(dir, &ini, &t, err);
	if (r < 0) {
		terminal_release(&t);
		return r;
	}
	*ret = t;
	return 0;
}

int terminal_load(const char *dir, struct terminal *ret, struct err *err)
{
	int r = terminal_read(dir, ret, err);

	if (r < 0)
		return r;
	r = terminal_check(ret, err);
	if (r < 0)
		terminal_release(ret);
	return r;
}

static int save_file(const char *dir, const char *name, const struct buf *content, struct err *err)
{
	_cleanup_(free_ptr) char *path = file_join(dir, name);

	if (!path || content->failed)
		return err_set(err, -ENOMEM, _("Out of memory"));
	return file_replace(path, content->data, content->len, 0600, err);
}

int terminal_save(const char *dir, const struct terminal *t, struct err *err)
{
	_cleanup_(buf_release) struct buf settings;
	_cleanup_(free_ptr) char *label = text_gated(t->label, GATE_ONE_LINE),
				 *id = text_gated(t->id, GATE_ONE_LINE);
	char expires[INSTANT_TEXT_MAX];
	int r;

	buf_init(&settings, PEM_MAX);
	if (!label || !id)
		return err_set(err, -ENOMEM, _("Out of memory"));
	buf_printf(&settings,
		   "[terminal]\naddress = %s\npin = %s\nid = %s\nlabel = %s\nexpires = %s\n",
		   t->address, t->pins, id, label, instant_text(t->expires, 0, expires));
	r = save_file(dir, "device.pem", &t->device, err);
	if (r == 0)
		r = save_file(dir, "ca.pem", &t->ca, err);
	if (r == 0)
		r = save_file(dir, "terminal.ini", &settings, err);
	return r;
}
