# SPDX-License-Identifier: GPL-3.0-or-later
# For fault tests, sourced: a bank with demonstration customers and a terminal enrolled there.
#	bank_start		starts it (again: on the same books and port), returns when it is ready; $bank_pid, $bank_port
#	bank_keep		instead: starts it on the same books and port whenever it has died; bank_now sets $bank_pid
#	bank_sound		bankaudit finds nothing
#	terminal_new DIR	enrols
#	long			whether time is no matter (./check --long)
#	sweep CASE COUNT	tests/fault/sweep.c on $work/terminal
#	broken DEFECT CASE COUNT	the same with a defect of tests/fault/defects.c in the client
#	alarms NAME COMMAND...	a control: holds when the command fails with status 1, as a sweep that found something does
. "$srcdir/tests/lib.sh"

bank_dir=$work/bank
bank_port=0
bank_pid=
fault=$builddir/tests/fault
mkfifo "$work/bank.ready"

cleanup() {
	: >"$work/enough"
	[ ! -e "$work/bank.pid" ] || bank_now
	[ -z "$bank_pid" ] || kill -9 "$bank_pid" 2>/dev/null
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

# A supervisor. Its deaths are lines of $work/deaths; a file $work/enough ends it with the bank.
bank_keep() {
	: >"$work/deaths"
	keeper() {
		until [ -e "$work/enough" ]; do
			sh -c 'echo $$ >"$0/bank.pid.new" && mv "$0/bank.pid.new" "$0/bank.pid" && exec "$@"' "$work" \
				"$builddir/bankd" --data "$bank_dir" --listen "127.0.0.1:$bank_port" --rate 100000 \
				>/dev/null 2>>"$work/bank.log"
			echo died >>"$work/deaths"
		done
	}
	keeper 2>/dev/null &
	keeper_pid=$!
}

bank_now() { bank_pid=$(cat "$work/bank.pid"); }
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

alarms() {
	tap_what=$1
	shift
	"$@" >"$work/check.out" 2>&1
	[ $? = 1 ]
	tap_line $? "$tap_what"
}
