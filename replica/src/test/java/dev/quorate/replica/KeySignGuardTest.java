package dev.quorate.replica;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.consensus.core.SignGuard;
import dev.quorate.consensus.core.SignPosition;
import dev.quorate.consensus.core.SignRequest;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Ed25519;
import dev.quorate.replica.cluster.Members;
import org.junit.jupiter.api.Test;

class KeySignGuardTest {
  private final Ed25519 scheme = Ed25519.INSTANCE;
  private final KeySignGuard guard = new KeySignGuard(Members.key("a"), scheme);

  @Test
  void signsWithItsKey() {
    assertThat(guard.sign(request(1, "x")))
        .isInstanceOfSatisfying(
            SignGuard.Answer.Granted.class,
            it ->
                assertThat(
                        scheme.verify(
                            Members.key("a").publicKey(), Bytes.utf8("x"), it.signature()))
                    .isTrue());
  }

  @Test
  void repeatsASignatureForTheSameBytes() {
    assertThat(guard.sign(request(1, "x"))).isEqualTo(guard.sign(request(1, "x")));
  }

  @Test
  void refusesOtherBytesForAPositionThatWasSigned() {
    guard.sign(request(1, "x"));

    assertThat(guard.sign(request(1, "y"))).isInstanceOf(SignGuard.Answer.Refused.class);
    assertThat(guard.sign(request(2, "y"))).isInstanceOf(SignGuard.Answer.Granted.class);
  }

  private static SignRequest request(long height, String text) {
    var position = new SignPosition(SignPosition.Kind.COMMIT, new Height(height), Round.ZERO);
    return new SignRequest(position, Bytes.utf8(text));
  }
}
