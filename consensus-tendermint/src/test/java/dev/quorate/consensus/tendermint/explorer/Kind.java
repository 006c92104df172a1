package dev.quorate.consensus.tendermint.explorer;

import dev.quorate.consensus.tendermint.message.CertificateMessage;
import dev.quorate.consensus.tendermint.message.Justification;
import dev.quorate.consensus.tendermint.message.Precommit;
import dev.quorate.consensus.tendermint.message.Prevote;
import dev.quorate.consensus.tendermint.message.Proposal;
import dev.quorate.consensus.tendermint.message.Status;
import dev.quorate.consensus.tendermint.message.TendermintMessage;
import java.util.List;

/** What a message is about. */
enum Kind {
  PROPOSAL,
  PREVOTE,
  PRECOMMIT,
  CERTIFICATE,
  JUSTIFICATION,
  STATUS;

  static final List<Kind> ALL = List.of(values());

  static Kind of(TendermintMessage message) {
    return switch (message) {
      case Proposal _ -> PROPOSAL;
      case Prevote _ -> PREVOTE;
      case Precommit _ -> PRECOMMIT;
      case CertificateMessage _ -> CERTIFICATE;
      case Justification _ -> JUSTIFICATION;
      case Status _ -> STATUS;
    };
  }
}
