package dev.quorate.simulator.node;

import dev.quorate.consensus.core.Engine;
import dev.quorate.consensus.core.EngineProvider;
import dev.quorate.consensus.core.Message;
import dev.quorate.consensus.core.Standing;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.crypto.Bytes;
import dev.quorate.ledger.ChainReader;
import dev.quorate.ledger.Transaction;
import dev.quorate.ledger.store.StorageException;
import dev.quorate.replica.Condition;
import dev.quorate.replica.Counts;
import dev.quorate.replica.Replica;
import dev.quorate.replica.ReplicaLimits;
import dev.quorate.replica.ReplicaPorts;
import dev.quorate.replica.ReplicaStatus;
import dev.quorate.replica.Submission;
import dev.quorate.replica.guard.SigningKey;
import dev.quorate.simulator.clock.LocalClock;
import dev.quorate.simulator.disk.PowerCut;
import dev.quorate.simulator.disk.SimDisk;
import dev.quorate.simulator.observe.CrashKind;
import dev.quorate.simulator.observe.NodeView;
import dev.quorate.simulator.observe.Observation;
import dev.quorate.simulator.observe.Role;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One node of a simulated network: a disk and a clock that last, and a process that may come and
 * go.
 */
public final class SimNode<M extends Message<M>> implements NodeView {
  private final Surroundings world;
  private final Identity identity;
  private final EngineProvider<M> provider;
  private final ReplicaLimits limits;
  private final SimDisk disk;
  private final LocalClock clock;
  private final Wakeups wakeups;
  private Sin sin = Sin.NONE;
  private Role role = Role.CORRECT;
  private @Nullable Replica<M> replica;
  private @Nullable Engine<M> engine;
  private int incarnation;
  private @Nullable Outlet outlet;
  private Consumer<SimNode<?>> onEnd = _ -> {};

  /** A node with an empty disk that was never started. */
  public SimNode(
      Surroundings world, Identity identity, EngineProvider<M> provider, ReplicaLimits limits) {
    this.world = world;
    this.identity = identity;
    this.provider = provider;
    this.limits = limits;
    this.disk = new SimDisk(world.genesis(), world.chance().stream("disk " + identity.name()));
    this.clock = new LocalClock(world.agenda());
    var chance = world.chance().stream("node " + identity.name());
    this.wakeups = new Wakeups(world.agenda(), chance, this::turn);
  }

  @Override
  public ValidatorId id() {
    return identity.id();
  }

  @Override
  public String name() {
    return identity.name();
  }

  @Override
  public Role role() {
    return role;
  }

  @Override
  public boolean isUp() {
    return replica != null;
  }

  @Override
  public int incarnation() {
    return incarnation;
  }

  @Override
  public ChainReader chain() {
    return disk.chain();
  }

  @Override
  public Optional<Standing> standing() {
    return Optional.ofNullable(engine).map(Engine::standing);
  }

  @Override
  public Optional<Bytes> savedState() {
    return disk.engineState();
  }

  @Override
  public Optional<ReplicaStatus> status() {
    return Optional.ofNullable(replica).map(Replica::status);
  }

  @Override
  public Optional<Counts> counts() {
    return Optional.ofNullable(replica).map(Replica::counts);
  }

  /** What runs, for whoever looks at more than a status; empty while the node is down. */
  public Optional<Replica<M>> process() {
    return Optional.ofNullable(replica);
  }

  public SimDisk disk() {
    return disk;
  }

  public LocalClock clock() {
    return clock;
  }

  public Sin sin() {
    return sin;
  }

  /** From the next start on the node commits this sin. */
  public void commit(Sin sin) {
    this.sin = sin;
    if (role == Role.CORRECT) {
      role = sin.role();
    }
  }

  /** The disk forgets promises: from now on the node counts as faulty. */
  public void becomeAmnesiac() {
    if (role == Role.CORRECT) {
      role = Role.AMNESIAC;
    }
  }

  /** Who learns when the process ends without being killed from outside. */
  public void onEnd(Consumer<SimNode<?>> onEnd) {
    this.onEnd = onEnd;
  }

  /** Starts the process from what is on the disk. */
  public void start() {
    if (replica != null) {
      throw new IllegalStateException(name() + " runs already");
    }
    incarnation++;
    int mine = incarnation;
    wakeups.begin(mine);
    try {
      var opened = open(mine);
      replica = opened;
      world.observe(new Observation.Started(world.agenda().instant(), id(), mine, opened.status()));
      wakeups.wake(mine);
    } catch (PowerCut | StorageException failure) {
      end(new Condition.Failed(failure));
    }
  }

