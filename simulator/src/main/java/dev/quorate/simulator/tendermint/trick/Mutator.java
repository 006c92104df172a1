package dev.quorate.simulator.tendermint.trick;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.CanonicalBytes;
import dev.quorate.consensus.core.vote.Certificate;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.consensus.core.vote.SignedVote;
import dev.quorate.consensus.core.vote.Vote;
import dev.quorate.consensus.tendermint.message.CertificateMessage;
import dev.quorate.consensus.tendermint.message.Justification;
import dev.quorate.consensus.tendermint.message.Precommit;
import dev.quorate.consensus.tendermint.message.Prevote;
import dev.quorate.consensus.tendermint.message.Proposal;
import dev.quorate.consensus.tendermint.message.Status;
import dev.quorate.consensus.tendermint.message.TendermintMessage;
import dev.quorate.ledger.LedgerBlock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Says everything a little wrong, with a valid signature where it can: a round or a height beside,
 * for a block that it named before, at another time; certificates and justifications with a signer
 * less, or with another one's signature; statuses that are not true.
 */
final class Mutator extends TendermintTrick {
  private static final int NAMED = 16;

  private final List<BlockId> named = new ArrayList<>();

  Mutator() {
    super("mutator");
  }

  @Override
  protected void says(List<ValidatorId> to, TendermintMessage message, Tongue tongue) {
    tongue.say(to, tongue.chance().happens(0.5) ? message : mutated(message, tongue));
  }

  private TendermintMessage mutated(TendermintMessage message, Tongue tongue) {
    return switch (message) {
      case Prevote(var vote) -> Tongue.message(mutated(vote, tongue));
      case Precommit(var vote) -> Tongue.message(mutated(vote, tongue));
      case CertificateMessage(var it) -> new CertificateMessage(mutated(it, tongue));
      case Justification it -> mutated(it);
      case Proposal it -> {
        var block = LedgerBlock.of(it.block());
        yield tongue.proposal(block, beside(it.round(), tongue), Optional.empty());
      }
      case Status it ->
          new Status(
              it.height().plus(tongue.chance().below(2)),
              beside(it.round(), tongue),
              it.step(),
              !it.proposal());
    };
  }

  private SignedVote mutated(SignedVote signed, Tongue tongue) {
    var vote = signed.vote();
    if (!vote.validator().equals(tongue.self())) {
      return signed;
    }
    if (named.size() < NAMED && !vote.blockId().isNone()) {
      named.add(vote.blockId());
    }
    int by = tongue.chance().happens(0.5) ? 1 : -1;
    var beside = new Height(Math.max(0, vote.height().value() + by));
    return switch (tongue.chance().below(4)) {
      case 0 -> as(vote, vote.height(), beside(vote.round(), tongue), vote.blockId(), 0, tongue);
      case 1 -> as(vote, beside, vote.round(), vote.blockId(), 0, tongue);
      case 2 -> as(vote, vote.height(), vote.round(), vote.blockId(), by, tongue);
      default -> {
        var other = named.isEmpty() ? BlockId.NONE : tongue.chance().oneOf(named);
        yield as(vote, vote.height(), vote.round(), other, 0, tongue);
      }
    };
  }

  private static SignedVote as(
      Vote it, Height height, Round round, BlockId id, int millis, Tongue tongue) {
    var time = id.isNone() ? CanonicalBytes.ZERO_TIME : timeOf(it, tongue).plusMillis(millis);
    return tongue.signed(new Vote(it.type(), height, round, id, time, it.validator()));
  }

  /** Of nil votes the time is none that a block has. */
  private static Instant timeOf(Vote it, Tongue tongue) {
    return it.blockId().isNone() ? tongue.means().now() : it.timestamp();
  }

  private static Round beside(Round round, Tongue tongue) {
    int by = tongue.chance().happens(0.5) ? 1 : -1;
    return new Round(Math.max(0, Math.min(round.value(), Integer.MAX_VALUE - 1) + by));
  }

  private static Justification mutated(Justification it) {
    var votes = it.votes();
    return votes.size() < 2 ? it : new Justification(votes.subList(1, votes.size()));
  }

  private static Certificate mutated(Certificate it, Tongue tongue) {
    var signers = new ArrayList<>(it.signers());
    var last = signers.removeLast();
    if (signers.isEmpty()) {
      return it;
    }
    if (tongue.chance().happens(0.5)) {
      signers.add(new Certificate.Signer(last.validator(), signers.getFirst().signature()));
    }
    return new Certificate(
        it.type(), it.height(), it.round(), it.blockId(), it.timestamp(), signers);
  }
}
