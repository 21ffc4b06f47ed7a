/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bank/identity.h"

#include <errno.h>
#include <stdlib.h>

#include "bank/bank.h"
#include "bank/certificate.h"
#include "base/catalogue.h"

int identity_open(struct bank *bank, struct err *err)
{
	struct identity *identity = calloc(1, sizeof(*identity));
	int r;

	if (!identity)
		return err_set(err, -ENOMEM, _("Memory is short."));
	r = authority_open(bank->dir, &identity->authority, err);
	if (r < 0)
		free(identity);
	else
		bank->identity = identity;
	return r;
}

void identity_close(struct bank *bank)
{
	if (!bank->identity)
		return;
	authority_free(bank->identity->authority);
	free(bank->identity);
	bank->identity = NULL;
}

void identity_changed(struct identity *identity)
{
	if (identity)
		atomic_fetch_add(&identity->generation, 1);
}
