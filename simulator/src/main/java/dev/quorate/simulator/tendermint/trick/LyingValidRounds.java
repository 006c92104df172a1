package dev.quorate.simulator.tendermint.trick;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.Certificate;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.consensus.tendermint.message.CertificateMessage;
import dev.quorate.consensus.tendermint.message.Proposal;
import dev.quorate.consensus.tendermint.message.TendermintMessage;
import dev.quorate.ledger.LedgerBlock;
import dev.quorate.simulator.byzantine.forgery.ForgedBlocks;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * As proposer, says of its block what is not true of its polka. In round 0 there is nothing to say,
 * so there it rather keeps silent: others give the round up, and its turn comes again.
 */
final class LyingValidRounds extends TendermintTrick {
  /** What it says. */
  enum Lie {
    /** A polka of an earlier round, of which there was none for this block. */
    WITHOUT_POLKA,
    /** The same, with its own prevote alone for a polka. */
    WITHOUT_QUORUM,
    /** Nothing of a polka that there was. */
    KEPT_SECRET,
    /** Another block, with the round of the polka that there was. */
    OF_ANOTHER_BLOCK
  }

  private final Lie lie;

  LyingValidRounds(Lie lie) {
    super("valid round " + lie.name().toLowerCase(Locale.ROOT).replace('_', ' '));
    this.lie = lie;
  }

  @Override
  protected void says(List<ValidatorId> to, TendermintMessage message, Tongue tongue) {
    if (!(message instanceof Proposal it) || !tongue.isOwn(it)) {
      tongue.say(to, message);
    } else if (it.round().value() > 0) {
      lie(to, it, tongue);
    } else if (tongue.chance().happens(0.3)) {
      tongue.say(to, message);
    }
  }

  private void lie(List<ValidatorId> to, Proposal it, Tongue tongue) {
    var block = LedgerBlock.of(it.block());
    var earlier = new Round(tongue.chance().below(it.round().value()));
    switch (lie) {
      case WITHOUT_POLKA ->
          tongue.say(to, tongue.proposal(block, it.round(), Optional.of(earlier)));
      case WITHOUT_QUORUM -> {
        tongue.say(to, tongue.proposal(block, it.round(), Optional.of(earlier)));
        tongue.say(to, new CertificateMessage(alone(block, earlier, tongue)));
      }
      case KEPT_SECRET -> tongue.say(to, tongue.proposal(block, it.round(), Optional.empty()));
      case OF_ANOTHER_BLOCK -> {
        var time = block.header().time().plus(Duration.ofMillis(1));
        var other = ForgedBlocks.at(block, time);
        tongue.say(
            to, tongue.proposal(other, it.round(), it.validRound().or(() -> Optional.of(earlier))));
      }
    }
  }

  private static Certificate alone(LedgerBlock block, Round round, Tongue tongue) {
    var vote = tongue.vote(VoteType.PREPARE, round, block);
    return new Certificate(
        VoteType.PREPARE,
        block.height(),
        round,
        block.id(),
        block.header().time(),
        List.of(new Certificate.Signer(tongue.self(), vote.signature())));
  }
}
