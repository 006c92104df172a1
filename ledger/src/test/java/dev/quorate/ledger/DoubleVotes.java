package dev.quorate.ledger;

import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.DuplicateVote;
import dev.quorate.consensus.core.vote.DuplicateVoteEvidence;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.PartSetHeader;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.consensus.core.vote.SignedVote;
import dev.quorate.consensus.core.vote.Vote;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Ed25519;
import dev.quorate.crypto.Hash;
import dev.quorate.crypto.MerkleTree;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What one of the four does who votes for two blocks in one slot. */
public final class DoubleVotes {
  private DoubleVotes() {}

  /** Evidence of a double COMMIT at the height of a block. */
  public static DuplicateVoteEvidence evidence(String name, LedgerBlock at, int round) {
    return evidence(pair(name, at.height(), round, "one", "other"), at.header().time());
  }

  /** The same, with signatures that nobody made. */
  public static DuplicateVoteEvidence unsigned(String name, LedgerBlock at, int round) {
    var pair =
        DuplicateVote.of(
            SignedVote.unsigned(vote(name, at.height(), round, "one")),
            SignedVote.unsigned(vote(name, at.height(), round, "other")));
    return evidence(pair.orElseThrow(), at.header().time());
  }

  public static DuplicateVoteEvidence evidence(DuplicateVote pair, Instant time) {
    return DuplicateVoteEvidence.of(pair, Four.SET, time);
  }

  public static DuplicateVote pair(
      String name, Height height, int round, String block, String otherBlock) {
    return DuplicateVote.of(
            signed(name, vote(name, height, round, block)),
            signed(name, vote(name, height, round, otherBlock)))
        .orElseThrow();
  }

  public static Vote vote(String name, Height height, int round, String block) {
    var hash = Hash.sha256(Bytes.utf8(block));
    return new Vote(
        VoteType.COMMIT,
        height,
        new Round(round),
        new BlockId(hash, new PartSetHeader(1, hash)),
        Four.GENESIS_TIME,
        Four.id(name));
  }

  public static SignedVote signed(String name, Vote vote) {
    return new SignedVote(vote, Ed25519.INSTANCE.sign(Four.keys(name), vote.signBytes(Four.CHAIN)));
  }

  /** A block of validator a that follows the last one and holds evidence. */
  public static LedgerBlock block(
      List<LedgerBlock> chain, String transaction, DuplicateVoteEvidence... evidence) {
    var parent = state(chain);
    return Four.RULES.build(
        parent,
        parent.time().plusMillis(5),
        Four.id("a"),
        new BlockRules.Filling(Four.transactions(transaction), List.of(evidence), Commit.EMPTY),
        ancestors(chain));
  }

  /** The block with these pieces in it, and a header that names them, valid or not. */
  public static LedgerBlock holding(LedgerBlock block, DuplicateVoteEvidence... pieces) {
    return holding(
        block, Arrays.stream(pieces).map(DuplicateVoteEvidence::encode).toArray(Bytes[]::new));
  }

  /** The same for pieces that need be none. */
  public static LedgerBlock holding(LedgerBlock block, Bytes... pieces) {
    var is = block.header();
    var header =
        new Header(
            is.blockVersion(),
            is.appVersion(),
            is.chainId(),
            is.height(),
            is.time(),
            is.lastBlockId(),
            is.lastCommitHash(),
            is.dataHash(),
            is.validatorsHash(),
            is.nextValidatorsHash(),
            is.consensusHash(),
            is.appHash(),
            is.lastResultsHash(),
            MerkleTree.root(List.of(pieces)),
            is.proposer());
    return LedgerBlock.of(
        header, new LedgerBlock.Contents(block.transactions(), List.of(pieces), Commit.EMPTY));
  }

  public static ChainState state(List<LedgerBlock> chain) {
    var state = Four.START;
    for (var block : chain) {
      state = state.after(block);
    }
    return state;
  }

  /** What a chain of blocks holds. */
  public static Ancestors ancestors(List<LedgerBlock> chain) {
    return new Ancestors() {
      @Override
      public boolean hold(Hash transactionId) {
        return chain.stream()
            .flatMap(it -> it.transactions().stream())
            .anyMatch(it -> it.id().equals(transactionId));
      }

      @Override
      public boolean holdOffence(Hash offence) {
        return chain.stream()
            .flatMap(it -> it.readEvidence().orElseThrow().stream())
            .anyMatch(it -> it.offence().id().equals(offence));
      }

      @Override
      public Optional<Instant> timeAt(Height height) {
        return chain.stream()
            .filter(it -> it.height().equals(height))
            .map(it -> it.header().time())
            .findFirst();
      }
    };
  }
}
