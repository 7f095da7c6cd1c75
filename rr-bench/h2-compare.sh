#!/usr/bin/env bash
# HTTP/2 on clear text, side by side: h2load against this server, Netty's codec and Jetty, turn by turn.
# usage: rr-bench/h2-compare.sh [ROUNDS]     after: mvn -pl rr-bench -am package -DskipTests
# Needs h2load (nghttp2-client) and a JDK 25 as java, or in JAVA_HOME. Nothing else should run on the machine.
set -euo pipefail

jar="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)/target/benchmarks.jar"
java="${JAVA_HOME:+$JAVA_HOME/bin/}java"
heap="-Xms512m -Xmx512m"
port=18600
pids=()
trap 'for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done' EXIT

# Starts class $1 on port $2.
start() {
  # shellcheck disable=SC2086
  "$java" $heap -cp "$jar" "$1" "$2" >/dev/null 2>&1 &
  pids+=($!)
  for _ in $(seq 100); do
    if h2load -n 1 -c 1 "http://127.0.0.1:$2/plain" 2>/dev/null | grep -q "1 2xx"; then return; fi
    sleep 0.1
  done
  echo "$1 does not answer" >&2
  exit 1
}

# Prints how many hundredths of a second of processor time process $1 has used.
ticks() { awk '{print $14 + $15}' "/proc/$1/stat"; }

# One line: name, requests per second, microseconds of processor time per request.
measure() {
  local name="$1" pid="$2" url="$3" requests="$4"
  shift 4
  local before after out
  before="$(ticks "$pid")"
  out="$(h2load -n "$requests" "$@" "$url")"
  after="$(ticks "$pid")"
  grep -q "status codes: $requests 2xx" <<<"$out" || { echo "$out" >&2; exit 1; }
  awk -v name="$name" -v ticks="$((after - before))" -v requests="$requests" \
    '/^finished in/ {sub(",", "", $4); printf "%-12s %9.0f req/s %8.2f us\n", name, $4, ticks * 10000 / requests}' <<<"$out"
}

compare() {
  local rounds="$1"
  start io.roadrunner.bench.http2.RoadrunnerHttp2 "$port"
  start io.roadrunner.bench.peers.NettyHttp2 "$((port + 1))"
  start io.roadrunner.bench.peers.JettyHttp2 "$((port + 2))"
  turn() {
    local title="$1" path="$2" requests="$3"
    shift 3
    echo "$title: -n $requests $*"
    measure roadrunner "${pids[0]}" "http://127.0.0.1:$port$path" "$requests" "$@"
    measure netty "${pids[1]}" "http://127.0.0.1:$((port + 1))$path" "$requests" "$@"
    measure jetty "${pids[2]}" "http://127.0.0.1:$((port + 2))$path" "$requests" "$@"
  }
  echo "warm-up"
  turn "inline" /plain 200000 -c 10 -m 32 >/dev/null
  turn "virtual thread" /hello 200000 -c 10 -m 32 >/dev/null
  turn "one at a time" /hello 400000 -c 50 -m 1 >/dev/null
  turn "1 MiB" /big 3000 -c 10 -m 4 >/dev/null
  for round in $(seq "$rounds"); do
    echo "== round $round"
    turn "inline" /plain 200000 -c 10 -m 32
    turn "virtual thread" /hello 200000 -c 10 -m 32
    turn "inline, one at a time" /plain 100000 -c 50 -m 1
    turn "virtual thread, one at a time" /hello 100000 -c 50 -m 1
    turn "1 MiB" /big 2000 -c 10 -m 4
  done
}

compare "${1:-3}"
