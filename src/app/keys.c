/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Keys that work everywhere. A row names a command: dispatch, the key line and help all read this table. One without a
 * title is in help alone.
 */
#include "app/state.h"
#include "base/catalogue.h"

const struct screen_key global_keys[] = {
	{ K_ESC, "back", N_("Back"), N_("Go back to the page before") },
	{ K_F1, "help", N_("Help"), N_("What this page does and which keys work") },
	{ K_F10, "leave", N_("Home"), N_("Go to the home page; from there: leave bankterm") },
	{ K_F12, "lock", N_("Lock"), N_("Hide the screen at once; your password shows it again") },
	{ ':', "command", N_("Command"), N_("Type a command or the code of a page, such as TR or ST") },
	{ K_F2, "command", NULL, N_("The same while you are typing in a field") },
	{ K_CTRL('L'), "redraw", NULL, N_("Paint the screen again") },
	{ K_CTRL('Z'), "suspend", NULL, N_("Stop bankterm and go back to the shell; fg goes on") },
	{ 0, NULL, NULL, NULL },
};

const struct screen_key *global_key(int key)
{
	for (const struct screen_key *k = global_keys; k->key; k++)
		if (k->key == key)
			return k;
	return NULL;
}
