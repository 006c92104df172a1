package dev.quorate.simulator.pbft.trick;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.Certificate;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.consensus.pbft.message.Claim;
import dev.quorate.consensus.pbft.message.PbftMessage;
import dev.quorate.consensus.pbft.message.View;
import dev.quorate.consensus.pbft.message.ViewChange;
import dev.quorate.simulator.byzantine.Split;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Says on leaving a view that it holds another certificate than it does. */
final class LyingClaims extends PbftTrick {
  /** What is said instead. */
  enum Lie {
    /** It holds none at all. */
    HIDDEN,
    /** An old one is its highest. */
    STALE,
    /** A block is prepared that is not: signatures are invented. */
    FORGED,
    /** Signatures of one view stand in a certificate of another, or of the other phase. */
    MIXED,
    /** Some of the signers of a certificate are left out. */
    THINNED,
    /** The truth to some, none at all to the rest. */
    DIFFERENT
  }

  private final Lie lie;
  private final Stash stash = new Stash();
  private List<ValidatorId> deceived = List.of();

  LyingClaims(Lie lie) {
    super("view-change with a " + lie.name().toLowerCase(Locale.ROOT) + " certificate");
    this.lie = lie;
  }

  @Override
  protected void begin(Tongue tongue) {
    deceived = Split.part(tongue.others(), tongue.chance());
  }

  @Override
  protected boolean isListening() {
    return lie == Lie.STALE || lie == Lie.MIXED;
  }

  @Override
  protected void hears(ValidatorId from, PbftMessage message, Tongue tongue) {
    stash.see(message);
  }

  @Override
  protected void says(List<ValidatorId> to, PbftMessage message, Tongue tongue) {
    stash.see(message);
    if (!(message instanceof ViewChange it) || !it.claim().claimant().equals(tongue.self())) {
      tongue.say(to, message);
      return;
    }
    if (lie == Lie.DIFFERENT) {
      tongue.say(Split.rest(to, deceived), message);
      tongue.say(
          to.stream().filter(deceived::contains).toList(), with(it, Optional.empty(), tongue));
    } else {
      tongue.say(to, with(it, instead(it, tongue), tongue));
    }
  }

  private Optional<Certificate> instead(ViewChange truth, Tongue tongue) {
    return switch (lie) {
      case HIDDEN, DIFFERENT -> Optional.empty();
      case STALE ->
          stash.certificates().stream()
              .filter(it -> truth.claim().newView().isAbove(View.of(it.round())))
              .findFirst();
      case FORGED -> truth.high().map(it -> forged(it, truth.claim().newView(), tongue));
      case MIXED -> truth.high().map(it -> mixed(it, truth.claim().newView()));
      case THINNED ->
          truth
              .high()
              .map(it -> with(it, it.signers().subList(0, Math.max(1, it.signers().size() - 1))));
    };
  }

  /** A height further, in the last view before the new one, with nonsense for signatures. */
  private static Certificate forged(Certificate it, View newView, Tongue tongue) {
    var signers =
        it.signers().stream()
            .map(signer -> new Certificate.Signer(signer.validator(), tongue.nonsense()))
            .toList();
    return new Certificate(
        it.type(),
        new Height(it.height().value() + 1),
        new Round(Math.max(0, newView.value() - 1)),
        it.blockId(),
        it.timestamp(),
        signers);
  }

  private static Certificate mixed(Certificate it, View newView) {
    boolean later = newView.value() - 1 > it.round().value();
    var type = it.type() == VoteType.PREPARE ? VoteType.COMMIT : VoteType.PREPARE;
    return new Certificate(
        later ? it.type() : type,
        it.height(),
        later ? new Round(newView.value() - 1) : it.round(),
        it.blockId(),
        it.timestamp(),
        it.signers());
  }

  private static Certificate with(Certificate it, List<Certificate.Signer> signers) {
    return new Certificate(
        it.type(), it.height(), it.round(), it.blockId(), it.timestamp(), signers);
  }

  private static ViewChange with(ViewChange truth, Optional<Certificate> high, Tongue tongue) {
    var claim = truth.claim();
    var other =
        new Claim(claim.newView(), claim.claimant(), high.map(Claim.High::of), claim.committed());
    return new ViewChange(tongue.signed(other), high, truth.commit());
  }
}
