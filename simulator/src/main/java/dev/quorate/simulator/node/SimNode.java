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
import dev.quorate.replica.Network;
import dev.quorate.replica.Replica;
import dev.quorate.replica.ReplicaLimits;
import dev.quorate.replica.ReplicaPorts;
import dev.quorate.replica.ReplicaStatus;
import dev.quorate.replica.Submission;
import dev.quorate.replica.guard.SigningKey;
import dev.quorate.simulator.clock.Chance;
import dev.quorate.simulator.clock.LocalClock;
import dev.quorate.simulator.disk.PowerCut;
import dev.quorate.simulator.disk.SimDisk;
import dev.quorate.simulator.observe.CrashKind;
import dev.quorate.simulator.observe.NodeView;
import dev.quorate.simulator.observe.Observation;
import dev.quorate.simulator.observe.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One node of a simulated network: a disk and a clock that last, and a process that may come and
 * go.
 *
 * <p>A turn follows a wakeup after a moment, so that what comes within it is taken in together, as
 * in production.
 */
public final class SimNode<M extends Message<M>> implements NodeView {
  /** The longest time between a wakeup and the turn, in nanoseconds. */
  private static final long LONGEST_MOMENT = 60_000;

  private final Surroundings world;
  private final Identity identity;
  private final EngineProvider<M> provider;
  private final ReplicaLimits limits;
  private final SimDisk disk;
  private final LocalClock clock;
  private final Chance chance;
  private Sin sin = Sin.NONE;
  private Role role = Role.CORRECT;
  private @Nullable Replica<M> replica;
  private @Nullable Engine<M> engine;
  private int incarnation;
  private boolean turnPlanned;
  private long timerAt = Long.MAX_VALUE;
  private long pausedUntil;
  private int framesToCut = -1;
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
    this.chance = world.chance().stream("node " + identity.name());
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
    turnPlanned = false;
    timerAt = Long.MAX_VALUE;
    framesToCut = -1;
    pausedUntil = 0;
    try {
      var opened = open(mine);
      replica = opened;
      world.observe(new Observation.Started(world.agenda().instant(), id(), mine, opened.status()));
      wake(mine);
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
    var ports =
        new ReplicaPorts(
            store,
            sin.network(network(mine), identity, world),
            sin.guard(disk.guard(), identity, world),
            new SigningKey(identity.key(), scheme),
            (block, commit) ->
                world.observe(
                    new Observation.Delivered(world.agenda().instant(), id(), mine, block, commit)),
            () -> wake(mine));
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
    pausedUntil = Math.max(pausedUntil, nanos);
  }

  /** Whatever was prepared against the node will not happen, and what it suffers from is over. */
  public void heal() {
    pausedUntil = 0;
    framesToCut = -1;
    clock.set(Duration.ZERO);
    disk.fuse().disarm();
    disk.full(false);
    disk.nextSync(SimDisk.Failure.NONE);
  }

  /** The power goes after so many more frames have left. */
  public void cutPowerAfterFrames(int frames) {
    framesToCut = frames;
  }

  /** A frame is there. */
  public void receive(ValidatorId from, Bytes frame) {
    if (replica == null) {
      return;
    }
    if (isPaused()) {
      world.agenda().at(pausedUntil, () -> receive(from, frame));
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

  private boolean isPaused() {
    return pausedUntil > world.agenda().now();
  }

  private void wake(int of) {
    if (of != incarnation || turnPlanned) {
      return;
    }
    turnPlanned = true;
    long moment = chance.between(1_000, LONGEST_MOMENT);
    world.agenda().at(Math.max(world.agenda().now() + moment, pausedUntil), () -> turn(of));
  }

  private void turn(int of) {
    if (of != incarnation || replica == null) {
      return;
    }
    if (isPaused()) {
      world.agenda().at(pausedUntil, () -> turn(of));
      return;
    }
    turnPlanned = false;
    var running = replica;
    var condition = running.turn(world.agenda().instant(), clock.read());
    if (condition instanceof Condition.Running) {
      world.observe(new Observation.Turned(world.agenda().instant(), id(), of, running.status()));
      planNext(running.nextDeadline());
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

  private void planNext(Instant deadline) {
    int of = incarnation;
    if (deadline.equals(Instant.MAX) || turnPlanned) {
      return;
    }
    if (deadline.equals(Instant.MIN)) {
      wake(of);
      return;
    }
    long at = world.agenda().nanosTo(deadline);
    if (at >= timerAt && timerAt > world.agenda().now()) {
      return;
    }
    timerAt = at;
    world
        .agenda()
        .at(
            at,
            () -> {
              if (of == incarnation) {
                timerAt = Long.MAX_VALUE;
                wake(of);
              }
            });
  }

  private void leave(int mine, ValidatorId to, Bytes frame) {
    if (mine != incarnation) {
      return;
    }
    if (framesToCut >= 0 && framesToCut-- == 0) {
      throw new PowerCut(CrashKind.BETWEEN_FRAMES);
    }
    world.observe(new Observation.Sent(world.agenda().instant(), id(), mine, to, frame));
    world.net().send(id(), to, frame);
  }

  private Network network(int mine) {
    return new Network() {
      @Override
      public boolean send(ValidatorId to, Bytes frame) {
        if (!world.net().seemsOpen(id(), to)) {
          return false;
        }
        leave(mine, to, frame);
        return true;
      }

      @Override
      public void broadcast(Bytes frame) {
        for (var validator : world.genesis().validatorSet().members()) {
          if (!validator.id().equals(id()) && world.net().seemsOpen(id(), validator.id())) {
            leave(mine, validator.id(), frame);
          }
        }
      }
    };
  }
}
