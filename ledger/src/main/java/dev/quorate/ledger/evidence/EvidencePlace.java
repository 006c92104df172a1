package dev.quorate.ledger.evidence;

import dev.quorate.consensus.core.vote.Height;
import java.util.Comparator;

/**
 * Where a piece of evidence stands in the chain.
 *
 * @param height of the block that holds it, which is above that of the votes
 * @param index its place among the block's evidence, from 0
 */
public record EvidencePlace(Height height, int index) implements Comparable<EvidencePlace> {
  /** Before all of them. */
  public static final EvidencePlace FIRST = new EvidencePlace(new Height(0), 0);

  private static final Comparator<EvidencePlace> ORDER =
      Comparator.comparing(EvidencePlace::height).thenComparingInt(EvidencePlace::index);

  public EvidencePlace {
    if (index < 0) {
      throw new IllegalArgumentException("index " + index);
    }
  }

  /** The least place behind this one. */
  public EvidencePlace next() {
    return index == Integer.MAX_VALUE
        ? new EvidencePlace(height.next(), 0)
        : new EvidencePlace(height, index + 1);
  }

  @Override
  public int compareTo(EvidencePlace other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return height + "." + index;
  }
}
