package dev.quorate.simulator.tendermint.trick;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.simulator.byzantine.Trick;
import dev.quorate.simulator.byzantine.forgery.BlockFault;
import dev.quorate.simulator.byzantine.forgery.Framer;
import dev.quorate.simulator.byzantine.forgery.TwoFaced;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The tricks there are in Tendermint. */
public final class TendermintTricks {
  private TendermintTricks() {}

  /** All of them, as a plan draws from them. */
  public static List<Supplier<? extends Trick>> all() {
    var all = new ArrayList<Supplier<? extends Trick>>();
    all.add(Equivocator::new);
    all.add(Withholder::new);
    all.add(SlowProposer::new);
    all.add(SilentProposer::new);
    all.add(YesMan::new);
    all.add(EarlyPrecommitter::new);
    all.add(Turncoat::new);
    all.add(Waverer::new);
    all.add(PolkaForOne::new);
    all.add(Malformed::new);
    all.add(Forger::new);
    all.add(Colluder::new);
    all.add(Mutator::new);
    all.add(Restless::new);
    all.add(Beggar::new);
    all.add(Storm::new);
    all.add(() -> new TwoFaced(new TendermintDialect()));
    all.add(() -> new Framer(new TendermintDialect()));
    for (var fault : BlockFault.values()) {
      all.add(() -> new BadProposals(fault));
    }
    for (var lie : BadCommits.Lie.values()) {
      all.add(() -> new BadCommits(lie));
    }
    for (var lie : LyingValidRounds.Lie.values()) {
      all.add(() -> new LyingValidRounds(lie));
    }
    for (var lie : LyingCertificates.Lie.values()) {
      all.add(() -> new LyingCertificates(lie));
    }
    return List.copyOf(all);
  }

  /** Two blocks as proposer, one of them for these. */
  public static Trick equivocator(List<ValidatorId> deceived) {
    return new Equivocator(deceived);
  }

  /** Its proposals for these only; the others get the votes, and never a body. */
  public static Trick withholder(List<ValidatorId> informed) {
    return new Withholder(informed);
  }

  /** Agrees with everybody. */
  public static Trick yesMan() {
    return new YesMan();
  }

  /** Lets this one alone see its prevotes for blocks. */
  public static Trick polkaFor(ValidatorId chosen) {
    return new PolkaForOne(chosen);
  }

  /** So many messages about far rounds and heights to all, again and again. */
  public static Trick storm(Duration interval, int burst) {
    return new Storm(interval, burst);
  }

  /** So many messages of one kind to all, again and again. */
  public static Trick flood(Flood of, Duration interval, int burst) {
    return new Flooder(of, interval, burst);
  }
}
