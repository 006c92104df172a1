package dev.quorate.simulator.byzantine;

import dev.quorate.consensus.core.Decoded;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.crypto.Bytes;
import dev.quorate.ledger.Transaction;
import dev.quorate.replica.wire.Envelope;
import dev.quorate.replica.wire.EnvelopeCodec;
import java.util.List;

/** Damages a share of what it says: a flipped bit, a lost end, something behind the end. */
public final class BitFlipper implements Trick {
  @Override
  public String name() {
    return "bit flipper";
  }

  @Override
  public void leaving(List<ValidatorId> to, Bytes frame, Means means) {
    for (var it : to) {
      // Two of these may sit one behind the other, and the first may have left nothing.
      boolean damages = !frame.isEmpty() && means.chance().happens(0.3);
      var said = damages ? damaged(frame, means) : frame;
      if (damages) {
        admit(said, means);
      }
      means.send(it, said);
    }
  }

  /** Damaged transactions are transactions. */
  private static void admit(Bytes frame, Means means) {
    if (EnvelopeCodec.decode(frame) instanceof Decoded.Ok(Envelope.Transactions(var said))) {
      said.forEach(it -> means.invented(Transaction.of(it)));
    }
  }

  private static Bytes damaged(Bytes frame, Means means) {
    var chance = means.chance();
    return switch (chance.below(4)) {
      case 0 -> frame.slice(0, chance.below(frame.length()));
      case 1 -> {
        var longer = new byte[frame.length() + 1 + chance.below(40)];
        frame.copyTo(longer, 0);
        yield Bytes.wrap(longer);
      }
      default -> {
        var flipped = frame.toArray();
        flipped[chance.below(flipped.length)] ^= (byte) (1 << chance.below(8));
        yield Bytes.wrap(flipped);
      }
    };
  }
}
