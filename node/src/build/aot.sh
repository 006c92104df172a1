#!/bin/sh
# usage: aot.sh DIST   rehearses the program once and keeps what the JVM learnt of it in
# DIST/quorate.aot, so that the next start need not learn it again. A start without the file is
# slower and otherwise the same; so a rehearsal that fails does not fail the build.
set -eu
DIST=$1
rm -f "$DIST/quorate.aot"
FOLDER=$(mktemp -d)
trap 'rm -rf "$FOLDER"' EXIT
# A port base of our own choice, so that two builds at a time seldom meet.
BASE=$((20000 + $$ % 10000))
"$DIST/runtime/bin/java" -XX:+UseSerialGC -Xmx512m -XX:AOTCacheOutput="$DIST/quorate.aot" \
  --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
  --add-opens=java.base/java.nio=ALL-UNNAMED --add-opens=java.base/sun.nio.ch=ALL-UNNAMED \
  -cp "$DIST/lib/quorate-node.jar" dev.quorate.node.Rehearsal "$FOLDER/net" "$BASE" >"$DIST/../rehearsal.log" 2>&1 ||
  echo "no start-up cache: the rehearsal failed, see node/target/rehearsal.log" >&2
