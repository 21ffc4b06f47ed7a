/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All screens: one line each. */
#include <string.h>
#include <strings.h>

#include "screens/screen.h"

extern const struct screen screen_language, screen_login, screen_home, screen_accounts, screen_account, screen_statement,
	screen_entry, screen_order, screen_orders, screen_receipt, screen_payees, screen_messages, screen_message,
	screen_settings, screen_help;

const struct screen *const screens[] = {
	&screen_language,
	&screen_login,
	&screen_home,
	&screen_accounts,
	&screen_account,
	&screen_statement,
	&screen_entry,
	&screen_order,
	&screen_orders,
	&screen_receipt,
	&screen_payees,
	&screen_messages,
	&screen_message,
	&screen_settings,
	&screen_help,
	NULL,
};

const struct screen *screen_find(const char *name_or_code)
{
	for (const struct screen *const *s = screens; *s; s++)
		if (strcmp((*s)->name, name_or_code) == 0 ||
		    ((*s)->code && strcasecmp((*s)->code, name_or_code) == 0))
			return *s;
	return NULL;
}
