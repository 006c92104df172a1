package dev.quorate.ledger;

import dev.quorate.crypto.Bytes;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Prints what a block of 2,000 transactions of 256 bytes costs on one core. To be run by hand: a
 * build machine's speed proves nothing.
 */
public final class LedgerTimings {
  /** Processor time, so that what else the machine does is not counted. */
  private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

  private static final int TRANSACTIONS = 2_000;
  private static final int WARM_UP = 400;
  private static final int RUNS = 400;

  private LedgerTimings() {}

  public static void main(String[] args) {
    var random = new Random(1);
    var transactions = new ArrayList<Transaction>();
    for (int i = 0; i < TRANSACTIONS; i++) {
      var bytes = new byte[256];
      random.nextBytes(bytes);
      transactions.add(Transaction.of(Bytes.wrap(bytes)));
    }
    var parent = Four.START.after(Four.block(Four.START, "x"));
    var block = build(parent, transactions);
    var commit = Four.commit(block, 0, "a", "b", "c");

    print(
        "transaction ids",
        () -> transactions.stream().map(it -> Transaction.of(it.bytes())).toList());
    print("build", () -> build(parent, transactions));
    print("decode", () -> LedgerBlock.decode(block.encoded()));
    print("check", () -> Four.RULES.check(block, parent, Ancestors.NONE));
    print("part set", () -> PartSet.of(block.encoded()));
    print("state after", () -> parent.after(block));
    print("commit encode", commit::encode);
    print("commit decode", () -> Commit.decode(commit.encode()));
    print("header hash", () -> block.header().hash());
  }

  private static LedgerBlock build(ChainState parent, List<Transaction> transactions) {
    return Four.RULES.build(parent, parent.time().plusMillis(5), Four.id("a"), transactions);
  }

  private static void print(String name, Supplier<?> work) {
    long blackHole = 0;
    for (int i = 0; i < WARM_UP; i++) {
      blackHole += work.get().hashCode();
    }
    long start = CLOCK.getCurrentThreadCpuTime();
    for (int i = 0; i < RUNS; i++) {
      blackHole += work.get().hashCode();
    }
    double micros = (CLOCK.getCurrentThreadCpuTime() - start) / 1e3 / RUNS;
    System.out.printf(
        Locale.ROOT,
        "%-16s %9.1f us  %6.3f us a transaction  (%d)%n",
        name,
        micros,
        micros / TRANSACTIONS,
        blackHole % 10);
  }
}
