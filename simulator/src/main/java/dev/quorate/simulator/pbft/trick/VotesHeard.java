package dev.quorate.simulator.pbft.trick;

import dev.quorate.consensus.core.vote.Certificate;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.consensus.core.vote.SignedVote;
import dev.quorate.consensus.core.vote.Vote;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.consensus.pbft.message.Commit;
import dev.quorate.consensus.pbft.message.PbftMessage;
import dev.quorate.consensus.pbft.message.PrePrepare;
import dev.quorate.consensus.pbft.message.Prepare;
import dev.quorate.simulator.byzantine.forgery.ForgedBlocks;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** Votes of late, from which certificates can be made: true ones, thin ones and false ones. */
final class VotesHeard {
  private static final int MOST = 256;

  private final LinkedHashSet<SignedVote> votes = new LinkedHashSet<>();

  void see(PbftMessage message) {
    voteIn(message).ifPresent(votes::add);
    if (votes.size() > MOST) {
      votes.removeFirst();
    }
  }

  /** Some votes of one block, in any order; with none heard, or by chance, one of its own. */
  Certificate certificate(Height committed, Tongue tongue) {
    var chance = tongue.chance();
    if (votes.isEmpty() || chance.happens(0.7)) {
      return own(committed.plus(1L + chance.below(10)), tongue);
    }
    var one = chance.oneOf(List.copyOf(votes)).vote();
    var signers = new ArrayList<Certificate.Signer>();
    for (var it : votes) {
      if (isSame(it.vote(), one)) {
        signers.add(
            chance.below(signers.size() + 1),
            new Certificate.Signer(it.vote().validator(), it.signature()));
      }
    }
    boolean invented = chance.happens(0.2);
    return new Certificate(
        one.type(),
        invented ? one.height().plus(chance.below(10)) : one.height(),
        one.round(),
        one.blockId(),
        one.timestamp(),
        signers.subList(chance.below(signers.size()), signers.size()));
  }

  private static Certificate own(Height height, Tongue tongue) {
    var chance = tongue.chance();
    var type = chance.happens(0.5) ? VoteType.PREPARE : VoteType.COMMIT;
    var round = new Round(chance.below(1_000));
    var time = Instant.ofEpochSecond(chance.below(2_000_000_000));
    var vote =
        tongue.signed(
            new Vote(
                type, height, round, ForgedBlocks.invented(tongue.chance()), time, tongue.self()));
    var signer = new Certificate.Signer(tongue.self(), vote.signature());
    return new Certificate(type, height, round, vote.vote().blockId(), time, List.of(signer));
  }

  private static boolean isSame(Vote one, Vote other) {
    return one.type() == other.type()
        && one.height().equals(other.height())
        && one.round().equals(other.round())
        && one.blockId().equals(other.blockId())
        && one.timestamp().equals(other.timestamp());
  }

  private static Optional<SignedVote> voteIn(PbftMessage message) {
    if (message instanceof Prepare(var vote)) {
      return Optional.of(vote);
    }
    if (message instanceof Commit(var vote)) {
      return Optional.of(vote);
    }
    return message instanceof PrePrepare it ? Optional.of(it.prepare()) : Optional.empty();
  }
}
