package dev.quorate.simulator.pbft.trick;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.pbft.message.PbftMessage;
import dev.quorate.consensus.pbft.message.PrePrepare;
import dev.quorate.ledger.LedgerBlock;
import dev.quorate.simulator.byzantine.forgery.BlockFault;
import dev.quorate.simulator.byzantine.forgery.SpoiltBlocks;
import java.util.List;

/** As primary, proposes blocks that nobody may vote for. */
final class BadProposals extends PbftTrick {
  private final SpoiltBlocks blocks;

  BadProposals(BlockFault fault) {
    super("proposals with " + fault);
    this.blocks = new SpoiltBlocks(fault);
  }

  @Override
  protected void says(List<ValidatorId> to, PbftMessage message, Tongue tongue) {
    boolean own =
        message instanceof PrePrepare it && it.prepare().validator().equals(tongue.self());
    if (!own || tongue.chance().happens(0.6)) {
      tongue.say(to, message);
      return;
    }
    var proposal = (PrePrepare) message;
    var bad = blocks.spoilt(LedgerBlock.of(proposal.block()), tongue.chance());
    tongue.say(to, tongue.proposal(bad, proposal.view()));
  }
}
