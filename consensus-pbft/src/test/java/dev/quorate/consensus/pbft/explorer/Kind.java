package dev.quorate.consensus.pbft.explorer;

import dev.quorate.consensus.pbft.message.CertificateMessage;
import dev.quorate.consensus.pbft.message.Commit;
import dev.quorate.consensus.pbft.message.Complain;
import dev.quorate.consensus.pbft.message.Conflict;
import dev.quorate.consensus.pbft.message.NewView;
import dev.quorate.consensus.pbft.message.PbftMessage;
import dev.quorate.consensus.pbft.message.PrePrepare;
import dev.quorate.consensus.pbft.message.Prepare;
import dev.quorate.consensus.pbft.message.Status;
import dev.quorate.consensus.pbft.message.ViewChange;

/** What a message is about. */
enum Kind {
  PROPOSAL,
  PREPARE,
  COMMIT,
  CERTIFICATE,
  VIEW_CHANGE,
  NEW_VIEW,
  GRUMBLE;

  static Kind of(PbftMessage message) {
    return switch (message) {
      case PrePrepare _ -> PROPOSAL;
      case Prepare _ -> PREPARE;
      case Commit _ -> COMMIT;
      case CertificateMessage _ -> CERTIFICATE;
      case ViewChange _ -> VIEW_CHANGE;
      case NewView _ -> NEW_VIEW;
      case Status _ -> GRUMBLE;
      case Complain _ -> GRUMBLE;
      case Conflict _ -> GRUMBLE;
    };
  }
}
