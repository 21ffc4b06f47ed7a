/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/macros.h"
#include "tests/tap.h"

static char top[] = "/tmp/test_file.XXXXXX";

static char *below(const char *name)
{
	return file_join(top, name);
}

static mode_t mode_of(const char *path)
{
	struct stat st = { 0 };

	stat(path, &st);
	return st.st_mode & 07777;
}

static void test_directories(void)
{
	_cleanup_(free_ptr) char *deep = below("a/b/c"), *middle = below("a/b"),
				 *file = below("plain");
	struct err err = { 0 };

	is_int(file_make_private_dir(deep, &err), 0, "made with its parents %s", err.text);
	is_int(mode_of(deep), 0700, "private");
	is_int(mode_of(middle), 0700, "and so are they");
	is_int(file_make_private_dir(deep, NULL), 0, "there already");
	chmod(deep, 0770);
	is_int(file_make_private_dir(deep, &err), -EPERM, "not when others may write to it");
	ok(strstr(err.text, "chmod"), "what to do: %s", err.text);
	chmod(deep, 0755);
	is_int(file_make_private_dir(deep, NULL), 0, "reading is their choice");
	is_int(file_replace(file, "x", 1, 0600, NULL), 0, "a file");
	is_int(file_make_private_dir(file, NULL), -ENOTDIR, "is no directory");
	is_int(file_make_private_dir("", NULL), -ENOENT, "nor is nothing");
}

/* How many names the directory holds: a replacement must leave no temporary file. */
static int names_in(const char *path)
{
	struct dirent **entries;
	int n = scandir(path, &entries, NULL, NULL);

	for (int i = 0; i < n; i++)
		free(entries[i]);
	if (n >= 0)
		free(entries);
	return n - 2;
}

static void is_content(const char *path, const char *want, const char *what)
{
	_cleanup_(buf_release) struct buf b;

	buf_init(&b, 0);
	file_read(path, &b, NULL);
	is_str(b.data, want, "%s", what);
}

static void test_replace(void)
{
	_cleanup_(free_ptr) char *dir = below("r"), *path = file_join(dir, "f"),
				 *lost = below("none/f");
	const struct rlimit small = { 4, RLIM_INFINITY };
	struct rlimit before;
	struct err err = { 0 };

	file_make_private_dir(dir, NULL);
	is_int(file_replace(path, "one", 3, 0640, NULL), 0, "written");
	is_int(mode_of(path), 0640, "with its mode");
	is_int(file_replace(path, "twotwo", 6, 0600, NULL), 0, "replaced");
	is_content(path, "twotwo", "whole");
	is_int(mode_of(path), 0600, "mode too");
	is_int(names_in(dir), 1, "nothing else is left");

	signal(SIGXFSZ, SIG_IGN);
	getrlimit(RLIMIT_FSIZE, &before);
	setrlimit(RLIMIT_FSIZE, &(struct rlimit){ small.rlim_cur, before.rlim_max });
	is_int(file_replace(path, "too large", 9, 0600, &err), -EFBIG, "no room");
	setrlimit(RLIMIT_FSIZE, &before);
	ok(strstr(err.text, path), "names the file: %s", err.text);
	is_content(path, "twotwo", "the old content stands");
	is_int(names_in(dir), 1, "and no half of the new");
	is_int(file_replace(lost, "x", 1, 0600, NULL), -ENOENT, "no directory");
	is_int(file_replace(path, "", 0, 0600, NULL), 0, "nothing is content as well");
	is_content(path, "", "and is there");
}

static void test_read(void)
{
	_cleanup_(free_ptr) char *path = below("large"), *bytes = malloc(200000);
	_cleanup_(buf_release) struct buf b;
	struct err err = { 0 };

	memset(bytes, 'z', 200000);
	file_replace(path, bytes, 200000, 0600, NULL);
	buf_init(&b, 200000);
	is_int(file_read(path, &b, NULL), 0, "exactly as large as allowed");
	ok(b.len == 200000 && !memcmp(b.data, bytes, b.len), "all of it");
	buf_release(&b);
	buf_init(&b, 199999);
	is_int(file_read(path, &b, &err), -EFBIG, "one byte too large");
	ok(strstr(err.text, "199999"), "names the limit: %s", err.text);
	buf_release(&b);
	is_int(file_read(top, &b, NULL), -EISDIR, "a directory is no file");
	is_int(file_read("/nonexistent/x", &b, &err), -ENOENT, "absent");
	ok(strstr(err.text, "/nonexistent/x"), "named: %s", err.text);
}

static void test_small_things(void)
{
	_cleanup_(free_ptr) char *a = file_join("/a", "b"), *b = file_join("/a/", "b"),
				 *c = file_join("", "b");
	int fd = open("/dev/full", O_WRONLY | O_CLOEXEC);

	is_str(a, "/a/b", "joined");
	is_str(b, "/a/b", "with one slash");
	is_str(c, "b", "or none");
	is_int(file_write_all(fd, "x", 1), -ENOSPC, "a full disk is told");
	is_int(file_write_all(fd, "", 0), 0, "nothing needs no room");
	close(fd);
	is_int(file_sync_dir("/nonexistent/x"), -ENOENT, "no directory to sync");
	is_int(file_sync_dir("plain"), 0, "a name alone is in the current one");
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

int main(void)
{
	if (!mkdtemp(top))
		return skip_all("no temporary directory");
	test_directories();
	test_replace();
	test_read();
	test_small_things();
	nftw(top, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	return done();
}
