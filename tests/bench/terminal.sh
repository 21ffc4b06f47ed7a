# SPDX-License-Identifier: GPL-3.0-or-later
# Part of bench.sh: what a person at the screen waits for. One tool (ttytime) looks at all programs
# alike.

tty_time() { # NAME SCRIPT COMMAND...
	name=$1
	shift
	"$tools/ttytime" -s 80x24 "$@" >"$work/$name" 2>"$work/tty.log" || {
		say "$name did not play:"
		tail -n 26 "$work/tty.log" >&2
		return 1
	}
}

# Down as a terminal in application mode sends it, which less asks for: of \e[B it shows three characters and rings.
keys_script() {
	printf '%s\n' 'key line 200 \eOB' 'key page 50 \e[6~'
}

# The statement of 100,000 rows, opened as its owner.
bankterm_script() {
	cat <<-'END'
	wait Customer number
	send 6009\t
	send demo-bank\r
	wait What would you like
	send 1
	wait 诚信五金店
	send \r
	wait row 1 of
	END
	keys_script
}

# starts TEXT COMMAND...: median of eleven starts until the screen shows TEXT, in microseconds
starts() {
	echo "start $1" >"$work/start.script"
	shift
	for _ in 1 2 3 4 5 6 7 8 9 10 11; do
		"$tools/ttytime" -s 80x24 "$work/start.script" "$@" 2>>"$work/tty.log" | sed -n 's/^start_us //p'
	done | sort -n | sed -n 6p
}

# keys_against PEER AIM: median and p99 of lines and pages beside those of the peer
keys_against() {
	for figure in line_median line_p99 page_median page_p99; do
		ours=$(value "$work/bankterm" ${figure}_us) peer=$(value "$work/$1" ${figure}_us)
		row "key to paint, ${figure%_*} key, ${figure#*_}" "$ours us" "$1 $peer us" "$(ratio "$ours" "$peer")" \
			"${2:+<= $2}" "${2:+$ours <= $2 * $peer}"
	done
}

key_rows() {
	if command -v less >/dev/null; then
		tty_time less "$work/keys.script" less "$work/rows.txt"
		keys_against less 1.5
	else
		missing "key to paint" less "<= 1.5"
	fi
	if command -v htop >/dev/null; then
		tty_time htop "$work/keys.script" htop -d 100
		keys_against htop ""
	else
		missing "key to paint" htop ""
	fi
}

byte_rows() {
	for key in line page; do
		bytes=$(value "$work/bankterm" ${key}_bytes) cells=$(value "$work/bankterm" ${key}_cells)
		row "bytes per $key key, median; a wide character is two cells" "$bytes" "$cells changed cells + 32" "$(ratio "$bytes" "($cells+32)")" \
			"<= 1" "$bytes <= $cells + 32"
	done
}

terminal_part() {
	[ -x "$tools/ttytime" ] || {
		missing "key to paint, bytes, start, memory" "libvterm-dev, then configure again" ""
		return
	}
	"$tools/fill" "$work/fresh" 6009 text >"$work/rows.txt" || return 1
	bank_start "$work/bank"
	./bankterm --dir "$work/terminal" --enrol "$work/bank/demo.ticket" --lang en >/dev/null || return 1
	keys_script >"$work/keys.script"
	bankterm_script >"$work/bankterm.script"
	tty_time bankterm "$work/bankterm.script" ./bankterm --dir "$work/terminal" --lang en || return 1
	start=$(starts "[ Log in ]" ./bankterm --dir "$work/terminal" --lang en)
	bank_stop
	key_rows
	byte_rows
	if command -v vim >/dev/null; then
		peer=$(starts ":q<Enter>" vim -u NONE)
		row "start to first screen" "$start us" "vim -u NONE $peer us" "$(ratio "$start" "$peer")" "<= 1" \
			"$start <= $peer"
	else
		missing "start to first screen" vim "<= 1"
	fi
	peak=$(value "$work/bankterm" peak_kib)
	row "peak memory of the client" "$peak KiB" "20 MiB" "$(ratio "$peak" 20480)" "< 1" "$peak < 20480"
}

overhead_part() {
	bank_start "$work/bank"
	"$tools/overhead" "$work/terminal" 500 >"$work/overhead" 2>>"$work/load.log" || {
		say "the overhead could not be measured:"
		tail -n 3 "$work/load.log" >&2
		return 1
	}
	ours=$(value "$work/overhead" client_us) peer=$(value "$work/overhead" easy_us)
	row "no-op route through the client" "$ours us" "curl easy handle $peer us" \
		"$(ratio "$ours" "$peer")" "+ < 1000 us" "$ours - $peer < 1000"
}
