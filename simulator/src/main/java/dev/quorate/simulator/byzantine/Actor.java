package dev.quorate.simulator.byzantine;

import dev.quorate.consensus.core.validators.Validator;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.crypto.Bytes;
import dev.quorate.simulator.clock.Chance;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A Byzantine validator: an honest replica with tricks between it and the net, each played for a
 * while. A frame passes the tricks that are being played, in their order.
 */
public final class Actor {
  private final ValidatorId self;
  private final Keyring keys;
  private final List<Scene> scenes;
  private final Stage stage;
  private final List<ValidatorId> others;
  private final List<Means> means = new ArrayList<>();

  /** An actor that has not begun; what it does by itself begins with {@link #begin}. */
  public Actor(ValidatorId self, Keyring keys, List<Scene> scenes, Stage stage, Chance chance) {
    this.self = self;
    this.keys = keys;
    this.scenes = List.copyOf(scenes);
    this.stage = stage;
    this.others =
        stage.genesis().validatorSet().members().stream()
            .map(Validator::id)
            .filter(it -> !it.equals(self))
            .toList();
    for (int i = 0; i < scenes.size(); i++) {
      means.add(new Means(this, i, chance.stream("trick " + i)));
    }
  }

  /** Plans all scenes; once, at the start of the run. */
  public void begin() {
    for (int i = 0; i < scenes.size(); i++) {
      var scene = scenes.get(i);
      var his = means.get(i);
      stage.agenda().at(scene.from().toNanos(), () -> scene.trick().begin(his));
    }
  }

  /** Takes a frame of its replica. */
  public void leaving(List<ValidatorId> to, Bytes frame) {
    leaving(0, to, frame);
  }

  /** Takes a frame of the net. */
  public void arriving(ValidatorId from, Bytes frame) {
    arriving(0, from, frame);
  }

  public List<Scene> scenes() {
    return scenes;
  }

  void leaving(int place, List<ValidatorId> to, Bytes frame) {
    int next = nextPlaying(place);
    if (next < scenes.size()) {
      scenes.get(next).trick().leaving(to, frame, means.get(next));
    } else {
      to.forEach(it -> stage.send(it, frame));
    }
  }

  void arriving(int place, ValidatorId from, Bytes frame) {
    int next = nextPlaying(place);
    if (next < scenes.size()) {
      scenes.get(next).trick().arriving(from, frame, means.get(next));
    } else {
      stage.hear(from, frame);
    }
  }

  boolean isPlaying(int place) {
    var scene = scenes.get(place);
    long now = stage.agenda().now();
    return now >= scene.from().toNanos() && now < scene.until().toNanos();
  }

  ValidatorId self() {
    return self;
  }

  List<ValidatorId> others() {
    return others;
  }

  Keyring keys() {
    return keys;
  }

  Stage stage() {
    return stage;
  }

  private int nextPlaying(int place) {
    int next = place;
    while (next < scenes.size() && !isPlaying(next)) {
      next++;
    }
    return next;
  }

  @Override
  public String toString() {
    return self.abbreviated()
        + scenes.stream().map(Scene::toString).collect(Collectors.joining(", ", " plays ", ""));
  }
}
