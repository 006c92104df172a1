package dev.quorate.consensus.pbft.explorer;

import dev.quorate.consensus.core.Block;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.Certificate;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.SignedVote;
import dev.quorate.consensus.core.vote.Vote;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.consensus.pbft.message.BlockRef;
import dev.quorate.consensus.pbft.message.CertificateMessage;
import dev.quorate.consensus.pbft.message.Claim;
import dev.quorate.consensus.pbft.message.Commit;
import dev.quorate.consensus.pbft.message.Complain;
import dev.quorate.consensus.pbft.message.NewView;
import dev.quorate.consensus.pbft.message.PbftMessage;
import dev.quorate.consensus.pbft.message.PrePrepare;
import dev.quorate.consensus.pbft.message.Prepare;
import dev.quorate.consensus.pbft.message.Rank;
import dev.quorate.consensus.pbft.message.SignedClaim;
import dev.quorate.consensus.pbft.message.Status;
import dev.quorate.consensus.pbft.message.View;
import dev.quorate.consensus.pbft.message.ViewChange;
import dev.quorate.explorer.Ballots;
import dev.quorate.explorer.Ballots.Ballot;
import dev.quorate.explorer.Blocks;
import dev.quorate.explorer.Cast;
import dev.quorate.explorer.Chance;
import dev.quorate.explorer.Scene;
import dev.quorate.explorer.Soup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the Byzantine validator says: whatever is well-formed, with certificates put together from
 * all votes that exist.
 */
final class Liar {
  private final Cast cast;
  private final Chance chance;
  private final Blocks blocks;
  private final Ballots ballots;
  private final Soup<PbftMessage> soup;
  private final ValidatorId self;

  Liar(Scene<PbftMessage> scene, Chance chance) {
    this.cast = scene.cast();
    this.chance = chance;
    this.blocks = scene.blocks();
    this.ballots = scene.ballots();
    this.soup = scene.soup();
    this.self = cast.id(cast.liar());
  }

  boolean isPrimaryOf(int view) {
    return Turns.primaryOf(cast, view) == cast.liar();
  }

  /** A vote of either type for any block. */
  Optional<PbftMessage> vote(int view, boolean prepare) {
    if (blocks.all().isEmpty()) {
      return Optional.empty();
    }
    var block = chance.recent(blocks.all());
    var type = prepare ? VoteType.PREPARE : VoteType.COMMIT;
    var vote = vote(type, view, block);
    return Optional.of(prepare ? new Prepare(vote) : new Commit(vote));
  }

  /**
   * A proposal at a height: a block that exists, or a fresh one on a parent that it was given, or
   * on any.
   */
  Optional<PbftMessage> proposal(int view, int height, Optional<BlockId> parent) {
    if (height > blocks.heights() || blocks.isFull()) {
      return Optional.empty();
    }
    var known = blocks.at(height);
    if (!known.isEmpty() && chance.percent(60)) {
      return Optional.of(proposal(view, chance.recent(known)));
    }
    var on = chance.percent(90) ? parent : Optional.<BlockId>empty();
    if (on.isEmpty()) {
      var below = height == 1 ? List.<Block>of() : blocks.at(height - 1);
      if (height > 1 && below.isEmpty()) {
        return Optional.empty();
      }
      on = Optional.of(height == 1 ? BlockId.NONE : chance.recent(below).id());
    }
    var fresh = blocks.build(height, on.get(), self, !chance.percent(4));
    return Optional.of(proposal(view, fresh));
  }

  private PbftMessage proposal(int view, Block block) {
    return new PrePrepare(block, vote(VoteType.PREPARE, view, block));
  }

  /** It lacks whatever others may send it; they send that out loud. */
  PbftMessage status(int view) {
    int its = chance.below(view + 1);
    return new Status(new View(its), chance.percent(50), new View(its), new Height(0), List.of());
  }

  PbftMessage complaint(int view) {
    return new Complain(new View(view), Complain.Reason.NO_PROGRESS);
  }

