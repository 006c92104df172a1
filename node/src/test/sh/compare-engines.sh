#!/bin/sh
# usage: compare-engines.sh [closed|open]   runs the same load on a fresh network of each engine in
# turn, A B A B A B, and prints every run, the medians and their ratio. Needs the image and the test
# classes (`mvn -q verify`, or `./quorate --version` and `mvn -q -o -pl node -am test-compile`), and a
# machine on which nothing else runs.
#   ENGINES      the two engines               (pbft tendermint)
#   ROUNDS       runs of each                  (3)
#   CONNECTIONS  clients                       (64; closed loop: 1 64 256)
#   RATES        open loop: transactions/s     (500 1000)
#   SECONDS_RUN  counted                       (10)
#   WARM_UP      seconds before, once for each network and not counted (20)
#   BYTES        of a transaction              (256)
#   PORT_BASE    40 ports from here on         (18080)
#   QUORATE      the program                   (./quorate)
set -eu
ROOT=$(cd "$(dirname "$(readlink -f "$0")")/../../../.." && pwd)
MODE=${1:-closed}
ENGINES=${ENGINES:-"pbft tendermint"}
ROUNDS=${ROUNDS:-3}
SECONDS_RUN=${SECONDS_RUN:-10}
WARM_UP=${WARM_UP:-20}
BYTES=${BYTES:-256}
PORT_BASE=${PORT_BASE:-18080}
QUORATE=${QUORATE:-$ROOT/quorate}
RATES=${RATES:-"500 1000"}
case $MODE in
  closed) CONNECTIONS=${CONNECTIONS:-"1 64 256"} ;;
  open) CONNECTIONS=${CONNECTIONS:-64} ;;
  *) sed -n '2,/^set/p' "$0" | grep '^#' >&2; exit 2 ;;
esac

JAVA=$ROOT/node/target/dist/runtime/bin/java
HDR=$(find "$HOME/.m2/repository/org/hdrhistogram" -name 'HdrHistogram-*.jar' | sort | tail -n 1)
[ -x "$JAVA" ] || JAVA=${JAVA_HOME:+$JAVA_HOME/bin/}java
[ -e "$ROOT/node/target/test-classes/dev/quorate/node/e2e/LoadClient.class" ] ||
  { echo "no test classes: mvn -q -o -pl node -am test-compile" >&2; exit 1; }
[ -n "$HDR" ] || { echo "no HdrHistogram in ~/.m2" >&2; exit 1; }

FOLDER=$(mktemp -d)
RESULTS=$FOLDER/results
NODES=
end_nodes() {
  for pid in $NODES; do kill "$pid" 2>/dev/null || true; done
  for pid in $NODES; do wait "$pid" 2>/dev/null || true; done
  NODES=
}
trap 'end_nodes; rm -rf "$FOLDER"' EXIT
trap 'exit 1' INT TERM

APIS=
for i in 0 1 2 3; do APIS=$APIS,http://127.0.0.1:$((PORT_BASE + 10 * i)); done
APIS=${APIS#,}

start_nodes() { # ENGINE FOLDER
  "$QUORATE" network init --validators 4 --engine "$1" --port-base "$PORT_BASE" \
    --out "$2" >"$2.log" 2>&1 || { cat "$2.log" >&2; exit 1; }
  for i in 0 1 2 3; do
    "$QUORATE" node start --config "$2/node-$i/node.toml" >"$2/node-$i.log" 2>&1 &
    NODES="$NODES $!"
  done
  for i in 0 1 2 3; do
    tries=0
    until curl -fsS -o /dev/null "http://127.0.0.1:$((PORT_BASE + 10 * i))/readyz" 2>/dev/null; do
      tries=$((tries + 1))
      [ "$tries" -lt 600 ] || { echo "node $i is not ready" >&2; tail "$2/node-$i.log" >&2; exit 1; }
      sleep 0.2
    done
  done
}

load() { # CONNECTIONS SECONDS WARM-UP RATE
  "$JAVA" -Xmx512m -XX:+UseSerialGC -cp "$ROOT/node/target/test-classes:$HDR" \
    dev.quorate.node.e2e.LoadClient "$APIS" "$1" "$2" "$BYTES" "$3" "$4"
}

# One line: what it says, then "case|engine|tx/s|p50|p99|other" for the table.
measure() { # ENGINE CASE CONNECTIONS RATE
  said=$(load "$3" "$SECONDS_RUN" 1 "$4")
  echo "$1: $said"
  echo "$said" | sed -n "s#.*: \([0-9.]*\) committed tx/s, p50 \([0-9.]*\) ms.*p99 \([0-9.]*\) ms.*answers \([0-9]*\)\$#$2|$1|\1|\2|\3|\4#p" >>"$RESULTS"
}

round=1
while [ "$round" -le "$ROUNDS" ]; do
  for engine in $ENGINES; do
    start_nodes "$engine" "$FOLDER/$engine-$round"
    load 64 1 "$WARM_UP" 0 >/dev/null
    for clients in $CONNECTIONS; do
      if [ "$MODE" = closed ]; then
        measure "$engine" "$clients clients" "$clients" 0
      else
        for rate in $RATES; do measure "$engine" "$rate tx/s offered" "$clients" "$rate"; done
      fi
    done
    end_nodes
    rm -rf "$FOLDER/$engine-$round"
  done
  round=$((round + 1))
done

# shellcheck disable=SC2086
set -- $ENGINES
echo
echo "Medians of $ROUNDS runs of each engine in turn, $SECONDS_RUN s each; ratio = $2 : $1, range of tx/s in brackets."
awk -F'|' -v one="$1" -v two="$2" '
  function sorted(key, values,   n, i, j, t) {
    n = split(all[key], values, " ")
    for (i = 2; i <= n; i++)
      for (j = i; j > 1 && values[j - 1] + 0 > values[j] + 0; j--) {
        t = values[j]; values[j] = values[j - 1]; values[j - 1] = t
      }
    return n
  }
  function median(key,   v, n) {
    n = sorted(key, v)
    return n % 2 ? v[(n + 1) / 2] : (v[n / 2] + v[n / 2 + 1]) / 2
  }
  function range(key,   v, n) { n = sorted(key, v); return v[1] " to " v[n] }
  function row(c, e) {
    return sprintf("%.0f (%s) | %.1f ms | %.1f ms", median(c "|" e "|1"), range(c "|" e "|1"),
      median(c "|" e "|2"), median(c "|" e "|3"))
  }
  {
    if (!($1 in seen)) { seen[$1] = 1; cases[++count] = $1 }
    for (i = 1; i <= 3; i++) all[$1 "|" $2 "|" i] = all[$1 "|" $2 "|" i] " " $(i + 2)
    other += $6
  }
  END {
    printf "| Load | %s tx/s | p50 | p99 | %s tx/s | p50 | p99 | tx/s ratio | p50 ratio |\n", one, two
    print "|---|---|---|---|---|---|---|---|---|"
    for (i = 1; i <= count; i++) {
      c = cases[i]
      printf "| %s | %s | %s | %.2f | %.2f |\n", c, row(c, one), row(c, two),
        median(c "|" two "|1") / median(c "|" one "|1"),
        median(c "|" two "|2") / median(c "|" one "|2")
    }
    printf "\nAnswers other than 201: %d\n", other
    if (!count) { print "no run was understood"; exit 1 }
  }' "$RESULTS"