  private Replica<M> open(int mine) {
    var store =
        disk.open(
            written ->
                world.observe(
                    new Observation.Wrote(world.agenda().instant(), id(), mine, written)));
    var scheme =
        new ObservedScheme(
            world.scheme(),
            (signBytes, signature) ->
                world.observe(
                    new Observation.Signed(
                        world.agenda().instant(), id(), mine, signBytes, signature)));
    var out = new Outlet(world, this, mine);
    outlet = out;
    var ports =
        new ReplicaPorts(
            store,
            sin.network(out, identity, world),
            sin.guard(disk.guard(), identity, world),
            new SigningKey(identity.key(), scheme),
            (block, commit) ->
                world.observe(
                    new Observation.Delivered(world.agenda().instant(), id(), mine, block, commit)),
            () -> wakeups.wake(mine));
    var engines = new Remembered<>(sin.engine(provider, identity, world));
    var opened = Replica.open(world.genesis(), id(), engines, ports, limits);
    engine = engines.last();
    opened.observe(
        (event, effects) ->
            world.observe(
                new Observation.Stepped(world.agenda().instant(), id(), mine, event, effects)));
    return opened;
  }

  /** The process is killed between two turns. */
  public void kill(CrashKind kind) {
    if (replica != null) {
      replica = null;
      world.observe(new Observation.Crashed(world.agenda().instant(), id(), incarnation, kind));
    }
  }

  /**
   * The process stands still until then, in the world's nanoseconds, and goes on as if nothing was.
   */
  public void pauseUntil(long nanos) {
    wakeups.pauseUntil(nanos);
  }

  /** Whatever was prepared against the node will not happen, and what it suffers from is over. */
  public void heal() {
    wakeups.goOn();
    cutPowerAfterFrames(-1);
    clock.set(Duration.ZERO);
    disk.fuse().disarm();
    disk.full(false);
    disk.nextSync(SimDisk.Failure.NONE);
  }

  /** The power goes after so many more frames have left. */
  public void cutPowerAfterFrames(int frames) {
    if (outlet != null) {
      outlet.cutPowerAfter(frames);
    }
  }

  /** A frame is there. */
  public void receive(ValidatorId from, Bytes frame) {
    if (replica == null) {
      return;
    }
    if (wakeups.isPaused()) {
      wakeups.afterPause(() -> receive(from, frame));
      return;
    }
    world.observe(
        new Observation.Arrived(world.agenda().instant(), id(), incarnation, from, frame));
    sin.arriving(from, frame, this::hear);
  }

  private void hear(ValidatorId from, Bytes frame) {
    if (replica == null) {
      return;
    }
    try {
      replica.ingress().onFrame(from, frame, clock.read());
    } catch (PowerCut cut) {
      end(new Condition.Failed(cut));
    }
  }

  /** The transport notices that a peer can be reached, or not any more. */
  public void linkChanged(ValidatorId peer, boolean connected) {
    if (replica == null) {
      return;
    }
    if (connected) {
      replica.peerConnected(peer);
    } else {
      replica.peerDisconnected(peer);
    }
  }

  /** A client hands a transaction in; nobody answers when the process dies before. */
  public void submit(Transaction transaction) {
    var asked = replica;
    if (asked == null) {
      return;
    }
    world.observe(new Observation.Submitted(world.agenda().instant(), id(), transaction));
    var _ =
        asked
            .submit(transaction)
            .thenAccept(
                answer -> {
                  if (replica == asked && !isEnding(answer)) {
                    world.observe(
                        new Observation.Answered(
                            world.agenda().instant(), id(), transaction, answer));
                  }
                });
  }

  private static boolean isEnding(Submission answer) {
    return answer instanceof Submission.Refused(var reason) && reason == Submission.Reason.STOPPED;
  }

  private void turn(int of) {
    if (of != incarnation || replica == null) {
      return;
    }
    if (wakeups.isPaused()) {
      wakeups.afterPause(() -> turn(of));
      return;
    }
    wakeups.turnBegins();
    var running = replica;
    var condition = running.turn(world.agenda().instant(), clock.read());
    if (condition instanceof Condition.Running) {
      world.observe(new Observation.Turned(world.agenda().instant(), id(), of, running.status()));
      wakeups.planNext(running.nextDeadline());
    } else {
      end(condition);
    }
  }

  private void end(Condition condition) {
    replica = null;
    var now = world.agenda().instant();
    if (condition instanceof Condition.Failed(PowerCut cut)) {
      world.observe(new Observation.Crashed(now, id(), incarnation, cut.kind()));
    } else {
      world.observe(new Observation.Ended(now, id(), incarnation, condition));
    }
    onEnd.accept(this);
  }
}
