#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Everything that client and bank say to each other, through Prism, which holds it against the contract.
# `./check --contract` runs it, with Prism in PATH.
#
#	client --TLS--> front.js --HTTP--> Prism --TLS, with the terminal's certificate--> bankd
srcdir=${srcdir:-$(pwd)}
builddir=${builddir:-$srcdir/build}
. "$srcdir/tests/term/lib.sh"

command -v prism >/dev/null || skip_all "Prism is not installed"

contract=$srcdir/api/openapi.yaml
here=$srcdir/tests/contract
PATH=$builddir:$PATH
proxies=

cleanup() {
	for pid in $proxies; do
		kill "$pid" 2>/dev/null
	done
	bank_stop
}

free_port() {
	node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => {
		console.log(s.address().port); s.close(); })'
}

# first_line FIFO: of a program that writes there; empty when it ends without one
first_line() {
	IFS= read -r line <"$1" || line=
	echo "$line"
}

# proxy_start CONTRACT NAME: then $front_port and $traffic stand
proxy_start() {
	prism_port=$(free_port)
	traffic=$work/$2.traffic
	: >"$work/$2.prism"
	BANKTERM_DEVICE=$work/terminal/device.pem NODE_EXTRA_CA_CERTS=$work/bank/tls/ca.pem \
		NODE_OPTIONS="--require $here/upstream.js" \
		prism proxy "$1" "https://127.0.0.1:$bank_port" --port "$prism_port" >"$work/$2.prism" 2>&1 &
	proxies="$proxies $!"
	timeout 60 sh -c 'until grep -q "is listening" "$0"; do kill -0 "$1" || exit; sleep 0.1; done' \
		"$work/$2.prism" $! || check "Prism starts" sh -c 'cat "$0"; exit 1' "$work/$2.prism"
	mkfifo "$work/$2.front"
	node "$here/front.js" "$work/bank/tls" "$prism_port" "$traffic" >"$work/$2.front" 2>"$work/$2.errors" &
	proxies="$proxies $!"
	front_port=$(first_line "$work/$2.front")
}

# tap COMMAND...: its lines of TAP are lines of this test
tap() {
	"$@" >"$work/tap.out" 2>"$work/tap.err"
	tap_end=$?
	awk -v n="$tap_count" '/^(not )?ok/ { sub(/ok [0-9 ]*- /, "ok " ++n " - ") } !/^1\.\./' "$work/tap.out"
	tap_count=$((tap_count + $(grep -cE '^(not )?ok' "$work/tap.out")))
	tap_failed=$((tap_failed + $(grep -c '^not ok' "$work/tap.out")))
	[ "$tap_end" -lt 2 ] && [ ! -s "$work/tap.err" ] || check "$1 $2 works" sh -c 'cat "$0"; exit 1' "$work/tap.err"
}

refusals() {
	tap python3 -B "$here/refusals.py" "$contract" "$front_port" "$work/bank/tls/ca.pem" "$1"
}

# bank_again OPTION...: on the same port
bank_again() {
	bank_stop
	bank_start --listen "127.0.0.1:$bank_port" "$@"
}

# enrol CODE: with the demo ticket through the proxy, its code being another when one is given
enrol() {
	sed "s/^address *=.*/address = localhost:$front_port/; ${1:+s/^code *=.*/code = $1/}" \
		"$work/bank/demo.ticket" >"$work/ticket"
	bankterm --dir "${2-$work/terminal}" --enrol "$work/ticket"
}

# A Saturday: the large-value system is closed.
bank_start --demo-clock 2026-11-21T10:00:00+08:00
proxy_start "$contract" whole
[ -n "$front_port" ] || finish
cd "$work" || exit 99

refusals stranger
refute "an invented ticket enrols nobody" enrol AAAA-AAAA-AAAA-AAAA
check "a terminal enrols" enrol
refute "a ticket enrols one terminal" enrol '' "$work/second"
refusals known
vt_run "$here/journey.vt"
tap "$builddir/tests/contract/walk" terminal bank

# The control: the same client and bank, and a contract in which a field has another name and a code is missing.
cp -r terminal other
sed 's/^        bankName:/        bankTitle:/; s/bankName, /bankTitle, /; s/session-expired, //' \
	"$contract" >"$work/deviating.yaml"
whole_port=$front_port whole_traffic=$traffic
proxy_start "$work/deviating.yaml" deviating
sed -i "s/^address *=.*/address = localhost:$front_port/" other/terminal.ini
bankterm --dir other --check >/dev/null 2>&1
python3 -B "$here/refusals.py" "$contract" "$front_port" "$work/bank/tls/ca.pem" known >/dev/null
python3 -B "$here/judge.py" "$contract" "$traffic" >deviations
check "control: violations fail" grep -q "^not ok - no request and no answer violates" deviations
check "control: a field of another name is reported" grep -q "bankTitle" deviations
check "control: so is a code that the contract lacks" grep -q "GET /v1/accounts 401 session-expired .*code" deviations
front_port=$whole_port traffic=$whole_traffic
check "control: so is a wrong request" grep -q '"deliberate":true.*"location":\["request"' "$traffic"
bank_again --rate 1
refusals busy
bank_again
python3 -c 'import os, sqlite3, sys
books = sqlite3.connect(sys.argv[1], isolation_level=None)
books.execute("CREATE TABLE forget_what_you_know(of)")
os.truncate(sys.argv[1], 0)' bank/bank.db
refusals broken
tap python3 -B "$here/judge.py" "$contract" "$traffic"
finish
