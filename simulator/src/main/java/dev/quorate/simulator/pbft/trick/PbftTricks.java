package dev.quorate.simulator.pbft.trick;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.simulator.byzantine.Trick;
import dev.quorate.simulator.byzantine.forgery.BlockFault;
import dev.quorate.simulator.byzantine.forgery.Framer;
import dev.quorate.simulator.byzantine.forgery.TwoFaced;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The tricks there are in PBFT. */
public final class PbftTricks {
  private PbftTricks() {}

  /** All of them, as a plan draws from them. */
  public static List<Supplier<? extends Trick>> all() {
    var all = new ArrayList<Supplier<? extends Trick>>();
    all.add(Equivocator::new);
    all.add(YesMan::new);
    all.add(Withholder::new);
    all.add(SlowPrimary::new);
    all.add(Storm::new);
    all.add(Mutator::new);
    all.add(Forger::new);
    all.add(Restless::new);
    all.add(Colluder::new);
    all.add(EarlyCommitter::new);
    all.add(() -> new TwoFaced(new PbftDialect()));
    all.add(() -> new Framer(new PbftDialect()));
    for (var fault : BlockFault.values()) {
      all.add(() -> new BadProposals(fault));
    }
    for (var lie : LyingClaims.Lie.values()) {
      all.add(() -> new LyingClaims(lie));
    }
    for (var lie : LyingNewViews.Lie.values()) {
      all.add(() -> new LyingNewViews(lie));
    }
    return List.copyOf(all);
  }

  /** Two chains as primary, one of them for these. */
  public static Trick equivocator(List<ValidatorId> deceived) {
    return new Equivocator(deceived);
  }

  /** Bodies of proposals for these only; the others get the votes, and never a body. */
  public static Trick withholder(List<ValidatorId> informed) {
    return new Withholder(informed);
  }

  /** Agrees with everybody. */
  public static Trick yesMan() {
    return new YesMan();
  }

  /** So many messages about far views and heights to all, again and again. */
  public static Trick storm(Duration interval, int burst) {
    return new Storm(interval, burst);
  }

  /** So many frames of one kind to all, again and again. */
  public static Trick flood(Flood of, Duration interval, int burst) {
    return new Flooder(of, interval, burst);
  }

  /** The trick with this name, as {@link Trick#name()} tells it; refuses any other. */
  public static Trick named(String name) {
    return all().stream()
        .map(Supplier::get)
        .filter(it -> it.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no trick is called " + name));
  }
}
