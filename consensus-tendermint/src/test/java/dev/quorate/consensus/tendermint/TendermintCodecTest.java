package dev.quorate.consensus.tendermint;

import static dev.quorate.consensus.tendermint.Validators.FOUR;
import static dev.quorate.consensus.tendermint.Validators.block;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.quorate.consensus.core.Block;
import dev.quorate.consensus.core.Decoded;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.CanonicalBytes;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.consensus.core.vote.VoteCodec;
import dev.quorate.consensus.core.vote.VoteType;
import dev.quorate.consensus.tendermint.message.CertificateMessage;
import dev.quorate.consensus.tendermint.message.Justification;
import dev.quorate.consensus.tendermint.message.Precommit;
import dev.quorate.consensus.tendermint.message.Prevote;
import dev.quorate.consensus.tendermint.message.Proposal;
import dev.quorate.consensus.tendermint.message.Status;
import dev.quorate.consensus.tendermint.message.Step;
import dev.quorate.consensus.tendermint.message.TendermintCodec;
import dev.quorate.consensus.tendermint.message.TendermintMessage;
import dev.quorate.consensus.tendermint.proto.StatusProto;
import dev.quorate.consensus.tendermint.proto.TendermintMessageProto;
import dev.quorate.crypto.Bytes;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class TendermintCodecTest {
  private static final Block X = block(1, BlockId.NONE, FOUR.id("a"), "x");
  private final TendermintCodec codec = new TendermintCodec(Validators::read);

  static List<TendermintMessage> messages() {
    var nil = Validators.vote(VoteType.PREPARE, 3, 1, Optional.empty(), FOUR.id("b"));
    var yes = Validators.vote(VoteType.COMMIT, 3, 1, Optional.of(X), FOUR.id("c"));
    return List.of(
        Validators.signed(FOUR.id("a"), proposal(Optional.empty())).message(),
        Validators.signed(FOUR.id("a"), proposal(Optional.of(Round.ZERO))).message(),
        new Prevote(nil),
        new Precommit(yes),
        new CertificateMessage(FOUR.certificate(VoteType.PREPARE, 2, X, "abc")),
        new Justification(List.of(nil, yes)),
        new Status(new Height(7), new Round(2), Step.PRECOMMIT, true));
  }

  private static Proposal proposal(Optional<Round> validRound) {
    return Proposal.unsigned(X, new Round(4), validRound, FOUR.id("a"));
  }

  @ParameterizedTest
  @MethodSource("messages")
  void readsWhatItWrote(TendermintMessage message) {
    assertThat(codec.decode(codec.encode(message))).isEqualTo(new Decoded.Ok<>(message));
  }

  @ParameterizedTest
  @MethodSource("messages")
  void refusesTrailingBytesAndShortOnes(TendermintMessage message) {
    var encoded = codec.encode(message);
    var longer = new ByteArrayOutputStream();
    encoded.writeTo(longer);
    longer.write(0x98);
    longer.write(0x06);
    longer.write(1);

    assertThat(codec.decode(Bytes.wrap(longer.toByteArray())))
        .isInstanceOf(Decoded.Malformed.class);
    for (int end = 0; end < encoded.length(); end++) {
      assertThat(codec.decode(encoded.slice(0, end))).isInstanceOf(Decoded.Malformed.class);
    }
  }

  @ParameterizedTest
  @MethodSource("messages")
  void noFlippedBitMakesItThrow(TendermintMessage message) {
    var random = new Random(7);
    var encoded = codec.encode(message).toArray();
    for (int i = 0; i < 2_000; i++) {
      var damaged = encoded.clone();
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));

      if (codec.decode(Bytes.copyOf(damaged)) instanceof Decoded.Ok<TendermintMessage>(var read)) {
        assertThat(codec.encode(read)).isEqualTo(Bytes.wrap(damaged));
      }
    }
  }

  @Test
  void refusesAValidRoundThatIsNotBelowTheRound() {
    assertThatIllegalArgumentException().isThrownBy(() -> proposal(Optional.of(new Round(4))));
  }

  @Test
  void refusesAJustificationOfSeveralRoundsOrWithTwoVotesOfOneValidator() {
    var one = Validators.vote(VoteType.PREPARE, 3, 1, Optional.empty(), FOUR.id("b"));
    var other = Validators.vote(VoteType.PREPARE, 4, 1, Optional.empty(), FOUR.id("c"));
    var second = Validators.vote(VoteType.COMMIT, 3, 1, Optional.empty(), FOUR.id("b"));

    assertThatIllegalArgumentException().isThrownBy(() -> new Justification(List.of(one, other)));
    assertThatIllegalArgumentException().isThrownBy(() -> new Justification(List.of(one, second)));
    assertThatIllegalArgumentException().isThrownBy(() -> new Justification(List.of()));
  }

  @Test
  void refusesNumbersOutOfRange() {
    for (var status :
        List.of(
            StatusProto.newBuilder().setHeight(-1).setStep(1),
            StatusProto.newBuilder().setRound(-1).setStep(1),
            StatusProto.newBuilder().setStep(4),
            StatusProto.newBuilder())) {
      var bytes = TendermintMessageProto.newBuilder().setStatus(status).build().toByteArray();

      assertThat(codec.decode(Bytes.wrap(bytes))).isInstanceOf(Decoded.Malformed.class);
    }
  }

  @Test
  void aProposalIsSignedAsCometBftSignsIt() {
    var request = proposal(Optional.of(Round.ZERO)).signRequests("chain").getFirst();

    assertThat(request.signBytes())
        .isEqualTo(CanonicalBytes.proposal(X.height(), new Round(4), 0, X.id(), X.time(), "chain"));
    assertThat(proposal(Optional.empty()).signRequests("chain").getFirst().signBytes())
        .isEqualTo(
            CanonicalBytes.proposal(X.height(), new Round(4), -1, X.id(), X.time(), "chain"));
  }

  /** Frozen: a byte that changes here is a new format. */
  @Test
  void theEncodingOfAStatusIsFrozen() {
    var status = new Status(new Height(7), new Round(2), Step.PRECOMMIT, true);

    assertThat(codec.encode(status).hex()).isEqualTo("2a0808071002180320" + "01");
  }

  @Test
  void votesAreWrittenAsInEveryEngine() {
    var vote = Validators.vote(VoteType.COMMIT, 3, 1, Optional.of(X), FOUR.id("c"));

    var proto = TendermintMessageProto.newBuilder().setVote(VoteCodec.toProto(vote)).build();

    assertThat(codec.encode(new Precommit(vote))).isEqualTo(Bytes.wrap(proto.toByteArray()));
  }
}
