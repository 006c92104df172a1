package dev.quorate.consensus.core.vote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quorate.consensus.core.Four;
import dev.quorate.crypto.Signature;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CertificateTest {
  @Test
  void hasAQuorumWithThreeOfFour() {
    assertThat(certificate("a", "b", "c").hasQuorum(Four.SET)).isTrue();
    assertThat(certificate("a", "b", "c", "d").hasQuorum(Four.SET)).isTrue();
    assertThat(certificate("a", "b").hasQuorum(Four.SET)).isFalse();
    assertThat(certificate().hasQuorum(Four.SET)).isFalse();
  }

  @Test
  void refusesToCountAValidatorTwice() {
    assertThatThrownBy(() -> certificate("a", "b", "a"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(Four.id("a").toString());
  }

  @Test
  void refusesASecondSignatureOfAValidator() {
    var signers =
        List.of(
            new Certificate.Signer(Four.id("a"), Signature.UNSIGNED),
            new Certificate.Signer(Four.id("a"), Four.signedCommit("a", Four.BLOCK).signature()));

    assertThatThrownBy(() -> certificate(Four.BLOCK, signers))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void hasNoQuorumWithAStrangerAmongItsSigners() {
    assertThat(certificate("a", "b", "c", "z").hasQuorum(Four.SET)).isFalse();
  }

  @Test
  void refusesToBeForNoBlock() {
    assertThatThrownBy(() -> certificate(BlockId.NONE, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void holdsTheVotesOfItsSigners() {
    assertThat(certificate("a", "c").votes())
        .containsExactly(Four.signedCommit("a", Four.BLOCK), Four.signedCommit("c", Four.BLOCK));
  }

  private static Certificate certificate(String... names) {
    var signers = new ArrayList<Certificate.Signer>();
    for (var name : names) {
      var signature = Four.signedCommit(name, Four.BLOCK).signature();
      signers.add(new Certificate.Signer(Four.id(name), signature));
    }
    return certificate(Four.BLOCK, signers);
  }

  private static Certificate certificate(BlockId block, List<Certificate.Signer> signers) {
    return new Certificate(VoteType.COMMIT, new Height(5), new Round(2), block, Four.TIME, signers);
  }
}
