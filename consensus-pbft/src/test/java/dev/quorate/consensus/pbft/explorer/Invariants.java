package dev.quorate.consensus.pbft.explorer;

import dev.quorate.consensus.core.Block;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.Certificate;
import dev.quorate.consensus.core.vote.SignedVote;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.consensus.pbft.message.CertificateMessage;
import dev.quorate.consensus.pbft.message.Commit;
import dev.quorate.consensus.pbft.message.Complain;
import dev.quorate.consensus.pbft.message.Conflict;
import dev.quorate.consensus.pbft.message.NewView;
import dev.quorate.consensus.pbft.message.PbftMessage;
import dev.quorate.consensus.pbft.message.PrePrepare;
import dev.quorate.consensus.pbft.message.Prepare;
import dev.quorate.consensus.pbft.message.Rank;
import dev.quorate.consensus.pbft.message.Status;
import dev.quorate.consensus.pbft.message.ViewChange;
import dev.quorate.crypto.Signature;
import dev.quorate.explorer.Ballots;
import dev.quorate.explorer.Blocks;
import dev.quorate.explorer.Broken;
import dev.quorate.explorer.Cast;
import dev.quorate.explorer.Correct;
import dev.quorate.explorer.Judge;
import dev.quorate.explorer.Scene;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;

/** The rules of PBFT, judged by what was said and stored; nothing here asks an engine. */
final class Invariants implements Judge<PbftMessage> {
  private static final int NONE = -2;

  private final Cast cast;
  private final Blocks blocks;
  private final Ballots ballots;
  private final boolean agreementOnly;
  private final int[] finals = new int[PbftGame.HEIGHTS + 1];
  private final int[] finalIn = new int[PbftGame.HEIGHTS + 1];
  private final Promises[] promises = new Promises[Cast.SIZE];

  /** What one validator has said so far. */
  private static final class Promises {
    final int[] votes = new int[2 * Ballots.ROUNDS * (PbftGame.HEIGHTS + 1)];
    final Map<Integer, PbftMessage> claims = new HashMap<>();
    final Map<Integer, PbftMessage> openings = new HashMap<>();
    int leftFor;
    Rank committed = Rank.GENESIS;
    int preparedIn = NONE;
    int lastPrepared = NONE;
    int delivered = Blocks.GENESIS;
    int signableAbove;

    Promises() {
      Arrays.fill(votes, NONE);
    }
  }

  Invariants(Scene<PbftMessage> scene, boolean agreementOnly) {
    this.cast = scene.cast();
    this.blocks = scene.blocks();
    this.ballots = scene.ballots();
    this.agreementOnly = agreementOnly;
    Arrays.fill(finals, NONE);
    Arrays.fill(finalIn, Integer.MAX_VALUE);
    cast.correct().forEach(it -> promises[it] = new Promises());
  }

  @Override
  public void said(int validator, PbftMessage message, IntPredicate disk) {
    switch (message) {
      case PrePrepare(var block, var vote) -> voted(validator, vote, Optional.of(block));
      case Prepare(var vote) -> voted(validator, vote, Optional.empty());
      case Commit(var vote) -> voted(validator, vote, Optional.empty());
      case ViewChange change -> left(validator, change, disk);
      case NewView opening -> opened(validator, opening);
      case CertificateMessage(var certificate) -> isTrue(validator, certificate);
      case Status status -> {}
      case Complain complaint -> {}
      case Conflict conflict -> {}
    }
  }

  /** What is asked for in a step is below no delivery of the same. */
  @Override
  public void stepBegins(Correct<PbftMessage> validator) {
    var mine = promises[validator.index()];
    mine.signableAbove = mine.delivered == Blocks.GENESIS ? 0 : heightOf(mine.delivered);
  }

  @Override
  public void stepped(Correct<PbftMessage> validator) {
    // all that concerns a step as a whole is judged when it begins
  }

  @Override
  public void asked(int validator, PbftMessage message) {
    switch (message) {
      case PrePrepare(_, var vote) -> signable(validator, vote);
      case Prepare(var vote) -> signable(validator, vote);
      case Commit(var vote) -> signable(validator, vote);
      case NewView opening -> opening.tip().ifPresent(it -> signable(validator, it));
      case ViewChange _, CertificateMessage _, Status _, Complain _, Conflict _ -> {}
    }
  }

  private void signable(int validator, SignedVote signed) {
    long height = signed.vote().height().value();
    if (signed.signature().equals(Signature.UNSIGNED)
        && height <= promises[validator].signableAbove) {
      breaks(Rule.SIGNABLE, validator, "a vote at h" + height + " is to be signed");
    }
  }

