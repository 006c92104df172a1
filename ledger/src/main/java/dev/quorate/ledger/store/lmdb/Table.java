package dev.quorate.ledger.store.lmdb;

import java.util.EnumSet;
import java.util.Set;

/** The tables of both environments, their names on disk and the type byte of their records. */
public enum Table {
  /** Height -> header and commit of the block there. */
  BLOCKS("blocks", 1),
  /** Height, block id -> the block's encoding, committed or not. */
  BODIES("bodies", 2),
  /** Block hash -> height. */
  HEIGHTS("heights", 3),
  /** A name -> the tip with its history frontier; the engine's state. */
  STATE("state", 4),
  /** Transaction id -> height and index. */
  IDS("ids", 5),
  /** A name -> how far the index reaches. */
  MARKS("marks", 6),
  /** Id of an offence -> height and index of its evidence in the chain. */
  OFFENCES("offences", 7),
  /** Height, index -> a piece of evidence in the chain. */
  EVIDENCE("evidence", 8),
  /** Id of an offence -> a piece of evidence that waits for a block. */
  PENDING("pending", 9);

  /** What the main environment holds. */
  public static final Set<Table> CHAIN =
      Set.copyOf(EnumSet.of(BLOCKS, BODIES, HEIGHTS, STATE, OFFENCES, EVIDENCE, PENDING));

  /** What the index's environment holds. */
  public static final Set<Table> INDEX = Set.copyOf(EnumSet.of(IDS, MARKS));

  private final String label;
  private final byte type;

  Table(String label, int type) {
    this.label = label;
    this.type = (byte) type;
  }

  public String label() {
    return label;
  }

  byte type() {
    return type;
  }

  /**
   * Whether records repeat their key. Those of {@link #IDS} do not, for the key is two thirds of
   * such a record; there the checksum covers the key and so ties the two together.
   */
  boolean echoesKey() {
    return this != IDS;
  }
}
