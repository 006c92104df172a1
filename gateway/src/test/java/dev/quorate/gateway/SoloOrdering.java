package dev.quorate.gateway;

import dev.quorate.consensus.core.BlockShape;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.Certificate;
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
import dev.quorate.crypto.KeyPair;
import dev.quorate.ledger.Ancestors;
import dev.quorate.ledger.BlockRules;
import dev.quorate.ledger.ChainReader;
import dev.quorate.ledger.ChainState;
import dev.quorate.ledger.Commit;
import dev.quorate.ledger.Genesis;
import dev.quorate.ledger.Header;
import dev.quorate.ledger.LedgerBlock;
import dev.quorate.ledger.Limits;
import dev.quorate.ledger.StoredBlock;
import dev.quorate.ledger.Transaction;
import dev.quorate.ledger.store.InMemoryChainStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An ordering service in one object: it keeps a pool and a real chain in memory, and makes a block
 * of the pool when it is told to, signed by a, b and c of the validators a, b, c and d.
 */
public final class SoloOrdering implements Ordering {
  public static final int MAX_TX_BYTES = 4_096;

  private static final BlockShape SHAPE =
      new BlockShape(BlockShape.LastCommit.BESIDE, BlockShape.EmptyBlocks.NEVER);
  private static final List<KeyPair> KEYS = List.of(keyPair(1), keyPair(2), keyPair(3), keyPair(4));
  private static final Instant START = Instant.parse("2026-11-25T20:00:00Z");

  private final Genesis genesis;
  private final BlockRules rules;
  private final InMemoryChainStore store;
  private final Map<Hash, Transaction> pool = new LinkedHashMap<>();
  private final List<FinalityListener> listeners = new CopyOnWriteArrayList<>();
  private final boolean instant;
  private int submissions;
  private Optional<Rejection> rejection = Optional.empty();
  private Readiness readiness =
      Readiness.of(new Readiness.Check("synced", true, "at the tip of the network"));

  /** Commits only when told to. */
  public SoloOrdering() {
    this(MAX_TX_BYTES, false);
  }

  public SoloOrdering(int maxTxBytes, boolean instant) {
    this.instant = instant;
    var builder =
        Genesis.builder("solo", START, "pbft")
            .limits(new Limits(maxTxBytes, 8 << 20, 524_288, 1_000));
    for (int i = 0; i < KEYS.size(); i++) {
      builder.validator("abcd".substring(i, i + 1), KEYS.get(i).publicKey(), 1);
    }
    genesis = builder.build();
    rules = new BlockRules(genesis, SHAPE, Ed25519.INSTANCE);
    store = new InMemoryChainStore(genesis);
  }

  /** Commits what it is given at once, each transaction in a block of its own. */
  public static SoloOrdering instant() {
    return new SoloOrdering(MAX_TX_BYTES, true);
  }

  /** From now on turns everything away, for this reason. */
  public synchronized void refuse(Rejection reason) {
    rejection = Optional.of(reason);
  }

  public synchronized void readiness(Readiness other) {
    readiness = other;
  }

  /** Makes a block of these texts, whatever is in the pool. */
  public synchronized StoredBlock commit(String... texts) {
    return append(Arrays.stream(texts).map(text -> Transaction.of(Bytes.utf8(text))).toList());
  }

  /** Validator d votes for two blocks at a height: what follows waits for a block from now on. */
  public synchronized DuplicateVoteEvidence accuse(long height, int round) {
    var header = store.header(new Height(height)).orElseThrow();
    var pair = DuplicateVote.of(vote(height, round, "one"), vote(height, round, "other"));
    var evidence =
        DuplicateVoteEvidence.of(pair.orElseThrow(), genesis.validatorSet(), header.time());
    try (var batch = store.begin()) {
      batch.keep(evidence);
      batch.commit();
    }
    return evidence;
  }

  /** Makes a block of a text and of all evidence that waits. */
  public synchronized StoredBlock commitEvidence(String text) {
    return append(List.of(Transaction.of(Bytes.utf8(text))), store.evidence().pending());
  }

  /** Makes a block of the pool. */
  public synchronized StoredBlock commitPool() {
    return append(List.copyOf(pool.values()));
  }

  public synchronized int poolSize() {
    return pool.size();
  }

  /** How many submissions were judged. */
  public synchronized int submissions() {
    return submissions;
  }

  @Override
  public synchronized CompletionStage<Admission> submit(Transaction transaction) {
    submissions++;
    return CompletableFuture.completedFuture(admit(transaction));
  }

