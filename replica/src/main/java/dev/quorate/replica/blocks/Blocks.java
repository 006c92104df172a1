package dev.quorate.replica.blocks;

import dev.quorate.consensus.core.Block;
import dev.quorate.consensus.core.Effect.IfEmpty;
import dev.quorate.consensus.core.Verdict;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.Certificate;
import dev.quorate.crypto.Hash;
import dev.quorate.ledger.Ancestors;
import dev.quorate.ledger.BlockRules;
import dev.quorate.ledger.ChainReader;
import dev.quorate.ledger.ChainState;
import dev.quorate.ledger.Commit;
import dev.quorate.ledger.LedgerBlock;
import dev.quorate.replica.pool.Mempool;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Builds and checks blocks, and keeps the tree of checked ones above the tip.
 *
 * <p>Of every checked block it knows the chain's state after it and its transactions' ids, so that
 * the next block can be built or judged on any of them before anything is final. One of them is the
 * <em>head</em>: the end of the chain that is being extended as far as this replica knows, which is
 * the block that was checked last, or the parent that the engine builds on. The pool's transactions
 * on the way from the tip to the head are proposed, all others pickable; after a change of round
 * nothing is known to be extended, and the head falls back to the tip. So it does when it does not
 * move for long ({@link Standstill}).
 *
 * <p>A block whose parent is not here is neither valid nor invalid: it waits for the parent.
 */
public final class Blocks {
  /** How many blocks wait for their parents; beyond that the oldest is forgotten. */
  public static final int MAX_WAITING = 32;

  /** How many bodies above the tip are kept to answer peers with; the oldest is forgotten. */
  public static final int MAX_BODIES = 256;

  private static final int MAX_BUILT = 8;

  private final BlockRules rules;
  private final ValidatorId self;
  private final ChainReader chain;
  private final Mempool pool;
  private final EvidenceSource evidence;
  private final Map<BlockId, BlockNode> nodes = new LinkedHashMap<>();
  private final LinkedHashMap<BlockId, Block> bodies = new LinkedHashMap<>();
  private final LinkedHashMap<BlockId, Block> waiting = new LinkedHashMap<>();
  private final LinkedHashMap<BlockId, Block> built = new LinkedHashMap<>();
  private ChainState tip;
  private @Nullable BlockNode head;

  /** The tree above a tip, without any block yet. */
  public Blocks(
      BlockRules rules,
      ValidatorId self,
      ChainReader chain,
      Mempool pool,
      EvidenceSource evidence,
      ChainState tip) {
    this.rules = rules;
    this.self = self;
    this.chain = chain;
    this.pool = pool;
    this.evidence = evidence;
    this.tip = tip;
  }

  /** Takes up the bodies found on disk at start, which come in order of height. */
  public void restore(List<LedgerBlock> undelivered) {
    for (var block : undelivered) {
      keep(bodies, block.toBlock(), MAX_BODIES);
      if (knows(block.toBlock().parent())) {
        judge(block.toBlock(), new ArrayList<>());
      }
    }
  }

  /** The chain right after the last final block. */
  public ChainState tip() {
    return tip;
  }

  /** The body of a block above the tip that is stored or checked here. */
  public Optional<Block> find(BlockId id) {
    return Optional.ofNullable(bodies.get(id));
  }

  /** Whether a transaction stands between the tip and the head. */
  public boolean isProposed(Hash transactionId) {
    return stands(transactionId, head);
  }

  /**
   * Builds a block on a checked parent from the pool's oldest pickable transactions; where there
   * are none, the engine has said what to do. Evidence gets the room that they leave: whether
   * transactions were passed over is judged by the room there was. The block counts as part of the
   * chain once the engine has it {@link #stored}.
   */
  public Optional<Block> build(
      BlockId parent, Optional<Certificate> lastCommit, IfEmpty ifEmpty, Instant now) {
    var node = nodes.get(parent);
    if (!knows(parent)) {
      throw new IllegalStateException("no checked block " + parent + " to build on");
    }
    moveHead(node);
    var commit = lastCommit.map(rules::lastCommit).orElse(Commit.EMPTY);
    long beside = lastCommit.isPresent() ? commit.encode().length() : 0;
    var picked = pool.pick(beside);
    if (picked.isEmpty() && ifEmpty == IfEmpty.DECLINE) {
      return Optional.empty();
    }
    var ancestors = ancestors(node);
    var height = stateOf(node).height().next();
    var pieces = evidence.pick(ancestors, height, pool.roomBeside(picked, beside));
    var filling = new BlockRules.Filling(picked, pieces, commit);
    var block = rules.build(stateOf(node), now, self, filling, ancestors).toBlock();
    keep(built, block, MAX_BUILT);
    return Optional.of(block);
  }

  /**
   * Judges a block, and those that waited for it. The answer does not name the block itself while
   * its parent is not here, or when its height is decided for another one.
   */
  public List<Checked> check(Block block) {
    var answers = new ArrayList<Checked>();
    if (nodes.containsKey(block.id())) {
      answers.add(new Checked(block.id(), Verdict.VALID));
    } else if (!block.height().isAbove(tip.height())) {
      if (isFinal(block.id())) {
        answers.add(new Checked(block.id(), Verdict.VALID));
      }
    } else if (!knows(block.parent())) {
      keep(waiting, block, MAX_WAITING);
    } else {
      answers.add(new Checked(block.id(), judge(block, answers)));
    }
    return answers;
  }

