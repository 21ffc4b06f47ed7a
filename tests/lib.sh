# SPDX-License-Identifier: GPL-3.0-or-later
# For tests in sh, sourced: TAP lines, a private directory, and its removal.
#	check DESCRIPTION COMMAND...	one line of TAP; a failing command's output is shown
#	refute DESCRIPTION COMMAND...	holds when the command fails
#	same WANT GOT DESCRIPTION	two files are equal, else their difference is shown
#	skip_all WHY			instead of any check
#	finish				the plan; the last line of a test
# $srcdir and $builddir are absolute; $work is the private directory, and HOME is in it.

set -u
: "${srcdir:?the source directory}" "${builddir:?the build directory}"
LC_ALL=C.UTF-8
export LC_ALL
tap_count=0 tap_failed=0
ulimit -f 2097152 # 1 GiB: a test that writes without end stops

work=$(mktemp -d "${TMPDIR:-/tmp}/bankterm-test-XXXXXX") || exit 99
mkdir "$work/home"
HOME=$work/home
VT_HOME=$HOME
export HOME VT_HOME

# Tests of one's own kind may add to this what they started.
cleanup() { :; }
trap 'cleanup; rm -rf "$work"' EXIT
trap 'exit 99' HUP INT TERM

tap_line() {
	tap_count=$((tap_count + 1))
	if [ "$1" = 0 ]; then
		echo "ok $tap_count - $2"
	else
		tap_failed=$((tap_failed + 1))
		echo "not ok $tap_count - $2"
	fi
}

check() {
	tap_what=$1
	shift
	"$@" >"$work/check.out" 2>&1
	tap_status=$?
	tap_line "$tap_status" "$tap_what"
	[ "$tap_status" = 0 ] || sed 's/^/# /' "$work/check.out"
	return "$tap_status"
}

refute() {
	tap_what=$1
	shift
	if "$@" >"$work/check.out" 2>&1; then
		tap_line 1 "$tap_what"
		sed 's/^/# /' "$work/check.out"
		return 1
	fi
	tap_line 0 "$tap_what"
}

same() {
	check "$3" diff -u "$1" "$2"
}

skip_all() {
	echo "1..0 # SKIP $1"
	exit 0
}

finish() {
	echo "1..$tap_count"
	[ "$tap_failed" = 0 ]
	exit
}
