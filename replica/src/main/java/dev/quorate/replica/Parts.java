package dev.quorate.replica;

import dev.quorate.consensus.core.Engine;
import dev.quorate.consensus.core.EngineContext;
import dev.quorate.consensus.core.EngineProvider;
import dev.quorate.consensus.core.Message;
import dev.quorate.consensus.core.MessageVerifier;
import dev.quorate.consensus.core.Restored;
import dev.quorate.consensus.core.validators.Validator;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.crypto.Bytes;
import dev.quorate.ledger.BlockRules;
import dev.quorate.ledger.ChainState;
import dev.quorate.ledger.ChainStore;
import dev.quorate.ledger.Genesis;
import dev.quorate.ledger.LedgerBlock;
import dev.quorate.ledger.LedgerBlockReader;
import dev.quorate.ledger.evidence.EvidenceVerifier;
import dev.quorate.replica.blocks.Blocks;
import dev.quorate.replica.blocks.Standstill;
import dev.quorate.replica.evidence.EvidenceGossip;
import dev.quorate.replica.evidence.EvidencePool;
import dev.quorate.replica.guard.DurableSignGuard;
import dev.quorate.replica.guard.DurableSignGuard.Found;
import dev.quorate.replica.guard.NumberedState;
import dev.quorate.replica.guard.OwnSignatures;
import dev.quorate.replica.inbox.Inbox;
import dev.quorate.replica.listen.Silence;
import dev.quorate.replica.listen.Silence.Membership;
import dev.quorate.replica.listen.Silence.Times;
import dev.quorate.replica.listen.Witness;
import dev.quorate.replica.pool.Admissions;
import dev.quorate.replica.pool.Forwarder;
import dev.quorate.replica.pool.Mempool;
import dev.quorate.replica.pool.Starvation;
import dev.quorate.replica.sync.FinalBlockReader;
import dev.quorate.replica.sync.Sync;
import dev.quorate.replica.sync.SyncServer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Everything that a replica consists of, put together from genesis, the store and the ports. */
final class Parts<M extends Message<M>> {
  /** The parameter of genesis that says after how many milliseconds transactions go to all. */
  static final String T_FORWARD = "t_forward_ms";

  private static final long DEFAULT_T_FORWARD = 200;

  /** The parameter that says how many milliseconds a transaction is passed over in silence. */
  static final String T_COMPLAIN = "t_complain_ms";

  private static final long DEFAULT_T_COMPLAIN = 1_000;

  final ReplicaPorts ports;
  final Counts counts = new Counts();
  final AtomicReference<Ingress.Outlook<M>> outlook =
      new AtomicReference<>(Ingress.Outlook.initial());
  final Inbox<M> inbox;
  final Engine<M> engine;
  final Mempool pool;
  final EvidencePool evidence;
  final Blocks blocks;
  final Forwarder forwarder;
  final Starvation starvation;
  final Standstill standstill;
  final Admissions admissions;
  final Sync sync;
  final SyncServer server;
  final Barrier<M> barrier;
  final DurableSignGuard guard;
  final OwnSignatures own;
  final Silence silence;
  final Sealer<M> sealer;
  final Outbox<M> outbox;
  final Witness<M> witness;
  final Ingress<M> ingress;

  /** Reads the store; refuses a self that genesis does not name. */
  Parts(
      Genesis genesis,
      ValidatorId self,
      EngineProvider<M> provider,
      ReplicaPorts ports,
      ReplicaLimits limits) {
    this.ports = ports;
    var store = ports.store();
    var network = ports.network();
    var validators = genesis.validatorSet();
    if (!validators.contains(self)) {
      throw new IllegalArgumentException(self + " is no validator of " + genesis.chainId());
    }
    if (!ValidatorId.of(ports.key().pair().publicKey()).equals(self)) {
      throw new IllegalArgumentException("the key to sign with is not that of " + self);
    }
    var others = validators.members().stream().map(Validator::id).filter(it -> !it.equals(self));
    var peers = others.toList();
    inbox = new Inbox<>(peers, limits.inbox(), counts, ports.wakeup());
    pool = new Mempool(genesis.limits(), limits.poolTransactions(), limits.poolBytes());
    var tip = store.tip().orElseGet(() -> ChainState.genesis(genesis));
    var scheme = ports.key().scheme();
    var proof = new EvidenceVerifier(genesis.chainId(), validators, scheme);
    var gossip = new EvidenceGossip(network);
    evidence = new EvidencePool(self, store, validators, proof, gossip, counts);
    var rules = new BlockRules(genesis, provider.blockShape(), scheme, proof);
    blocks = new Blocks(rules, self, store, pool, evidence, tip);
    var undelivered = store.undelivered();
    blocks.restore(undelivered);
    var tForward = millis(genesis, T_FORWARD, DEFAULT_T_FORWARD);
    var tComplain = millis(genesis, T_COMPLAIN, DEFAULT_T_COMPLAIN);
    forwarder = new Forwarder(self, pool, network, counts, tForward, genesis.limits());
    starvation = new Starvation(pool, genesis.limits(), tComplain, tForward);
    standstill = new Standstill(blocks, tComplain);
    admissions = new Admissions(pool, store, blocks::isProposed, forwarder, counts);
    sync = new Sync(peers, network, counts, limits.patience());
    server = new SyncServer(store, network, counts);
    var saved = store.engineState().map(NumberedState::decode);
    long stateNumber = saved.map(NumberedState::number).orElse(0L);
    barrier = new Barrier<>(store, validators, counts, stateNumber);
    boolean isNew = store.tip().isEmpty() && saved.isEmpty() && undelivered.isEmpty();
    guard =
        DurableSignGuard.open(
            ports.key(), ports.guard(), new Found(isNew, tip.height(), stateNumber));
    own = new OwnSignatures(genesis.chainId(), self);
    silence =
        new Silence(
            new Membership(validators, self),
            sync.peers(),
            network,
            new Times(limits.listenTime(), limits.patience()),
            guard.lost());
    sealer = new Sealer<>(genesis.chainId(), self, guard, silence, counts);
    var context =
        new EngineContext(
            genesis.chainId(), self, validators, genesis.initialHeight(), genesis.parameters());
    var state = saved.map(NumberedState::state);
    engine = provider.restore(context, restored(state, store, tip, undelivered));
    var codec = provider.codec(new LedgerBlockReader(genesis.limits()));
    witness = new Witness<>(engine, codec, network, counts);
    outbox = new Outbox<>(self, codec, network, counts);
    var verifier = new MessageVerifier<M>(genesis.chainId(), validators, scheme);
    var finalBlocks = new FinalBlockReader(genesis, scheme);
    var gate = new Ingress.Gate<>(codec, verifier, finalBlocks, evidence.door(), own);
    ingress = new Ingress<>(gate, genesis.limits(), inbox, server, outlook, counts);
  }

  private static Duration millis(Genesis genesis, String parameter, long byDefault) {
    return Duration.ofMillis(genesis.parameters().getOrDefault(parameter, byDefault));
  }

  private static Restored restored(
      Optional<Bytes> state, ChainStore store, ChainState tip, List<LedgerBlock> undelivered) {
    return new Restored(
        state,
        new Restored.Tip(tip.height(), tip.id(), tip.time()),
        store.commit(tip.height()).map(it -> it.toCertificate(tip.time())),
        undelivered.stream().map(LedgerBlock::toBlock).toList());
  }
}
