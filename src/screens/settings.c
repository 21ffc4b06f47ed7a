/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Language, edition, and what one tells the bank when something is wrong. */
#include <stdio.h>
#include <string.h>

#include "base/catalogue.h"
#include "screens/show.h"

struct settings {
	char **editions;
	size_t edition_count;
	char *problem;
};

static int settings_open(struct visit *v, const char *arg)
{
	struct settings *s = v->state;

	(void)arg;
	return edition_list(&s->editions, &s->edition_count);
}

static void build_about(struct visit *v, struct page *p)
{
	const struct config *config = client_config(v->client);
	struct block *b = page_details(p, REGION_MAIN, _("About"));

	details_add(p, b, _("Program"), PACKAGE_STRING, TONE_PLAIN);
	if (!config)
		return;
	details_add(p, b, _("Bank"), config->bank_name, TONE_PLAIN);
	details_add(p, b, _("Help by phone"), config->help_phone, TONE_STRONG);
	details_add(p, b, _("Bank's version"), config->version, TONE_PLAIN);
}

static void settings_build(struct visit *v, struct page *p)
{
	struct settings *s = v->state;
	struct block *menu = page_menu(p, REGION_MAIN, "settings", _("Settings"));

	block_item(p, menu, &(struct item){ .id = "language", .title = _("Language"), .detail = "中文 / English" });
	menu = page_menu(p, REGION_MAIN, "editions", _("Look"));
	for (size_t i = 0; i < s->edition_count; i++) {
		bool is_used = strcmp(s->editions[i], v->edition->name) == 0;

		block_item(p, menu, &(struct item){ .id = s->editions[i], .title = s->editions[i],
						    .badge = is_used ? _("in use") : NULL });
	}
	if (s->problem)
		page_notice(p, REGION_MAIN, TONE_ERROR, s->problem, NULL);
	build_about(v, p);
}

static void settings_event(struct visit *v, const struct event_ui *e)
{
	struct settings *s = v->state;
	struct err err;

	if (event_is(e, "settings", "language")) {
		v->host->open(v, "language", "settings");
	} else if (e->kind == EVENT_ACTION && strcmp(e->block, "editions") == 0) {
		free(s->problem);
		s->problem = v->host->set_edition(v, e->item, &err) < 0 ? strdup(err.text) : NULL;
		v->host->changed(v);
	}
}

static void settings_close(struct visit *v)
{
	struct settings *s = v->state;

	for (size_t i = 0; i < s->edition_count; i++)
		free(s->editions[i]);
	free(s->editions);
	free(s->problem);
}

const struct screen screen_settings = {
	.name = "settings",
	.code = "SE",
	.title = N_("Settings"),
	.summary = N_("Language and look"),
	.flags = SCREEN_BEFORE_LOGIN | SCREEN_IN_HOME | SCREEN_SINGLE,
	.state_size = sizeof(struct settings),
	.open = settings_open,
	.build = settings_build,
	.event = settings_event,
	.close = settings_close,
};
