package dev.quorate.consensus.pbft.message;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.Certificate;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.crypto.Bytes;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * What a validator says when it leaves for a new view: how far it has delivered, and the highest
 * certificate that it holds, by name.
 */
public record Claim(View newView, ValidatorId claimant, Optional<High> high, BlockRef committed) {
  private static final Bytes TAG = Bytes.utf8("quorate/viewchange/v1");
  private static final int BLOCK_ID_BYTES = 68;

  /** A certificate by name. */
  public record High(VoteType type, View view, BlockRef block) {
    public static High of(Certificate certificate) {
      return new High(certificate.type(), View.of(certificate.round()), BlockRef.of(certificate));
    }
  }

  /** Refuses a certificate of the new view or a later one: nobody can hold it yet (R11). */
  public Claim {
    if (high.filter(it -> !newView.isAbove(it.view())).isPresent()) {
      throw new IllegalArgumentException("a claim for view " + newView + " names a later view");
    }
  }

  public Rank rank() {
    return high.map(it -> new Rank(it.view().value(), it.block().height().value()))
        .orElse(Rank.GENESIS);
  }

  /** Tag, 0, chain id with its length, then fields of fixed width in the order of the record. */
  public Bytes signBytes(String chainId) {
    var chain = Bytes.utf8(chainId);
    int size = TAG.length() + 2 + chain.length() + ValidatorId.SIZE + 33 + 2 * BLOCK_ID_BYTES;
    var out = ByteBuffer.allocate(size);
    TAG.copyTo(out);
    out.put((byte) 0).put((byte) chain.length());
    chain.copyTo(out);
    out.putInt(newView.value());
    claimant.address().copyTo(out);
    out.put(high.map(it -> (byte) it.type().code()).orElse((byte) 0));
    out.putInt(high.map(it -> it.view().value()).orElse(-1));
    out.putLong(high.map(it -> it.block().height().value()).orElse(-1L));
    put(out, high.map(it -> it.block().id()).orElse(BlockId.NONE));
    out.putLong(committed.height().value());
    put(out, committed.id());
    return Bytes.wrap(out.array()).slice(0, out.position());
  }

  private static void put(ByteBuffer out, BlockId id) {
    out.put(padded(id.hash().bytes()));
    out.putInt((int) id.parts().total());
    out.put(padded(id.parts().hash().bytes()));
  }

  private static byte[] padded(Bytes hash) {
    var bytes = new byte[32];
    hash.copyTo(bytes, 0);
    return bytes;
  }
}
