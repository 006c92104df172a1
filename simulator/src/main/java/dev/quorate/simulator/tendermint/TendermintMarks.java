package dev.quorate.simulator.tendermint;

import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.Event;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.consensus.core.vote.Vote;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.consensus.tendermint.message.CertificateMessage;
import dev.quorate.consensus.tendermint.message.Justification;
import dev.quorate.consensus.tendermint.message.Prevote;
import dev.quorate.consensus.tendermint.message.Proposal;
import dev.quorate.consensus.tendermint.message.Step;
import dev.quorate.consensus.tendermint.message.TendermintMessage;
import dev.quorate.crypto.Signature;
import dev.quorate.simulator.observe.Mark;
import dev.quorate.simulator.observe.Observation;
import dev.quorate.simulator.observe.World;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Rare paths of Tendermint that runs should take now and then. */
public final class TendermintMarks {
  private static final int MANY_ROUNDS = 5;

  /** Runs while a height is awake. */
  private static final String AWAKE = "REBROADCAST";

  private static final String EMPTY_BLOCK = "EMPTY_BLOCK";

  private TendermintMarks() {}

  /** Made anew for one run. */
  public static List<Mark> all() {
    return List.of(
        DecidedElsewhere.before(),
        DecidedElsewhere.after(),
        FetchedBody.precommitted(),
        FetchedBody.decided(),
        LockMoved.prevote(),
        LockMoved.precommit(),
        new EarlyNil(),
        new FullerCommit(),
        new LatePolka(),
        new OtherCommit(),
        step("round entered after a weak quorum", TendermintMarks::isSkip),
        step("valid block proposed again", TendermintMarks::proposesAgain),
        step("prevote once the proposal's polka came", TendermintMarks::waitedForPolka),
        step("nil prevoted on a proposal", TendermintMarks::refuses),
        step("timeoutPropose", it -> Steps.isTimeout(it, Step.PROPOSE) && says(it)),
        step("timeoutPrevote", it -> Steps.isTimeout(it, Step.PREVOTE) && says(it)),
        step("timeoutPrecommit", it -> Steps.isTimeout(it, Step.PRECOMMIT) && says(it)),
        step("height asleep again", TendermintMarks::fallsAsleep),
        step("height woken by a peer", it -> received(it) && Steps.starts(it, AWAKE)),
        step("height woken for an empty block", TendermintMarks::isWokenByInterval),
        step("proposal given to a peer that lacks it", gives(Proposal.class::isInstance)),
        step("commit given to a peer that is behind", gives(TendermintMarks::isCommit)),
        new Later("restart in a later round", Observation.Started.class, 1),
        new Later("fifth round of a height", Observation.Turned.class, MANY_ROUNDS));
  }

  /** A correct validator is in such a round, or a later one, of a height. */
  private record Later(String name, Class<? extends Observation> kind, int round) implements Mark {
    @Override
    public Set<Class<? extends Observation>> kinds() {
      return Set.of(kind);
    }

    @Override
    public boolean isHit(Observation observation, World world) {
      return switch (observation) {
        case Observation.Started it ->
            it.incarnation() > 1 && isReached(it.status().engine().round());
        case Observation.Turned it -> isReached(it.status().engine().round());
        default -> false;
      };
    }

    private boolean isReached(Round at) {
      return at.value() >= round;
    }
  }

  /** A step of a correct validator. */
  private static Mark step(String name, Predicate<Observation.Stepped> isHit) {
    return new Mark() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public Set<Class<? extends Observation>> kinds() {
        return Set.of(Observation.Stepped.class);
      }

      @Override
      public boolean isHit(Observation observation, World world) {
        return observation instanceof Observation.Stepped it
            && isHit.test(it)
            && world.node(it.node()).isCorrect();
      }
    };
  }

  private static boolean received(Observation.Stepped step) {
    return step.event() instanceof Event.Received<?>;
  }

  private static boolean says(Observation.Stepped step) {
    return !Steps.said(step).isEmpty();
  }

  /** On entering a round, and only then without a timer, its justification is passed on. */
  private static boolean isSkip(Observation.Stepped step) {
    return received(step) && Steps.said(step).stream().anyMatch(Justification.class::isInstance);
  }

  private static boolean proposesAgain(Observation.Stepped step) {
    return Steps.said(step).stream()
        .anyMatch(
            it ->
                it instanceof Proposal proposal
                    && proposal.validRound().isPresent()
                    && proposal.signature().equals(Signature.UNSIGNED));
  }

  private static boolean waitedForPolka(Observation.Stepped step) {
    var round = Steps.received(step).flatMap(TendermintMarks::prevotedIn);
    return round.isPresent()
        && Steps.prevote(step)
            .filter(it -> !it.blockId().isNone() && it.round().compareTo(round.get()) > 0)
            .isPresent();
  }

  private static Optional<Round> prevotedIn(TendermintMessage message) {
    if (message instanceof Prevote(var vote)) {
      return Optional.of(vote.vote().round());
    }
    return message instanceof CertificateMessage(var polka) && polka.type() == VoteType.PREPARE
        ? Optional.of(polka.round())
        : Optional.empty();
  }

  private static boolean refuses(Observation.Stepped step) {
    return Steps.received(step).filter(Proposal.class::isInstance).isPresent()
        && Steps.prevote(step).map(Vote::blockId).filter(it -> it.isNone()).isPresent();
  }

  private static boolean fallsAsleep(Observation.Stepped step) {
    boolean decides = step.effects().stream().anyMatch(Effect.Commit.class::isInstance);
    return Steps.cancels(step, AWAKE) && !decides;
  }

  private static boolean isWokenByInterval(Observation.Stepped step) {
    return Steps.isFired(step, EMPTY_BLOCK) && Steps.starts(step, AWAKE);
  }

  private static Predicate<Observation.Stepped> gives(Predicate<TendermintMessage> what) {
    return step -> {
      for (var effect : step.effects()) {
        if (effect instanceof Effect.Send<?>(_, var message)
            && message instanceof TendermintMessage it
            && what.test(it)) {
          return true;
        }
      }
      return false;
    };
  }

  private static boolean isCommit(TendermintMessage message) {
    return message instanceof CertificateMessage(var commit) && commit.type() == VoteType.COMMIT;
  }
}
