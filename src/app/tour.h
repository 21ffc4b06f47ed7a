/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The tour: a front over a front that types what a scene says, with a caption, through the same loop that a person's
 * keys take. Any key of the person ends it and leaves the demo to them.
 */
#ifndef APP_TOUR_H
#define APP_TOUR_H

#include "app/demo.h"
#include "base/err.h"
#include "page/front.h"

/*
 * Put the tour over *front, which it takes over and closes with itself. The demo is the caller's and outlives it.
 * -ENOTSUP when the front shows lines; -ENOMEM; -errno of the timer. *front stays as it was on failure.
 */
int tour_open(struct front **front, struct demo *demo, struct err *err);

#endif
