# SPDX-License-Identifier: GPL-3.0-or-later
# Part of bench.sh: what a person at the screen waits for. One tool (ttytime) looks at all programs alike.

tty_time() { # NAME SCRIPT COMMAND...
	name=$1
	shift
	"$tools/ttytime" -s 80x24 "$@" >"$work/$name" 2>>"$work/tty.log" || {
		say "$name did not play:"
		tail -n 26 "$work/tty.log" >&2
		return 1
	}
}

# The statement of 100,000 rows, opened as its owner.
bankterm_script() {
	cat <<-'END'
	start
	wait Customer number
	send 6009\t
	send demo-bank\r
	wait 诚信五金店
	send :st 1\r
	wait 收款
	key 200 \e[B
	key 50 \e[6~
	key 50 \e[A
	END
}

terminal_part() {
	# the same rows as text: date, party, amount, balance
	sqlite3 -readonly "$work/fresh/bank.db" "SELECT date(booked, 'unixepoch'), party, printf('%.2f', amount / 100.0),
		printf('%.2f', balance / 100.0) FROM entry WHERE account = (SELECT account FROM entry GROUP BY account
		ORDER BY count(*) DESC LIMIT 1 OFFSET 1) ORDER BY sequence DESC" -separator '   ' >"$work/rows.txt" 2>/dev/null ||
		seq 100000 >"$work/rows.txt"
	bank_start "$work/bank"
	bankterm_script >"$work/bankterm.script"
	HOME=$work XDG_STATE_HOME=$work/state XDG_CONFIG_HOME=$work/config ./bankterm --help >/dev/null 2>&1
	tty_time bankterm "$work/bankterm.script" ./bankterm --state "$work/terminal" --enrol "$work/bank/demo.ticket" --lang en ||
		return
	bank_stop

	printf 'start\nkey 200 \\e[B\nkey 50 \\e[6~\nkey 50 \\e[A\n' >"$work/keys.script"
	ours=$(value "$work/bankterm" key_median_us) ours99=$(value "$work/bankterm" key_p99_us)
	if command -v less >/dev/null; then
		tty_time less "$work/keys.script" less "$work/rows.txt"
		peer=$(value "$work/less" key_median_us) peer99=$(value "$work/less" key_p99_us)
		row "key to paint, median, 100,000 rows" "$ours us" "less $peer us" "$(calc "$ours/$peer" %.2f)" "<= 1.5" "$ours <= 1.5 * $peer"
		row "key to paint, p99" "$ours99 us" "less $peer99 us" "$(calc "$ours99/$peer99" %.2f)" "<= 1.5" "$ours99 <= 1.5 * $peer99"
	else
		missing "key to paint, 100,000 rows" less "<= 1.5"
	fi
	if command -v htop >/dev/null; then
		tty_time htop "$work/keys.script" htop -d 100
		peer=$(value "$work/htop" key_median_us)
		row "key to paint, median" "$ours us" "htop $peer us" "$(calc "$ours/$peer" %.2f)" "" ""
	else
		missing "key to paint" htop ""
	fi
	bytes=$(value "$work/bankterm" bytes_median) cells=$(value "$work/bankterm" cells_median)
	excess=$(value "$work/bankterm" excess_max)
	row "bytes per key, median" "$bytes" "$cells cells changed" "$(calc "$bytes/($cells+32)" %.2f)" "<= cells + 32" "$bytes <= $cells + 32"
	row "bytes beyond changed cells, worst key" "$excess" "32" "$(calc "$excess/32" %.2f)" "<= 32" "$excess <= 32"
	start=$(value "$work/bankterm" start_us)
	if command -v vim >/dev/null; then
		printf 'start\n' >"$work/start.script"
		tty_time vim "$work/start.script" vim -u NONE
		peer=$(value "$work/vim" start_us)
		row "start to first screen" "$start us" "vim -u NONE $peer us" "$(calc "$start/$peer" %.2f)" "<= 1" "$start <= $peer"
	else
		missing "start to first screen" vim "<= 1"
	fi
	peak=$(value "$work/bankterm" peak_kib)
	row "peak memory of the client" "$(calc "$peak/1024" %.1f) MiB" "20 MiB" "$(calc "$peak/20480" %.2f)" "<= 1" "$peak < 20480"
}

overhead_part() {
	bank_start "$work/bank"
	"$tools/overhead" "$work/terminal" 500 >"$work/overhead" 2>>"$work/load.log" || {
		say "the overhead could not be measured:"
		tail -n 3 "$work/load.log" >&2
	}
	bank_stop
	ours=$(value "$work/overhead" client_us) peer=$(value "$work/overhead" easy_us)
	[ -z "$ours" ] ||
		row "no-op route through the client" "$ours us" "curl easy handle $peer us" "$(calc "$ours/$peer" %.2f)" \
			"+ < 1000 us" "$ours - $peer < 1000"
}
