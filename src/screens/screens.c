/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>
#include <strings.h>

#include "screens/screen.h"

#define SCREEN(name) extern const struct screen screen_##name;
#include "screens/screens.def"
#undef SCREEN

#define SCREEN(name) &screen_##name,
const struct screen *const screens[] = {
#include "screens/screens.def"
	NULL,
};
#undef SCREEN

const struct screen *screen_find(const char *name_or_code)
{
	for (const struct screen *const *s = screens; *s; s++)
		if (strcmp((*s)->name, name_or_code) == 0 ||
		    ((*s)->code && strcasecmp((*s)->code, name_or_code) == 0))
			return *s;
	return NULL;
}
