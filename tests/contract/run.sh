#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A customer's day through Prism, which holds every request and answer against the contract.
# `./check --contract` runs it, with Prism in PATH; the journey is that of journey.vt.
#
#	client --TLS--> front.js --HTTP--> Prism --TLS--> bankd
srcdir=${srcdir:-$(pwd)}
builddir=${builddir:-$srcdir/build}
. "$srcdir/tests/term/lib.sh"

command -v prism >/dev/null || skip_all "Prism is not installed"

free_port() {
	node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => {
		console.log(s.address().port); s.close(); })'
}

cleanup() {
	for pid in ${front_pid-} ${prism_pid-}; do
		kill "$pid" 2>/dev/null
	done
	bank_stop
}

# ready FILE TEXT PID: waits for a line of a program's output; fails when it has ended
ready() {
	timeout 60 sh -c 'until grep -q "$1" "$0"; do kill -0 "$2" || exit; sleep 0.1; done' "$1" "$2" "$3"
}

bank_start
prism_port=$(free_port)
front_port=$(free_port)

BANKTERM_DEVICE=$work/terminal/device.pem NODE_EXTRA_CA_CERTS=$work/bank/tls/ca.pem \
	NODE_OPTIONS="--require $srcdir/tests/contract/upstream.js" \
	prism proxy "$srcdir/api/openapi.yaml" "https://127.0.0.1:$bank_port" --port "$prism_port" \
	>"$work/prism.log" 2>&1 &
prism_pid=$!
check "Prism listens" ready "$work/prism.log" "is listening" "$prism_pid" || finish

node "$srcdir/tests/contract/front.js" "$work/bank/tls" "$front_port" "$prism_port" \
	"$work/violations" "$work/requests" >"$work/front.log" 2>&1 &
front_pid=$!
check "its front listens" ready "$work/front.log" ready "$front_pid" || finish

sed "s/^address *=.*/address = 127.0.0.1:$front_port/" "$work/bank/demo.ticket" >"$work/ticket"
cd "$work" || exit 99
PATH=$builddir:$PATH
check "the terminal enrols through Prism" bankterm --dir terminal --enrol ticket
vt_run "$srcdir/tests/contract/journey.vt"

awk '{ sub(/\?.*/, "", $2); gsub(/[0-9a-f-]{16,}|[0-9]{6,}/, "ID", $2); n[$1 " " $2 " " $NF]++ }
	END { for (k in n) print "# " n[k], k }' "$work/requests" | sort -k3
check "more than 20 requests were judged" test "$(wc -l <"$work/requests")" -gt 20
no_violation() {
	[ ! -s "$work/violations" ] || { sort "$work/violations" | uniq -c; return 1; }
}
check "no request and no answer violates the contract" no_violation

# The control: an answer that the contract does not know must be called a violation.
curl -s -o /dev/null -k "https://127.0.0.1:$front_port/v1/no-such-path"
refute "control: a path that the contract lacks is a violation" no_violation
finish
