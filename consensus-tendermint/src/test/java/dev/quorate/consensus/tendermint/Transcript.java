package dev.quorate.consensus.tendermint;

import dev.quorate.consensus.core.Block;
import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.Event;
import dev.quorate.consensus.core.Restored;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.Certificate;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.consensus.tendermint.TendermintTimer.Periodic;
import dev.quorate.consensus.tendermint.message.Status;
import dev.quorate.consensus.tendermint.message.Step;
import dev.quorate.consensus.tendermint.message.TendermintMessage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A conversation with one replica, written down: what happens to it, a line of dashes, and what it
 * asks for, again and again. The files in {@code transcripts} are script, expectation and
 * documentation in one; {@code README.md} there has the words.
 *
 * <p>What needs nobody else (checking, building, own messages that come back) is answered at once.
 */
final class Transcript {
  private static final String RULE = "----";

  private final List<Block> stored = new ArrayList<>();
  private Replica we = Replica.fresh("c");
  private String self = "c";
  private @Nullable Certificate decided;

  /** The same text with what the replica really asks for. */
  static String replay(String text) {
    var transcript = new Transcript();
    var out = new ArrayList<String>();
    boolean expected = false;
    for (var line : text.lines().toList()) {
      if (line.equals(RULE)) {
        out.add(line);
        out.addAll(transcript.effects());
        expected = true;
      } else if (line.isBlank() || line.startsWith("#")) {
        out.add(line);
        expected = false;
      } else if (!expected) {
        out.add(line);
        transcript.happens(words(line));
      }
    }
    return String.join("\n", out) + "\n";
  }

  private void happens(List<String> words) {
    switch (words.getFirst()) {
      case "we" -> begin(words.getLast());
      case "received" -> {
        for (var name : words.get(1).split(",", -1)) {
          received(name, words.get(2), words.subList(3, words.size()));
        }
      }
      case "timer" -> timer(words);
      case "work" -> we.work(Integer.parseInt(words.get(1)));
      case "arrived" -> we.step(new Event.BlockArrived<>(Narrator.block(words.get(1))));
      case "synced" -> synced(number(words.get(1)), Narrator.block(words.get(2)));
      case "restart" -> restart();
      default -> throw new IllegalArgumentException("a transcript does not know: " + words);
    }
  }

  private void begin(String name) {
    self = name;
    we = Replica.fresh(name);
    we.effects();
  }

  private void received(String from, String what, List<String> rest) {
    int number = number(rest.getFirst());
    switch (what) {
      case "proposal" -> {
        var block = Narrator.block(rest.get(1));
        if (rest.size() > 2) {
          we.propose(from, number, block, number(rest.get(3)));
        } else {
          we.propose(from, number, block);
        }
      }
      case "prevote" -> {
        if (rest.get(1).equals("nil")) {
          we.nilPrevotes(from, number);
        } else {
          we.prevotes(from, number, Narrator.block(rest.get(1)));
        }
      }
      case "precommit" -> {
        if (rest.get(1).equals("nil")) {
          we.nilPrecommits(from, number);
        } else {
          we.precommits(from, number, Narrator.block(rest.get(1)));
        }
      }
      case "polka" -> we.polka(from, number, Narrator.block(rest.get(1)), letters(rest.get(2)));
      case "commit" -> we.commit(from, number, Narrator.block(rest.get(1)), letters(rest.get(2)));
      case "status" ->
          we.receive(
              from,
              new Status(new Height(number), new Round(number(rest.get(1))), Step.PROPOSE, false));
      default -> throw new IllegalArgumentException("a transcript does not know: " + what);
    }
  }

  private void timer(List<String> words) {
    var constant = words.get(1).toUpperCase(Locale.ROOT).replace('-', '_');
    if (words.size() > 2) {
      we.timeout(Step.valueOf(constant), number(words.get(2)));
    } else {
      we.fire(Periodic.valueOf(constant));
    }
  }

  private void synced(int round, Block block) {
    var commit = Validators.FOUR.certificate(VoteType.COMMIT, round, block, "abd");
    we.step(new Event.Synced<>(block, commit));
  }

  private void restart() {
    var saved = we.saved();
    effects();
    var tip = decided;
    var restored =
        new Restored(
            saved,
            tip == null
                ? new Restored.Tip(new Height(0), BlockId.NONE, Validators.GENESIS_TIME)
                : new Restored.Tip(tip.height(), tip.blockId(), tip.timestamp()),
            Optional.ofNullable(tip),
            stored.stream()
                .filter(it -> tip == null || it.height().isAbove(tip.height()))
                .toList());
    we = Replica.restored(self, restored);
  }

  private List<String> effects() {
    var lines = new ArrayList<String>();
    for (var effect : we.effects()) {
      switch (effect) {
        case Effect.Store<TendermintMessage>(var block) -> stored.add(block);
        case Effect.Commit<TendermintMessage>(_, var certificate) -> decided = certificate;
        default -> {}
      }
      lines.add(Narrator.line(effect));
    }
    return lines;
  }

  private static String letters(String names) {
    return names.replace(",", "");
  }

  private static int number(String word) {
    return Integer.parseInt(word.substring(1));
  }

  private static List<String> words(String line) {
    return Arrays.asList(line.strip().split("\\s+", -1));
  }
}