  private void voted(int validator, SignedVote signed, Optional<Block> proposed) {
    var vote = signed.vote();
    if (!vote.validator().equals(cast.id(validator))) {
      return;
    }
    var type = vote.type();
    int view = vote.round().value();
    int height = (int) vote.height().value();
    int number = Blocks.numberOf(vote.blockId());
    var block = proposed.orElseGet(() -> blocks.get(number));
    var mine = promises[validator];
    int place = place(type, view, height);
    int earlier = mine.votes[place];
    if (earlier == number) {
      return;
    }
    if (earlier != NONE) {
      breaks(Rule.ONE_VOTE, validator, type + " v" + view + " h" + height + " twice");
    }
    mine.votes[place] = number;
    if (view < mine.leftFor) {
      breaks(Rule.NO_VOTE_BELOW, validator, type + " v" + view + " after v" + mine.leftFor);
    }
    mine.leftFor = Math.max(mine.leftFor, view);
    switch (type) {
      case PREPARE -> prepared(validator, view, height, block);
      case COMMIT -> committed(validator, view, block);
    }
    var ballot = ballots.add(type, view, block, validator);
    if (ballot != null && type == VoteType.COMMIT) {
      isFinal(block, view);
    } else if (ballot != null) {
      carriesFinal(type, view, block);
    }
  }

  private void prepared(int validator, int view, int height, Block block) {
    var mine = promises[validator];
    int number = Blocks.numberOf(block.id());
    int parent = Blocks.numberOf(block.parent());
    boolean follows;
    if (mine.preparedIn == view) {
      boolean ascends = height > heightOf(mine.lastPrepared);
      follows = ascends && (parent == mine.lastPrepared || isBaseIn(view, parent));
    } else {
      follows =
          parent == Blocks.GENESIS
              || isCertified(parent, 0, view + 1)
              || isCertified(number, 0, view);
    }
    if (!follows) {
      breaks(Rule.PREPARE_IN_ORDER, validator, "PREPARE v" + view + " " + Blocks.name(block));
    }
    mine.preparedIn = view;
    mine.lastPrepared = number;
  }

  /** R14b: a prepared certificate of this view, or a commit certificate of any. */
  private boolean isBaseIn(int view, int block) {
    return block != Blocks.GENESIS && isCertified(block, view, view + 1);
  }

  /** By PREPAREs of a view from one to below another, or by COMMITs of any view. */
  private boolean isCertified(int block, int from, int below) {
    for (int view = 0; view < Ballots.ROUNDS; view++) {
      boolean prepared = view >= from && view < below;
      if ((prepared && ballots.exists(VoteType.PREPARE, view, block))
          || ballots.exists(VoteType.COMMIT, view, block)) {
        return true;
      }
    }
    return false;
  }

  private void committed(int validator, int view, Block block) {
    int number = Blocks.numberOf(block.id());
    var mine = promises[validator];
    var rank = new Rank(view, block.height().value());
    mine.committed = rank.isAbove(mine.committed) ? rank : mine.committed;
    for (var descendant : blocks.all()) {
      int tip = Blocks.numberOf(descendant.id());
      if (tip >= number
          && ballots.exists(VoteType.PREPARE, view, tip)
          && blocks.isOnChainOf(number, tip)) {
        return;
      }
    }
    breaks(Rule.COMMIT_IS_PREPARED, validator, "COMMIT v" + view + " " + Blocks.name(block));
  }

  /** R4: with a quorum of COMMITs the block and its ancestors are final. */
  private void isFinal(Block block, int view) {
    int at = Blocks.numberOf(block.id());
    while (at != Blocks.GENESIS) {
      var ancestor = blocks.get(at);
      int height = (int) ancestor.height().value();
      if (finals[height] != NONE && finals[height] != at) {
        throw new Broken(
            Rule.AGREEMENT,
            "final at h%d: #%d and %s".formatted(height, finals[height], Blocks.name(ancestor)));
      }
      finals[height] = at;
      if (view < finalIn[height]) {
        finalIn[height] = view;
        ballots.certified().forEach(it -> carriesFinal(it.type(), it.round(), it.block()));
      }
      at = Blocks.numberOf(ancestor.parent());
    }
  }

