package dev.quorate.replica.guard;

import dev.quorate.consensus.core.SignPosition;
import dev.quorate.consensus.core.SignPosition.Kind;
import dev.quorate.consensus.core.SignatureCheck;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.vote.Certificate;
import dev.quorate.crypto.Hash;
import java.util.List;
import java.util.Optional;

/** Finds what was signed with our key but not by us among the signatures that come in. */
public record OwnSignatures(String chainId, ValidatorId self) {

  /** The position of the first of these that is foreign to our promises. */
  public Optional<SignPosition> foreign(List<SignatureCheck> checks, Promises promises) {
    for (var check : checks) {
      if (check.signer().equals(self)
          && promises.isForeign(check.position(), Hash.sha256(check.signBytes()))) {
        return Optional.of(check.position());
      }
    }
    return Optional.empty();
  }

  /** The same for the certificate of a final block, which says nothing about the engine. */
  public Optional<SignPosition> foreign(Certificate commit, Promises promises) {
    if (!commit.height().isAbove(promises.heightFloor())) {
      return Optional.empty();
    }
    for (var signed : commit.votes()) {
      if (signed.validator().equals(self)
          && promises.isForeignCommit(
              commit.height(), commit.round(), Hash.sha256(signed.vote().signBytes(chainId)))) {
        return Optional.of(new SignPosition(Kind.COMMIT, commit.height(), commit.round()));
      }
    }
    return Optional.empty();
  }
}
