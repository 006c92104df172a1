package dev.quorate.replica;

import dev.quorate.consensus.core.Engine;
import dev.quorate.consensus.core.EngineContext;
import dev.quorate.consensus.core.EngineProvider;
import dev.quorate.consensus.core.Message;
import dev.quorate.consensus.core.MessageSigner;
import dev.quorate.consensus.core.MessageVerifier;
import dev.quorate.consensus.core.Restored;
import dev.quorate.consensus.core.validators.Validator;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.ledger.BlockRules;
import dev.quorate.ledger.ChainState;
import dev.quorate.ledger.ChainStore;
import dev.quorate.ledger.Genesis;
import dev.quorate.ledger.LedgerBlock;
import dev.quorate.ledger.LedgerBlockReader;
import dev.quorate.replica.blocks.Blocks;
import dev.quorate.replica.inbox.Inbox;
import dev.quorate.replica.pool.Admissions;
import dev.quorate.replica.pool.Forwarder;
import dev.quorate.replica.pool.Mempool;
import dev.quorate.replica.sync.FinalBlockReader;
import dev.quorate.replica.sync.Sync;
import dev.quorate.replica.sync.SyncServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** Everything that a replica consists of, put together from genesis, the store and the ports. */
final class Parts<M extends Message<M>> {
  /** The parameter of genesis that says after how many milliseconds transactions go to all. */
  static final String T_FORWARD = "t_forward_ms";

  private static final long DEFAULT_T_FORWARD = 200;

  final ReplicaPorts ports;
  final Counts counts = new Counts();
  final AtomicReference<Ingress.Outlook<M>> outlook =
      new AtomicReference<>(Ingress.Outlook.initial());
  final Inbox<M> inbox;
  final Engine<M> engine;
  final Mempool pool;
  final Blocks blocks;
  final Forwarder forwarder;
  final Admissions admissions;
  final Sync sync;
  final SyncServer server;
  final Barrier<M> barrier;
  final Outbox<M> outbox;
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
    var others = validators.members().stream().map(Validator::id).filter(it -> !it.equals(self));
    var peers = others.toList();
    inbox = new Inbox<>(peers, limits.inbox(), counts, ports.wakeup());
    pool = new Mempool(genesis.limits(), limits.poolTransactions(), limits.poolBytes());
    var tip = store.tip().orElseGet(() -> ChainState.genesis(genesis));
    blocks = new Blocks(new BlockRules(genesis), self, store, pool, tip);
    var undelivered = store.undelivered();
    blocks.restore(undelivered);
    var tForward = genesis.parameters().getOrDefault(T_FORWARD, DEFAULT_T_FORWARD);
    forwarder =
        new Forwarder(self, pool, network, counts, Duration.ofMillis(tForward), genesis.limits());
    admissions = new Admissions(pool, store, blocks::isProposed, forwarder, counts);
    sync = new Sync(peers, network, counts, limits.patience());
    server = new SyncServer(store, network, counts);
    barrier = new Barrier<>(store, validators, counts);
    var context =
        new EngineContext(
            genesis.chainId(), self, validators, genesis.initialHeight(), genesis.parameters());
    engine = provider.restore(context, restored(store, tip, undelivered));
    var codec = provider.codec(new LedgerBlockReader(genesis.limits()));
    var signer = new MessageSigner<M>(genesis.chainId(), self, ports.guard());
    outbox = new Outbox<>(self, signer, codec, network, counts);
    var verifier = new MessageVerifier<M>(genesis.chainId(), validators, ports.scheme());
    var gate = new Ingress.Gate<>(codec, verifier, new FinalBlockReader(genesis, ports.scheme()));
    ingress = new Ingress<>(gate, genesis.limits(), inbox, server, outlook, counts);
  }

  private static Restored restored(
      ChainStore store, ChainState tip, List<LedgerBlock> undelivered) {
    return new Restored(
        store.engineState(),
        new Restored.Tip(tip.height(), tip.id(), tip.time()),
        store.commit(tip.height()).map(it -> it.toCertificate(tip.time())),
        undelivered.stream().map(LedgerBlock::toBlock).toList());
  }
}