  /** What became of a final block from a peer. */
  public sealed interface Adoption {
    /** It follows what is here, and these are the verdicts on blocks that waited for it. */
    record Adopted(List<Checked> verdicts) implements Adoption {}

    /** It is final here too. */
    record Known() implements Adoption {}

    /** Its parent is not here. */
    record Orphan() implements Adoption {}

    /** It breaks this rule, although a quorum has committed it. */
    record Broken(String rule) implements Adoption {}
  }

  /** Takes a block over whose commit was verified. */
  public Adoption adopt(Block block) {
    if (!block.height().isAbove(tip.height())) {
      return new Adoption.Known();
    }
    if (nodes.containsKey(block.id())) {
      return new Adoption.Adopted(List.of());
    }
    if (!knows(block.parent())) {
      return new Adoption.Orphan();
    }
    boolean awaited = waiting.containsKey(block.id());
    var answers = new ArrayList<Checked>();
    var verdict = judge(block, answers);
    if (awaited) {
      answers.add(new Checked(block.id(), verdict));
    }
    return switch (verdict) {
      case Verdict.Valid() -> new Adoption.Adopted(answers);
      case Verdict.Invalid(var rule) -> new Adoption.Broken(rule);
    };
  }

  /** The engine keeps this block; if it was built here, it is proposed from now on. */
  public void stored(Block block) {
    if (!block.height().isAbove(tip.height())) {
      return;
    }
    keep(bodies, block, MAX_BODIES);
    if (built.containsKey(block.id()) && knows(block.parent())) {
      judge(block, new ArrayList<>());
    }
  }

  /** The end of the chain that is being extended; empty when that is the tip. */
  Optional<BlockId> head() {
    return Optional.ofNullable(head).map(it -> it.block().id());
  }

  /** What was proposed so far need not be extended any more: nothing above the tip is proposed. */
  public void abandon() {
    moveHead(null);
  }

  /** A block is final and on disk; the answer is about blocks that waited for it. */
  public List<Checked> delivered(LedgerBlock block) {
    var node = nodes.get(block.id());
    if (head != null && (node == null || !head.isOrDescendsFrom(node))) {
      moveHead(null);
    }
    pool.remove(block.transactions());
    tip = node == null ? tip.after(block) : node.after();
    if (head == node) {
      head = null;
    }
    prune(node);
    bodies.values().removeIf(it -> !it.height().isAbove(tip.height()));
    waiting.values().removeIf(it -> !it.height().isAbove(tip.height()));
    built.values().removeIf(it -> !it.height().isAbove(tip.height()));
    var answers = new ArrayList<Checked>();
    judgeChildren(block.id(), answers);
    return answers;
  }

  /** Forgets the new tip itself and all that does not stand above it. */
  private void prune(@Nullable BlockNode newTip) {
    nodes.values().removeIf(it -> newTip == null || it == newTip || !it.isOrDescendsFrom(newTip));
    for (var it : nodes.values()) {
      if (it.parent() == newTip) {
        it.becomeRoot();
      }
    }
  }

  private Verdict judge(Block block, List<Checked> answers) {
    waiting.remove(block.id());
    var body = LedgerBlock.of(block);
    var parent = nodes.get(block.parent());
    if (built.remove(block.id()) == null) {
      var verdict = rules.check(body, stateOf(parent), ancestors(parent));
      if (verdict instanceof Verdict.Invalid) {
        return verdict;
      }
    }
    var node = new BlockNode(body, stateOf(parent).after(body), parent);
    nodes.put(block.id(), node);
    keep(bodies, block, MAX_BODIES);
    moveHead(node);
    judgeChildren(block.id(), answers);
    return Verdict.VALID;
  }

  private void judgeChildren(BlockId parent, List<Checked> answers) {
    var children = waiting.values().stream().filter(it -> it.parent().equals(parent)).toList();
    for (var child : children) {
      answers.add(new Checked(child.id(), judge(child, answers)));
    }
  }

  private Ancestors ancestors(@Nullable BlockNode end) {
    return new KnownAncestors(chain, pool, tip, end);
  }

  private static boolean stands(Hash id, @Nullable BlockNode end) {
    for (var it = end; it != null; it = it.parent()) {
      if (it.holds(id)) {
        return true;
      }
    }
    return false;
  }

  private boolean knows(BlockId id) {
    return tip.id().equals(id) || nodes.containsKey(id);
  }

  private ChainState stateOf(@Nullable BlockNode node) {
    return node == null ? tip : node.after();
  }

  private boolean isFinal(BlockId id) {
    return tip.id().equals(id) || chain.heightOf(id.hash()).isPresent();
  }

  /** Makes another block, or the tip, the head, and the pool follow. */
  private void moveHead(@Nullable BlockNode target) {
    for (var it = head; it != null; it = it.parent()) {
      if (target == null || !target.isOrDescendsFrom(it)) {
        pool.release(it.block().transactions());
      }
    }
    for (var it = target; it != null; it = it.parent()) {
      if (head == null || !head.isOrDescendsFrom(it)) {
        pool.propose(it.block().transactions());
      }
    }
    head = target;
  }

  private static void keep(SequencedMap<BlockId, Block> map, Block block, int max) {
    map.putIfAbsent(block.id(), block);
    if (map.size() > max) {
      map.pollFirstEntry();
    }
  }
}
