#!/bin/sh
# usage: aot.sh DIST   rehearses the program once and keeps what the JVM learnt of it, so that the
# next start need not learn it again: DIST/node.aot for nodes, DIST/client.aot for the commands of
# a client, which would only be held up by loading a node's classes. A start without these files is
# slower and otherwise the same; so a rehearsal that fails does not fail the build.
set -eu
DIST=$1
LOG=$DIST/../rehearsal
FOLDER=$(mktemp -d)
trap 'rm -rf "$FOLDER"' EXIT
# A port base of our own, so that two builds at a time seldom meet.
BASE=$((20000 + $$ % 10000))

rehearse() {
  "$DIST/runtime/bin/java" -XX:+UseSerialGC -Xmx512m -XX:AOTCacheOutput="$DIST/$2" \
    -XX:+UnlockDiagnosticVMOptions -XX:-ReduceAllocationMerges \
    --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
    --add-opens=java.base/java.nio=ALL-UNNAMED --add-opens=java.base/sun.nio.ch=ALL-UNNAMED \
    -cp "$DIST/lib/quorate-node.jar" dev.quorate.node.Rehearsal "$1" "$FOLDER" "$BASE" \
    >"$LOG-$1.log" 2>&1
}

rm -f "$DIST/node.aot" "$DIST/client.aot"
rehearse nodes node.aot &
NODES=$!
until [ -e "$FOLDER/ready" ] || ! kill -0 $NODES 2>/dev/null; do sleep 0.2; done
rehearse client client.aot || echo "no start-up cache for clients, see $LOG-client.log" >&2
touch "$FOLDER/done"
wait $NODES || echo "no start-up cache for nodes, see $LOG-nodes.log" >&2
