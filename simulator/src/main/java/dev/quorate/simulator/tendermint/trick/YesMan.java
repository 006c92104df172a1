package dev.quorate.simulator.tendermint.trick;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.Vote;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.consensus.tendermint.message.CertificateMessage;
import dev.quorate.consensus.tendermint.message.Precommit;
import dev.quorate.consensus.tendermint.message.Prevote;
import dev.quorate.consensus.tendermint.message.Proposal;
import dev.quorate.consensus.tendermint.message.TendermintMessage;
import java.util.LinkedHashSet;
import java.util.Optional;

/**
 * Agrees with everybody to his face: whatever somebody proposes or votes for, nil too, in whatever
 * round, it prevotes and precommits before that one, without a proposal, a body or a polka.
 */
final class YesMan extends TendermintTrick {
  private static final int REMEMBERED = 4_096;

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
  protected void hears(ValidatorId from, TendermintMessage message, Tongue tongue) {
    opinion(message, tongue)
        .filter(it -> said.add(new Said(from, it)))
        .ifPresent(
            it -> {
              if (said.size() > REMEMBERED) {
                said.removeFirst();
              }
              for (var type : VoteType.values()) {
                tongue.say(from, Tongue.message(tongue.same(it, type, tongue.self())));
              }
            });
  }

  /** As its own prevote. */
  private static Optional<Vote> opinion(TendermintMessage message, Tongue tongue) {
    if (message instanceof Proposal it) {
      return Optional.of(
          new Vote(
              VoteType.PREPARE,
              it.height(),
              it.round(),
              it.block().id(),
              it.block().time(),
              tongue.self()));
    }
    if (message instanceof Prevote(var signed)) {
      return Optional.of(asPrevote(signed.vote(), tongue));
    }
    if (message instanceof Precommit(var signed)) {
      return Optional.of(asPrevote(signed.vote(), tongue));
    }
    return message instanceof CertificateMessage(var it)
        ? it.votes().stream().findFirst().map(first -> asPrevote(first.vote(), tongue))
        : Optional.empty();
  }

  private static Vote asPrevote(Vote it, Tongue tongue) {
    return new Vote(
        VoteType.PREPARE, it.height(), it.round(), it.blockId(), it.timestamp(), tongue.self());
  }
}
