package dev.quorate.consensus.tendermint;

import dev.quorate.consensus.core.Block;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.SignedVote;
import dev.quorate.consensus.tendermint.message.CertificateMessage;
import dev.quorate.consensus.tendermint.message.Justification;
import dev.quorate.consensus.tendermint.message.Precommit;
import dev.quorate.consensus.tendermint.message.Prevote;
import dev.quorate.consensus.tendermint.message.Proposal;
import dev.quorate.consensus.tendermint.message.Status;
import dev.quorate.consensus.tendermint.message.TendermintMessage;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * What a Byzantine validator says instead of what its engine would: nothing, the truth, or another
 * vote or block than it says to the next one.
 */
final class Lies {
  private static final int REMEMBERED = 4;

  private final ValidatorId liar;
  private final Random random;
  private final Deque<Block> blocks = new ArrayDeque<>();

  Lies(ValidatorId liar, Random random) {
    this.liar = liar;
    this.random = random;
  }

  ValidatorId liar() {
    return liar;
  }

  List<TendermintMessage> insteadOf(TendermintMessage message) {
    int mood = random.nextInt(4);
    if (mood == 0) {
      return List.of();
    }
    if (mood == 1) {
      return List.of(message);
    }
    return switch (message) {
      case Proposal it -> List.of(otherBlock(it));
      case Prevote(var vote) -> List.of(new Prevote(other(vote)));
      case Precommit(var vote) -> List.of(new Precommit(other(vote)));
      case CertificateMessage _ -> List.of();
      case Justification _ -> List.of();
      case Status _ -> List.of();
    };
  }

  private TendermintMessage otherBlock(Proposal truth) {
    var other =
        Validators.block(
            truth.height().value(),
            truth.block().parent(),
            liar,
            truth.block().time(),
            "lie " + random.nextInt(3));
    remember(other);
    return Validators.signed(liar, Proposal.unsigned(other, truth.round(), Optional.empty(), liar))
        .message();
  }

  private void remember(Block block) {
    blocks.addFirst(block);
    if (blocks.size() > REMEMBERED) {
      blocks.removeLast();
    }
  }

  /** For nil, or for one of the liar's own blocks of that height. */
  private SignedVote other(SignedVote truth) {
    var vote = truth.vote();
    var mine =
        blocks.stream()
            .filter(it -> it.height().equals(vote.height()) && random.nextBoolean())
            .findFirst();
    return Validators.vote(vote.type(), vote.round().value(), vote.height().value(), mine, liar);
  }

  @Override
  public String toString() {
    return "lies of " + liar.abbreviated() + " about " + blocks.size() + " blocks";
  }
}
