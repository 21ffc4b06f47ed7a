/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A disk that can lose power, for programs that know nothing of it: a library for LD_PRELOAD.
 *
 *	DISK=DIR        the directory to watch, absolute and without links. Beside it DIR.synced/tree always holds
 *	                what a power loss now would leave: of each file its content at its last fsync, of each directory
 *	                its names at its last fsync. What DIR held when DIR.synced was made counts as synced.
 *	DISK_CUT=N      power is lost (SIGKILL) before the N-th write, sync, rename, unlink or send
 *	DISK_FROM=WHAT  these count from the first WHAT on: "mark", asking for the file /give-begins-here; "send"
 *	DISK_LIES=file  a control: fsync of a file says it was done, and is not; "dir": that of a directory
 *
 * It is a harsh disk: what nobody synced is gone, a file that was never synced is empty. Rename of directories and
 * links in DIR are not followed. DIR.synced/data/INODE is a file's content, held/INODE keeps the number from being
 * given to another file.
 */
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/macros.h"

#define PATH_SIZE (PATH_MAX + 64)
#define MARK	  "/give-begins-here"

static struct {
	pthread_mutex_t mutex;
	const char *dir; /* NULL: nothing to watch */
	char synced[PATH_MAX];
	const char *from, *lies;
	long cut, count; /* calls until the power is lost, 0 never; calls so far */
} disk = { .mutex = PTHREAD_MUTEX_INITIALIZER };

