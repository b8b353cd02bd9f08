#!/usr/bin/env bash
# From a fresh clone to an answering platform and back, twice: prints the seconds of each.
# Caches of uv and npm are empty, as on a fresh machine. Leaves nothing behind.
set -euo pipefail
source_folder=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
launcher=

cleanup() {
  if [ -n "$launcher" ] && kill -TERM "$launcher" 2>/dev/null; then wait "$launcher" || true; fi
  rm -rf "$work"
}
trap cleanup EXIT
fail() { echo "FAILED: $1" >&2; cat "$work/out" >&2; exit 1; }

unset MAKEFLAGS MAKELEVEL MFLAGS GSP_DATA GSP_LAUNCHED DATABASE_URL DATABASE_OWNER_URL REDIS_URL
export UV_CACHE_DIR="$work/uv" npm_config_cache="$work/npm" PORT="$port"
git clone --quiet "$source_folder" "$work/clone"
cd "$work/clone"

start() { # name of the measurement, most seconds allowed
  local begun=$SECONDS
  : >"$work/out"
  make run >"$work/out" 2>&1 &
  launcher=$!
  until grep -q "The platform runs at http://127.0.0.1:$port" "$work/out"; do
    kill -0 "$launcher" 2>/dev/null || fail "make run ended by itself"
    [ $((SECONDS - begun)) -lt 600 ] || fail "no address after 600 s"
    sleep 0.2
  done
  local taken=$((SECONDS - begun))
  echo "$1 $taken seconds"
  [ "$taken" -le "$2" ] || fail "$1 took longer than $2 s"
}

stop() {
  kill -INT "$(pgrep -P "$launcher")" || fail "nothing to interrupt"
  wait "$launcher" || fail "make run ended with $?"
  launcher=
  ! grep -q Traceback "$work/out" || fail "a traceback was printed"
  ! pgrep --full "$work/clone" >/dev/null || fail "processes were left: $(pgrep -a --full "$work/clone")"
}

count() {
  .venv/bin/python manage.py shell --verbosity 0 --command \
    "from accounts.models import User; print(User.objects.count())"
}

start first_start 240
grep -q "@" "$work/out" || fail "no login was printed"
.venv/bin/python tests/scripts/sign_in.py "http://127.0.0.1:$port" "$work/out" || fail "sign-in"
while_running=$(count)
stop
start second_start 15
stop
[ "$(count)" = "$while_running" ] || fail "users were lost or added between two starts"
echo "users $while_running kept"
