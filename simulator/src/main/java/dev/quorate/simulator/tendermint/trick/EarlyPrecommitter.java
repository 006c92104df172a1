package dev.quorate.simulator.tendermint.trick;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.consensus.tendermint.message.Proposal;
import dev.quorate.consensus.tendermint.message.TendermintMessage;
import dev.quorate.ledger.LedgerBlock;
import java.util.List;

/** Precommits every proposal as soon as it hears or makes it, valid or not, without a polka. */
final class EarlyPrecommitter extends TendermintTrick {
  EarlyPrecommitter() {
    super("early precommitter");
  }

  @Override
  protected boolean isListening() {
    return true;
  }

  @Override
  protected void hears(ValidatorId from, TendermintMessage message, Tongue tongue) {
    precommit(tongue.others(), message, tongue);
  }

  @Override
  protected void says(List<ValidatorId> to, TendermintMessage message, Tongue tongue) {
    tongue.say(to, message);
    precommit(to, message, tongue);
  }

  private static void precommit(List<ValidatorId> to, TendermintMessage message, Tongue tongue) {
    if (message instanceof Proposal it) {
      var block = LedgerBlock.of(it.block());
      tongue.say(to, Tongue.message(tongue.vote(VoteType.COMMIT, it.round(), block)));
    }
  }
}
