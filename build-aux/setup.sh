# SPDX-License-Identifier: GPL-3.0-or-later
# What ./demo and ./check share: missing packages, steps with their duration, the build.
# Sourced with the working directory at the top of the source tree.

log_dir=build/log
step_number=0
jobs=$(nproc 2>/dev/null || echo 2)

packages_build="build-essential pkg-config autoconf automake autopoint gettext"
packages_libraries="libncurses-dev libcurl4-openssl-dev libcjson-dev libreadline-dev
	libmicrohttpd-dev libgnutls28-dev libsqlite3-dev libssl-dev libsodium-dev
	libutf8proc-dev libqrencode-dev"
packages_check="clang libclang-rt-14-dev libvterm-dev mandoc xz-utils python3 python3-yaml"

# missing_packages NAME...: those of them that dpkg does not know as installed
missing_packages() {
	for package in "$@"; do
		dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q ' installed$' ||
			printf '%s ' "$package"
	done
}

# as_root COMMAND...: by what this machine has for it
as_root() {
	if [ "$(id -u)" = 0 ]; then
		"$@"
	else
		sudo "$@"
	fi
}

install_now() {
	as_root apt-get -o DPkg::Lock::Timeout=300 update -q &&
		as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 \
			install -y -q --no-install-recommends "$@"
}

# install_packages WHY NAME...: says what is missing and why, installs it or says how
install_packages() {
	why=$1
	shift
	command -v dpkg-query >/dev/null 2>&1 || {
		echo "This is no Debian system: packages are not checked; configure names what it lacks."
		return 0
	}
	missing=$(missing_packages "$@")
	[ -n "$missing" ] || return 0
	echo "bankterm needs Debian packages that are not installed, $why:"
	for package in $missing; do
		echo "    $package"
	done
	if [ "$(id -u)" != 0 ] && ! command -v sudo >/dev/null 2>&1; then
		echo "Neither root nor sudo is here. Have root run this line, then start again:"
		echo "    apt-get update && apt-get install -y --no-install-recommends $missing"
		return 1
	fi
	[ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null || sudo -v || return 1
	# shellcheck disable=SC2086
	step "install packages" install_now $missing
}

# step NAME COMMAND...: one line with the duration; its output goes to a file of
# build/log, whose end is shown when the command fails. Answers its exit status.
step() {
	name=$1
	shift
	step_number=$((step_number + 1))
	step_log=$log_dir/$(printf '%02d' "$step_number")-$(echo "$name" | tr -cs 'A-Za-z0-9\n' -).log
	mkdir -p "$log_dir"
	printf '%-44s' "$name"
	start=$(date +%s)
	if "$@" >"$step_log" 2>&1 </dev/null; then
		printf ' %4d s\n' $(($(date +%s) - start))
		return 0
	else
		status=$?
	fi
	printf ' %4d s  FAILED (status %d)\n' $(($(date +%s) - start)) "$status"
	explain_failure "$step_log"
	return "$status"
}

# What of a log tells most: failed checks with what they say, or what did
# not compile, else its end.
explain_failure() {
	if grep -qE '^(FAIL|ERROR|XPASS):|^not ok' "$1"; then
		grep -E '^(ERROR|XPASS):' "$1" | grep -v 'exited with status 1$' | head -20
		awk '/^not ok/ { left = 16 } /^ok/ { left = 0 } left-- > 0' "$1" | head -80
	elif grep -qE '(error:|undefined reference|No rule)' "$1"; then
		grep -E -A 3 '(error:|undefined reference|No rule)' "$1" | head -n 30
	else
		tail -n 30 "$1"
	fi | sed 's/^/    /'
	echo "    The whole output: $1"
}

# configure_in DIR ARGUMENT...: again only when there is no Makefile or the arguments differ
configure_in() {
	dir=$1
	shift
	mkdir -p "$dir"
	if [ -f "$dir/Makefile" ] && [ "$(cat "$dir/.arguments" 2>/dev/null)" = "$*" ]; then
		return 0
	fi
	source=$(pwd)
	(cd "$dir" && "$source/configure" -q "$@") && echo "$*" >"$dir/.arguments"
}

make_in() {
	dir=$1
	shift
	make -C "$dir" -j"$jobs" --no-print-directory "$@"
}

# build_program: what ./demo runs and ./check tests first
build_program() {
	if [ ! -f configure ]; then
		step "make the configure script" ./autogen.sh || return
	fi
	if [ ! -f build/Makefile ]; then
		step "configure" configure_in build --enable-werror || return
	fi
	step "build" make_in build
}
