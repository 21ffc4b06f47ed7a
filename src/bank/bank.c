/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bank/bank.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bank/defaults.h"
#include "bank/event_hub.h"
#include "bank/identity.h"
#include "bank/writer.h"
#include "base/date.h"
#include "base/file.h"
#include "base/macros.h"
#include "base/secret.h"

/* Accounts of the bank's own that orders book to. */
static const struct { const char *code, *title; } internals[] = {
	{ "clearing", N_("Payments on their way to other banks") },
	{ "correspondent", N_("Correspondent") },
	{ "fee-income", N_("Fee income") },
};

static int internals_write(struct store *s, date_days opened)
{
	int r = 0;

	for (size_t i = 0; !r && i < COUNT(internals); i++) {
		struct statement *q = store_sql(s,
			"INSERT INTO account(number, code, title, currency, status, opened)"
			" VALUES(:code, :code, :title, 'CNY', 1, :opened) ON CONFLICT DO NOTHING");

		bind_text(q, ":code", internals[i].code);
		bind_text(q, ":title", internals[i].title);
		bind_int(q, ":opened", opened);
		r = statement_run(q, NULL);
	}
	return r;
}

struct first_job {
	struct job job;
	struct bank *bank;
};

/* What every bank has from its first day; later starts find it there. */
static int first_run(struct store *s, struct job *job)
{
	const struct clock *clock = &((struct first_job *)job)->bank->clock;
	int r = defaults_write(s);

	return r ? r : internals_write(s, instant_date(clock->now(clock->data), ZONE_CHINA));
}

static int pepper_create(struct bank *bank, const char *path, struct err *err)
{
	_cleanup_(free_ptr) char *database = file_join(bank->dir, "bank.db");

	if (!database)
		return err_set(err, -ENOMEM, _("Memory is short."));
	if (access(database, F_OK) == 0)
		return err_set(err, -ENOKEY,
			       _("%s is missing, and without it no password can be checked. Restore it from a "
				 "backup."),
			       path);
	bank->rng.fill(bank->rng.data, bank->pepper, sizeof(bank->pepper));
	return file_replace(path, bank->pepper, sizeof(bank->pepper), 0600, err);
}

static int pepper_load(struct bank *bank, struct err *err)
{
	_cleanup_(free_ptr) char *path = file_join(bank->dir, "secret.key");
	struct buf bytes;
	int r;

	if (!path)
		return err_set(err, -ENOMEM, _("Memory is short."));
	if (access(path, F_OK) && errno == ENOENT)
		return pepper_create(bank, path, err);
	buf_init(&bytes, 1024);
	r = file_read(path, &bytes, err);
	if (!r && bytes.len != sizeof(bank->pepper))
		r = err_set(err, -EINVAL, _("%s is damaged. Restore it from a backup."), path);
	if (!r)
		memcpy(bank->pepper, bytes.data, sizeof(bank->pepper));
	buf_wipe(&bytes);
	return r;
}

/* A bank without a Chinese catalogue still answers, in English. */
static void catalogue_open(struct bank *bank)
{
	_cleanup_(free_ptr) char *path = catalogue_path("zh_CN");

	if (path)
		catalogue_load(path, &bank->chinese, NULL);
}

static int bank_start(struct bank *bank, struct err *err)
{
	struct first_job first = { .job = { .run = first_run }, .bank = bank };
	int r = file_make_private_dir(bank->dir, err);

	if (!r)
		r = pepper_load(bank, err);
	if (r)
		return r;
	catalogue_open(bank);
	if (event_hub_new(&bank->events))
		return err_set(err, -ENOMEM, _("Memory is short."));
	r = writer_start(bank, &bank->writer, err);
	if (!r && (r = writer_run(bank->writer, &first.job)))
		err_set(err, r, _("The bank's data could not be written: %s"), strerror(-r));
	return r ? r : identity_open(bank, err);
}

int bank_open(const struct bank_options *options, struct bank **ret, struct err *err)
{
	struct bank *bank = calloc(1, sizeof(*bank));
	int r;

	if (!bank)
		return err_set(err, -ENOMEM, _("Memory is short."));
	bank->clock = options->clock ? *options->clock : clock_system;
	bank->rng = options->rng ? *options->rng : rng_system;
	bank->is_demo = options->demo;
	bank->dir = strdup(options->dir);
	r = bank->dir ? bank_start(bank, err) : err_set(err, -ENOMEM, _("Memory is short."));
	if (r)
		bank_close(bank);
	else
		*ret = bank;
	return r;
}

void bank_close(struct bank *bank)
{
	if (!bank)
		return;
	identity_close(bank);
	writer_stop(bank->writer);
	event_hub_free(bank->events);
	catalogue_free(bank->chinese);
	secret_wipe(bank->pepper, sizeof(bank->pepper));
	free(bank->dir);
	free(bank);
}
