# SPDX-License-Identifier: GPL-3.0-or-later
# Part of bench.sh: what the bank carries, on the disk that holds the working directory of this run.

pg_bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | tail -n 1)

# PostgreSQL's programs refuse root.
as_postgres() {
	if [ "$(id -u)" = 0 ]; then
		setpriv --reuid=nobody --regid=nogroup --clear-groups env HOME="$work/pg" "$@"
	else
		"$@"
	fi
}

# pgbench's default (TPC-B-like, durable) with 8 clients, in transactions per second
pgbench_tps() {
	[ -n "$pg_bin" ] && [ -x "$pg_bin/initdb" ] && command -v pgbench >/dev/null || return 1
	mkdir -p "$work/pg"
	[ "$(id -u)" != 0 ] || chown nobody:nogroup "$work/pg"
	chmod 755 "$work"
	postgres=$work/pg/data
	as_postgres "$pg_bin/initdb" -D "$postgres" -A trust -U bench >/dev/null 2>&1 || return 1
	as_postgres "$pg_bin/pg_ctl" -D "$postgres" -w -l "$work/pg/log" \
		-o "-c listen_addresses= -c unix_socket_directories=$work/pg" start >/dev/null 2>&1 || return 1
	pgbench -h "$work/pg" -U bench -i -q -s 10 postgres >/dev/null 2>&1
	pgbench -h "$work/pg" -U bench -c 8 -j 2 -T 10 postgres 2>/dev/null | sed -n 's/^tps = \([0-9]*\).*/\1/p'
	as_postgres "$pg_bin/pg_ctl" -D "$postgres" -m immediate -w stop >/dev/null 2>&1
	postgres=''
}

# per_second FILE: of a load's report
per_second() { calc "$(value "$1" done) * 1000000 / $(value "$1" us)" %.0f; }

# transfers CONNECTIONS COUNT: against the running bank; leaves $work/load.CONNECTIONS
transfers() {
	load "$work/load.state" "$dir/demo.ticket" transfer "$1" "$2" >"$work/load.$1" || {
		say "transfers with $1 connections failed:"
		tail -n 3 "$work/load.log" >&2
		return 1
	}
}

# The statements of a run with 64 connections, done again by SQLite alone.
replay_rate() {
	rm -rf "$work/taped"
	cp -r "$work/fresh" "$work/taped"
	cp "$work/fresh/bank.db" "$work/replay.db"
	bank_start "$work/taped" LD_PRELOAD="$(pwd)/$tools/record.so" SQLITE_TAPE="$work/tape"
	rm -rf "$work/load.state"
	transfers 64 "$BENCH_TRANSFERS" || return 1
	bank_stop
	"$tools/replay" "$work/tape" "$work/replay.db" >"$work/replay" 2>>"$work/load.log" || {
		say "the replay failed:"
		tail -n 5 "$work/load.log" >&2
		return 1
	}
	rm -f "$work/tape"
	calc "$BENCH_TRANSFERS * 1000000 / $(value "$work/replay" us)" %.0f
}

transfers_part() {
	peer=$(pgbench_tps) || peer=''
	rm -rf "$work/load.state"
	bank_start "$work/bank"
	for connections in 1 8 64 256; do
		count=$BENCH_TRANSFERS
		[ "$connections" != 1 ] || count=$((BENCH_TRANSFERS / 4))
		transfers "$connections" "$count" || { unmeasured "durable transfers, $connections connections"; continue; }
		rate=$(per_second "$work/load.$connections")
		detail="$rate/s, p99 $(value "$work/load.$connections" p99_us) us"
		if [ -z "$peer" ]; then
			missing "durable transfers, $connections connections ($detail)" "postgresql" ">= 2"
		elif [ "$connections" = 64 ]; then
			row "durable transfers, 64 connections" "$detail" "pgbench, 8 clients $peer/s" "$(ratio "$rate" "$peer")" ">= 2" \
				"$rate >= 2 * $peer"
		else
			row "durable transfers, $connections connections" "$detail" "pgbench, 8 clients $peer/s" "$(ratio "$rate" "$peer")" "" ""
		fi
	done
	bank_stop
	rate=$(per_second "$work/load.64")
	replayed=$(replay_rate) &&
		row "durable transfers, 64 connections" "$rate/s" "SQLite's own replay $replayed/s" "$(ratio "$rate" "$replayed")" ">= 0.6" \
			"$rate >= 0.6 * $replayed" || unmeasured "SQLite's own replay"
	./bankaudit "$work/bank" >"$work/audit" || { say "bankaudit after the load:"; head -n 5 "$work/audit" >&2; return 1; }
}

# page CUSTOMER: median time of a page of 50 over one connection, in microseconds
page() {
	load "$work/load.state" "$work/bank/demo.ticket" get "$1" "/v1/accounts/@0/entries?limit=50" 1000 >"$work/page"
	value "$work/page" median_us
}

# The newest 50 rows of the three accounts look alike, so that only the number of rows differs.
pages_part() {
	"$tools/fill" "$work/bank" 6014 1000 && "$tools/fill" "$work/bank" 6009 +100 &&
		"$tools/fill" "$work/bank" 6016 1000000 || return 1
	bank_start "$work/bank"
	rm -rf "$work/load.state"
	small=$(page 6014) middle=$(page 6009) large=$(page 6016)
	row "statement page, 100,000 rows" "$middle us" "1,000 rows $small us" "$(ratio "$middle" "$small")" "flat (<= 1.2)" \
		"$middle <= 1.2 * $small"
	row "statement page, 1,000,000 rows" "$large us" "1,000 rows $small us" "$(ratio "$large" "$small")" "flat (<= 1.2)" \
		"$large <= 1.2 * $small"
}
