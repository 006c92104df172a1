package dev.quorate.consensus.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.consensus.core.vote.SignedVote;
import dev.quorate.crypto.Ed25519;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessageSignerTest {
  private final List<SignRequest> asked = new ArrayList<>();
  private final SignGuard willing =
      request -> {
        asked.add(request);
        return new SignGuard.Answer.Granted(
            Ed25519.INSTANCE.sign(Four.keys("a"), request.signBytes()));
      };

  @Test
  void fillsInEverySignatureThatIsMissing() {
    var foreign = Four.signedCommit("b", Four.BLOCK);
    var ballot =
        new Ballot(
            List.of(
                SignedVote.unsigned(Four.commit("a", Four.BLOCK)),
                foreign,
                SignedVote.unsigned(Four.commit("a", Four.OTHER_BLOCK))));

    var outcome = signer(willing).sign(ballot);

    assertThat(outcome)
        .isInstanceOfSatisfying(
            MessageSigner.Outcome.Ready.class,
            ready ->
                assertThat(ready.message().message())
                    .isEqualTo(
                        new Ballot(
                            List.of(
                                Four.signedCommit("a", Four.BLOCK),
                                foreign,
                                Four.signedCommit("a", Four.OTHER_BLOCK)))));
  }

  @Test
  void asksTheGuardForNothingInAMessageThatNeedsNoSignature() {
    var ballot = new Ballot(List.of(Four.signedCommit("b", Four.BLOCK)));

    assertThat(signer(willing).sign(ballot))
        .isInstanceOfSatisfying(
            MessageSigner.Outcome.Ready.class,
            ready -> assertThat(ready.message().from()).isEqualTo(Four.id("a")));
    assertThat(asked).isEmpty();
  }

  @Test
  void holdsAMessageBackWhenTheGuardRefusesOneOfItsSignatures() {
    var vote = Four.commit("a", Four.OTHER_BLOCK);
    SignGuard unwilling =
        request ->
            request.signBytes().equals(vote.signBytes(Four.CHAIN))
                ? new SignGuard.Answer.Refused("signed another block there")
                : willing.sign(request);
    var ballot =
        new Ballot(
            List.of(SignedVote.unsigned(Four.commit("a", Four.BLOCK)), SignedVote.unsigned(vote)));

    assertThat(signer(unwilling).sign(ballot))
        .isEqualTo(
            new MessageSigner.Outcome.Refused<Ballot>(
                new SignPosition(SignPosition.Kind.COMMIT, vote.height(), vote.round()),
                "signed another block there"));
  }

  private static MessageSigner<Ballot> signer(SignGuard guard) {
    return new MessageSigner<>(Four.CHAIN, Four.id("a"), guard);
  }
}
