package dev.quorate.simulator.oracle.plain;

import dev.quorate.consensus.core.BlockShape;
import dev.quorate.consensus.core.BlockShape.EmptyBlocks;
import dev.quorate.consensus.core.BlockShape.LastCommit;
import dev.quorate.consensus.core.validators.ValidatorSet;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.SignatureScheme;
import dev.quorate.ledger.Genesis;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A chain that grows by blocks that are judged by their bytes alone. */
public final class PlainChain {
  /** A place in a commit that is a vote for the block. */
  private static final long COMMIT = 2;

  private final String chainId;
  private final Bytes validators;
  private final Bytes parameters;
  private final Set<Bytes> addresses = new HashSet<>();
  private final long maxBlockBytes;
  private final long maxTxBytes;
  private final BlockShape shape;
  private final ValidatorSet set;
  private final PlainTree history = new PlainTree();
  private final Set<Bytes> ids = new HashSet<>();
  private final PlainEvidence evidence;
  private PlainBlock.Id tip = PlainBlock.Id.NONE;
  private long height;
  private Instant time;

  /**
   * The chain before its first block.
   *
   * @param shape of the blocks that the engine makes
   */
  public PlainChain(Genesis genesis, BlockShape shape, SignatureScheme scheme) {
    this.shape = shape;
    this.set = genesis.validatorSet();
    this.chainId = genesis.chainId();
    this.validators = validators(genesis.validatorSet());
    this.evidence = new PlainEvidence(chainId, set, scheme);
    this.parameters = parameters(genesis.limits().maxBlockBytes());
    this.maxBlockBytes = genesis.limits().maxBlockBytes();
    this.maxTxBytes = genesis.limits().maxTxBytes();
    this.height = genesis.initialHeight().value() - 1;
    this.time = genesis.genesisTime();
    for (var member : genesis.validatorSet().members()) {
      addresses.add(PlainTree.sha256(member.key().bytes()).slice(0, 20));
    }
  }

  public long height() {
    return height;
  }

  /**
   * Takes the next block.
   *
   * @param told how its node calls it
   * @return what is wrong with it; when that is nothing, empty, the chain has grown by it
   */
  public String append(Bytes encoded, BlockId told) {
    PlainBlock block;
    try {
      block = new PlainBlock(encoded);
    } catch (IllegalArgumentException malformed) {
      return "its bytes are no block: " + malformed.getMessage();
    }
    var id =
        new PlainBlock.Id(told.hash().bytes(), told.parts().total(), told.parts().hash().bytes());
    var fault = block.id.equals(id) ? fault(block, encoded.length()) : "its bytes have another id";
    if (fault.isEmpty()) {
      block.ids().forEach(history::add);
      evidence.add(block);
      tip = block.id;
      height = block.height();
      time = block.time();
    }
    return fault;
  }

  private String fault(PlainBlock block, int length) {
    if (block.height() != height + 1 || !block.parent().equals(tip)) {
      return "it does not follow height " + height;
    }
    if (block.time().isBefore(time.plusMillis(1))) {
      return "its time " + block.time() + " is not after " + time;
    }
    boolean empty = block.transactions.isEmpty() && shape.emptyBlocks() == EmptyBlocks.NEVER;
    if (length > maxBlockBytes || empty) {
      return length + " bytes with " + block.transactions.size() + " transactions";
    }
    var header = block.header;
    var version = header.message(1);
    if (version.number(1) != 11 || version.number(2) != 1) {
      return "version " + version.number(1) + "/" + version.number(2);
    }
    if (!header.content(2).equals(Bytes.utf8(chainId))) {
      return "it is of another chain";
    }
    if (!addresses.contains(header.content(14))) {
      return "its proposer is no validator";
    }
    var fault = roots(header, block);
    fault = fault.isEmpty() ? commitFault(block) : fault;
    fault = fault.isEmpty() ? repeated(block) : fault;
    return fault.isEmpty() ? evidence.fault(block) : fault;
  }

  /** Whose votes they are, and whether they are valid, is looked at where blocks are delivered. */
  private String commitFault(PlainBlock block) {
    boolean first = tip.equals(PlainBlock.Id.NONE);
    if (shape.lastCommit() == LastCommit.BESIDE || first) {
      return block.commitSigs().isEmpty() ? "" : "it carries a commit";
    }
    if (!block.committed().equals(tip) || block.lastCommit.number(1) != height) {
      return "the commit that it carries is not for its parent";
    }
    if (block.commitSigs().size() != set.size()) {
      return "its commit has " + block.commitSigs().size() + " places";
    }
    long power = 0;
    for (int i = 0; i < set.size(); i++) {
      if (PlainFields.of(block.commitSigs().get(i)).number(1) == COMMIT) {
        power += set.members().get(i).power();
      }
    }
    return 3 * power > 2 * set.totalPower() ? "" : "its commit has no more than two thirds";
  }

  private String roots(PlainFields header, PlainBlock block) {
    var before = ByteBuffer.allocate(40).putLong(history.size());
    before.put(history.root().asBuffer());
    var wanted =
        List.of(
            PlainTree.of(block.commitSigs()).root(),
            PlainTree.of(block.ids()).root(),
            validators,
            validators,
            parameters,
            Bytes.wrap(before.array()),
            Bytes.EMPTY,
            PlainTree.of(block.evidence).root());
    for (int i = 0; i < wanted.size(); i++) {
      var found = header.content(6 + i);
      if (!found.equals(wanted.get(i))) {
        return "field %d of its header is %s, not %s".formatted(6 + i, found, wanted.get(i));
      }
    }
    return "";
  }

  private String repeated(PlainBlock block) {
    for (var transaction : block.transactions) {
      if (transaction.isEmpty() || transaction.length() > maxTxBytes) {
        return "a transaction of " + transaction.length() + " bytes";
      }
      if (!ids.add(PlainTree.sha256(transaction))) {
        return "a transaction stands in the chain twice";
      }
    }
    return "";
  }

  private static Bytes validators(ValidatorSet set) {
    var tree = new PlainTree();
    for (var member : set.members()) {
      var leaf = new ByteArrayOutputStream();
      PlainFields.write(leaf, 1, PlainFields.wrapped(member.key().bytes()));
      PlainFields.write(leaf, 2, member.power());
      tree.add(Bytes.wrap(leaf.toByteArray()));
    }
    return tree.root();
  }

  /** HashedParams: the largest block, and no limit on gas. */
  private static Bytes parameters(long maxBytes) {
    var params = new ByteArrayOutputStream();
    PlainFields.write(params, 1, maxBytes);
    PlainFields.write(params, 2, -1);
    return PlainTree.sha256(Bytes.wrap(params.toByteArray()));
  }
}
