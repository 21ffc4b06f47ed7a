/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The front on a screen of cells: pages are laid out into a grid (layout.h), and a painter writes
 * what changed (paint.h). The terminal is in raw mode on its alternate screen from ui_open to
 * front->close; keys that would raise signals (Ctrl-C, Ctrl-Z) come as keys. Size is asked of the
 * terminal at each show, so that the app only has to call show again after SIGWINCH, and redraw and
 * show after SIGCONT.
 *
 * Below 40x12 a notice asks for a larger window; keys are dropped meanwhile, and nothing of the
 * state is lost.
 */
#ifndef UI_UI_H
#define UI_UI_H

#include "page/front.h"

#define UI_COLUMNS_MIN 40
#define UI_ROWS_MIN    12

/*
 * Take over the terminal on standard input and output. -ENOTTY when they are no terminal, -ENOTSUP
 * when TERM names one that cannot place text (err says to use --plain), -ENOMEM. Close with
 * (*ret)->close.
 */
int ui_open(struct front **ret, struct err *err);

#endif
