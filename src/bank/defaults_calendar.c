/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bank/defaults.h"

#include "base/catalogue.h"
#include "base/macros.h"

#define NEW_YEAR N_("New Year's Day")
#define SPRING N_("Spring Festival")
#define QINGMING N_("Qingming Festival")
#define LABOUR N_("Labour Day")
#define DRAGON N_("Dragon Boat Festival")
#define AUTUMN N_("Mid-Autumn Festival")
#define NATIONAL N_("National Day")
#define MAKE_UP N_("Make-up working day")

/*
 * Holidays of China as announced each year by the General Office of the State Council.
 * 2024, 2025 and 2026 (notice of 2025-11-04) are confirmed. 2027 is ASSUMED from the lunar calendar
 * and the habit of recent years, until the notice appears; an administrator replaces it by then.
 */
const struct default_days default_calendar[] = {
	{"2024-01-01", NULL, false, NEW_YEAR},
	{"2024-02-04", NULL, true, MAKE_UP},
	{"2024-02-10", "2024-02-17", false, SPRING},
	{"2024-02-18", NULL, true, MAKE_UP},
	{"2024-04-04", "2024-04-06", false, QINGMING},
	{"2024-04-07", NULL, true, MAKE_UP},
	{"2024-04-28", NULL, true, MAKE_UP},
	{"2024-05-01", "2024-05-05", false, LABOUR},
	{"2024-05-11", NULL, true, MAKE_UP},
	{"2024-06-10", NULL, false, DRAGON},
	{"2024-09-14", NULL, true, MAKE_UP},
	{"2024-09-15", "2024-09-17", false, AUTUMN},
	{"2024-09-29", NULL, true, MAKE_UP},
	{"2024-10-01", "2024-10-07", false, NATIONAL},
	{"2024-10-12", NULL, true, MAKE_UP},

	{"2025-01-01", NULL, false, NEW_YEAR},
	{"2025-01-26", NULL, true, MAKE_UP},
	{"2025-01-28", "2025-02-04", false, SPRING},
	{"2025-02-08", NULL, true, MAKE_UP},
	{"2025-04-04", "2025-04-06", false, QINGMING},
	{"2025-04-27", NULL, true, MAKE_UP},
	{"2025-05-01", "2025-05-05", false, LABOUR},
	{"2025-05-31", "2025-06-02", false, DRAGON},
	{"2025-09-28", NULL, true, MAKE_UP},
	{"2025-10-01", "2025-10-08", false, NATIONAL},
	{"2025-10-11", NULL, true, MAKE_UP},

	{"2026-01-01", "2026-01-03", false, NEW_YEAR},
	{"2026-01-04", NULL, true, MAKE_UP},
	{"2026-02-14", NULL, true, MAKE_UP},
	{"2026-02-15", "2026-02-23", false, SPRING},
	{"2026-02-28", NULL, true, MAKE_UP},
	{"2026-04-04", "2026-04-06", false, QINGMING},
	{"2026-05-01", "2026-05-05", false, LABOUR},
	{"2026-05-09", NULL, true, MAKE_UP},
	{"2026-06-19", "2026-06-21", false, DRAGON},
	{"2026-09-20", NULL, true, MAKE_UP},
	{"2026-09-25", "2026-09-27", false, AUTUMN},
	{"2026-10-01", "2026-10-07", false, NATIONAL},
	{"2026-10-10", NULL, true, MAKE_UP},

	/* assumed from here */
	{"2027-01-01", "2027-01-03", false, NEW_YEAR},
	{"2027-01-31", NULL, true, MAKE_UP},
	{"2027-02-05", "2027-02-12", false, SPRING},
	{"2027-02-20", NULL, true, MAKE_UP},
	{"2027-04-03", "2027-04-05", false, QINGMING},
	{"2027-04-25", NULL, true, MAKE_UP},
	{"2027-05-01", "2027-05-05", false, LABOUR},
	{"2027-05-08", NULL, true, MAKE_UP},
	{"2027-06-09", NULL, false, DRAGON},
	{"2027-09-15", NULL, false, AUTUMN},
	{"2027-09-26", NULL, true, MAKE_UP},
	{"2027-10-01", "2027-10-07", false, NATIONAL},
	{"2027-10-09", NULL, true, MAKE_UP},
};
const size_t default_calendar_count = COUNT(default_calendar);