/* The next definition of a function, as this type of pointer. */
#define NEXT(next, name)               \
	static __typeof__(&name) next; \
	if (!next)                     \
	*(void **)&next = dlsym(RTLD_NEXT, #name)

/* A fault of the test itself. */
static void broken(const char *what)
{
	dprintf(STDERR_FILENO, "disk.so: %s: %m\n", what);
	abort();
}

PRINTF_LIKE(2, 3) static void path_of(char out[PATH_SIZE], const char *format, ...)
{
	va_list args;

	va_start(args, format);
	if (vsnprintf(out, PATH_SIZE, format, args) >= PATH_SIZE)
		broken("a path is too long");
	va_end(args);
}

/* The part of path below the watched directory: "" for itself, NULL for others. */
static const char *below(const char *path)
{
	size_t n = strlen(disk.dir);

	if (strncmp(path, disk.dir, n) != 0 || (path[n] && path[n] != '/'))
		return NULL;
	return path + n;
}

/* In place, so that nothing that was synced is ever missing. fd stays open: to close another would drop its locks. */
static void copy_content(int fd, const char *to)
{
	NEXT(real, pwrite);
	char chunk[65536];
	int out = open(to, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	off_t at = 0;
	ssize_t n;

	while (out >= 0 && (n = pread(fd, chunk, sizeof(chunk), at)) > 0) {
		if (real(out, chunk, (size_t)n, at) != n)
			broken(to);
		at += n;
	}
	if (out < 0 || n < 0 || ftruncate(out, at) < 0)
		broken(to);
	close(out);
}

static void hold(const char *path, ino_t inode)
{
	char held[PATH_SIZE];

	path_of(held, "%s/held/%ju", disk.synced, (uintmax_t)inode);
	if (link(path, held) < 0 && errno != EEXIST)
		broken(held);
}

static void sync_file(int fd, const char *path, const struct stat *st)
{
	char data[PATH_SIZE];

	if (st->st_nlink == 0) /* nobody will find it again */
		return;
	hold(path, st->st_ino);
	path_of(data, "%s/data/%ju", disk.synced, (uintmax_t)st->st_ino);
	copy_content(fd, data);
}

/* The name now stands for this file, with the content of its last fsync. */
static void sync_name(const char *tree, const char *path, const char *name)
{
	char data[PATH_SIZE], to[PATH_SIZE], next[PATH_SIZE];
	struct stat st;

	path_of(to, "%s/%s", tree, name);
	if (lstat(path, &st) < 0) /* gone meanwhile */
		return;
	if (S_ISDIR(st.st_mode)) {
		if (mkdir(to, 0700) < 0 && errno != EEXIST)
			broken(to);
		return;
	}
	hold(path, st.st_ino);
	path_of(data, "%s/data/%ju", disk.synced, (uintmax_t)st.st_ino);
	path_of(next, "%s/next", disk.synced);
	close(open(data, O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
	if (link(data, next) < 0 || renameat(AT_FDCWD, next, AT_FDCWD, to) < 0)
		broken(to);
	unlinkat(AT_FDCWD, next, 0); /* two names of one file: the rename did nothing */
}

/* Names that are gone are gone on the disk, too. */
static void forget_names(const char *tree, const char *path)
{
	DIR *names = opendir(tree);
	struct dirent *entry;
	char live[PATH_SIZE], old[PATH_SIZE];

	while (names && (entry = readdir(names))) {
		path_of(live, "%s/%s", path, entry->d_name);
		path_of(old, "%s/%s", tree, entry->d_name);
		if (faccessat(AT_FDCWD, live, F_OK, AT_SYMLINK_NOFOLLOW) < 0 && unlinkat(AT_FDCWD, old, 0) < 0)
			broken(old);
	}
	closedir(names);
}

static void sync_dir(const char *path)
{
	char tree[PATH_SIZE], live[PATH_SIZE];
	struct dirent *entry;
	struct stat st;
	DIR *names;

	path_of(tree, "%s/tree%s", disk.synced, below(path));
	if (stat(tree, &st) < 0) /* its own name was never synced */
		return;
	forget_names(tree, path);
	names = opendir(path);
	while (names && (entry = readdir(names))) {
		path_of(live, "%s/%s", path, entry->d_name);
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
			sync_name(tree, live, entry->d_name);
	}
	if (!names)
		broken(path);
	closedir(names);
}

/* fsync as this disk does it; errno is as fsync leaves it. */
static int disk_sync(int fd)
{
	char link_name[64], path[PATH_SIZE];
	struct stat st;
	ssize_t n;

	snprintf(link_name, sizeof(link_name), "/proc/self/fd/%d", fd);
	if (fstat(fd, &st) < 0)
		return -1;
	n = readlink(link_name, path, sizeof(path) - 1);
	if (n < 0)
		broken(link_name);
	path[n] = '\0';
	if (!below(path) || (disk.lies && !strcmp(disk.lies, S_ISDIR(st.st_mode) ? "dir" : "file")))
		return 0;
	pthread_mutex_lock(&disk.mutex);
	if (S_ISDIR(st.st_mode))
		sync_dir(path);
	else
		sync_file(fd, path, &st);
	pthread_mutex_unlock(&disk.mutex);
	return 0;
}

/* All of a directory, as it stands. */
static void sync_all(const char *path)
{
	DIR *names;
	struct dirent *entry;
	char child[PATH_SIZE];
	struct stat st;

	sync_dir(path);
	names = opendir(path);
	while (names && (entry = readdir(names))) {
		int fd;

		if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, ".."))
			continue;
		path_of(child, "%s/%s", path, entry->d_name);
		if (stat(child, &st) == 0 && S_ISDIR(st.st_mode)) {
			sync_all(child);
			continue;
		}
		fd = open(child, O_RDONLY | O_CLOEXEC);
		if (fd < 0)
			broken(child);
		sync_file(fd, child, &st);
		close(fd);
	}
	closedir(names);
}

__attribute__((constructor)) static void disk_start(void)
{
	static const char *const parts[] = { "/tree", "/data", "/held" };
	const char *dir = getenv("DISK"), *cut = getenv("DISK_CUT");
	char part[PATH_SIZE];

	if (!dir)
		return;
	disk.dir = dir;
	disk.from = getenv("DISK_FROM");
	disk.lies = getenv("DISK_LIES");
	disk.cut = cut ? strtol(cut, NULL, 10) : 0;
	snprintf(disk.synced, sizeof(disk.synced), "%s.synced", dir);
	if (mkdir(disk.synced, 0700) < 0) {
		if (errno != EEXIST)
			broken(disk.synced);
		return;
	}
	for (size_t i = 0; i < COUNT(parts); i++) {
		path_of(part, "%s%s", disk.synced, parts[i]);
		if (mkdir(part, 0700) < 0)
			broken(part);
	}
	sync_all(dir);
}

/* Before a call that changes something; never in the middle of a sync. */
static void point(const char *what)
{
	pthread_mutex_lock(&disk.mutex);
	if (disk.from && !strcmp(disk.from, what))
		disk.from = NULL;
	if (disk.cut && !disk.from && strcmp(what, "mark") != 0 && ++disk.count == disk.cut)
		raise(SIGKILL);
	pthread_mutex_unlock(&disk.mutex);
}

int fsync(int fd)
{
	NEXT(real, fsync);
	point("sync");
	return disk.dir ? disk_sync(fd) : real(fd);
}

int fdatasync(int fd)
{
	NEXT(real, fdatasync);
	point("sync");
	return disk.dir ? disk_sync(fd) : real(fd);
}

ssize_t write(int fd, const void *bytes, size_t n)
{
	NEXT(real, write);
	point("write");
	return real(fd, bytes, n);
}

ssize_t pwrite(int fd, const void *bytes, size_t n, off_t at)
{
	NEXT(real, pwrite);
	point("write");
	return real(fd, bytes, n, at);
}

ssize_t pwrite64(int fd, const void *bytes, size_t n, off64_t at)
{
	NEXT(real, pwrite64);
	point("write");
	return real(fd, bytes, n, at);
}

int rename(const char *from, const char *to)
{
	NEXT(real, rename);
	point("rename");
	return real(from, to);
}

int unlink(const char *path)
{
	NEXT(real, unlink);
	point("unlink");
	return real(path);
}

ssize_t send(int fd, const void *bytes, size_t n, int flags)
{
	NEXT(real, send);
	point("send");
	return real(fd, bytes, n, flags);
}

ssize_t sendmsg(int fd, const struct msghdr *message, int flags)
{
	NEXT(real, sendmsg);
	point("send");
	return real(fd, message, flags);
}

int access(const char *path, int mode)
{
	NEXT(real, access);
	if (!strcmp(path, MARK))
		point("mark");
	return real(path, mode);
}
