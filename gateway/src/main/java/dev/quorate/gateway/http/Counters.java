package dev.quorate.gateway.http;

import java.util.concurrent.atomic.LongAdder;

/** What all threads of one gateway count together. */
public final class Counters {
  public final LongAdder requests = new LongAdder();
  public final LongAdder submissions = new LongAdder();
  public final LongAdder problems = new LongAdder();
  public final LongAdder connectionsRefused = new LongAdder();
  public final LongAdder waits = new LongAdder();
  public final LongAdder streams = new LongAdder();
  public final LongAdder slowStreams = new LongAdder();
}
