#!/usr/bin/env bash
# Echo of masked text over 50 WebSockets, side by side: the same client against this server, Netty and Jetty, turn by
# turn. Prints messages per second, and microseconds of the server's processor time for each message.
# usage: rr-bench/ws-compare.sh [ROUNDS] [BYTES]     after: mvn -pl rr-bench -am package -DskipTests
# Needs a JDK 25 as java, or in JAVA_HOME. Nothing else should run on the machine.
set -euo pipefail

jar="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)/target/benchmarks.jar"
java="${JAVA_HOME:+$JAVA_HOME/bin/}java"
rounds="${1:-3}"
bytes="${2:-1024}"
port=18700
pids=()
trap 'for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done' EXIT

# Starts class $1 on port $2.
start() {
  "$java" -Xms512m -Xmx512m --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -cp "$jar" \
    "$1" "$2" >/dev/null 2>&1 &
  pids+=($!)
  for _ in $(seq 300); do
    if (: >"/dev/tcp/127.0.0.1/$2") 2>/dev/null; then return; fi
    sleep 0.1
  done
  echo "$1 does not listen" >&2
  exit 1
}

# One line for the server with index $2, at path $3; $4 messages are counted, behind 300,000 that are not.
measure() {
  printf '%-12s' "$1"
  "$java" -cp "$jar" io.roadrunner.bench.websocket.EchoLoad \
    "$((port + $2))" "$3" 50 "$bytes" 300000 "$4" "${pids[$2]}"
}

turn() {
  measure roadrunner 0 /ws/echo "$1"
  measure "  virtual" 0 /ws/virtual "$1"
  measure netty 1 /ws/echo "$1"
  measure jetty 2 /ws/echo "$1"
}

start io.roadrunner.bench.websocket.RoadrunnerWebSocket "$port"
start io.roadrunner.bench.peers.NettyWebSocket "$((port + 1))"
start io.roadrunner.bench.peers.JettyWebSocket "$((port + 2))"
echo "warm-up"
turn 1 >/dev/null
for round in $(seq "$rounds"); do
  echo "== round $round: $bytes bytes"
  turn 400000
done
