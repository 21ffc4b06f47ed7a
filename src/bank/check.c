/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bank/check.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "bank/migrations.h"
#include "bank/store.h"
#include "base/catalogue.h"
#include "base/file.h"
#include "base/macros.h"

#define SPACE_LEAST ((unsigned long long)256 << 20)

static int check_directory(const char *dir, struct err *err)
{
	struct stat st;

	if (stat(dir, &st) < 0)
		return err_set(err, -errno, _("%s: %s. Start bankd --data there once."), dir,
			       strerror(errno));
	if (!S_ISDIR(st.st_mode))
		return err_set(err, -ENOTDIR, _("%s is no directory."), dir);
	if (st.st_uid != geteuid())
		return err_set(err, -EPERM, _("%s belongs to another user. Run bankd as that user."), dir);
	if (st.st_mode & 077)
		return err_set(err, -EPERM, _("Others may look into %s. Run: chmod 700 %s"), dir, dir);
	return 0;
}

/* A secret file: there, ours alone. */
static int check_private(const char *dir, const char *name, struct err *err)
{
	_cleanup_(free_ptr) char *path = file_join(dir, name);
	struct stat st;

	if (!path)
		return err_set(err, -ENOMEM, _("Memory is short."));
	if (stat(path, &st) < 0)
		return err_set(err, -errno, _("%s: %s. Restore it from a backup."), path, strerror(errno));
	if (st.st_mode & 077)
		return err_set(err, -EPERM, _("Others may read %s. Run: chmod 600 %s"), path, path);
	return 0;
}

static int check_key(const char *dir, struct err *err)
{
	return check_private(dir, "secret.key", err);
}

static int check_certificates(const char *dir, struct err *err)
{
	static const char *const files[] = { "tls/ca.key", "tls/ca.pem", "tls/server.key", "tls/server.pem" };
	int r = 0;

	for (size_t i = 0; i < COUNT(files) && r == 0; i++)
		r = check_private(dir, files[i], err);
	return r;
}

static int check_books(const char *dir, struct err *err)
{
	struct store *store = NULL;
	int version = 0, r = check_private(dir, "bank.db", err);

	if (r == 0)
		r = store_open(dir, STORE_READ, &store, err);
	if (r == 0)
		r = store_version(store, &version, err);
	store_close(store);
	if (r == 0 && version > SCHEMA_VERSION)
		r = err_set(
			err, -EPROTO,
			_("The books were written by a newer bankd (schema %d). Start the newer program."),
			version);
	return r;
}

static int check_space(const char *dir, struct err *err)
{
	struct statvfs fs;

	if (statvfs(dir, &fs) < 0)
		return err_set(err, -errno, "%s: %s", dir, strerror(errno));
	if ((unsigned long long)fs.f_bavail * fs.f_frsize < SPACE_LEAST)
		return err_set(err, -ENOSPC, _("Less than 256 MiB are free for %s. Free some space."), dir);
	return 0;
}

int bank_check(const char *dir, FILE *out)
{
	static const struct {
		const char *title;
		int (*check)(const char *dir, struct err *err);
	} checks[] = {
		{ N_("directory"), check_directory }, { N_("books"), check_books },
		{ N_("secret key"), check_key },      { N_("certificates"), check_certificates },
		{ N_("free space"), check_space },
	};
	struct err err;
	int bad = 0;

	for (size_t i = 0; i < COUNT(checks); i++) {
		if (checks[i].check(dir, &err) == 0) {
			fprintf(out, "OK  %s\n", _(checks[i].title));
			continue;
		}
		fprintf(out, "BAD %s: %s\n", _(checks[i].title), err.text);
		bad++;
		if (i == 0)
			break; /* nothing else can be seen */
	}
	return bad;
}
