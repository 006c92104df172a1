package dev.quorate.simulator.byzantine;

import dev.quorate.consensus.core.EngineProvider;
import dev.quorate.consensus.core.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The tricks that a plan draws from, each made anew when it is drawn. */
public record Repertoire(List<Supplier<? extends Trick>> tricks) {
  public Repertoire {
    tricks = List.copyOf(tricks);
  }

  /** Those that know nothing of an engine; one of them runs a second replica with it. */
  public static <M extends Message<M>> Repertoire forAnyEngine(EngineProvider<M> provider) {
    return new Repertoire(
        List.of(
            Silent::new,
            Selective::new,
            Replayer::new,
            BitFlipper::new,
            Impersonator::new,
            Censor::new,
            Laggard::new,
            SyncLiar::new,
            () -> new Twins<>(provider)));
  }

  /** The trick with this name, as {@link Trick#name()} tells it; refuses any other. */
  public Trick named(String name) {
    return tricks.stream()
        .<Trick>map(Supplier::get)
        .filter(it -> it.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no trick is called " + name));
  }

  /** These and those. */
  public Repertoire with(List<Supplier<? extends Trick>> more) {
    var all = new ArrayList<>(tricks);
    all.addAll(more);
    return new Repertoire(all);
  }
}
