package dev.quorate.simulator.oracle.plain;

import dev.quorate.consensus.core.validators.ValidatorSet;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Signature;
import dev.quorate.crypto.SignatureScheme;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a chain knows of its evidence: the times of its headers, and the slots named so far. */
final class PlainEvidence {
  private static final int MOST = 64;
  private static final long OLDEST = 100_000;

  private final String chainId;
  private final ValidatorSet validators;
  private final SignatureScheme scheme;
  private final Map<Long, Bytes> times = new HashMap<>();
  private final Set<List<Object>> named = new HashSet<>();

  PlainEvidence(String chainId, ValidatorSet validators, SignatureScheme scheme) {
    this.chainId = chainId;
    this.validators = validators;
    this.scheme = scheme;
  }

  /** The chain has grown by this block. */
  void add(PlainBlock block) {
    times.put(block.height(), block.header.content(4));
  }

  /** What is wrong with the evidence in the next block; empty if nothing is. */
  String fault(PlainBlock block) {
    if (block.evidence.size() > MOST) {
      return block.evidence.size() + " pieces of evidence";
    }
    for (var piece : block.evidence) {
      var fault = fault(PlainFields.of(piece), block.height());
      if (!fault.isEmpty()) {
        return "its evidence: " + fault;
      }
    }
    return "";
  }

  private String fault(PlainFields piece, long block) {
    var one = piece.message(1);
    var other = piece.message(2);
    for (int number : new int[] {1, 2, 3, 7}) {
      if (one.number(number) != other.number(number)) {
        return "field %d of the votes differs".formatted(number);
      }
    }
    if (!one.content(6).equals(other.content(6))) {
      return "the votes are of two validators";
    }
    if (key(one).compareTo(key(other)) >= 0) {
      return "the votes are for one block, or in the wrong order";
    }
    long height = one.number(2);
    var time = times.get(height);
    if (time == null || height >= block || block - height > OLDEST) {
      return "of height " + height;
    }
    if (!piece.content(5).equals(time)) {
      return "its time is not that of height " + height;
    }
    if (!named.add(List.of(one.content(6), one.number(1), height, one.number(3)))) {
      return "the slot stands in the chain twice";
    }
    return signed(piece, one, other);
  }

  private String signed(PlainFields piece, PlainFields one, PlainFields other) {
    int index = (int) one.number(7);
    if (index < 0 || index >= validators.size()) {
      return "index " + index;
    }
    var member = validators.members().get(index);
    if (!PlainTree.sha256(member.key().bytes()).slice(0, 20).equals(one.content(6))) {
      return "somebody else has index " + index;
    }
    if (piece.number(3) != validators.totalPower() || piece.number(4) != member.power()) {
      return "power " + piece.number(4) + " of " + piece.number(3);
    }
    for (var vote : Arrays.asList(one, other)) {
      var signature = vote.content(8);
      if (signature.length() != Signature.SIZE
          || !scheme.verify(member.key(), signBytes(vote), new Signature(signature))) {
        return "a signature is not valid";
      }
    }
    return "";
  }

  /** The hash of the block, then its part set header. */
  private static Bytes key(PlainFields vote) {
    var id = vote.message(4);
    var key = new ByteArrayOutputStream();
    key.writeBytes(id.content(1).toArray());
    key.writeBytes(id.content(2).toArray());
    return Bytes.wrap(key.toByteArray());
  }

  /** CometBFT's CanonicalVote, its length before it. */
  private Bytes signBytes(PlainFields vote) {
    var canonical = new ByteArrayOutputStream();
    PlainFields.write(canonical, 1, vote.number(1));
    fixed(canonical, 0x11, vote.number(2));
    fixed(canonical, 0x19, vote.number(3));
    if (!vote.message(4).content(1).isEmpty()) {
      PlainFields.write(canonical, 4, vote.content(4));
    }
    PlainFields.write(canonical, 5, vote.content(5));
    PlainFields.write(canonical, 6, Bytes.utf8(chainId));
    var delimited = new ByteArrayOutputStream();
    PlainFields.writeVarint(delimited, canonical.size());
    delimited.writeBytes(canonical.toByteArray());
    return Bytes.wrap(delimited.toByteArray());
  }

  private static void fixed(ByteArrayOutputStream out, int tag, long number) {
    if (number != 0) {
      out.write(tag);
      var eight = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      out.writeBytes(eight.putLong(number).array());
    }
  }
}
