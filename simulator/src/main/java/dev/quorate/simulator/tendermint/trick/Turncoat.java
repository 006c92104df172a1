package dev.quorate.simulator.tendermint.trick;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.consensus.tendermint.message.Prevote;
import dev.quorate.consensus.tendermint.message.Proposal;
import dev.quorate.consensus.tendermint.message.TendermintMessage;
import dev.quorate.ledger.LedgerBlock;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * Prevotes every proposal whatever it is locked on, tells all the same, and keeps back what its
 * replica would rather prevote: nobody can accuse it.
 */
final class Turncoat extends TendermintTrick {
  private static final int REMEMBERED = 256;

  private final LinkedHashMap<Place, BlockId> prevoted = new LinkedHashMap<>();

  private record Place(Height height, Round round) {}

  Turncoat() {
    super("votes against its lock");
  }

  @Override
  protected boolean isListening() {
    return true;
  }

  @Override
  protected void hears(ValidatorId from, TendermintMessage message, Tongue tongue) {
    if (message instanceof Proposal it) {
      var place = new Place(it.height(), it.round());
      if (prevoted.putIfAbsent(place, it.block().id()) == null) {
        var block = LedgerBlock.of(it.block());
        tongue.sayToAll(Tongue.message(tongue.vote(VoteType.PREPARE, it.round(), block)));
      }
      if (prevoted.size() > REMEMBERED) {
        prevoted.pollFirstEntry();
      }
    }
  }

  @Override
  protected void says(List<ValidatorId> to, TendermintMessage message, Tongue tongue) {
    if (!(message instanceof Prevote(var signed)) || !tongue.isOwn(message)) {
      tongue.say(to, message);
      return;
    }
    var vote = signed.vote();
    var before = prevoted.putIfAbsent(new Place(vote.height(), vote.round()), vote.blockId());
    if (before == null || before.equals(vote.blockId())) {
      tongue.say(to, message);
    }
  }
}
