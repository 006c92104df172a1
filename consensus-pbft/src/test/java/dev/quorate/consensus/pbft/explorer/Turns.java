package dev.quorate.consensus.pbft.explorer;

import dev.quorate.consensus.core.validators.ProposerSchedule;
import dev.quorate.explorer.Cast;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Who is primary of which view: counted here once more, not taken from the engine. */
final class Turns {
  private static final Map<Cast, ProposerSchedule> SCHEDULES = new ConcurrentHashMap<>();

  private Turns() {}

  static int primaryOf(Cast cast, int view) {
    var schedule = SCHEDULES.computeIfAbsent(cast, it -> ProposerSchedule.of(it.set()));
    return cast.indexOf(schedule.at(view % schedule.size()));
  }
}
