package dev.quorate.consensus.pbft;

import dev.quorate.consensus.core.Block;
import dev.quorate.consensus.core.Effect;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.Certificate;
import dev.quorate.consensus.core.vote.Vote;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.consensus.pbft.message.BlockRef;
import dev.quorate.consensus.pbft.message.CertificateMessage;
import dev.quorate.consensus.pbft.message.Claim;
import dev.quorate.consensus.pbft.message.Commit;
import dev.quorate.consensus.pbft.message.Complain;
import dev.quorate.consensus.pbft.message.Conflict;
import dev.quorate.consensus.pbft.message.NewView;
import dev.quorate.consensus.pbft.message.PbftMessage;
import dev.quorate.consensus.pbft.message.PrePrepare;
import dev.quorate.consensus.pbft.message.Prepare;
import dev.quorate.consensus.pbft.message.Status;
import dev.quorate.consensus.pbft.message.ViewChange;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Tells in a transcript's words what an engine asks for, and knows the blocks by their names. */
final class Narrator {
  private final Map<String, Block> blocks = new HashMap<>();
  private final Map<BlockId, String> names = new HashMap<>();

  /** The block of a name: a letter or word, then its height. {@code x2} follows {@code x1}. */
  Block block(String name) {
    var known = blocks.get(name);
    if (known != null) {
      return known;
    }
    int height = heightIn(name);
    var branch = name.substring(0, name.length() - String.valueOf(height).length());
    return height == 1
        ? declare(name, BlockId.NONE)
        : declare(name, block(branch + (height - 1)).id());
  }

  /** A block that leaves the branch of its name. */
  Block declare(String name, BlockId parent) {
    return learn(name, Validators.block(heightIn(name), parent, Validators.FOUR.id("a"), name));
  }

  private Block learn(String name, Block block) {
    blocks.put(name, block);
    names.put(block.id(), name);
    return block;
  }

  /** One line for an effect. */
  String line(Effect<PbftMessage> effect) {
    return switch (effect) {
      case Effect.Persist<PbftMessage>(var state) -> "persist " + shown((PbftState) state);
      case Effect.Store<PbftMessage>(var block) -> "store " + nameOf(block);
      case Effect.Commit<PbftMessage>(var block, var certificate) ->
          "deliver " + nameOf(block) + ", committed in v" + certificate.round();
      case Effect.Broadcast<PbftMessage>(var message) -> "broadcast " + said(message);
      case Effect.Send<PbftMessage>(var to, var message) ->
          "send " + Validators.FOUR.nameOf(to) + " " + said(message);
      case Effect.StartTimer<PbftMessage>(var timer, var delay) ->
          "start timer " + named(timer) + " " + delay.toMillis() + " ms";
      case Effect.CancelTimer<PbftMessage>(var timer) -> "cancel timer " + named(timer);
      case Effect.BuildBlock<PbftMessage>(var ticket, var parent, var height, _, _) ->
          "build h" + height + " on " + nameOf(parent);
      case Effect.CheckBlock<PbftMessage>(var block) -> "check " + nameOf(block);
      case Effect.FetchBlock<PbftMessage>(var id, var height, var hint) ->
          "fetch " + nameOf(id) + " from " + Validators.FOUR.nameOf(hint);
      case Effect.FetchCommitted<PbftMessage>(var peer, var from, var to) ->
          "fetch h%s to h%s from %s".formatted(from, to, Validators.FOUR.nameOf(peer));
      case Effect.Accuse<PbftMessage>(var first, var second) ->
          "accuse " + said(first.vote()) + " and " + nameOf(second.vote().blockId());
      case Effect.Ignored<PbftMessage>(var from, var reason) ->
          "ignore " + Validators.FOUR.nameOf(from) + ": " + reason;
      case Effect.Halt<PbftMessage>(var reason) -> "halt: " + reason;
    };
  }

  private String said(PbftMessage message) {
    return switch (message) {
      case PrePrepare it -> "pre-prepare v" + it.view() + " " + nameOf(it.block());
      case Prepare(var vote) -> "prepare " + place(vote.vote());
      case Commit(var vote) -> "commit " + place(vote.vote());
      case CertificateMessage(var certificate) -> "certificate " + said(certificate);
      case Status it -> "status v" + it.view() + " h" + it.committed();
      case Complain it ->
          "complain v"
              + it.view()
              + " "
              + named(it.reason())
              + (it.starved().isPresent() ? " tx" : "");
      case Conflict it ->
          "conflict " + said(it.first().vote()) + " and " + nameOf(it.second().vote().blockId());
      case ViewChange it -> "view-change v" + it.claim().newView() + claimed(it.claim());
      case NewView it ->
          "new-view v%s from %s%s%s"
              .formatted(
                  it.view(),
                  String.join(
                      ",",
                      it.claims().stream()
                          .map(claim -> Validators.FOUR.nameOf(claim.claim().claimant()))
                          .sorted()
                          .toList()),
                  it.certificate().map(held -> " on " + said(held)).orElse(""),
                  it.tip().map(vote -> " with prepare " + place(vote.vote())).orElse(""));
    };
  }

  private String claimed(Claim claim) {
    return claim
        .high()
        .map(
            it -> " holding " + phase(it.type()) + " v" + it.view() + " " + nameOf(it.block().id()))
        .orElse("");
  }

  private String said(Certificate certificate) {
    return "%s v%s %s"
        .formatted(phase(certificate.type()), certificate.round(), nameOf(certificate.blockId()));
  }

  private String said(Vote vote) {
    return "%s prepare %s".formatted(Validators.FOUR.nameOf(vote.validator()), place(vote));
  }

  private String place(Vote vote) {
    return "v" + vote.round() + " " + nameOf(vote.blockId());
  }

  private String shown(PbftState state) {
    var view =
        state.active()
            ? "v" + state.view()
            : "v%s, left for v%s".formatted(state.view(), state.pending());
    var base = "base " + nameOf(state.base()) + (state.tipIsDue() ? " to be prepared" : "");
    var high = state.high().map(it -> ", " + said(it)).orElse("");
    return view + ", " + base + ", tip " + nameOf(state.preparedTip()) + high;
  }

  /** A block that the replica built itself is called after its height: {@code own2}. */
  void meet(Block block) {
    if (!names.containsKey(block.id())) {
      learn("own" + block.height(), block);
    }
  }

  private String nameOf(Block block) {
    return nameOf(block.id());
  }

  private String nameOf(BlockRef ref) {
    return nameOf(ref.id());
  }

  private String nameOf(BlockId id) {
    return id.isNone() ? "genesis" : names.getOrDefault(id, "unknown");
  }

  private static String phase(VoteType type) {
    return switch (type) {
      case PREPARE -> "prepared";
      case COMMIT -> "committed";
    };
  }

  /** An enum's constant, or a timer, in lower case with hyphens. */
  static String named(Object constant) {
    return constant.toString().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static int heightIn(String name) {
    return Integer.parseInt(name.replaceAll("\\D", ""));
  }
}
