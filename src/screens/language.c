/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The first question, in both languages at once. */
#include <string.h>

#include "base/catalogue.h"
#include "screens/show.h"

struct language {
	bool from_settings;
};

static int language_open(struct visit *v, const char *arg)
{
	struct language *s = v->state;

	s->from_settings = arg && strcmp(arg, "settings") == 0;
	return 0;
}

static void language_build(struct visit *v, struct page *p)
{
	struct block *menu;

	(void)v;
	page_heading(p, REGION_MAIN, "您好 · Welcome");
	menu = page_menu(p, REGION_MAIN, "language", "请选择语言 · Choose a language");
	block_item(p, menu, &(struct item){ .id = "zh_CN", .title = "中文" });
	block_item(p, menu, &(struct item){ .id = "en", .title = "English" });
}

static void language_event(struct visit *v, const struct event_ui *e)
{
	struct language *s = v->state;

	if (e->kind != EVENT_ACTION || strcmp(e->block, "language") != 0)
		return;
	v->host->set_language(v, e->item);
	if (s->from_settings)
		v->host->back(v, NULL);
	else
		v->host->replace(v, "login", NULL);
}

const struct screen screen_language = {
	.name = "language",
	.code = "LANG",
	.title = N_("Language"),
	.summary = N_("Chinese or English"),
	.flags = SCREEN_BEFORE_LOGIN | SCREEN_SINGLE,
	.state_size = sizeof(struct language),
	.open = language_open,
	.build = language_build,
	.event = language_event,
};
