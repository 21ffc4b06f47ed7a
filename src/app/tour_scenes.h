/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The scenes of the tour, as data. */
#ifndef APP_TOUR_SCENES_H
#define APP_TOUR_SCENES_H

#include <stddef.h>

enum tour_act {
	TOUR_SAY,    /* text: the caption, N_() */
	TOUR_TYPE,   /* text: keys, one by one */
	TOUR_UNTIL,  /* text: a block of this id is on the page */
	TOUR_PAUSE,  /* number: milliseconds */
	TOUR_CODE,   /* when the phone shows one: its first six digits and Enter */
	TOUR_HOLD,   /* the bank stands still: it takes bytes and answers nothing */
	TOUR_KILL,   /* the bank dies; the demo starts it again */
	TOUR_END_BANK, /* the bank ends in good order and stays away */
	TOUR_FALSIFY,  /* text: these bytes of the store become as many nines */
	TOUR_AUDIT,  /* run bankaudit over the store and show what it says */
	TOUR_LEAVE,  /* wait for a key, then end */
};

struct tour_step {
	enum tour_act act;
	const char *text;
	int number;
};

extern const struct tour_step tour_steps[];
extern const size_t tour_step_count;

#endif