  /** A prepared certificate carries what became final in views below its own. */
  private void carriesFinal(VoteType type, int view, Block tip) {
    int at = Blocks.numberOf(tip.id());
    while (!agreementOnly && type == VoteType.PREPARE && at != Blocks.GENESIS) {
      var ancestor = blocks.get(at);
      int height = heightOf(at);
      if (finals[height] != NONE && finals[height] != at && view > finalIn[height]) {
        throw new Broken(
            Rule.FINAL_IS_KEPT,
            "#%d is final at h%d in v%d, %s is prepared in v%d"
                .formatted(finals[height], height, finalIn[height], Blocks.name(ancestor), view));
      }
      at = Blocks.numberOf(ancestor.parent());
    }
  }

  private static int place(VoteType type, int view, int height) {
    return ((type.code() - 1) * Ballots.ROUNDS + view) * (PbftGame.HEIGHTS + 1) + height;
  }

  private void left(int validator, ViewChange change, IntPredicate disk) {
    var claim = change.claim();
    var mine = promises[validator];
    int view = claim.newView().value();
    var earlier = mine.claims.putIfAbsent(view, change);
    if (earlier != null && !((ViewChange) earlier).claim().equals(claim)) {
      breaks(Rule.ONE_CLAIM, validator, change + " after " + earlier);
    }
    if (mine.committed.isAbove(claim.rank())) {
      breaks(
          Rule.CLAIM_KEEPS_PREPARED,
          validator,
          claim.rank() + " claimed after a COMMIT of " + mine.committed);
    }
    mine.leftFor = Math.max(mine.leftFor, view);
    change
        .high()
        .filter(it -> it.type() == VoteType.PREPARE)
        .ifPresent(it -> hasBodies(validator, Blocks.numberOf(it.blockId()), disk));
    change.high().ifPresent(it -> isTrue(validator, it));
    change.commit().ifPresent(it -> isTrue(validator, it));
  }

  /** R15b: down to the delivered chain. */
  private void hasBodies(int validator, int tip, IntPredicate disk) {
    var mine = promises[validator];
    int lowest = mine.delivered == Blocks.GENESIS ? 0 : heightOf(mine.delivered);
    for (int at = tip; at != Blocks.GENESIS && heightOf(at) > lowest; ) {
      if (!disk.test(at)) {
        breaks(Rule.CLAIM_HAS_BODIES, validator, "claims #" + tip + " without #" + at);
      }
      at = Blocks.numberOf(blocks.get(at).parent());
    }
  }

  private int heightOf(int block) {
    return (int) blocks.get(block).height().value();
  }

  private void opened(int validator, NewView opening) {
    if (opening.primary().equals(cast.id(validator))) {
      var earlier = promises[validator].openings.putIfAbsent(opening.view().value(), opening);
      if (earlier != null && !earlier.equals(opening)) {
        breaks(Rule.ONE_CLAIM, validator, opening + " after " + earlier);
      }
      opening.tip().ifPresent(it -> voted(validator, it, Optional.empty()));
    }
    opening.certificate().ifPresent(it -> isTrue(validator, it));
  }

  @Override
  public void delivered(int validator, Block block, Certificate commit) {
    var mine = promises[validator];
    int number = Blocks.numberOf(block.id());
    if (Blocks.numberOf(block.parent()) != mine.delivered
        || !commit.blockId().equals(block.id())
        || commit.type() != VoteType.COMMIT) {
      breaks(Rule.DELIVERY, validator, Blocks.name(block) + " on #" + mine.delivered);
    }
    isTrue(validator, commit);
    isFinal(block, commit.round().value());
    mine.delivered = number;
  }

  @Override
  public void accused(int validator, SignedVote vote) {
    if (cast.indexOf(vote.validator()) != cast.liar()) {
      breaks(Rule.NO_FALSE_ACCUSATION, validator, cast.nameOf(vote.validator()) + " is accused");
    }
  }

  @Override
  public void halted(int validator, String reason) {
    breaks(Rule.NO_HALT, validator, reason);
  }

  @Override
  public void threw(int validator, String exception) {
    breaks(Rule.NO_EXCEPTION, validator, exception);
  }

  private void isTrue(int validator, Certificate certificate) {
    if (!ballots.isTrue(certificate)) {
      breaks(Rule.TRUE_CERTIFICATES, validator, certificate.toString());
    }
  }

  /** The last block that a validator PREPAREd in a view, if any. */
  Optional<BlockId> lastPrepared(int validator, int view) {
    var mine = promises[validator];
    return mine.preparedIn == view
        ? Optional.of(blocks.get(mine.lastPrepared).id())
        : Optional.empty();
  }

  private void breaks(Rule rule, int validator, String detail) {
    if (!agreementOnly) {
      throw new Broken(rule, cast.nameOf(validator) + ": " + detail);
    }
  }
}
