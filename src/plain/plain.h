/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The plain front: pages as lines, asked and answered line by line. For screen readers, braille, scripts, slow lines
 * and terminals that can do nothing else. No cursor is moved and nothing spins: what was printed stays.
 *
 * A form is asked field by field; items are chosen by number or word; rows as #12; "?" explains. What commits money
 * asks for the total shown. While an answer of the bank is under way no line is taken, so that a script needs no
 * pauses. Lines come through readline from a terminal, and as they are from a pipe or file; their end ends the app.
 */
#ifndef PLAIN_PLAIN_H
#define PLAIN_PLAIN_H

#include "base/err.h"
#include "page/front.h"

/* -ENOMEM. front->close frees. */
int plain_open(struct front **ret, struct err *err);

#endif
