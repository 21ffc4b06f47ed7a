/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that must survive a crash, and private directories. */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include <stddef.h>
#include <sys/types.h>

#include "base/buf.h"
#include "base/err.h"

/* mkdir -p with mode 0700 for what it creates; an existing last component must be ours and not group/world writable. */
int file_make_private_dir(const char *path, struct err *err);

/* Whole file into out (bounded by out->max: -EFBIG). */
int file_read(const char *path, struct buf *out, struct err *err);

/*
 * Replace path with the bytes: temporary file beside it, write, fsync, rename, fsync of the directory.
 * After 0 the content survives power loss; after an error either the old content or the new is there, whole
 * (the new one only when the directory's fsync failed). A crash may leave "<path>.??????.tmp" behind:
 * whoever lists a directory skips names with that suffix.
 */
#define FILE_TEMPORARY_SUFFIX ".tmp"
int file_replace(const char *path, const void *bytes, size_t n, mode_t mode, struct err *err);

/* Write all n bytes, resuming after EINTR and short writes. 0 or -errno. */
int file_write_all(int fd, const void *bytes, size_t n);

/* fsync the directory that holds path. */
int file_sync_dir(const char *path);

/* "a/b" of two parts, malloc'ed; NULL when memory is short. */
char *file_join(const char *dir, const char *name);

#endif
