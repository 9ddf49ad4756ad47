# shellcheck shell=bash
# Sourced by the scripts: one virtual environment beside the project, made once, kept in step
# with setup.cfg. Works from any folder, with spaces in its path, as root or not.

PROJECT=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P)
VENV=${KIOSK_VENV:-$PROJECT/.venv}

say() { printf '\033[1m%s\033[0m\n' "$*" >&2; }

fail() { printf '%s\n' "$*" >&2; exit 1; }

find_python() {
    local name
    for name in python3 python3.13 python3.12 python3.11; do
        "$name" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
            && { command -v "$name"; return; }
    done
    return 1
}

install_packages() { # Debian packages, when this is root on Debian; otherwise one line of advice
    (($#)) || return 0
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        say "Installing $*"
        export DEBIAN_FRONTEND=noninteractive
        local log
        log=$(mktemp)
        { apt-get update && apt-get install -y --no-install-recommends "$@"; } >"$log" 2>&1 \
            || { tail -n 5 "$log" >&2; say "Could not install: $*"; }
        rm -f "$log"
    else
        say "Missing here, some checks will be skipped: sudo apt-get install $*"
    fi
}

slim_libraries() { # $1: the environment's python; a machine that cannot write there loses four megabytes, no more
    "$1" "$PROJECT/deploy/slim.py" >/dev/null 2>&1 || say "The libraries keep their documentation in memory"
}

prepare_venv() { # $1: the extras to install, such as `dev`
    local python stamp wanted
    wanted="$1 $(cksum <"$PROJECT/setup.cfg") $PROJECT"
    stamp=$VENV/.installed-for
    "$VENV/bin/python" -c 'import sys' 2>/dev/null || rm -f "$stamp"
    grep -qxF -- "$wanted" "$stamp" 2>/dev/null && return
    if ! python=$(find_python); then
        install_packages python3-venv python3-pip
        python=$(find_python) || fail "Python 3.11 or newer with venv is needed: sudo apt-get install python3-venv"
    fi
    say "Preparing the virtual environment ($1)"
    "$VENV/bin/python" -c 'import pip' 2>/dev/null || "$python" -m venv --clear "$VENV"
    (cd "$PROJECT" && "$VENV/bin/python" -m pip install --quiet --disable-pip-version-check -e ".[$1]") \
        >"$VENV/install.log" 2>&1 || { tail -n 20 "$VENV/install.log" >&2; fail "The installation failed"; }
    slim_libraries "$VENV/bin/python"
    # As an installed program is: a start that compiles takes three times as long, and may not be let write.
    "$VENV/bin/python" -m compileall -q "$PROJECT/kiosk" >/dev/null 2>&1 || true
    printf '%s\n' "$wanted" >>"$stamp"
}
