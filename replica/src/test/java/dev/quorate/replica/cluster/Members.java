package dev.quorate.replica.cluster;

import dev.quorate.consensus.core.BlockShape;
import dev.quorate.consensus.core.MessageVerifier;
import dev.quorate.consensus.core.SignPosition;
import dev.quorate.consensus.core.SignPosition.Kind;
import dev.quorate.consensus.core.SignRequest;
import dev.quorate.consensus.core.Signed;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.PartSetHeader;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.consensus.core.vote.SignedVote;
import dev.quorate.consensus.core.vote.Vote;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
import dev.quorate.crypto.KeyPair;
import dev.quorate.ledger.Genesis;
import dev.quorate.ledger.Limits;
import dev.quorate.ledger.Transaction;
import dev.quorate.replica.conveyor.ConveyorMessage;
import dev.quorate.replica.guard.DurableSignGuard;
import dev.quorate.replica.guard.DurableSignGuard.Found;
import dev.quorate.replica.guard.InMemoryGuardStorage;
import dev.quorate.replica.guard.SigningKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The validators a, b, c, d with falling powers, so that set order is their order. */
public final class Members {
  /** Before everything that happens in tests. */
  public static final Instant GENESIS_TIME = Instant.parse("2026-11-01T00:00:00Z");

  /** How the blocks of the test engine are made. */
  public static final BlockShape SHAPE =
      new BlockShape(BlockShape.LastCommit.BESIDE, BlockShape.EmptyBlocks.NEVER);

  private static final List<String> NAMES = List.of("a", "b", "c", "d");

  private Members() {}

  public static List<String> names(int count) {
    return NAMES.subList(0, count);
  }

  public static KeyPair key(String name) {
    return KeyPair.fromSeed(Hash.sha256(Bytes.utf8(name)).bytes());
  }

  public static ValidatorId id(String name) {
    return ValidatorId.of(key(name).publicKey());
  }

  /** A network of the first {@code count} of them. */
  public static Genesis genesis(int count, Map<String, Long> parameters, Limits limits) {
    var genesis = Genesis.builder("conveyor-test", GENESIS_TIME, "conveyor").limits(limits);
    for (int i = 0; i < count; i++) {
      genesis.validator(NAMES.get(i), key(NAMES.get(i)).publicKey(), 100 - i);
    }
    parameters.forEach(genesis::parameter);
    return genesis.build();
  }

  public static Genesis genesis(int count) {
    return genesis(count, Map.of(), Limits.DEFAULT);
  }

  /** The storage of a guard that has signed a text at a height in round 0. */
  public static InMemoryGuardStorage guardThatSigned(
      String name, Kind kind, long height, String text) {
    var storage = new InMemoryGuardStorage();
    var key = new SigningKey(key(name), new KeyedHashes());
    var guard = DurableSignGuard.open(key, storage, new Found(true, new Height(0), 0));
    var position = new SignPosition(kind, new Height(height), Round.ZERO);
    guard.sign(new SignRequest(position, Bytes.utf8(text)));
    guard.sync(0);
    return storage;
  }

  /** A COMMIT in round 0 for a block that is only a name. */
  public static SignedVote vote(String voter, long height, String block) {
    var parts = new PartSetHeader(1, Hash.sha256(Bytes.utf8(block + "'s part")));
    var id = new BlockId(Hash.sha256(Bytes.utf8(block)), parts);
    return vote(voter, new Height(height), Round.ZERO, id, GENESIS_TIME);
  }

  /** A COMMIT. */
  public static SignedVote vote(
      String voter, Height height, Round round, BlockId block, Instant time) {
    var vote = new Vote(VoteType.COMMIT, height, round, block, time, id(voter));
    var scheme = new KeyedHashes();
    return new SignedVote(vote, scheme.sign(key(voter), vote.signBytes("conveyor-test")));
  }

  /** A vote as the ingress lets it in. */
  public static Signed<ConveyorMessage> signed(String from, SignedVote vote) {
    var verifier =
        new MessageVerifier<ConveyorMessage>(
            "conveyor-test", genesis(4).validatorSet(), new KeyedHashes());
    return verifier.verify(id(from), new ConveyorMessage.Ballot(vote)).orElseThrow();
  }

  public static Transaction transaction(String text) {
    return Transaction.of(Bytes.utf8(text));
  }

  /** As many different transactions as wanted. */
  public static List<Transaction> transactions(String prefix, int count) {
    var transactions = new ArrayList<Transaction>(count);
    for (int i = 0; i < count; i++) {
      transactions.add(transaction(prefix + "-" + i));
    }
    return transactions;
  }
}
