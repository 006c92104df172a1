package dev.quorate.simulator.pbft.trick;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.PartSetHeader;
import dev.quorate.consensus.pbft.message.PbftMessage;
import dev.quorate.consensus.pbft.message.PrePrepare;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
import dev.quorate.ledger.LedgerBlock;
import dev.quorate.ledger.Transaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** As primary, proposes blocks that nobody may vote for. */
final class BadProposals extends PbftTrick {
  /** Where the block is wrong. */
  enum Fault {
    /** It follows the block before its parent, or one that does not exist. */
    WRONG_PARENT,
    /** It leaves a height out, or is above the high watermark. */
    WRONG_HEIGHT,
    /** It tells of another history than there was. */
    WRONG_ROOT,
    /** A transaction stands in it twice, or once more after an earlier block. */
    REPEATED_TRANSACTION,
    /** Its time is far away from everybody's. */
    WRONG_TIME
  }

  private final Fault fault;
  private final List<Transaction> earlier = new ArrayList<>();

  BadProposals(Fault fault) {
    super("proposals with " + fault.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' '));
    this.fault = fault;
  }

  @Override
  void says(List<ValidatorId> to, PbftMessage message, Tongue tongue) {
    boolean own =
        message instanceof PrePrepare it && it.prepare().validator().equals(tongue.self());
    if (!own || tongue.chance().happens(0.6)) {
      tongue.say(to, message);
      return;
    }
    var proposal = (PrePrepare) message;
    var bad = spoilt(LedgerBlock.of(proposal.block()), tongue);
    tongue.say(to, tongue.proposal(bad, proposal.view()));
  }

  private LedgerBlock spoilt(LedgerBlock block, Tongue tongue) {
    var chance = tongue.chance();
    return switch (fault) {
      case WRONG_PARENT -> Forgery.on(block, invented(tongue));
      case WRONG_HEIGHT -> Forgery.atHeight(block, block.height().plus(chance.between(1, 12)));
      case WRONG_ROOT -> Forgery.withHistory(block, otherHistory(block));
      case REPEATED_TRANSACTION -> repeating(block);
      case WRONG_TIME -> {
        var off = Duration.ofMillis(chance.between(-40_000, 40_000));
        yield Forgery.at(block, block.header().time().plus(off));
      }
    };
  }

  private LedgerBlock repeating(LedgerBlock block) {
    var transactions = new ArrayList<>(block.transactions());
    transactions.add(earlier.isEmpty() ? transactions.getFirst() : earlier.removeLast());
    earlier.add(block.transactions().getFirst());
    return Forgery.holding(block, transactions);
  }

  private static Bytes otherHistory(LedgerBlock block) {
    var history = block.header().appHash().toArray();
    history[history.length - 1] ^= 1;
    return Bytes.wrap(history);
  }

  static BlockId invented(Tongue tongue) {
    var hash = Hash.sha256(Bytes.utf8("parent " + tongue.chance().nextLong()));
    return new BlockId(hash, new PartSetHeader(1, hash));
  }
}
