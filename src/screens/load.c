/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/load.h"

#include <string.h>

#include "base/catalogue.h"

void load_start(struct load *l)
{
	load_release(l);
	l->state = LOAD_BUSY;
}

bool load_finish(struct load *l, const struct answer *a)
{
	load_release(l);
	if (a->outcome == ANSWER_OK) {
		l->state = LOAD_READY;
		return true;
	}
	l->state = LOAD_FAILED;
	l->text = strdup(a->text);
	return false;
}

void load_release(struct load *l)
{
	free(l->text);
	*l = (struct load){ 0 };
}

bool load_build(const struct load *l, struct page *p, const char *busy_text)
{
	struct block *actions;

	switch (l->state) {
	case LOAD_READY:
		return true;
	case LOAD_FAILED:
		page_notice(p, REGION_MAIN, TONE_ERROR, l->text ? l->text : _("The bank did not answer."), NULL);
		actions = page_actions(p, "load");
		block_item(p, actions, &(struct item){ .id = "retry", .title = _("Try again"), .flags = ITEM_DEFAULT });
		return false;
	case LOAD_NONE:
	case LOAD_BUSY:
		page_progress(p, REGION_MAIN, busy_text, 0, 0);
		return false;
	}
	return false;
}

bool load_wants_retry(const struct event_ui *e)
{
	return e->kind == EVENT_ACTION && strcmp(e->block, "load") == 0 && strcmp(e->item, "retry") == 0;
}
