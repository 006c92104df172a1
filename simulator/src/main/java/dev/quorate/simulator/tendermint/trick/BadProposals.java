package dev.quorate.simulator.tendermint.trick;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.tendermint.message.Proposal;
import dev.quorate.consensus.tendermint.message.TendermintMessage;
import dev.quorate.ledger.LedgerBlock;
import dev.quorate.simulator.byzantine.forgery.BlockFault;
import dev.quorate.simulator.byzantine.forgery.SpoiltBlocks;
import java.util.List;

/** As proposer, proposes blocks that nobody may vote for. */
final class BadProposals extends TendermintTrick {
  private final SpoiltBlocks blocks;

  BadProposals(BlockFault fault) {
    super("proposals with " + fault);
    this.blocks = new SpoiltBlocks(fault);
  }

  @Override
  protected void says(List<ValidatorId> to, TendermintMessage message, Tongue tongue) {
    if (message instanceof Proposal it && tongue.isOwn(it) && tongue.chance().happens(0.6)) {
      var bad = blocks.spoilt(LedgerBlock.of(it.block()), tongue.chance());
      tongue.say(to, tongue.proposal(bad, it.round(), it.validRound()));
    } else {
      tongue.say(to, message);
    }
  }
}
