#!/usr/bin/env bash
# What idle connections cost ./rr serve in memory, each having made a request (10,000 unless COUNT says otherwise):
# the difference of resident memory after garbage collections, divided by their number.
#
#   rr-bench/idle.sh            HTTP/1.1, HTTP/2, WebSocket, WebSocket with permessage-deflate
#   rr-bench/idle.sh h1|h2|ws|ws-deflate
#
# Needs rr-bench/target/benchmarks.jar (see README.md), a JDK 25 in JAVA_HOME, and ulimit -n above twice the count.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
readonly jdk="${JAVA_HOME:-}"
[ -n "$jdk" ] && [ -x "$jdk/bin/jcmd" ] || { echo "idle.sh: set JAVA_HOME to a JDK 25" >&2; exit 2; }
readonly count="${COUNT:-10000}" port="${PORT:-18088}"
[ "$(ulimit -n)" -gt $((count + 2500)) ] || { echo "idle.sh: ulimit -n is too low for $count connections" >&2; exit 2; }

measure() { # kind path [JVM options]
  local server
  ./rr serve --port "$port" >/dev/null 2>&1 &
  server=$!
  # shellcheck disable=SC2064
  trap "kill $server 2>/dev/null || true" EXIT
  for _ in $(seq 600); do
    curl -fsS -o /dev/null "http://127.0.0.1:$port/plain" 2>/dev/null && break
    sleep 0.2
  done
  "$jdk/bin/java" "${@:3}" -cp rr-bench/target/benchmarks.jar io.roadrunner.bench.idle.IdleConnections \
    "$1" "http://127.0.0.1:$port$2" "$count" "$server" "$jdk"
  kill "$server"
  wait "$server" || true
  trap - EXIT
}

for kind in ${1:-h1 h2 ws ws-deflate}; do
  case "$kind" in
    h1 | h2) measure "$kind" /hello ;;
    ws) measure ws /ws/echo ;;
    ws-deflate) measure ws /ws/echo -Ddeflate=true ;;
    *) echo "idle.sh: unknown kind $kind" >&2; exit 2 ;;
  esac
done
