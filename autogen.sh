#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Makes ./configure from configure.ac; needed after a clone, not for a release.
set -eu
cd "$(dirname "$0")"
exec autoreconf --install --force ${AUTORECONF_FLAGS-}
