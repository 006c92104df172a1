package dev.quorate.transport;

import java.util.concurrent.atomic.LongAdder;

/** One peer's counters; see {@link TransportCounters.Peer}. */
final class PeerMeter {
  final LongAdder connects = new LongAdder();
  final LongAdder framesIn = new LongAdder();
  final LongAdder bytesIn = new LongAdder();
  final LongAdder framesOut = new LongAdder();
  final LongAdder bytesOut = new LongAdder();
  final LongAdder droppedFull = new LongAdder();
  final LongAdder droppedUnconnected = new LongAdder();

  void received(int bytes) {
    framesIn.increment();
    bytesIn.add(bytes);
  }

  void sent(int bytes) {
    framesOut.increment();
    bytesOut.add(bytes);
  }
}
