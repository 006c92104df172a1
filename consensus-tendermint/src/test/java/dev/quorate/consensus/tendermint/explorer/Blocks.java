package dev.quorate.consensus.tendermint.explorer;

import dev.quorate.consensus.core.Block;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.PartSetHeader;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Every block of a trace. The names are numbers in the place of hashes: cheap, and readable. */
final class Blocks {
  /** Heights that are built at all. */
  static final int HEIGHTS = 3;

  /** More than a trace can build. */
  static final int MOST = 40;

  static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");
  static final int GENESIS = -1;

  private static final List<BlockId> NAMES = new ArrayList<>();
  private static final Hash PARTS = Hash.sha256(Bytes.utf8("parts"));

  static {
    for (int i = 0; i < MOST; i++) {
      var name = new byte[Hash.SIZE];
      name[0] = (byte) i;
      NAMES.add(new BlockId(Hash.copyOf(name), new PartSetHeader(1, PARTS)));
    }
  }

  private final List<Block> blocks = new ArrayList<>();
  private final List<Boolean> verdicts = new ArrayList<>();
  private final List<List<Block>> byHeight = new ArrayList<>();

  Blocks() {
    for (int i = 0; i <= HEIGHTS; i++) {
      byHeight.add(new ArrayList<>());
    }
  }

  boolean isFull() {
    return blocks.size() == MOST;
  }

  /** A block that never was before. */
  Block build(int height, BlockId parent, ValidatorId proposer, boolean valid) {
    var id = NAMES.get(blocks.size());
    var block = new Block(id, new Height(height), parent, proposer, TIME, () -> Bytes.EMPTY);
    blocks.add(block);
    verdicts.add(valid);
    byHeight.get(height).add(block);
    return block;
  }

  static int numberOf(BlockId id) {
    return id.isNone() ? GENESIS : id.hash().bytes().at(0);
  }

  Block get(int number) {
    return blocks.get(number);
  }

  boolean isValid(BlockId id) {
    return verdicts.get(numberOf(id));
  }

  /** In order of making. */
  List<Block> at(int height) {
    return byHeight.get(height);
  }

  /** All of them, in order of making. */
  List<Block> all() {
    return blocks;
  }

  /** Whether one is the other or an ancestor of it. */
  boolean isOnChainOf(int ancestor, int tip) {
    int at = tip;
    while (at > ancestor) {
      at = numberOf(blocks.get(at).parent());
    }
    return at == ancestor;
  }

  static String name(BlockId id) {
    return id.isNone() ? "genesis" : "#" + numberOf(id);
  }

  static String name(Block block) {
    return name(block.id()) + "@h" + block.height() + "<-" + name(block.parent());
  }
}
