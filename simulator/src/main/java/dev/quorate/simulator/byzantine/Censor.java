package dev.quorate.simulator.byzantine;

import dev.quorate.consensus.core.Decoded;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
import dev.quorate.replica.wire.Envelope;
import dev.quorate.replica.wire.EnvelopeCodec;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Never puts the transactions of one validator's clients into a block: what it heard from that one
 * first it does not hear from anybody.
 */
public final class Censor implements Trick {
  private final Set<Hash> unheard = new HashSet<>();
  private @Nullable ValidatorId victim;

  /** Chance picks the victim. */
  public Censor() {}

  public Censor(ValidatorId victim) {
    this.victim = victim;
  }

  @Override
  public String name() {
    return "censor";
  }

  @Override
  public void begin(Means means) {
    if (victim == null) {
      victim = means.chance().oneOf(means.others());
    }
  }

  @Override
  public void arriving(ValidatorId from, Bytes frame, Means means) {
    if (!(EnvelopeCodec.decode(frame) instanceof Decoded.Ok(Envelope.Transactions(var heard)))) {
      means.hear(from, frame);
      return;
    }
    if (from.equals(victim)) {
      heard.forEach(it -> unheard.add(Hash.sha256(it)));
      return;
    }
    passable(heard).ifPresent(it -> means.hear(from, it));
  }

  private Optional<Bytes> passable(List<Bytes> heard) {
    var rest = heard.stream().filter(it -> !unheard.contains(Hash.sha256(it))).toList();
    return rest.isEmpty()
        ? Optional.empty()
        : Optional.of(EnvelopeCodec.encode(new Envelope.Transactions(rest)));
  }
}
