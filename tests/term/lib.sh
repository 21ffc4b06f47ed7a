# SPDX-License-Identifier: GPL-3.0-or-later
# For screen tests, sourced: tests/lib.sh and a terminal, and a bank of the test's own.
#	vt_run [FILE]		runs a script of vt (README.md), its lines being lines of this test
#	bank_start [OPTION...]	a bankd with demo data in $work/bank on a free port of 127.0.0.1;
#				then $bank_port, $bank_pid and $bank_log stand
#	bank_stop		ends it and waits
# $golden is the directory of golden screens; $start_client starts the client with its own
# demo bank in the private HOME.

. "$srcdir/tests/lib.sh"

vt=$builddir/tests/term/vt
golden=$srcdir/tests/screen/golden
start_client="start $builddir/bankterm --demo"
ASAN_OPTIONS=${ASAN_OPTIONS-}:log_path=$work/sanitizer
UBSAN_OPTIONS=${UBSAN_OPTIONS-}:log_path=$work/sanitizer:print_stacktrace=1
export ASAN_OPTIONS UBSAN_OPTIONS
bank_pid=

[ -x "$vt" ] || skip_all "libvterm is not installed"

# What a sanitizer says goes to a file, for the screen would swallow it.
sanitizer_is_silent() {
	cat "$work"/sanitizer.* 2>/dev/null && return 1
	return 0
}

vt_run() {
	"$vt" -n "$@" >"$work/vt.out" 2>"$work/vt.err"
	vt_status=$?
	awk -v n="$tap_count" '/^(not )?ok - / { sub(/ok - /, "ok " ++n " - ") } { print }' "$work/vt.out"
	tap_count=$((tap_count + $(grep -cE '^(not )?ok - ' "$work/vt.out")))
	tap_failed=$((tap_failed + $(grep -c '^not ok - ' "$work/vt.out")))
	[ ! -s "$work/vt.err" ] || check "the script of vt is right" sh -c 'cat "$0"; exit 1' "$work/vt.err"
	[ -z "$(ls "$work"/sanitizer.* 2>/dev/null)" ] || check "the sanitizers are silent" sanitizer_is_silent
	return "$vt_status"
}

bank_start() {
	bank_log=$work/bankd.log
	rm -f "$work/bankd.ready"
	mkfifo "$work/bankd.ready"
	"$builddir/bankd" --data "$work/bank" --listen 127.0.0.1:0 --demo-data "$@" \
		>"$work/bankd.ready" 2>"$bank_log" &
	bank_pid=$!
	# its first line says where it listens; an early end closes the pipe
	IFS= read -r bank_line <"$work/bankd.ready" || bank_line=
	bank_port=$(echo "$bank_line" | sed -n 's/.*127\.0\.0\.1:\([0-9]*\).*/\1/p')
	[ -n "$bank_port" ] || check "bankd starts" sh -c 'cat "$0"; exit 1' "$bank_log"
}

bank_stop() {
	[ -n "$bank_pid" ] || return 0
	kill "$bank_pid" 2>/dev/null
	wait "$bank_pid"
	bank_pid=
}

cleanup() {
	bank_stop
}
