package dev.quorate.explorer;

import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.Event;
import dev.quorate.consensus.core.Message;

/** A trace in words, one line an event and one an effect. */
final class Journal<M extends Message<M>> {
  private final Cast cast;
  private final Words<M> words;
  private final StringBuilder lines = new StringBuilder();

  Journal(Cast cast, Words<M> words) {
    this.cast = cast;
    this.words = words;
    lines.append(cast).append('\n');
  }

  void note(String line) {
    lines.append(line).append('\n');
  }

  void event(int validator, Event<M> event) {
    var said =
        switch (event) {
          case Event.Received<M>(var signed, _) ->
              cast.nameOf(signed.from()) + "'s " + words.of(signed.message());
          case Event.BlockBuilt<M>(_, var block) ->
              "built " + block.map(Blocks::name).orElse("nothing");
          case Event.BlockChecked<M>(var id, var verdict) ->
              "checked " + Blocks.name(id) + " " + verdict;
          case Event.BlockArrived<M>(var block) -> "body of " + Blocks.name(block);
          case Event.Synced<M>(var block, var commit) ->
              "synced " + Blocks.name(block) + " " + words.of(commit);
          case Event.TimerFired<M>(var timer) -> timer + " is over";
          case Event.WorkPending<M>(var work) -> work.pickable() + " wait";
          case Event.Started<M> _ -> "starts";
          case Event.PeerConnected<M> _ -> "a peer connects";
          case Event.SignRefused<M> _ -> "refused";
        };
    note(cast.nameOf(validator) + " <- " + said);
  }

  void effect(Effect<M> effect) {
    var asked =
        switch (effect) {
          case Effect.Broadcast<M>(var message) -> "says " + words.of(message);
          case Effect.Send<M>(var to, var message) ->
              "tells " + cast.nameOf(to) + " " + words.of(message);
          case Effect.Commit<M>(var block, var commit) ->
              "DELIVERS " + Blocks.name(block) + " " + words.of(commit);
          case Effect.Store<M>(var block) -> "stores " + Blocks.name(block);
          case Effect.FetchBlock<M>(var id, _, _) -> "fetches " + Blocks.name(id);
          case Effect.Ignored<M>(_, var reason) -> "ignores: " + reason;
          case Effect.Halt<M>(var reason) -> "HALTS: " + reason;
          case Effect.StartTimer<M>(var timer, _) -> "starts " + timer;
          case Effect.Persist<M> _,
              Effect.CancelTimer<M> _,
              Effect.BuildBlock<M> _,
              Effect.CheckBlock<M> _,
              Effect.FetchCommitted<M> _,
              Effect.Accuse<M> _ ->
              "";
        };
    if (!asked.isEmpty()) {
      note("     " + asked);
    }
  }

  @Override
  public String toString() {
    return lines.toString();
  }
}