  @Override
  public synchronized TransactionStatus status(Hash id) {
    var location = store.locate(id);
    if (location.isPresent()) {
      return new TransactionStatus.Committed(location.get());
    }
    return pool.containsKey(id)
        ? new TransactionStatus.Admitted()
        : new TransactionStatus.Unknown();
  }

  @Override
  public synchronized ConsensusView consensus() {
    return new ConsensusView(
        "pbft",
        tip().height().next(),
        "view",
        0,
        "primary",
        "b",
        true,
        "votes",
        0,
        pool.size(),
        List.of(
            new ConsensusView.Peer("b", true),
            new ConsensusView.Peer("c", true),
            new ConsensusView.Peer("d", false)));
  }

  @Override
  public synchronized Readiness readiness() {
    return readiness;
  }

  @Override
  public ChainReader chain() {
    return store;
  }

  @Override
  public Genesis genesis() {
    return genesis;
  }

  @Override
  public String node() {
    return "a";
  }

  @Override
  public BuildVersion version() {
    return new BuildVersion("0.1.0", "4d09522");
  }

  @Override
  public Subscription subscribe(FinalityListener listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  private Admission admit(Transaction transaction) {
    if (rejection.isPresent()) {
      return new Admission.Refused(rejection.get());
    }
    var location = store.locate(transaction.id());
    if (location.isPresent()) {
      return new Admission.AlreadyCommitted(location.get());
    }
    if (pool.putIfAbsent(transaction.id(), transaction) != null) {
      return new Admission.AlreadyPending();
    }
    if (instant) {
      append(List.of(transaction));
    }
    return new Admission.Admitted();
  }

  private SignedVote vote(long height, int round, String block) {
    var key = KEYS.getLast();
    var hash = Hash.sha256(Bytes.utf8(block));
    var vote =
        new Vote(
            VoteType.PREPARE,
            new Height(height),
            new Round(round),
            new BlockId(hash, new PartSetHeader(1, hash)),
            START,
            ValidatorId.of(key.publicKey()));
    return new SignedVote(vote, Ed25519.INSTANCE.sign(key, vote.signBytes(genesis.chainId())));
  }

  private StoredBlock append(List<Transaction> transactions) {
    return append(transactions, List.of());
  }

  private StoredBlock append(List<Transaction> transactions, List<DuplicateVoteEvidence> evidence) {
    long sequence = tip().history().size();
    var proposer = ValidatorId.of(KEYS.get(1).publicKey());
    var filling = new BlockRules.Filling(transactions, evidence, Commit.EMPTY);
    var block = rules.build(tip(), START, proposer, filling, new Times(store));
    var commit = certify(block);
    try (var batch = store.begin()) {
      batch.append(block, commit);
      batch.commit();
    }
    transactions.forEach(transaction -> pool.remove(transaction.id()));
    var stored = new StoredBlock(block, commit, sequence);
    listeners.forEach(listener -> listener.onFinal(stored));
    return stored;
  }

  /** The blocks of a chain as ancestors of which only the times matter. */
  private record Times(ChainReader chain) implements Ancestors {
    @Override
    public boolean hold(Hash transactionId) {
      return false;
    }

    @Override
    public boolean holdOffence(Hash offence) {
      return false;
    }

    @Override
    public Optional<Instant> timeAt(Height height) {
      return chain.header(height).map(Header::time);
    }
  }

  private Commit certify(LedgerBlock block) {
    var signers = new ArrayList<Certificate.Signer>();
    var time = block.header().time();
    for (var key : KEYS.subList(0, 3)) {
      var id = ValidatorId.of(key.publicKey());
      var vote = new Vote(VoteType.COMMIT, block.height(), Round.ZERO, block.id(), time, id);
      var signature = Ed25519.INSTANCE.sign(key, vote.signBytes(genesis.chainId()));
      signers.add(new Certificate.Signer(id, signature));
    }
    return Commit.of(
        new Certificate(VoteType.COMMIT, block.height(), Round.ZERO, block.id(), time, signers),
        genesis.validatorSet());
  }

  private ChainState tip() {
    return store.tip().orElseGet(() -> ChainState.genesis(genesis));
  }

  private static KeyPair keyPair(int number) {
    var seed = new byte[32];
    Arrays.fill(seed, (byte) number);
    return KeyPair.fromSeed(Bytes.copyOf(seed));
  }
}
