# SPDX-License-Identifier: GPL-3.0-or-later
# For fault tests, sourced: a bank with demonstration customers and a terminal enrolled there.
#	bank_start		starts it (again: on the same books and port), returns when it is ready; $bank_pid, $bank_port
#	bank_keep		instead: starts it on the same books and port whenever it has died; bank_now sets $kept_pid
#	bank_sound		bankaudit finds nothing
#	terminal_new DIR	enrols
#	long			whether time is no matter (./check --long)
#	sweep CASE COUNT	tests/fault/sweep.c on $work/terminal
#	broken DEFECT CASE COUNT	the same with a defect of tests/fault/defects.c in the client
#	entries, left		what is booked, and how many orders are left unknown, of $terminal
#	booked BEFORE OUTPUT	after a restart, what `give` promised is booked once, and nothing is left unknown
#	alarms NAME COMMAND...	a control: holds when the command fails with status 1, as a sweep that found something does
. "$srcdir/tests/lib.sh"

bank_dir=$work/bank
bank_port=0
bank_pid=
keeper_pid=
fault=$builddir/tests/fault
mkfifo "$work/bank.ready"

cleanup() {
	for cleanup_pid in $keeper_pid $bank_pid; do
		kill "$cleanup_pid" 2>/dev/null
		wait "$cleanup_pid" 2>/dev/null
	done
}

bank_start() {
	set -- --data "$bank_dir" --listen "127.0.0.1:$bank_port" --rate 100000
	[ -d "$bank_dir" ] || set -- "$@" --demo-data
	"$builddir/bankd" "$@" >"$work/bank.ready" 2>>"$work/bank.log" &
	bank_pid=$!
	exec 8<"$work/bank.ready"
	read -r bank_word bank_address <&8
	[ "$bank_word" = ready ] && bank_port=${bank_address##*:}
}

# Whoever can talk to it finds its number.
kept() {
	exec sh -c 'echo $$ >"$0.new" && mv "$0.new" "$0" && exec "$@"' "$work/bank.pid" \
		"$builddir/bankd" --data "$bank_dir" --listen "127.0.0.1:$bank_port" --rate 100000
}

# A supervisor; the bank's deaths are lines of $work/deaths. Told to end, it takes the bank along.
keeper() {
	trap 'kill -9 $!; exit' TERM
	while [ "$(deaths)" -lt 1000 ]; do
		kept 2>>"$work/bank.log" &
		wait $!
		echo died >>"$work/deaths"
	done
}

bank_keep() {
	: >"$work/deaths"
	keeper >/dev/null 2>&1 &
	keeper_pid=$!
}

bank_now() { kept_pid=$(cat "$work/bank.pid"); }
deaths() { wc -l <"$work/deaths"; }

bank_stop() {
	kill "$bank_pid"
	wait "$bank_pid"
	bank_pid=
}

long() { [ -n "${BANKTERM_LONG-}" ]; }

bank_sound() { "$builddir/bankaudit" "$bank_dir"; }

terminal_new() {
	"$builddir/bankd" --data "$bank_dir" --new-ticket "$1" >"$work/ticket" && "$fault/give" enrol "$1" "$work/ticket"
}

sweep() { "$fault/sweep" "$work/terminal" "$bank_port" "$@"; }

broken() {
	defect=$1
	shift
	DEFECT=$defect "$fault/sweep_broken" "$work/terminal" "$bank_port" "$@"
}

entries() { "$fault/give" drain "$terminal" | sed -n 's/^entries //p'; }
left() { find "$terminal/outbox" -type f | wc -l; }

booked() {
	after=$(entries)
	new=$((after - $1))
	[ "$(left)" = 0 ] || { echo "left unknown"; return 1; }
	[ "$new" -le 1 ] || { echo "doubled: $new"; return 1; }
	! grep -q '^given' "$2" || [ "$new" = 1 ] || { echo "lost"; return 1; }
}

alarms() {
	tap_what=$1
	shift
	"$@" >"$work/check.out" 2>&1
	[ $? = 1 ]
	tap_line $? "$tap_what"
}
