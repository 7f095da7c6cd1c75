#!/usr/bin/env bash
# Echo of masked text over 50 WebSockets, side by side: the same client against this server and Netty, turn by turn.
# usage: rr-bench/ws-compare.sh [ROUNDS] [BYTES]
# after: mvn -Pserve -pl rr-bench,rr-server -am package -DskipTests
# Needs a JDK 25 as java, or in JAVA_HOME. Nothing else should run on the machine.
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
jar="$root/rr-bench/target/benchmarks.jar"
java="${JAVA_HOME:+$JAVA_HOME/bin/}java"
rounds="${1:-3}"
bytes="${2:-1024}"
pids=()
trap 'for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done' EXIT

"$root/rr" serve --port 18701 >/dev/null 2>&1 &
pids+=($!)
"$java" --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -cp "$jar" \
  io.roadrunner.bench.peers.NettyWebSocket 18702 >/dev/null 2>&1 &
pids+=($!)
for port in 18701 18702; do
  for _ in $(seq 300); do
    if (: >"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then break; fi
    sleep 0.1
  done
done

for _ in $(seq "$rounds"); do
  for server in "roadrunner 18701" "netty 18702"; do
    read -r name port <<<"$server"
    printf '%-12s' "$name"
    "$java" -cp "$jar" io.roadrunner.bench.websocket.EchoLoad 127.0.0.1 "$port" /ws/echo 50 "$bytes" 10
  done
done
