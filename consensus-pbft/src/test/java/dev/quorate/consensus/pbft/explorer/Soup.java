package dev.quorate.consensus.pbft.explorer;

import dev.quorate.consensus.core.Signed;
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
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** All that was ever sent: nothing leaves it, and anybody may get anything out of it. */
final class Soup {
  private final Map<Kind, List<Sent>> byKind = new EnumMap<>(Kind.class);
  private int size;

  /** What a message is about. */
  enum Kind {
    PROPOSAL,
    PREPARE,
    COMMIT,
    CERTIFICATE,
    VIEW_CHANGE,
    NEW_VIEW,
    GRUMBLE;

    static final List<Kind> ALL = List.of(values());

    static Kind of(PbftMessage message) {
      return switch (message) {
        case PrePrepare it -> PROPOSAL;
        case Prepare it -> PREPARE;
        case Commit it -> COMMIT;
        case CertificateMessage it -> CERTIFICATE;
        case ViewChange it -> VIEW_CHANGE;
        case NewView it -> NEW_VIEW;
        case Status it -> GRUMBLE;
        case Complain it -> GRUMBLE;
        case Conflict it -> GRUMBLE;
      };
    }
  }

  /** A message by the number of its sending. */
  record Sent(int number, Signed<PbftMessage> message) {}

  Soup() {
    Kind.ALL.forEach(kind -> byKind.put(kind, new ArrayList<>()));
  }

  Sent add(Signed<PbftMessage> message) {
    var sent = new Sent(size++, message);
    of(Kind.of(message.message())).add(sent);
    return sent;
  }

  /** In the order of sending. */
  List<Sent> of(Kind kind) {
    return byKind.getOrDefault(kind, List.of());
  }
}
