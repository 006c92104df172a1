package dev.quorate.replica;

import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.Message;
import dev.quorate.consensus.core.MessageSigner;
import dev.quorate.consensus.core.SignPosition;
import dev.quorate.consensus.core.Signed;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.replica.guard.DurableSignGuard;
import dev.quorate.replica.listen.Silence;
import dev.quorate.replica.listen.Voice;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Signs the own messages of a pass: all of them in the order of their asking, then one sync of the
 * guard, and only then may the first of them leave.
 *
 * <p>What needs a signature while the replica listens is held back. The engine has saved it, so
 * this is the state of a crash between store and guard. An observer's is dropped.
 */
final class Sealer<M extends Message<M>> {
  /** Messages that are held back at most; of more, the oldest are gone, as if lost on the way. */
  static final int MAX_HELD = 1_024;

  private final String chainId;
  private final MessageSigner<M> signer;
  private final DurableSignGuard guard;
  private final Silence silence;
  private final Counts counts;
  private final ArrayDeque<Asked<M>> held = new ArrayDeque<>();

  Sealer(String chainId, ValidatorId self, DurableSignGuard guard, Silence silence, Counts counts) {
    this.chainId = chainId;
    this.signer = new MessageSigner<>(chainId, self, guard);
    this.guard = guard;
    this.silence = silence;
    this.counts = counts;
  }

  /** An effect that others see, and the height that was delivered when the engine asked for it. */
  record Asked<M extends Message<M>>(Effect.Visible<M> effect, Height delivered) {}

  /** What becomes of such an effect once all that it needs is on disk. */
  sealed interface Departure<M extends Message<M>> {
    /** A message that may leave: to one validator, or to all. */
    record Letter<M extends Message<M>>(Signed<M> message, Optional<ValidatorId> to)
        implements Departure<M> {}

    /** A message that must never leave; nothing behind it was signed. */
    record Refused<M extends Message<M>>(SignPosition position, String reason)
        implements Departure<M> {}

    /** Nothing to sign in it. */
    record Other<M extends Message<M>>(Effect.Visible<M> effect) implements Departure<M> {}
  }

  /**
   * When this returns, every signature in the departures is on disk.
   *
   * @param stateNumber the engine state on disk on which they rest
   */
  List<Departure<M>> seal(List<Asked<M>> asked, long stateNumber) {
    var departures = new ArrayList<Departure<M>>(asked.size() + held.size());
    for (var it : mayLeave(asked)) {
      var sealed = seal(it);
      departures.add(sealed);
      if (sealed instanceof Departure.Refused<M>) {
        break;
      }
    }
    if (guard.sync(stateNumber)) {
      counts.add(Count.GUARD_WRITES);
    }
    return departures;
  }

  /** What was held back and what is asked for now, or as much of that as needs no signature. */
  private List<Asked<M>> mayLeave(List<Asked<M>> asked) {
    var voice = silence.voice();
    var leaving = new ArrayList<Asked<M>>(asked.size() + held.size());
    if (voice instanceof Voice.Speaking) {
      leaving.addAll(held);
      held.clear();
      leaving.addAll(asked);
      return leaving;
    }
    for (var it : asked) {
      if (!needsSignature(it.effect())) {
        leaving.add(it);
      } else if (voice instanceof Voice.Listening) {
        holdBack(it);
      } else {
        counts.add(Count.MESSAGES_WITHHELD);
      }
    }
    return leaving;
  }

  private Departure<M> seal(Asked<M> asked) {
    return switch (asked.effect()) {
      case Effect.Broadcast<M>(var message) -> sign(message, asked, Optional.empty());
      case Effect.Send<M>(var to, var message) -> sign(message, asked, Optional.of(to));
      case Effect.Visible<M> other -> new Departure.Other<>(other);
    };
  }

  private Departure<M> sign(M message, Asked<M> asked, Optional<ValidatorId> to) {
    if (needsSignature(asked.effect())) {
      // A vote for a height may be asked for just before its delivery, in one and the same pass.
      // What needs no signature leaves before votes that are held back: it must not shut them out.
      guard.delivered(asked.delivered());
    }
    return switch (signer.sign(message)) {
      case MessageSigner.Outcome.Ready<M>(var signed) -> new Departure.Letter<>(signed, to);
      case MessageSigner.Outcome.Refused<M>(var position, var reason) ->
          new Departure.Refused<>(position, reason);
    };
  }

  private boolean needsSignature(Effect.Visible<M> effect) {
    return switch (effect) {
      case Effect.Broadcast<M>(var message) -> !message.signRequests(chainId).isEmpty();
      case Effect.Send<M>(_, var message) -> !message.signRequests(chainId).isEmpty();
      case Effect.Visible<M> _ -> false;
    };
  }

  private void holdBack(Asked<M> asked) {
    if (held.size() == MAX_HELD) {
      held.removeFirst();
      counts.add(Count.MESSAGES_WITHHELD);
    }
    held.add(asked);
  }
}
