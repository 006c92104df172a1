package dev.quorate.simulator.tendermint.trick;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.consensus.tendermint.message.CertificateMessage;
import dev.quorate.consensus.tendermint.message.Prevote;
import dev.quorate.consensus.tendermint.message.TendermintMessage;
import dev.quorate.simulator.byzantine.Split;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Prevotes blocks before one of the others only and nil before the rest, and shows nobody a polka:
 * where its vote is needed, one is locked and nobody knows.
 */
final class PolkaForOne extends TendermintTrick {
  private @Nullable ValidatorId chosen;

  /** Chance chooses, for each vote anew. */
  PolkaForOne() {
    super("polkas for one only");
  }

  /** Always the same one. */
  PolkaForOne(ValidatorId chosen) {
    this();
    this.chosen = chosen;
  }

  @Override
  protected void says(List<ValidatorId> to, TendermintMessage message, Tongue tongue) {
    if (message instanceof CertificateMessage(var it) && it.type() == VoteType.PREPARE) {
      return;
    }
    boolean lies =
        message instanceof Prevote(var signed)
            && tongue.isOwn(message)
            && !signed.vote().blockId().isNone();
    if (!lies) {
      tongue.say(to, message);
      return;
    }
    var one = List.of(chosen == null ? tongue.chance().oneOf(tongue.others()) : chosen);
    var vote = ((Prevote) message).vote().vote();
    tongue.say(to.stream().filter(one::contains).toList(), message);
    tongue.say(
        Split.rest(to, one),
        Tongue.message(tongue.nil(VoteType.PREPARE, vote.height(), vote.round())));
  }
}
