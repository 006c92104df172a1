package dev.quorate.simulator.pbft.trick;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.Certificate;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.consensus.core.vote.SignedVote;
import dev.quorate.consensus.core.vote.Vote;
import dev.quorate.consensus.pbft.message.CertificateMessage;
import dev.quorate.consensus.pbft.message.Commit;
import dev.quorate.consensus.pbft.message.PbftMessage;
import dev.quorate.consensus.pbft.message.Prepare;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Says its votes a little wrong, with a valid signature: a view or a height beside, for a block
 * that it named before, at another time; and passes certificates on with a signer less, or with
 * another one's signature.
 */
final class Mutator extends PbftTrick {
  private static final int NAMED = 16;

  private final List<BlockId> named = new ArrayList<>();

  Mutator() {
    super("mutator");
  }

  @Override
  protected void says(List<ValidatorId> to, PbftMessage message, Tongue tongue) {
    if (tongue.chance().happens(0.5)) {
      tongue.say(to, message);
      return;
    }
    if (message instanceof Prepare(var vote)) {
      tongue.say(to, new Prepare(mutated(vote, tongue)));
    } else if (message instanceof Commit(var vote)) {
      tongue.say(to, new Commit(mutated(vote, tongue)));
    } else if (message instanceof CertificateMessage(var certificate)) {
      tongue.say(to, new CertificateMessage(mutated(certificate, tongue)));
    } else {
      tongue.say(to, message);
    }
  }

  private SignedVote mutated(SignedVote signed, Tongue tongue) {
    var vote = signed.vote();
    if (!vote.validator().equals(tongue.self())) {
      return signed;
    }
    if (named.size() < NAMED) {
      named.add(vote.blockId());
    }
    int by = tongue.chance().happens(0.5) ? 1 : -1;
    return switch (tongue.chance().below(4)) {
      case 0 -> signed(vote, Math.max(0, vote.round().value() + by), 0, vote.timestamp(), tongue);
      case 1 -> signed(vote, vote.round().value(), by, vote.timestamp(), tongue);
      case 2 -> signed(vote, vote.round().value(), 0, vote.timestamp().plusMillis(by), tongue);
      default ->
          tongue.signed(
              new Vote(
                  vote.type(),
                  vote.height(),
                  vote.round(),
                  tongue.chance().oneOf(named),
                  vote.timestamp(),
                  vote.validator()));
    };
  }

  private static SignedVote signed(Vote vote, int round, int by, Instant time, Tongue tongue) {
    var height = new Height(Math.max(0, vote.height().value() + by));
    return tongue.signed(
        new Vote(vote.type(), height, new Round(round), vote.blockId(), time, vote.validator()));
  }

  private static Certificate mutated(Certificate it, Tongue tongue) {
    var signers = new ArrayList<>(it.signers());
    var last = signers.removeLast();
    if (tongue.chance().happens(0.5) && !signers.isEmpty()) {
      signers.add(new Certificate.Signer(last.validator(), signers.getFirst().signature()));
    }
    return new Certificate(
        it.type(), it.height(), it.round(), it.blockId(), it.timestamp(), signers);
  }
}
