package dev.quorate.consensus.core;

import dev.quorate.consensus.core.validators.Validator;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.validators.ValidatorSet;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.PartSetHeader;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.consensus.core.vote.SignedVote;
import dev.quorate.consensus.core.vote.Vote;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Ed25519;
import dev.quorate.crypto.Hash;
import dev.quorate.crypto.KeyPair;
import java.time.Instant;
import java.util.stream.Stream;

/** The four validators a, b, c and d with real keys, and what they vote on. */
public final class Four {
  public static final String CHAIN = "test-chain";
  public static final Instant TIME = Instant.parse("2026-11-23T20:00:00.123Z");
  public static final BlockId BLOCK = block("block");
  public static final BlockId OTHER_BLOCK = block("other block");

  /** All four, each of power 1. */
  public static final ValidatorSet SET =
      ValidatorSet.of(
          Stream.of("a", "b", "c", "d")
              .map(name -> Validator.of(keys(name).publicKey(), 1))
              .toList());

  private Four() {}

  public static KeyPair keys(String name) {
    return KeyPair.fromSeed(Hash.sha256(Bytes.utf8("validator " + name)).bytes());
  }

  public static ValidatorId id(String name) {
    return ValidatorId.of(keys(name).publicKey());
  }

  public static BlockId block(String name) {
    var hash = Hash.sha256(Bytes.utf8(name));
    return new BlockId(hash, new PartSetHeader(1, Hash.sha256(hash.bytes())));
  }

  /** A COMMIT for a block at height 5 in round 2. */
  public static Vote commit(String name, BlockId block) {
    return new Vote(VoteType.COMMIT, new Height(5), new Round(2), block, TIME, id(name));
  }

  public static SignedVote signed(String name, Vote vote) {
    return new SignedVote(vote, Ed25519.INSTANCE.sign(keys(name), vote.signBytes(CHAIN)));
  }

  public static SignedVote signedCommit(String name, BlockId block) {
    return signed(name, commit(name, block));
  }
}
