package dev.quorate.consensus.tendermint;

import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.validators.ValidatorSet;
import dev.quorate.consensus.core.vote.Certificate;
import dev.quorate.consensus.core.vote.SignedVote;
import dev.quorate.consensus.core.vote.Vote;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The commit of the last decided block. Precommits that come late are added to it while the next
 * height is undecided, if they are of the same round and for the same block.
 */
final class LastCommit {
  private final ValidatorSet validators;
  private final Set<ValidatorId> accused = new HashSet<>();
  private Certificate certificate;

  LastCommit(ValidatorSet validators, Certificate certificate) {
    this.validators = validators;
    this.certificate = certificate;
  }

  /** The fullest one so far. */
  Certificate certificate() {
    return certificate;
  }

  /** Whether a vote would make it fuller. */
  boolean lacks(Vote vote) {
    return belongs(vote)
        && validators.contains(vote.validator())
        && certificate.signers().stream().noneMatch(it -> it.validator().equals(vote.validator()));
  }

  /** Adds a vote if it belongs here and is not here yet. */
  boolean add(SignedVote signed) {
    if (!lacks(signed.vote())) {
      return false;
    }
    insert(signed);
    return true;
  }

  /** The vote in this commit that a vote contradicts; told once a validator. */
  Optional<SignedVote> contradicted(SignedVote signed) {
    if (!isRival(certificate, signed.vote()) || !accused.add(signed.validator())) {
      return Optional.empty();
    }
    return certificate.votes().stream()
        .filter(it -> it.validator().equals(signed.validator()))
        .findFirst();
  }

  /** Whether a vote is for something else than a certificate, at the same place. */
  static boolean isRival(Certificate certificate, Vote vote) {
    return isAtPlaceOf(certificate, vote) && !vote.blockId().equals(certificate.blockId());
  }

  /** The same for each vote in another certificate. */
  void add(Certificate other) {
    other.votes().forEach(this::add);
  }

  private boolean belongs(Vote vote) {
    return isAtPlaceOf(certificate, vote)
        && vote.blockId().equals(certificate.blockId())
        && vote.timestamp().equals(certificate.timestamp());
  }

  private static boolean isAtPlaceOf(Certificate certificate, Vote vote) {
    return vote.type() == certificate.type()
        && vote.height().equals(certificate.height())
        && vote.round().equals(certificate.round());
  }

  private void insert(SignedVote late) {
    var signers = new ArrayList<Certificate.Signer>();
    for (var member : validators.members()) {
      if (member.id().equals(late.validator())) {
        signers.add(new Certificate.Signer(member.id(), late.signature()));
      }
      certificate.signers().stream()
          .filter(it -> it.validator().equals(member.id()))
          .forEach(signers::add);
    }
    certificate =
        new Certificate(
            certificate.type(),
            certificate.height(),
            certificate.round(),
            certificate.blockId(),
            certificate.timestamp(),
            signers);
  }
}
