package dev.quorate.consensus.pbft;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.pbft.message.BlockRef;
import dev.quorate.consensus.pbft.message.NewView;
import dev.quorate.consensus.pbft.message.Rank;
import dev.quorate.consensus.pbft.message.View;
import java.util.HashSet;
import java.util.Optional;

/** What makes a NewView acceptable (R12, R13), apart from its signatures. */
final class NewViewRules {
  private NewViewRules() {}

  /** The first rule that a NewView breaks. */
  static Optional<String> faultIn(NewView message, ReplicaState state) {
    if (!message.primary().equals(state.primaryOf(message.view()))) {
      return Optional.of("NEW-VIEW not of the primary");
    }
    var claimants = new HashSet<ValidatorId>();
    var highest = Rank.GENESIS;
    for (var signed : message.claims()) {
      var claim = signed.claim();
      if (!claim.newView().equals(message.view())) {
        return Optional.of("NEW-VIEW with a claim for another view");
      }
      if (!claimants.add(claim.claimant())) {
        return Optional.of("NEW-VIEW with two claims of one validator");
      }
      highest = claim.rank().isAbove(highest) ? claim.rank() : highest;
    }
    if (!state.validators.isQuorum(claimants)) {
      return Optional.of("NEW-VIEW without a quorum of claims");
    }
    return certificateFault(message, highest, state);
  }

  private static Optional<String> certificateFault(
      NewView message, Rank highest, ReplicaState state) {
    if (message.certificate().isEmpty()) {
      return highest.equals(Rank.GENESIS)
          ? Optional.empty()
          : Optional.of("NEW-VIEW without the claimed certificate");
    }
    var certificate = message.certificate().get();
    if (!certificate.hasQuorum(state.validators)) {
      return Optional.of("NEW-VIEW with a certificate without a quorum");
    }
    boolean claimed =
        message.claims().stream()
            .filter(it -> it.claim().rank().equals(highest))
            .flatMap(it -> it.claim().high().stream())
            .anyMatch(
                it ->
                    it.view().equals(View.of(certificate.round()))
                        && it.block().equals(BlockRef.of(certificate)));
    return claimed
        ? Optional.empty()
        : Optional.of("NEW-VIEW with another certificate than claimed");
  }
}
