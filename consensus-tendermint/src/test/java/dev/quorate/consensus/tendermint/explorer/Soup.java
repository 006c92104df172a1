package dev.quorate.consensus.tendermint.explorer;

import dev.quorate.consensus.core.Signed;
import dev.quorate.consensus.tendermint.message.CertificateMessage;
import dev.quorate.consensus.tendermint.message.Justification;
import dev.quorate.consensus.tendermint.message.Precommit;
import dev.quorate.consensus.tendermint.message.Prevote;
import dev.quorate.consensus.tendermint.message.Proposal;
import dev.quorate.consensus.tendermint.message.Status;
import dev.quorate.consensus.tendermint.message.TendermintMessage;
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

  /** A message by the number of its sending, and the place that it speaks of. */
  record Sent(int number, Signed<TendermintMessage> message, long height, int round) {}

  Soup() {
    Kind.ALL.forEach(kind -> byKind.put(kind, new ArrayList<>()));
  }

  Sent add(Signed<TendermintMessage> message) {
    var sent =
        switch (message.message()) {
          case Proposal it -> sent(message, it.height().value(), it.round().value());
          case Prevote(var vote) ->
              sent(message, vote.vote().height().value(), vote.vote().round().value());
          case Precommit(var vote) ->
              sent(message, vote.vote().height().value(), vote.vote().round().value());
          case CertificateMessage(var it) -> sent(message, it.height().value(), it.round().value());
          case Justification it -> sent(message, it.height().value(), it.round().value());
          case Status it -> sent(message, it.height().value(), it.round().value());
        };
    of(Kind.of(message.message())).add(sent);
    return sent;
  }

  private Sent sent(Signed<TendermintMessage> message, long height, int round) {
    return new Sent(size++, message, height, round);
  }

  /** In the order of sending. */
  List<Sent> of(Kind kind) {
    return byKind.getOrDefault(kind, List.of());
  }
}
