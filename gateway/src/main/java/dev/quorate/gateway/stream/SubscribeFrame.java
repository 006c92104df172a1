package dev.quorate.gateway.stream;

import dev.quorate.crypto.Bytes;
import dev.quorate.ledger.json.Faults;
import dev.quorate.ledger.json.Json;
import dev.quorate.ledger.json.Members;
import dev.quorate.ledger.json.StrictJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The one frame that a client sends: {@code {"t":"sub","id":...,"from":...,"types":[...],
 * "payload":...}}, of which {@code from}, {@code types} and {@code payload} may be missing.
 */
record SubscribeFrame(String id, Wish wish) {
  /** The longest frame, in bytes. */
  static final int MAX_BYTES = 4_096;

  /** The longest name of a subscription. */
  static final int MAX_ID = 64;

  /** A frame, or why it is none in a few words. */
  sealed interface Reading {
    record Understood(SubscribeFrame frame) implements Reading {}

    record Faulty(String why) implements Reading {}
  }

  static Reading read(String text) {
    var faults = new Faults();
    var frame =
        StrictJson.parse(Bytes.utf8(text), MAX_BYTES, faults)
            .flatMap(
                json ->
                    Members.of(json, "", List.of("t", "id", "from", "types", "payload"), faults))
            .map(members -> read(members, faults));
    return frame.isPresent() && faults.isEmpty()
        ? new Reading.Understood(frame.get())
        : new Reading.Faulty(faults.sentences().getFirst());
  }

  private static SubscribeFrame read(Members members, Faults faults) {
    if (!members.text("t").orElse("sub").equals("sub")) {
      members.fault("t", "must be \"sub\"");
    }
    var id = members.text("id").orElse("");
    if (members.find("id").isPresent() && (id.isEmpty() || id.length() > MAX_ID)) {
      members.fault("id", "has from 1 to " + MAX_ID + " characters");
    }
    var payload = members.find("payload").isPresent() ? members.text("payload").orElse("") : "hash";
    if (!Wish.isPayload(payload)) {
      members.fault("payload", "must be \"hash\" or \"full\"");
    }
    var start = start(members, faults);
    return new SubscribeFrame(id, Wish.of(start, types(members), payload));
  }

  private static List<String> types(Members members) {
    if (members.find("types").isEmpty()) {
      return List.of("block", "tx");
    }
    var types = new ArrayList<String>();
    for (var element : members.list("types").orElse(List.of())) {
      types.add(element instanceof Json.Text(_, var type) ? type : "");
    }
    if (!Wish.areTypes(types)) {
      members.fault("types", "must be a list of \"block\" and \"tx\", each at most once");
    }
    return types;
  }

  /** A position wins over a height. */
  private static Wish.Start start(Members frame, Faults faults) {
    return frame
        .find("from")
        .flatMap(from -> Members.of(from, "from", List.of("height", "after"), faults))
        .flatMap(SubscribeFrame::startOf)
        .orElse(new Wish.Start.Next());
  }

  private static Optional<Wish.Start> startOf(Members from) {
    Optional<Wish.Start> height = Optional.empty();
    if (from.find("height").isPresent()) {
      height = from.integer("height").filter(it -> it >= 0).map(Wish.Start.At::new);
      if (height.isEmpty()) {
        from.fault("height", "must be a height");
      }
    }
    if (from.find("after").isEmpty()) {
      return height;
    }
    var after = from.text("after").flatMap(Position::parse);
    if (after.isEmpty()) {
      from.fault("after", "must be a place in the stream such as \"42\" or \"42.7\"");
    }
    return after.map(Wish.Start.After::new);
  }
}
