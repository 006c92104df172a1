package dev.quorate.simulator.contract;

import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.Message;
import dev.quorate.consensus.core.SignPosition;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.crypto.Bytes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What an engine has signed, or asked to be signed, by position and over all its lives. */
final class Promises {
  private final String chainId;
  private final ValidatorId self;
  private final Map<SignPosition, Bytes> promised = new LinkedHashMap<>();
  private final List<String> broken = new ArrayList<>();

  Promises(EngineLife<?> life) {
    this.chainId = life.genesis().chainId();
    this.self = life.self();
  }

  /** Takes note of all that some effects want to be signed. */
  <M extends Message<M>> void noteWanted(List<Effect<M>> effects) {
    for (var message : messages(effects)) {
      message.signRequests(chainId).forEach(it -> note(it.position(), it.signBytes()));
    }
  }

  /** Takes note of all that some effects say in its name, signed before or to be signed now. */
  <M extends Message<M>> void noteSaid(List<Effect<M>> effects) {
    noteWanted(effects);
    for (var message : messages(effects)) {
      message.signatureChecks(chainId).stream()
          .filter(it -> it.signer().equals(self))
          .forEach(it -> note(it.position(), it.signBytes()));
    }
  }

  Map<SignPosition, Bytes> all() {
    return promised;
  }

  /** Positions for which two different things were to be signed. */
  List<String> broken() {
    return broken;
  }

  private static <M extends Message<M>> List<M> messages(List<Effect<M>> effects) {
    var messages = new ArrayList<M>();
    for (var effect : effects) {
      if (effect instanceof Effect.Broadcast<M>(var message)) {
        messages.add(message);
      } else if (effect instanceof Effect.Send<M>(_, var message)) {
        messages.add(message);
      }
    }
    return messages;
  }

  private void note(SignPosition position, Bytes signBytes) {
    var before = promised.putIfAbsent(position, signBytes);
    if (before != null && !before.equals(signBytes)) {
      broken.add("%s: %s and %s".formatted(position, before, signBytes));
    }
  }
}
