package dev.quorate.consensus.tendermint.explorer;

import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.consensus.tendermint.message.CertificateMessage;
import dev.quorate.consensus.tendermint.message.Justification;
import dev.quorate.consensus.tendermint.message.Precommit;
import dev.quorate.consensus.tendermint.message.Prevote;
import dev.quorate.consensus.tendermint.message.Proposal;
import dev.quorate.consensus.tendermint.message.Status;
import dev.quorate.consensus.tendermint.message.TendermintMessage;

/** The place that a message speaks of. */
record Place(Height height, Round round) {
  static Place of(TendermintMessage message) {
    return switch (message) {
      case Proposal it -> new Place(it.height(), it.round());
      case Prevote(var signed) -> new Place(signed.vote().height(), signed.vote().round());
      case Precommit(var signed) -> new Place(signed.vote().height(), signed.vote().round());
      case CertificateMessage(var it) -> new Place(it.height(), it.round());
      case Justification it -> new Place(it.height(), it.round());
      case Status it -> new Place(it.height(), it.round());
    };
  }

  boolean is(int otherHeight, int otherRound) {
    return height.value() == otherHeight && round.value() == otherRound;
  }
}
