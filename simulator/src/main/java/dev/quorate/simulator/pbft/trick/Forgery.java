package dev.quorate.simulator.pbft.trick;

import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.crypto.Bytes;
import dev.quorate.ledger.Commit;
import dev.quorate.ledger.Header;
import dev.quorate.ledger.LedgerBlock;
import dev.quorate.ledger.Transaction;
import java.time.Instant;
import java.util.List;

/** Blocks made from an honest one by changing what is wanted and nothing else. */
final class Forgery {
  private Forgery() {}

  /** As valid as the block itself, where its time may be that. */
  static LedgerBlock at(LedgerBlock block, Instant time) {
    var it = block.header();
    return with(block, it.height(), time, it.lastBlockId(), it.appHash());
  }

  static LedgerBlock on(LedgerBlock block, BlockId parent) {
    var it = block.header();
    return with(block, it.height(), it.time(), parent, it.appHash());
  }

  static LedgerBlock atHeight(LedgerBlock block, Height height) {
    var it = block.header();
    return with(block, height, it.time(), it.lastBlockId(), it.appHash());
  }

  /** Tells of another history than there was. */
  static LedgerBlock withHistory(LedgerBlock block, Bytes appHash) {
    var it = block.header();
    return with(block, it.height(), it.time(), it.lastBlockId(), appHash);
  }

  /** Other transactions, with the root that belongs to them. */
  static LedgerBlock holding(LedgerBlock block, List<Transaction> transactions) {
    var rooted = LedgerBlock.of(block.header(), transactions, Commit.EMPTY).dataHash();
    var it = block.header();
    var header =
        new Header(
            it.blockVersion(),
            it.appVersion(),
            it.chainId(),
            it.height(),
            it.time(),
            it.lastBlockId(),
            it.lastCommitHash(),
            rooted,
            it.validatorsHash(),
            it.nextValidatorsHash(),
            it.consensusHash(),
            it.appHash(),
            it.lastResultsHash(),
            it.evidenceHash(),
            it.proposer());
    return LedgerBlock.of(header, transactions, Commit.EMPTY);
  }

  private static LedgerBlock with(
      LedgerBlock block, Height height, Instant time, BlockId parent, Bytes appHash) {
    var it = block.header();
    var header =
        new Header(
            it.blockVersion(),
            it.appVersion(),
            it.chainId(),
            height,
            time,
            parent,
            it.lastCommitHash(),
            it.dataHash(),
            it.validatorsHash(),
            it.nextValidatorsHash(),
            it.consensusHash(),
            appHash,
            it.lastResultsHash(),
            it.evidenceHash(),
            it.proposer());
    return LedgerBlock.of(header, block.transactions(), Commit.EMPTY);
  }
}
