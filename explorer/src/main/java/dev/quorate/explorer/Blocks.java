package dev.quorate.explorer;

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
public final class Blocks {
  /** No trace builds more than this; numbers of blocks are below it. */
  public static final int MOST = 64;

  /** When every block is from. */
  public static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

  /** The number of what the first block follows. */
  public static final int GENESIS = -1;

  private static final List<BlockId> NAMES = new ArrayList<>();
  private static final Hash PARTS = Hash.sha256(Bytes.utf8("parts"));

  static {
    for (int i = 0; i < MOST; i++) {
      var name = new byte[Hash.SIZE];
      name[0] = (byte) i;
      NAMES.add(new BlockId(Hash.copyOf(name), new PartSetHeader(1, PARTS)));
    }
  }

  private final int heights;
  private final int most;
  private final List<Block> blocks = new ArrayList<>();
  private final List<Boolean> verdicts = new ArrayList<>();
  private final List<List<Block>> byHeight = new ArrayList<>();

  /**
   * None yet.
   *
   * @param heights the last height at which one is built
   * @param most how many are built at most, up to {@link #MOST}
   */
  Blocks(int heights, int most) {
    if (most > MOST) {
      throw new IllegalArgumentException(most + " blocks are more than " + MOST);
    }
    this.heights = heights;
    this.most = most;
    for (int i = 0; i <= heights; i++) {
      byHeight.add(new ArrayList<>());
    }
  }

  /** The last height at which a block is built. */
  public int heights() {
    return heights;
  }

  /** Whether no more can be built; the trace ends then. */
  public boolean isFull() {
    return blocks.size() == most;
  }

  /** A block that never was before. */
  public Block build(int height, BlockId parent, ValidatorId proposer, boolean valid) {
    var id = NAMES.get(blocks.size());
    var block = new Block(id, new Height(height), parent, proposer, TIME, () -> Bytes.EMPTY);
    blocks.add(block);
    verdicts.add(valid);
    byHeight.get(height).add(block);
    return block;
  }

  public static int numberOf(BlockId id) {
    return id.isNone() ? GENESIS : id.hash().bytes().at(0);
  }

  public Block get(int number) {
    return blocks.get(number);
  }

  /** Whether whoever built the block built a valid one. */
  public boolean isValid(BlockId id) {
    return verdicts.get(numberOf(id));
  }

  /** In order of making. */
  public List<Block> at(int height) {
    return byHeight.get(height);
  }

  /** All of them, in order of making. */
  public List<Block> all() {
    return blocks;
  }

  /** Whether one is the other or an ancestor of it. */
  public boolean isOnChainOf(int ancestor, int tip) {
    int at = tip;
    while (at > ancestor) {
      at = numberOf(blocks.get(at).parent());
    }
    return at == ancestor;
  }

  public static String name(BlockId id) {
    return id.isNone() ? "genesis" : "#" + numberOf(id);
  }

  public static String name(Block block) {
    return name(block.id()) + "@h" + block.height() + "<-" + name(block.parent());
  }
}
