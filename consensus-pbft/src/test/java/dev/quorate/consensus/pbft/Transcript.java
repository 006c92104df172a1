package dev.quorate.consensus.pbft;

import dev.quorate.consensus.core.Block;
import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.Event;
import dev.quorate.consensus.core.Restored;
import dev.quorate.consensus.core.Work;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.Certificate;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.consensus.pbft.message.CertificateMessage;
import dev.quorate.consensus.pbft.message.Complain;
import dev.quorate.consensus.pbft.message.PbftMessage;
import dev.quorate.consensus.pbft.message.Status;
import dev.quorate.consensus.pbft.message.View;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
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
  private static final Hash STARVED = Hash.sha256(Bytes.utf8("starved"));

  private final Narrator narrator = new Narrator();
  private final List<Block> stored = new ArrayList<>();
  private Replica we = Replica.fresh("c");
  private String self = "c";
  private Optional<Bytes> saved = Optional.empty();
  private @Nullable Certificate delivered;

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
      case "we" -> begin(words.get(2), words.size() > 3 ? Long.parseLong(words.get(4)) : 0);
      case "block" ->
          narrator.declare(
              words.get(1),
              words.getLast().equals("genesis")
                  ? BlockId.NONE
                  : narrator.block(words.getLast()).id());
      case "received" -> {
        for (var name : words.get(1).split(",", -1)) {
          received(name, words.get(2), words.subList(3, words.size()));
        }
      }
      case "timer" -> we.fire(PbftTimer.valueOf(constant(words.get(1))));
      case "work" -> work(words.subList(1, words.size()));
      case "arrived" -> we.step(new Event.BlockArrived<>(narrator.block(words.get(1))));
      case "synced" ->
          we.step(
              new Event.Synced<>(
                  narrator.block(words.get(2)),
                  certificate(VoteType.COMMIT, words.get(1), words.get(2))));
      case "restart" -> restart();
      default -> throw new IllegalArgumentException("a transcript does not know: " + words);
    }
  }

  private void begin(String name, long rotation) {
    self = name;
    we = Replica.rotating(name, rotation);
    we.effects();
  }

  private void received(String from, String what, List<String> rest) {
    int view = view(rest.getFirst());
    switch (what) {
      case "pre-prepare" -> we.propose(from, view, narrator.block(rest.get(1)));
      case "prepare" -> we.prepares(from, view, narrator.block(rest.get(1)));
      case "commit" -> we.commits(from, view, narrator.block(rest.get(1)));
      case "complain" -> we.receive(from, complaint(view, rest.get(1)));
      case "prepared" ->
          we.receive(
              from,
              new CertificateMessage(certificate(VoteType.PREPARE, rest.get(0), rest.get(1))));
      case "committed" ->
          we.receive(
              from, new CertificateMessage(certificate(VoteType.COMMIT, rest.get(0), rest.get(1))));
      case "view-change" -> we.receive(from, ViewChanges.claim(from, view, held(rest)));
      case "new-view" -> we.receive(from, newView(view, rest));
      case "status" ->
          we.receive(
              from,
              new Status(
                  new View(view),
                  true,
                  new View(view),
                  new Height(Long.parseLong(rest.get(1).substring(1))),
                  List.of()));
      default -> throw new IllegalArgumentException("a transcript does not know: " + what);
    }
  }

  private static Complain complaint(int view, String reason) {
    return reason.equals("starved-transaction")
        ? Complain.ofStarved(new View(view), STARVED)
        : new Complain(new View(view), Complain.Reason.valueOf(constant(reason)));
  }

  /** {@code view-change v1 holding prepared v0 x1}, perhaps {@code short of a signature}. */
  private Optional<Certificate> held(List<String> rest) {
    if (rest.size() == 1) {
      return Optional.empty();
    }
    var type = rest.get(2).equals("prepared") ? VoteType.PREPARE : VoteType.COMMIT;
    var whole = certificate(type, rest.get(3), rest.get(4));
    return Optional.of(
        rest.contains("short")
            ? ViewChanges.withSigners(whole, whole.signers().subList(0, 2))
            : whole);
  }

  /** {@code new-view v1 from a,b,d}, perhaps {@code on x2}, which the last one holds. */
  private PbftMessage newView(int view, List<String> rest) {
    var claimants = rest.get(2).split(",", -1);
    var tip = rest.size() > 3 ? narrator.block(rest.get(4)) : null;
    return ViewChanges.newView(view, tip, claimants);
  }

  private void work(List<String> rest) {
    if (rest.getFirst().equals("starved")) {
      var starved = Optional.of(new Work.Starved(STARVED, new Round(view(rest.getLast()))));
      we.step(new Event.WorkPending<>(new Work(1, false, 1, starved)));
    } else {
      we.work(Integer.parseInt(rest.getFirst()), false);
    }
  }

  private void restart() {
    effects();
    var tip = delivered;
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
    var effects = we.effects();
    for (var effect : effects) {
      if (effect instanceof Effect.Store<PbftMessage>(var block)) {
        narrator.meet(block);
      }
    }
    for (var effect : effects) {
      switch (effect) {
        case Effect.Persist<PbftMessage>(var state) -> saved = Optional.of(state.encode());
        case Effect.Store<PbftMessage>(var block) -> stored.add(block);
        case Effect.Commit<PbftMessage>(var block, var certificate) -> delivered = certificate;
        default -> {}
      }
      lines.add(narrator.line(effect));
    }
    return lines;
  }

  private Certificate certificate(VoteType type, String view, String block) {
    return NormalCaseTest.certificate(type, view(view), narrator.block(block));
  }

  private static int view(String word) {
    return Integer.parseInt(word.substring(1));
  }

  private static String constant(String word) {
    return word.toUpperCase(Locale.ROOT).replace('-', '_');
  }

  private static List<String> words(String line) {
    return Arrays.asList(line.strip().split("\\s+", -1));
  }
}
