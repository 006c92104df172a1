package dev.quorate.ledger;

import dev.quorate.consensus.core.vote.PartSetHeader;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
import dev.quorate.crypto.MerkleProof;
import dev.quorate.crypto.MerkleTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A block's bytes cut into parts of {@link #PART_SIZE} bytes (the last one may be shorter), with
 * the tree over the parts, so that each of them can be checked alone. The parts are slices.
 */
public final class PartSet {
  /** Bytes in every part but the last. */
  public static final int PART_SIZE = 65_536;

  private final List<Bytes> parts;
  private final List<Hash> leafHashes;
  private final PartSetHeader header;

  private PartSet(List<Bytes> parts, List<Hash> leafHashes) {
    this.parts = parts;
    this.leafHashes = leafHashes;
    this.header = new PartSetHeader(parts.size(), MerkleTree.rootOfLeafHashes(leafHashes));
  }

  /** One part with the proof of its place. */
  public record Part(int index, Bytes bytes, MerkleProof proof) {
    /** The part that exactly these bytes encode, which may belong to no set at all. */
    public static Optional<Part> decode(Bytes encoded) {
      return PartCodec.decode(encoded);
    }

    /** CometBFT's encoding. */
    public Bytes encode() {
      return PartCodec.encode(this);
    }

    /** Whether this is the part of that index of the set with that header. Never throws. */
    public boolean belongsTo(PartSetHeader set) {
      boolean last = index == set.total() - 1;
      boolean sized = last ? !bytes.isEmpty() : bytes.length() == PART_SIZE;
      return index >= 0
          && index < set.total()
          && proof.total() == set.total()
          && proof.index() == index
          && sized
          && bytes.length() <= PART_SIZE
          && proof.proves(set.hash(), bytes);
    }
  }

  /** The parts of an encoding, which has at least one byte. */
  public static PartSet of(Bytes encoded) {
    if (encoded.isEmpty()) {
      throw new IllegalArgumentException("nothing to cut into parts");
    }
    var parts = new ArrayList<Bytes>();
    for (int from = 0; from < encoded.length(); from += PART_SIZE) {
      parts.add(encoded.slice(from, Math.min(encoded.length(), from + PART_SIZE)));
    }
    return new PartSet(List.copyOf(parts), List.copyOf(MerkleTree.leafHashes(parts)));
  }

  public PartSetHeader header() {
    return header;
  }

  /** The parts in their order. */
  public List<Bytes> parts() {
    return parts;
  }

  /** One part with its proof; refuses an index that the set does not have. */
  public Part part(int index) {
    return new Part(index, parts.get(index), MerkleProof.of(leafHashes, index));
  }
}
