package dev.quorate.simulator.pbft.trick;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.SignedVote;
import dev.quorate.consensus.core.vote.Vote;
import dev.quorate.consensus.pbft.message.Commit;
import dev.quorate.consensus.pbft.message.PbftMessage;
import dev.quorate.consensus.pbft.message.PrePrepare;
import dev.quorate.consensus.pbft.message.Prepare;
import dev.quorate.ledger.LedgerBlock;
import dev.quorate.simulator.byzantine.Split;
import dev.quorate.simulator.byzantine.forgery.ForgedBlocks;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * As primary, proposes one chain to a part of the others and another one to the rest, block by
 * block, each valid in itself, and votes for each before those to whom it proposed it.
 */
final class Equivocator extends PbftTrick {
  private static final int REMEMBERED = 256;

  private final LinkedHashMap<BlockId, LedgerBlock> doubles = new LinkedHashMap<>();
  private List<ValidatorId> deceived = List.of();

  /** Chance divides the others. */
  Equivocator() {
    super("two pre-prepares for one slot");
  }

  /** These get the other chain; colluders agree on them. */
  Equivocator(List<ValidatorId> deceived) {
    this();
    this.deceived = List.copyOf(deceived);
  }

  @Override
  protected void begin(Tongue tongue) {
    if (deceived.isEmpty()) {
      deceived = Split.part(tongue.others(), tongue.chance());
    }
  }

  @Override
  protected void says(List<ValidatorId> to, PbftMessage message, Tongue tongue) {
    tongue.say(Split.rest(to, deceived), message);
    tongue.say(to.stream().filter(deceived::contains).toList(), other(message, tongue));
  }

  private PbftMessage other(PbftMessage message, Tongue tongue) {
    if (message instanceof PrePrepare it && it.prepare().validator().equals(tongue.self())) {
      return tongue.proposal(doubleOf(LedgerBlock.of(it.block())), it.view());
    }
    if (message instanceof Prepare(var vote)) {
      return new Prepare(doubled(vote, tongue));
    }
    return message instanceof Commit(var vote) ? new Commit(doubled(vote, tongue)) : message;
  }

  /** A millisecond later, on the double of the parent: as valid as the block itself. */
  private LedgerBlock doubleOf(LedgerBlock block) {
    var known = doubles.get(block.id());
    if (known != null) {
      return known;
    }
    var parent = doubles.get(block.header().lastBlockId());
    var later = ForgedBlocks.at(block, block.header().time().plus(Duration.ofMillis(1)));
    var made = parent == null ? later : ForgedBlocks.on(later, parent.id());
    doubles.put(block.id(), made);
    if (doubles.size() > REMEMBERED) {
      doubles.pollFirstEntry();
    }
    return made;
  }

  private SignedVote doubled(SignedVote signed, Tongue tongue) {
    var vote = signed.vote();
    var other = doubles.get(vote.blockId());
    return other == null || !vote.validator().equals(tongue.self())
        ? signed
        : tongue.signed(
            new Vote(
                vote.type(),
                vote.height(),
                vote.round(),
                other.id(),
                other.header().time(),
                vote.validator()));
  }
}
