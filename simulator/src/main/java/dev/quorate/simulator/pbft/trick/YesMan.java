package dev.quorate.simulator.pbft.trick;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.SignedVote;
import dev.quorate.consensus.core.vote.Vote;
import dev.quorate.consensus.pbft.message.NewView;
import dev.quorate.consensus.pbft.message.PbftMessage;
import dev.quorate.consensus.pbft.message.PrePrepare;
import dev.quorate.consensus.pbft.message.Prepare;
import java.util.LinkedHashSet;
import java.util.Optional;

/**
 * Agrees with everybody to his face: whatever block somebody proposes or votes for, in whatever
 * view, it votes for in both phases before that one, without a proposal, a body or a certificate,
 * also in views that it left.
 */
final class YesMan extends PbftTrick {
  private static final int REMEMBERED = 4096;

  private final LinkedHashSet<Said> said = new LinkedHashSet<>();

  /** What was said before whom: once is enough. */
  private record Said(ValidatorId to, Vote vote) {}

  YesMan() {
    super("yes man");
  }

  @Override
  protected boolean isListening() {
    return true;
  }

  @Override
  protected void hears(ValidatorId from, PbftMessage message, Tongue tongue) {
    opinion(message)
        .filter(it -> said.add(new Said(from, it)))
        .ifPresent(
            it -> {
              if (said.size() > REMEMBERED) {
                said.removeFirst();
              }
              tongue.say(from, tongue.prepare(it, tongue.self()));
              tongue.say(from, tongue.commit(it, tongue.self()));
            });
  }

  private static Optional<Vote> opinion(PbftMessage message) {
    if (message instanceof PrePrepare it) {
      return Optional.of(it.prepare().vote());
    }
    if (message instanceof Prepare(var signed)) {
      return Optional.of(signed.vote());
    }
    return message instanceof NewView it ? it.tip().map(SignedVote::vote) : Optional.empty();
  }
}
