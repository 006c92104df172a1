package dev.quorate.consensus.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
import dev.quorate.crypto.Signature;
import org.junit.jupiter.api.Test;

class VerifiedSignaturesTest {
  private final VerifiedSignatures signatures = new VerifiedSignatures();

  @Test
  void forgetsTheOlderGenerationWhenTheYoungerOneIsFull() {
    int entries = 3 * VerifiedSignatures.GENERATION;
    for (int i = 0; i < entries; i++) {
      signatures.add(key(i));
    }

    assertThat(signatures.contains(key(0))).isFalse();
    assertThat(signatures.contains(key(VerifiedSignatures.GENERATION - 1))).isFalse();
    assertThat(signatures.contains(key(VerifiedSignatures.GENERATION))).isTrue();
    assertThat(signatures.contains(key(entries - 1))).isTrue();
  }

  @Test
  void holdsAWholeGenerationBeforeItForgets() {
    for (int i = 0; i <= VerifiedSignatures.GENERATION; i++) {
      signatures.add(key(i));
    }

    assertThat(signatures.contains(key(0))).isTrue();
  }

  @Test
  void knowsACheckByAllItsBytes() {
    var check = check("a", "text", Signature.UNSIGNED);
    var key = VerifiedSignatures.keyOf(check);

    assertThat(VerifiedSignatures.keyOf(check("a", "text", Signature.UNSIGNED))).isEqualTo(key);
    assertThat(VerifiedSignatures.keyOf(check("b", "text", Signature.UNSIGNED))).isNotEqualTo(key);
    assertThat(VerifiedSignatures.keyOf(check("a", "texT", Signature.UNSIGNED))).isNotEqualTo(key);
    assertThat(
            VerifiedSignatures.keyOf(
                check("a", "text", Four.signedCommit("a", Four.BLOCK).signature())))
        .isNotEqualTo(key);
  }

  private static SignatureCheck check(String signer, String text, Signature signature) {
    var vote = Four.commit(signer, Four.BLOCK);
    var position = new SignPosition(SignPosition.Kind.COMMIT, vote.height(), vote.round());
    return new SignatureCheck(Four.id(signer), position, Bytes.utf8(text), signature);
  }

  private static Hash key(int i) {
    return Hash.sha256(Bytes.utf8("signature " + i));
  }
}
