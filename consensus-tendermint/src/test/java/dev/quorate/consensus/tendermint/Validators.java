package dev.quorate.consensus.tendermint;

import dev.quorate.consensus.core.Block;
import dev.quorate.consensus.core.MessageSigner;
import dev.quorate.consensus.core.SignGuard;
import dev.quorate.consensus.core.Signed;
import dev.quorate.consensus.core.validators.Validator;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.validators.ValidatorSet;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.CanonicalBytes;
import dev.quorate.consensus.core.vote.Certificate;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.PartSetHeader;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.consensus.core.vote.SignedVote;
import dev.quorate.consensus.core.vote.Vote;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.consensus.tendermint.message.TendermintMessage;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
import dev.quorate.crypto.KeyPair;
import dev.quorate.crypto.Signature;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Validators a, b, c, d, ... with equal powers, named in the order in which they propose at height
 * 1, and blocks for them to vote on.
 *
 * <p>Signatures here are keyed hashes: what an engine does must not depend on the scheme.
 */
final class Validators {
  static final String CHAIN = "test-chain";
  static final Instant GENESIS_TIME = Instant.parse("2026-01-01T00:00:00Z");
  static final Validators FOUR = new Validators(4);

  private final List<ValidatorId> ids;
  private final ValidatorSet set;

  Validators(int count) {
    var members = new ArrayList<Validator>();
    for (int i = 0; i < count; i++) {
      var seed = Hash.sha256(Bytes.utf8("validator " + i)).bytes();
      members.add(Validator.of(KeyPair.fromSeed(seed).publicKey(), 1));
    }
    members.sort(Comparator.comparing(Validator::id));
    set = ValidatorSet.of(members);
    var proposers = Proposers.atGenesis(set, new Height(1));
    ids = new ArrayList<>();
    for (int round = 0; round < count; round++) {
      ids.add(proposers.of(new Round(round)));
    }
  }

  ValidatorSet set() {
    return set;
  }

  List<ValidatorId> all() {
    return List.copyOf(ids);
  }

  /** The validator with a one-letter name. */
  ValidatorId id(String name) {
    return ids.get(name.charAt(0) - 'a');
  }

  String nameOf(ValidatorId id) {
    return String.valueOf((char) ('a' + ids.indexOf(id)));
  }

  static SignGuard guardOf(ValidatorId signer) {
    return request -> new SignGuard.Answer.Granted(signature(signer, request.signBytes()));
  }

  static Signature signature(ValidatorId signer, Bytes signBytes) {
    var half = Hash.sha256(signer.address(), signBytes);
    var bytes = ByteBuffer.allocate(Signature.SIZE).put(half.toArray()).put(half.toArray());
    return new Signature(Bytes.wrap(bytes.array()));
  }

  /** What a validator sends, signed. */
  static Signed<TendermintMessage> signed(ValidatorId from, TendermintMessage message) {
    var outcome = new MessageSigner<TendermintMessage>(CHAIN, from, guardOf(from)).sign(message);
    return switch (outcome) {
      case MessageSigner.Outcome.Ready<TendermintMessage>(var signed) -> signed;
      case MessageSigner.Outcome.Refused<TendermintMessage>(var position, var reason) ->
          throw new AssertionError(reason);
    };
  }

  /** A signed vote for a block, or for nil. */
  static SignedVote vote(
      VoteType type, int round, long height, Optional<Block> block, ValidatorId by) {
    var vote =
        new Vote(
            type,
            new Height(height),
            new Round(round),
            block.map(Block::id).orElse(BlockId.NONE),
            block.map(Block::time).orElse(CanonicalBytes.ZERO_TIME),
            by);
    return new SignedVote(vote, signature(by, vote.signBytes(CHAIN)));
  }

  /** A certificate of several validators, by their letters. */
  Certificate certificate(VoteType type, int round, Block block, String names) {
    var signers =
        names
            .chars()
            .mapToObj(letter -> id(String.valueOf((char) letter)))
            .sorted()
            .map(by -> vote(type, round, block.height().value(), Optional.of(block), by))
            .map(it -> new Certificate.Signer(it.validator(), it.signature()))
            .toList();
    return new Certificate(
        type, block.height(), new Round(round), block.id(), block.time(), signers);
  }

  /** A block whose content is a text. */
  static Block block(long height, BlockId parent, ValidatorId proposer, String content) {
    return block(height, parent, proposer, GENESIS_TIME.plusMillis(height), content);
  }

  /** The same with a time. */
  static Block block(
      long height, BlockId parent, ValidatorId proposer, Instant time, String content) {
    var block = read(encode(height, parent, proposer, time, content)).orElseThrow();
    CONTENTS.put(block.id(), content);
    return block;
  }

  /** A block reader for the blocks of {@link #block}. */
  static Optional<Block> read(Bytes encoded) {
    if (encoded.length() < 104) {
      return Optional.empty();
    }
    var in = encoded.asBuffer();
    var height = new Height(in.getLong());
    var time = Instant.ofEpochMilli(in.getLong());
    var hash = Hash.copyOf(encoded.slice(16, 48));
    var parts = Hash.copyOf(encoded.slice(48, 80));
    var proposer = new ValidatorId(encoded.slice(80, 100));
    boolean first = hash.equals(ZEROES);
    var parent = first ? BlockId.NONE : new BlockId(hash, new PartSetHeader(1, parts));
    var id =
        new BlockId(
            Hash.sha256(encoded), new PartSetHeader(1, Hash.sha256(Bytes.utf8("p"), encoded)));
    return Optional.of(new Block(id, height, parent, proposer, time, () -> encoded));
  }

  /** The content of a block that {@link #block} made. */
  static String nameOf(BlockId id) {
    return CONTENTS.getOrDefault(id, "unknown");
  }

  private static final Map<BlockId, String> CONTENTS = new ConcurrentHashMap<>();

  private static final Hash ZEROES = Hash.copyOf(new byte[32]);

  private static Bytes encode(
      long height, BlockId parent, ValidatorId proposer, Instant time, String content) {
    var text = Bytes.utf8(content);
    var out = ByteBuffer.allocate(104 + text.length());
    out.putLong(height).putLong(time.toEpochMilli());
    out.put(parent.isNone() ? new byte[32] : parent.hash().toArray());
    out.put(parent.isNone() ? new byte[32] : parent.parts().hash().toArray());
    out.put(proposer.address().toArray()).putInt(text.length());
    text.copyTo(out);
    return Bytes.wrap(out.array());
  }
}
