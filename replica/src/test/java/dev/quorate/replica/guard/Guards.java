package dev.quorate.replica.guard;

import dev.quorate.consensus.core.SignGuard;
import dev.quorate.consensus.core.SignPosition;
import dev.quorate.consensus.core.SignPosition.Kind;
import dev.quorate.consensus.core.SignRequest;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Signature;
import dev.quorate.replica.cluster.Members;
import dev.quorate.replica.guard.DurableSignGuard.Found;

/** Shorthand for the tests of the guard. */
final class Guards {
  /** What a new validator finds. */
  static final Found NEW = new Found(true, new Height(0), 0);

  private Guards() {}

  static DurableSignGuard open(GuardStorage storage, Found store) {
    var key = new SigningKey(Members.key("a"), new NeverTheSame());
    return DurableSignGuard.open(key, storage, store);
  }

  /** What a validator finds that has been there before. */
  static Found store(long tip, long state) {
    return new Found(false, new Height(tip), state);
  }

  static SignPosition at(Kind kind, long height, int round) {
    return new SignPosition(kind, new Height(height), new Round(round));
  }

  static SignGuard.Answer ask(
      DurableSignGuard guard, Kind kind, long height, int round, String text) {
    return guard.sign(new SignRequest(at(kind, height, round), Bytes.utf8(text)));
  }

  /** Asks for a signature that must be granted. */
  static Signature sign(DurableSignGuard guard, Kind kind, long height, int round, String text) {
    return switch (ask(guard, kind, height, round, text)) {
      case SignGuard.Answer.Granted(var signature) -> signature;
      case SignGuard.Answer.Refused(var reason) -> throw new AssertionError(reason);
    };
  }
}
