/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_UI_SAMPLES_H
#define TESTS_UI_SAMPLES_H

/*
 * Pages as the screens build them, for tests of what renders pages: every block kind, in both
 * languages, with what a person typed and where the focus is.
 */
#include <stddef.h>

#include "page/front.h"

struct sample {
	struct page page;
	struct focus focus;
	struct inputs inputs;
	struct view view; /* of these; edition and the rest as the caller sets them */
};

/* Names of samples: each in English and, with "-zh" behind it, in Chinese. */
extern const char *const sample_names[];
extern const size_t sample_count;

/* -ENOENT. The caller releases. */
int sample_init(struct sample *s, const char *name);
void sample_release(struct sample *s);

#endif
