/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Help, made from the key tables and the list of screens. arg: the screen it was asked from. */
#include <stdio.h>
#include <string.h>

#include "base/catalogue.h"
#include "screens/show.h"

struct help {
	const struct screen *about; /* NULL: help in general */
};

static int help_open(struct visit *v, const char *arg)
{
	struct help *s = v->state;

	s->about = arg ? screen_find(arg) : NULL;
	return 0;
}

static void add_keys(struct page *p, struct block *b, const struct screen_key *keys)
{
	char name[KEY_NAME_MAX];

	for (; keys && keys->key; keys++)
		details_add(p, b, key_name(keys->key, name), keys->help ? _(keys->help) : _(keys->title), TONE_PLAIN);
}

static void help_build(struct visit *v, struct page *p)
{
	const struct help *s = v->state;
	const struct config *config = client_config(v->client);
	struct block *b;

	if (s->about) {
		page_heading(p, REGION_MAIN, _(s->about->title));
		page_text(p, REGION_MAIN, TONE_PLAIN, _(s->about->summary));
		if (s->about->keys) {
			b = page_details(p, REGION_MAIN, _("Keys of this page"));
			add_keys(p, b, s->about->keys);
		}
	}
	b = page_details(p, REGION_MAIN, _("Keys everywhere"));
	add_keys(p, b, v->host->keys);
	b = page_details(p, REGION_MAIN, _("Short codes, after a colon"));
	for (const struct screen *const *screen = screens; *screen; screen++)
		if ((*screen)->code)
			details_add(p, b, (*screen)->code, _((*screen)->title), TONE_PLAIN);
	if (config)
		page_textf(p, REGION_SIDE, TONE_STRONG, _("Need help? Call %s."), config->help_phone);
	b = page_actions(p, "help");
	block_item(p, b, &(struct item){ .id = "back", .title = _("Back"), .flags = ITEM_DEFAULT });
}

static void help_event(struct visit *v, const struct event_ui *e)
{
	if (event_is(e, "help", "back"))
		v->host->back(v, NULL);
}

const struct screen screen_help = {
	.name = "help",
	.code = "HE",
	.title = N_("Help"),
	.summary = N_("Keys and short codes"),
	.flags = SCREEN_BEFORE_LOGIN | SCREEN_SINGLE,
	.state_size = sizeof(struct help),
	.open = help_open,
	.build = help_build,
	.event = help_event,
};
