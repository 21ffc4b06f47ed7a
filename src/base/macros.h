/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The few macros every room uses. */
#ifndef BASE_MACROS_H
#define BASE_MACROS_H

#include <stddef.h>
#include <stdlib.h>

/* Number of elements of an array (never of a pointer). */
#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* Run fn(&variable) when the variable goes out of scope (gcc and clang). */
#define _cleanup_(fn) __attribute__((cleanup(fn)))

/* Move ownership out of a pointer variable: yields its value, leaves NULL. */
#define TAKE_PTR(p)                      \
	({                               \
		__auto_type take_ = (p); \
		(p) = NULL;              \
		take_;                   \
	})

#define PRINTF_LIKE(fmt, args) __attribute__((format(printf, fmt, args)))
#define UNUSED __attribute__((unused))
#define MUST_CHECK __attribute__((warn_unused_result))

/* _cleanup_(free_ptr): for plain malloc'ed pointers of any type. */
static inline void free_ptr(void *p)
{
	free(*(void **)p);
}

#endif
