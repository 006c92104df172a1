package dev.quorate.consensus.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.consensus.core.vote.SignedVote;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Ed25519;
import dev.quorate.crypto.KeyPair;
import dev.quorate.crypto.PublicKey;
import dev.quorate.crypto.Signature;
import dev.quorate.crypto.SignatureScheme;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MessageVerifierTest {
  private final CountingScheme scheme = new CountingScheme();
  private final MessageVerifier<Ballot> verifier =
      new MessageVerifier<>(Four.CHAIN, Four.SET, scheme);

  @Test
  void letsAMessageThroughWhoseSignaturesAreAllValid() {
    var ballot = ballot(Four.signedCommit("a", Four.BLOCK), Four.signedCommit("b", Four.BLOCK));

    assertThat(verifier.verify(Four.id("c"), ballot))
        .hasValueSatisfying(
            signed -> {
              assertThat(signed.message()).isEqualTo(ballot);
              assertThat(signed.from()).isEqualTo(Four.id("c"));
            });
  }

  @Test
  void refusesAStrangerBeforeItVerifiesAnything() {
    var ballot = ballot(Four.signedCommit("a", Four.BLOCK), Four.signedCommit("z", Four.BLOCK));

    assertThat(verifier.verify(Four.id("a"), ballot)).isEmpty();
    assertThat(scheme.verified()).isZero();
  }

  @Test
  void refusesAMessageWithOneInvalidSignature() {
    var forged = new SignedVote(Four.commit("b", Four.BLOCK), Signature.UNSIGNED);

    assertThat(verifier.verify(Four.id("a"), ballot(Four.signedCommit("a", Four.BLOCK), forged)))
        .isEmpty();
  }

  @Test
  void refusesASignatureThatAnotherValidatorMade() {
    var stolen = Four.signed("a", Four.commit("b", Four.BLOCK));

    assertThat(verifier.verify(Four.id("a"), ballot(stolen))).isEmpty();
  }

  @Test
  void refusesASignatureForAnotherChain() {
    var elsewhere = new MessageVerifier<Ballot>("another-chain", Four.SET, scheme);

    assertThat(elsewhere.verify(Four.id("a"), ballot(Four.signedCommit("a", Four.BLOCK))))
        .isEmpty();
  }

  @Test
  void computesAValidSignatureOnce() {
    var ballot = ballot(Four.signedCommit("a", Four.BLOCK));

    verifier.verify(Four.id("a"), ballot);
    assertThat(verifier.verify(Four.id("b"), ballot)).isPresent();
    assertThat(scheme.verified()).isEqualTo(1);
  }

  @Test
  void neverRemembersAnInvalidSignatureAsValid() {
    var forged = ballot(new SignedVote(Four.commit("a", Four.BLOCK), Signature.UNSIGNED));

    verifier.verify(Four.id("a"), forged);
    assertThat(verifier.verify(Four.id("a"), forged)).isEmpty();
    assertThat(scheme.verified()).isEqualTo(2);
  }

  @Test
  void doesNotTakeARememberedSignatureForAnotherVote() {
    var signature = Four.signedCommit("a", Four.BLOCK).signature();
    verifier.verify(Four.id("a"), ballot(Four.signedCommit("a", Four.BLOCK)));

    for (var vote : List.of(Four.commit("a", Four.OTHER_BLOCK), Four.commit("b", Four.BLOCK))) {
      assertThat(verifier.verify(Four.id("a"), ballot(new SignedVote(vote, signature)))).isEmpty();
    }
  }

  private static Ballot ballot(SignedVote... votes) {
    return new Ballot(List.of(votes));
  }

  /** Ed25519, counting. */
  private static final class CountingScheme implements SignatureScheme {
    private final AtomicInteger verified = new AtomicInteger();

    int verified() {
      return verified.get();
    }

    @Override
    public Signature sign(KeyPair signer, Bytes message) {
      return Ed25519.INSTANCE.sign(signer, message);
    }

    @Override
    public boolean verify(PublicKey key, Bytes message, Signature signature) {
      verified.incrementAndGet();
      return Ed25519.INSTANCE.verify(key, message, signature);
    }
  }
}
