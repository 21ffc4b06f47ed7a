/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/catalogue.h"

#define FILE_CHUNK 65536

static void close_fd(int *fd)
{
	if (*fd >= 0)
		close(*fd);
}

/* The directory part of path, malloc'ed: "." when there is none. */
static char *file_parent(const char *path)
{
	const char *slash = strrchr(path, '/');

	if (!slash)
		return strdup(".");
	return slash == path ? strdup("/") : strndup(path, (size_t)(slash - path));
}

char *file_join(const char *dir, const char *name)
{
	size_t n = strlen(dir);
	struct buf b;

	buf_init(&b, 0);
	buf_puts(&b, dir);
	if (n > 0 && dir[n - 1] != '/')
		buf_putc(&b, '/');
	buf_puts(&b, name);
	return buf_detach(&b);
}

static int make_parents(char *path)
{
	for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		if (mkdir(path, 0700) < 0 && errno != EEXIST)
			return -errno;
		*slash = '/';
	}
	return 0;
}

int file_make_private_dir(const char *path, struct err *err)
{
	_cleanup_(free_ptr) char *copy = strdup(path);
	struct stat st;
	int r;

	if (!copy)
		return err_set(err, -ENOMEM, _("Out of memory"));
	r = *path ? make_parents(copy) : -ENOENT;
	if (r == 0 && mkdir(path, 0700) < 0 && errno != EEXIST)
		r = -errno;
	if (r == 0 && stat(path, &st) < 0)
		r = -errno;
	if (r < 0)
		return err_set(err, r, _("Cannot create the directory %s: %s"), path, strerror(-r));
	if (!S_ISDIR(st.st_mode))
		return err_set(err, -ENOTDIR, _("%s is not a directory"), path);
	if (st.st_uid != geteuid())
		return err_set(err, -EPERM, _("The directory %s belongs to another user"), path);
	if (st.st_mode & (S_IWGRP | S_IWOTH))
		return err_set(err, -EPERM,
			       _("Others may write to the directory %s: run chmod go-w on it"),
			       path);
	return 0;
}

static int read_all(int fd, struct buf *out)
{
	_cleanup_(free_ptr) char *chunk = malloc(FILE_CHUNK);
	ssize_t n;
	int r;

	if (!chunk)
		return -ENOMEM;
	for (;;) {
		n = read(fd, chunk, FILE_CHUNK);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			r = -errno;
		else
			r = buf_add(out, chunk, (size_t)n);
		if (r < 0 || n == 0)
			break;
	}
	explicit_bzero(chunk, FILE_CHUNK); /* key files come through here too */
	return r == -EMSGSIZE ? -EFBIG : r;
}

int file_read(const char *path, struct buf *out, struct err *err)
{
	_cleanup_(close_fd) int fd = open(path, O_RDONLY | O_CLOEXEC);
	int r = fd < 0 ? -errno : read_all(fd, out);

	if (r == -EFBIG)
		return err_set(err, r, _("The file %s is larger than %zu bytes"), path, out->max);
	if (r < 0)
		return err_set(err, r, _("Cannot read %s: %s"), path, strerror(-r));
	return 0;
}

int file_write_all(int fd, const void *bytes, size_t n)
{
	const char *at = bytes;

	while (n > 0) {
		ssize_t written = write(fd, at, n);

		if (written < 0 && errno == EINTR)
			continue;
		if (written < 0)
			return -errno;
		at += written;
		n -= (size_t)written;
	}
	return 0;
}

int file_sync_dir(const char *path)
{
	_cleanup_(free_ptr) char *parent = file_parent(path);
	_cleanup_(close_fd) int fd = -1;

	if (!parent)
		return -ENOMEM;
	fd = open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0 || fsync(fd) < 0)
		return -errno;
	return 0;
}

static int write_and_sync(int fd, const void *bytes, size_t n, mode_t mode)
{
	int r = file_write_all(fd, bytes, n);

	if (r == 0 && (fchmod(fd, mode) < 0 || fsync(fd) < 0))
		r = -errno;
	return r;
}

/* As file_replace, without the words. */
static int replace(const char *path, const void *bytes, size_t n, mode_t mode)
{
	_cleanup_(free_ptr) char *temporary = NULL;
	struct buf name;
	int fd, r;

	buf_init(&name, 0);
	buf_printf(&name, "%s.XXXXXX" FILE_TEMPORARY_SUFFIX, path);
	temporary = buf_detach(&name);
	if (!temporary)
		return -ENOMEM;
	fd = mkostemps(temporary, (int)strlen(FILE_TEMPORARY_SUFFIX), O_CLOEXEC);
	if (fd < 0)
		return -errno;
	r = write_and_sync(fd, bytes, n, mode);
	if (close(fd) < 0 && r == 0)
		r = -errno;
	if (r == 0 && rename(temporary, path) < 0)
		r = -errno;
	if (r < 0) {
		unlink(temporary);
		return r;
	}
	return file_sync_dir(path);
}

int file_replace(const char *path, const void *bytes, size_t n, mode_t mode, struct err *err)
{
	int r = replace(path, bytes, n, mode);

	if (r < 0)
		return err_set(err, r, _("Cannot write %s: %s"), path, strerror(-r));
	return 0;
}
