package dev.quorate.consensus.pbft.message;

import dev.quorate.consensus.core.vote.Certificate;
import java.util.Comparator;

/** The order of certificates: by view, then by height. Genesis is below every certificate. */
public record Rank(int view, long height) implements Comparable<Rank> {
  /** Of a chain without any certificate. */
  public static final Rank GENESIS = new Rank(-1, -1);

  private static final Comparator<Rank> ORDER =
      Comparator.comparingInt(Rank::view).thenComparingLong(Rank::height);

  public static Rank of(Certificate certificate) {
    return new Rank(certificate.round().value(), certificate.height().value());
  }

  public boolean isAbove(Rank other) {
    return compareTo(other) > 0;
  }

  @Override
  public int compareTo(Rank other) {
    return ORDER.compare(this, other);
  }
}
