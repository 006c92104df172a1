package dev.quorate.replica.guard;

import dev.quorate.consensus.core.SignPosition.Kind;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
import dev.quorate.crypto.Signature;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A guard's record as bytes: fixed widths, big-endian.
 *
 * <pre>
 *   lost 1, state 8
 *   view floor 4, height floor 8, ViewChange?, NewView?
 *   PREPAREs: count 2, then (height 8, given); COMMITs likewise
 *   height 8, round 4, proposal?, prevote?, precommit?
 *   given = round 4, hash of the sign bytes 32, signature 64;  x? = 1 and x, or 0
 * </pre>
 */
final class GuardCodec {
  private static final int FIXED = 1 + 8 + 4 + 8 + 2 + 2 + 8 + 4 + 5;
  private static final int GIVEN = 4 + Hash.SIZE + Signature.SIZE;

  /** Bytes of the largest record. */
  static final int MAX_BYTES = FIXED + 5 * GIVEN + 2 * ViewPromises.MAX_HEIGHTS * (8 + GIVEN);

  private GuardCodec() {}

  static Bytes encode(GuardRecord record) {
    // Of the size that it has: the largest one, at every vote, would cost more than all the rest.
    var out = ByteBuffer.allocate(size(record.promises()));
    out.put(flag(record.lost())).putLong(record.state());
    var views = record.promises().views();
    out.putInt(views.viewFloor().value()).putLong(views.heightFloor().value());
    put(out, views.viewChange());
    put(out, views.newView());
    put(out, views.prepares());
    put(out, views.commits());
    var rounds = record.promises().rounds();
    out.putLong(rounds.height().value()).putInt(rounds.round().value());
    put(out, Optional.ofNullable(rounds.given().get(Kind.PROPOSAL)));
    put(out, Optional.ofNullable(rounds.given().get(Kind.PREVOTE)));
    put(out, Optional.ofNullable(rounds.given().get(Kind.PRECOMMIT)));
    return Bytes.wrap(out.array());
  }

  private static int size(Promises promises) {
    var views = promises.views();
    int alone =
        (views.viewChange().isPresent() ? 1 : 0)
            + (views.newView().isPresent() ? 1 : 0)
            + promises.rounds().given().size();
    int votes = views.prepares().size() + views.commits().size();
    return FIXED + alone * GIVEN + votes * (8 + GIVEN);
  }

  /** What was encoded; the caller has checked that the bytes are as they were written. */
  static GuardRecord decode(Bytes encoded) {
    var in = encoded.asBuffer();
    boolean lost = in.get() != 0;
    long state = in.getLong();
    var viewFloor = new Round(in.getInt());
    var heightFloor = new Height(in.getLong());
    var views =
        new ViewPromises(viewFloor, heightFloor, optional(in), optional(in), votes(in), votes(in));
    var height = new Height(in.getLong());
    var round = new Round(in.getInt());
    var given = new TreeMap<Kind, Given>();
    for (var kind : new Kind[] {Kind.PROPOSAL, Kind.PREVOTE, Kind.PRECOMMIT}) {
      optional(in).ifPresent(it -> given.put(kind, it));
    }
    return new GuardRecord(
        lost, state, new Promises(views, new RoundPromises(height, round, given)));
  }

  private static void put(ByteBuffer out, SortedMap<Height, Given> votes) {
    out.putShort((short) votes.size());
    votes.forEach(
        (height, given) -> {
          out.putLong(height.value());
          put(out, given);
        });
  }

  private static void put(ByteBuffer out, Optional<Given> given) {
    out.put(flag(given.isPresent()));
    given.ifPresent(it -> put(out, it));
  }

  private static void put(ByteBuffer out, Given given) {
    out.putInt(given.round().value());
    given.said().bytes().copyTo(out);
    given.signature().bytes().copyTo(out);
  }

  private static SortedMap<Height, Given> votes(ByteBuffer in) {
    var votes = new TreeMap<Height, Given>();
    for (int count = in.getShort(); count > 0; count--) {
      var height = new Height(in.getLong());
      votes.put(height, given(in));
    }
    return votes;
  }

  private static Optional<Given> optional(ByteBuffer in) {
    return in.get() == 0 ? Optional.empty() : Optional.of(given(in));
  }

  private static Given given(ByteBuffer in) {
    var round = new Round(in.getInt());
    var said = Hash.copyOf(bytes(in, Hash.SIZE));
    return new Given(round, said, new Signature(bytes(in, Signature.SIZE)));
  }

  private static Bytes bytes(ByteBuffer in, int length) {
    var bytes = new byte[length];
    in.get(bytes);
    return Bytes.wrap(bytes);
  }

  private static byte flag(boolean set) {
    return (byte) (set ? 1 : 0);
  }
}
