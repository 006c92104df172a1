package dev.quorate.simulator.byzantine.forgery;

import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.PartSetHeader;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
import dev.quorate.ledger.Commit;
import dev.quorate.ledger.Header;
import dev.quorate.ledger.LedgerBlock;
import dev.quorate.ledger.Transaction;
import dev.quorate.simulator.clock.Chance;
import java.time.Instant;
import java.util.List;

/**
 * Blocks made from an honest one by changing what is wanted and nothing else, but for its evidence:
 * that is left out.
 */
public final class ForgedBlocks {
  private ForgedBlocks() {}

  /** As valid as the block itself, where its time may be that. */
  public static LedgerBlock at(LedgerBlock block, Instant time) {
    var it = block.header();
    return with(block, it.height(), time, it.lastBlockId(), it.appHash());
  }

  public static LedgerBlock on(LedgerBlock block, BlockId parent) {
    var it = block.header();
    return with(block, it.height(), it.time(), parent, it.appHash());
  }

  public static LedgerBlock atHeight(LedgerBlock block, Height height) {
    var it = block.header();
    return with(block, height, it.time(), it.lastBlockId(), it.appHash());
  }

  /** Tells of another history than there was. */
  public static LedgerBlock withHistory(LedgerBlock block, Bytes appHash) {
    var it = block.header();
    return with(block, it.height(), it.time(), it.lastBlockId(), appHash);
  }

  /** Other transactions, with the root that belongs to them. */
  public static LedgerBlock holding(LedgerBlock block, List<Transaction> transactions) {
    return made(block.header(), transactions, block.lastCommit());
  }

  /** Another commit of the parent, with the hash that belongs to it. */
  public static LedgerBlock carrying(LedgerBlock block, Commit lastCommit) {
    return made(block.header(), block.transactions(), lastCommit);
  }

  /** The id of a block that nobody has. */
  public static BlockId invented(Chance chance) {
    var hash = Hash.sha256(Bytes.utf8("parent " + chance.nextLong()));
    return new BlockId(hash, new PartSetHeader(1, hash));
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
    return made(header, block.transactions(), block.lastCommit());
  }

  private static LedgerBlock made(Header it, List<Transaction> transactions, Commit lastCommit) {
    var body = LedgerBlock.of(it, transactions, lastCommit);
    var header =
        new Header(
            it.blockVersion(),
            it.appVersion(),
            it.chainId(),
            it.height(),
            it.time(),
            it.lastBlockId(),
            lastCommit.hash(),
            body.dataHash(),
            it.validatorsHash(),
            it.nextValidatorsHash(),
            it.consensusHash(),
            it.appHash(),
            it.lastResultsHash(),
            body.evidenceHash(),
            it.proposer());
    return LedgerBlock.of(header, transactions, lastCommit);
  }
}
