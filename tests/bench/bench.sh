#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# make bench: one table, each figure beside what it is measured against in this same run.
# Runs in the build directory; srcdir names the source tree. BENCH_TRANSFERS scales the load (8000).
set -u
: "${srcdir:=.}" "${BENCH_TRANSFERS:=8000}"
LC_ALL=C.UTF-8 LANGUAGE=en
export LC_ALL LANGUAGE
work=$(mktemp -d) || exit 1
bank_pid='' postgres='' failed=0
listen=127.0.0.1:0 # the first start chooses a port, the others keep it: a terminal remembers where its bank is
tools=tests/bench

finish() {
	bank_stop
	[ -z "$postgres" ] || as_postgres "$pg_bin/pg_ctl" -D "$postgres" -m immediate -w stop >/dev/null 2>&1
	rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' INT TERM

say() { printf '%s\n' "$*" >&2; }

# value FILE NAME: of a `name value` line
value() { sed -n "s/^$2 //p" "$1" 2>/dev/null | head -n 1; }

# calc EXPRESSION FORMAT
calc() { awk "BEGIN { printf \"$2\", $1 }" 2>/dev/null; }

ratio() { calc "$1/$2" %.2f; }

# row NAME OURS PEER RATIO AIM EXPRESSION: one line of the table; EXPRESSION says whether the aim is met
row() {
	case ${6-} in
	'') verdict=- ;;
	*) if [ "$(calc "($6) ? 1 : 0" %d)" = 1 ]; then verdict=yes; else verdict=no; fi ;;
	esac
	printf '%s|%s|%s|%s|%s|%s\n' "$1" "$2" "$3" "$4" "$5" "$verdict" >>"$work/table"
}

missing() { printf '%s|not measured|apt-get install %s|-|%s|-\n' "$1" "$2" "$3" >>"$work/table"; }

# unmeasured NAME: what should have been measured and failed, as said on stderr; the run fails
unmeasured() {
	printf '%s|not measured|it failed|-|-|-\n' "$1" >>"$work/table"
	failed=1
}

table() {
	awk -F'|' '
		NR == 1 { print "" }
		{ for (i = 1; i <= NF; i++) { cell[NR, i] = $i; if (length($i) > width[i]) width[i] = length($i) } }
		END {
			for (r = 1; r <= NR; r++) {
				line = ""
				for (i = 1; i <= 6; i++)
					line = line sprintf("%-" width[i] "s  ", cell[r, i])
				sub(/ +$/, "", line)
				print line
				if (r == 1) { gsub(/./, "-", line); print line }
			}
		}' "$work/table"
}

# bank_start DIR [NAME=VALUE...]: with the environment given
bank_start() {
	dir=$1
	shift
	env "$@" ./bankd --data "$dir" --listen "$listen" --demo-data --rate 1000000 >"$work/ready" 2>"$work/bankd.log" &
	bank_pid=$!
	for _ in $(seq 600); do
		listen=$(sed -n 's/^ready //p' "$work/ready")
		[ -z "$listen" ] || return 0
		kill -0 "$bank_pid" 2>/dev/null || break
		sleep 0.1
	done
	say "bankd did not start:"
	tail -n 5 "$work/bankd.log" >&2
	exit 1
}

bank_stop() {
	[ -z "$bank_pid" ] || { kill "$bank_pid" && wait "$bank_pid"; } 2>/dev/null
	bank_pid=''
}

load() { "$tools/load" "$@" 2>>"$work/load.log"; }

. "$srcdir/tests/bench/terminal.sh"
. "$srcdir/tests/bench/bank.sh"

printf 'what|ours|measured against|ratio|aim|met\n' >"$work/table"
say "a bank with demonstration data ..."
bank_start "$work/bank"
bank_stop
cp -r "$work/bank" "$work/fresh"
for part in terminal_part overhead_part transfers_part pages_part; do
	say "${part%_part} ..."
	$part || unmeasured "${part%_part}"
	bank_stop
done
table
exit "$failed"
