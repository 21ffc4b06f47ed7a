/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <libintl.h>
#include <stdio.h>

int main(void)
{
	printf("bankterm %s: %s\n", PACKAGE_VERSION, gettext("a bank counter in a terminal"));
	return 0;
}