  /** A certificate that exists, put together. */
  PbftMessage certificate(Ballot ballot) {
    return new CertificateMessage(ballots.certificate(ballot));
  }

  /** Its own ViewChange, with any certificate that exists and fits, a lower one or none. */
  ViewChange viewChange(int newView) {
    Ballot high = null;
    if (!ballots.certified().isEmpty() && chance.percent(75)) {
      var picked = chance.percent(50) ? highest(newView) : chance.any(ballots.certified());
      high = picked != null && picked.round() < newView ? picked : null;
    }
    Ballot delivered = null;
    if (chance.percent(20) && !ballots.certified().isEmpty()) {
      var picked = chance.any(ballots.certified());
      delivered = picked.type() == VoteType.COMMIT ? picked : null;
    }
    var certificate = Optional.ofNullable(high).map(ballots::certificate);
    var commit = Optional.ofNullable(delivered).map(ballots::certificate);
    var committed =
        commit.map(BlockRef::of).orElseGet(() -> new BlockRef(new Height(0), BlockId.NONE));
    var claim = new Claim(new View(newView), self, certificate.map(Claim.High::of), committed);
    return new ViewChange(new SignedClaim(claim, Ballots.SIGNATURE), certificate, commit);
  }

  private @Nullable Ballot highest(int below) {
    Ballot highest = null;
    for (var ballot : ballots.certified()) {
      if (ballot.round() < below
          && (highest == null
              || ballot.round() > highest.round()
              || (ballot.round() == highest.round() && ballot.height() > highest.height()))) {
        highest = ballot;
      }
    }
    return highest;
  }

  /** A NewView of its own: from any claims that exist, mostly one that keeps the rules. */
  Optional<PbftMessage> newView(int view) {
    var changes = new ArrayList<ViewChange>();
    int sin = chance.below(9);
    int left = sin == 0 ? 50 : 15;
    int mask = 0;
    for (var sent : soup.of(Kind.VIEW_CHANGE)) {
      var change = (ViewChange) sent.message();
      int claimant = cast.indexOf(change.claim().claimant());
      if (change.claim().newView().value() == view
          && (mask >> claimant & 1) == 0
          && claimant != cast.liar()
          && !chance.percent(left)) {
        changes.add(change);
        mask |= 1 << claimant;
      }
    }
    changes.add(viewChange(view));
    if (sin == 0) {
      changes.add(viewChange(view));
    } else if (!cast.isQuorumWithLiar(mask) && sin > 1) {
      return Optional.empty();
    }
    return Optional.of(newView(view, changes, certificateFor(changes, sin)));
  }

  /** The certificate of the highest claim; or, as a sin, another one or none. */
  private Optional<Certificate> certificateFor(List<ViewChange> changes, int sin) {
    if (sin == 2) {
      return Optional.empty();
    }
    if (sin == 3 && !ballots.certified().isEmpty()) {
      return Optional.of(ballots.certificate(chance.any(ballots.certified())));
    }
    if (sin == 4) {
      return chance.any(changes).high();
    }
    Optional<Certificate> highest = Optional.empty();
    for (var change : changes) {
      var high = change.high();
      if (high.isPresent()
          && (highest.isEmpty() || Rank.of(high.get()).isAbove(Rank.of(highest.get())))) {
        highest = high;
      }
    }
    return highest;
  }

  private PbftMessage newView(
      int view, List<ViewChange> changes, Optional<Certificate> certificate) {
    var tip =
        certificate
            .filter(it -> !chance.percent(20))
            .map(it -> blocks.get(Blocks.numberOf(it.blockId())))
            .map(block -> vote(VoteType.PREPARE, view, block));
    var claims = changes.stream().map(ViewChange::signed).toList();
    return new NewView(new View(view), self, claims, certificate, tip, Ballots.SIGNATURE);
  }

  private SignedVote vote(VoteType type, int view, Block block) {
    var vote =
        new Vote(type, block.height(), new View(view).round(), block.id(), block.time(), self);
    return new SignedVote(vote, Ballots.SIGNATURE);
  }
}
