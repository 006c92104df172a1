package dev.quorate.simulator.pbft.trick;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.Certificate;
import dev.quorate.consensus.core.vote.SignedVote;
import dev.quorate.consensus.core.vote.Vote;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.consensus.pbft.message.Claim;
import dev.quorate.consensus.pbft.message.NewView;
import dev.quorate.consensus.pbft.message.PbftMessage;
import dev.quorate.consensus.pbft.message.Rank;
import dev.quorate.consensus.pbft.message.SignedClaim;
import dev.quorate.consensus.pbft.message.View;
import dev.quorate.consensus.pbft.message.ViewChange;
import dev.quorate.simulator.byzantine.Split;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** As primary of a new view, opens it in a way that it may not. */
final class LyingNewViews extends PbftTrick {
  /** What is wrong with the opening. */
  enum Lie {
    /** Nobody, or only some, get it. */
    WITHHELD,
    /** Its certificate is lower than the highest that is claimed in it. */
    WRONG_BASE,
    /** The highest claims are left out, whether or not the rest is a quorum. */
    HIGHEST_OMITTED,
    /** One claim too few. */
    FEWER_CLAIMS,
    /** One claim twice in the place of another. */
    REPEATED_CLAIMS,
    /** Each part of the others gets another one, both from valid claims where that can be. */
    DIFFERENT
  }

  private static final int CLAIMS_KEPT = 64;

  private final Lie lie;
  private final LinkedHashMap<Key, ViewChange> claims = new LinkedHashMap<>();
  private List<ValidatorId> deceived = List.of();

  private record Key(View newView, ValidatorId claimant) {}

  LyingNewViews(Lie lie) {
    super("new-view with " + lie.name().toLowerCase(Locale.ROOT).replace('_', ' '));
    this.lie = lie;
  }

  @Override
  protected void begin(Tongue tongue) {
    deceived = Split.part(tongue.others(), tongue.chance());
  }

  @Override
  protected boolean isListening() {
    return true;
  }

  @Override
  protected void hears(ValidatorId from, PbftMessage message, Tongue tongue) {
    if (message instanceof ViewChange it) {
      keep(it);
    }
  }

  @Override
  protected void says(List<ValidatorId> to, PbftMessage message, Tongue tongue) {
    if (message instanceof ViewChange it) {
      keep(it);
    }
    if (!(message instanceof NewView truth) || !truth.primary().equals(tongue.self())) {
      tongue.say(to, message);
      return;
    }
    var part = to.stream().filter(deceived::contains).toList();
    switch (lie) {
      case WITHHELD -> tongue.say(part, truth);
      case WRONG_BASE -> tongue.say(to, withLowerBase(truth, tongue));
      case HIGHEST_OMITTED -> tongue.say(to, withoutHighest(truth, tongue));
      case FEWER_CLAIMS -> tongue.say(to, withClaims(truth, fewer(truth), tongue));
      case REPEATED_CLAIMS -> tongue.say(to, withClaims(truth, repeated(truth), tongue));
      case DIFFERENT -> {
        tongue.say(Split.rest(to, deceived), truth);
        tongue.say(part, withoutHighest(truth, tongue));
      }
    }
  }

  private void keep(ViewChange change) {
    var claim = change.claim();
    claims.put(new Key(claim.newView(), claim.claimant()), change);
    if (claims.size() > CLAIMS_KEPT) {
      claims.pollFirstEntry();
    }
  }

  /** The same claims, and the lowest certificate of any of them, or none. */
  private NewView withLowerBase(NewView truth, Tongue tongue) {
    var lowest =
        truth.claims().stream()
            .map(it -> changeOf(it.claim()))
            .flatMap(Optional::stream)
            .flatMap(it -> it.high().stream())
            .min(Comparator.comparing(Rank::of));
    boolean lower =
        lowest.isPresent()
            && truth
                .certificate()
                .filter(it -> Rank.of(it).isAbove(Rank.of(lowest.get())))
                .isPresent();
    return made(truth, truth.claims(), lower ? lowest : Optional.empty(), tongue);
  }

  /** Other claims in the place of those with the highest certificate, as far as there are any. */
  private NewView withoutHighest(NewView truth, Tongue tongue) {
    var highest = truth.certificate().map(Rank::of).orElse(Rank.GENESIS);
    var rest = new ArrayList<ViewChange>();
    for (Map.Entry<Key, ViewChange> it : claims.entrySet()) {
      if (it.getKey().newView().equals(truth.view())
          && highest.isAbove(it.getValue().claim().rank())) {
        rest.add(it.getValue());
      }
    }
    var certificate =
        rest.stream().flatMap(it -> it.high().stream()).max(Comparator.comparing(Rank::of));
    return made(truth, rest.stream().map(ViewChange::signed).toList(), certificate, tongue);
  }

  private static List<SignedClaim> fewer(NewView truth) {
    return truth.claims().subList(0, Math.max(0, truth.claims().size() - 1));
  }

  private static List<SignedClaim> repeated(NewView truth) {
    var repeated = new ArrayList<>(fewer(truth));
    if (!repeated.isEmpty()) {
      repeated.add(repeated.getFirst());
    }
    return repeated;
  }

  private NewView withClaims(NewView truth, List<SignedClaim> said, Tongue tongue) {
    return tongue.signed(
        new NewView(
            truth.view(),
            truth.primary(),
            said,
            truth.certificate(),
            truth.tip(),
            truth.signature()));
  }

  private static NewView made(
      NewView truth, List<SignedClaim> said, Optional<Certificate> certificate, Tongue tongue) {
    var tip = certificate.map(it -> tip(it, truth, tongue));
    return tongue.signed(
        new NewView(truth.view(), truth.primary(), said, certificate, tip, truth.signature()));
  }

  private static SignedVote tip(Certificate certificate, NewView truth, Tongue tongue) {
    return tongue.signed(
        new Vote(
            VoteType.PREPARE,
            certificate.height(),
            truth.view().round(),
            certificate.blockId(),
            certificate.timestamp(),
            truth.primary()));
  }

  private Optional<ViewChange> changeOf(Claim claim) {
    return Optional.ofNullable(claims.get(new Key(claim.newView(), claim.claimant())));
  }
}
