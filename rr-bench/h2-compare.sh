#!/usr/bin/env bash
# HTTP/2 on clear text, side by side: h2load against this server, Netty's codec and Jetty, turn by turn.
# usage: rr-bench/h2-compare.sh [ROUNDS]     after: mvn -pl rr-bench -am package -DskipTests
#        rr-bench/h2-compare.sh idle [COUNT] what an idle connection costs, in memory of the process
# Needs h2load (nghttp2-client) and a JDK 25 as java, or in JAVA_HOME. Nothing else should run on the machine.
set -euo pipefail

jar="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)/target/benchmarks.jar"
java="${JAVA_HOME:+$JAVA_HOME/bin/}java"
jcmd="${JAVA_HOME:+$JAVA_HOME/bin/}jcmd"
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
  turn "one at a time" /hello 50000 -c 50 -m 1 >/dev/null
  turn "1 MiB" /big 1000 -c 10 -m 4 >/dev/null
  for round in $(seq "$rounds"); do
    echo "== round $round"
    turn "inline" /plain 200000 -c 10 -m 32
    turn "virtual thread" /hello 200000 -c 10 -m 32
    turn "inline, one at a time" /plain 100000 -c 50 -m 1
    turn "virtual thread, one at a time" /hello 100000 -c 50 -m 1
    turn "1 MiB" /big 2000 -c 10 -m 4
  done
}

# Prints the resident memory of process $1 after a collection, in KiB.
resident() {
  "$jcmd" "$1" GC.run >/dev/null
  "$jcmd" "$1" GC.run >/dev/null
  awk '/^VmRSS/ {print $2}' "/proc/$1/status"
}

idle() {
  local count="$1" before after line
  heap="-Xms32m -Xmx512m -XX:+UseSerialGC -XX:MinHeapFreeRatio=5 -XX:MaxHeapFreeRatio=10"
  start io.roadrunner.bench.http2.RoadrunnerHttp2 "$port"
  h2load -n 20000 -c 10 -m 32 "http://127.0.0.1:$port/plain" >/dev/null
  before="$(resident "${pids[0]}")"
  coproc CLIENT { "$java" -cp "$jar" io.roadrunner.bench.http2.IdleConnections "$port" "$count"; }
  read -r line <&"${CLIENT[0]}"
  echo "$line"
  sleep 2
  after="$(resident "${pids[0]}")"
  echo "$before KiB without, $after KiB with them: $(((after - before) * 1024 / count)) bytes for each"
  echo >&"${CLIENT[1]}"
  wait "$CLIENT_PID" || true
}

case "${1:-3}" in
  idle) idle "${2:-9990}" ;;
  *) compare "${1:-3}" ;;
esac
