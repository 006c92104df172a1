package dev.quorate.ledger;

import dev.quorate.consensus.core.BlockShape;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.validators.ValidatorSet;
import dev.quorate.consensus.core.vote.Certificate;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.consensus.core.vote.Vote;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Ed25519;
import dev.quorate.crypto.Hash;
import dev.quorate.crypto.KeyPair;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The validators a, b, c and d, one vote each, and the chain that they make. */
public final class Four {
  public static final String CHAIN = "four";
  public static final Instant GENESIS_TIME = Instant.parse("2026-11-23T20:00:00Z");
  public static final Genesis GENESIS = genesis(Limits.DEFAULT);
  public static final ValidatorSet SET = GENESIS.validatorSet();

  /** Blocks as PBFT makes them. */
  public static final BlockShape SHAPE =
      new BlockShape(BlockShape.LastCommit.BESIDE, BlockShape.EmptyBlocks.NEVER);

  public static final BlockRules RULES = rules(GENESIS);
  public static final ChainState START = ChainState.genesis(GENESIS);

  private Four() {}

  public static BlockRules rules(Genesis genesis) {
    return new BlockRules(genesis, SHAPE, Ed25519.INSTANCE);
  }

  public static KeyPair keys(String name) {
    return KeyPair.fromSeed(Hash.sha256(Bytes.utf8("seed of " + name)).bytes());
  }

  public static ValidatorId id(String name) {
    return ValidatorId.of(keys(name).publicKey());
  }

  public static Genesis.Builder builder() {
    var builder = Genesis.builder(CHAIN, GENESIS_TIME, "pbft");
    for (var name : List.of("a", "b", "c", "d")) {
      builder.validator(name, keys(name).publicKey(), 1);
    }
    return builder;
  }

  public static Genesis genesis(Limits limits) {
    return builder().limits(limits).build();
  }

  public static List<Transaction> transactions(String... texts) {
    var transactions = new ArrayList<Transaction>();
    for (var text : texts) {
      transactions.add(Transaction.of(Bytes.utf8(text)));
    }
    return transactions;
  }

  /** A valid block of validator a that follows the parent. */
  public static LedgerBlock block(ChainState parent, String... transactions) {
    return RULES.build(parent, parent.time().plusMillis(5), id("a"), transactions(transactions));
  }

  /** A valid block as Tendermint makes them, with the commit of its parent. */
  public static LedgerBlock carrying(ChainState parent, Commit lastCommit, String... transactions) {
    var shape = new BlockShape(BlockShape.LastCommit.CARRIED, BlockShape.EmptyBlocks.ALLOWED);
    var filling = new BlockRules.Filling(transactions(transactions), List.of(), lastCommit);
    return new BlockRules(GENESIS, shape, Ed25519.INSTANCE)
        .build(parent, parent.time().plusMillis(5), id("a"), filling, Ancestors.NONE);
  }

  /** As many valid blocks as asked for, with a few transactions each, from genesis on. */
  public static List<LedgerBlock> chain(int length) {
    var chain = new ArrayList<LedgerBlock>();
    var state = START;
    for (int i = 0; i < length; i++) {
      var block = block(state, "first of " + i, "second of " + i, "third of " + i);
      chain.add(block);
      state = state.after(block);
    }
    return chain;
  }

  /** Who is named signs that the block is final. */
  public static Commit commit(LedgerBlock block, int round, String... names) {
    var signers = new ArrayList<Certificate.Signer>();
    for (var name : names) {
      var vote =
          new Vote(
              VoteType.COMMIT,
              block.height(),
              new Round(round),
              block.id(),
              block.header().time(),
              id(name));
      var signature = Ed25519.INSTANCE.sign(keys(name), vote.signBytes(block.header().chainId()));
      signers.add(new Certificate.Signer(id(name), signature));
    }
    var certificate =
        new Certificate(
            VoteType.COMMIT,
            block.height(),
            new Round(round),
            block.id(),
            block.header().time(),
            signers);
    return Commit.of(certificate, SET);
  }
}
