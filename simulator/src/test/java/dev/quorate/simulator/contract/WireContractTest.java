package dev.quorate.simulator.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quorate.consensus.core.BlockReader;
import dev.quorate.consensus.core.Decoded;
import dev.quorate.consensus.core.Message;
import dev.quorate.consensus.core.MessageCodec;
import dev.quorate.consensus.core.MessageVerifier;
import dev.quorate.consensus.core.SignatureCheck;
import dev.quorate.consensus.core.validators.ValidatorSet;
import dev.quorate.crypto.Bytes;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The wire: {@link MessageCodec}, and what a message says of its signatures. */
final class WireContractTest {
  static Set<String> engines() {
    return Lives.engines().keySet();
  }

  @ParameterizedTest
  @MethodSource("engines")
  void whatWasSentIsReadBackAsItWas(String engine) {
    Lives.of(engine).forEach(WireContractTest::readsBackWhatWasSent);
  }

  @ParameterizedTest
  @MethodSource("engines")
  void whateverBytesComeOnlyTheCanonicalEncodingOfAMessageIsRead(String engine) {
    var life = Lives.of(engine).getLast();

    readsOnlyWhatItWouldWrite(life);
    Lives.engines().keySet().stream()
        .filter(it -> !it.equals(engine))
        .forEach(it -> readsOnlyWhatItWouldWrite(life, Lives.of(it).getLast()));
  }

  @ParameterizedTest
  @MethodSource("engines")
  void aSignatureIsGoodOnItsOwnChainAndFromAMemberOnly(String engine) {
    Lives.of(engine).forEach(WireContractTest::acceptsMembersOfItsChainOnly);
  }

  /** The contract can fail. */
  @ParameterizedTest
  @MethodSource("engines")
  void aCodecThatReadsMoreThanItWritesIsNoticed(String engine) {
    var life = Lives.of(engine).getLast();

    assertThatThrownBy(() -> readsOnlyWhatItWouldWrite(generous(life)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("was read, and would be written as");
  }

  private static <M extends Message<M>> void readsBackWhatWasSent(EngineLife<M> life) {
    var codec = life.codec();
    for (var signed : life.heard()) {
      var encoded = codec.encode(signed.message());
      assertThat(codec.decode(encoded))
          .as("%s", signed)
          .isInstanceOfSatisfying(
              Decoded.Ok.class, it -> assertThat(it.value()).isEqualTo(signed.message()));
    }
  }

  private static <M extends Message<M>> void readsOnlyWhatItWouldWrite(EngineLife<M> life) {
    readsOnlyWhatItWouldWrite(life, life);
    Damage.noise(42).forEach(it -> readsOnlyWhatItWouldWrite(life.codec(), it));
  }

  /** Reads what was written in another life, as it is and damaged. */
  private static <M extends Message<M>, N extends Message<N>> void readsOnlyWhatItWouldWrite(
      EngineLife<M> life, EngineLife<N> other) {
    var codec = life.codec();
    for (var message : other.specimens(3)) {
      var encoded = other.codec().encode(message);
      readsOnlyWhatItWouldWrite(codec, encoded);
      Damage.of(encoded).forEach(it -> readsOnlyWhatItWouldWrite(codec, it));
    }
  }

  private static <M extends Message<M>> void readsOnlyWhatItWouldWrite(
      MessageCodec<M> codec, Bytes bytes) {
    switch (codec.decode(bytes)) {
      case Decoded.Malformed<M>(var reason) -> assertThat(reason).isNotBlank();
      case Decoded.Ok<M>(var message) ->
          assertThat(codec.encode(message))
              .as("%s was read, and would be written as something else", bytes)
              .isEqualTo(bytes);
    }
  }

  private static <M extends Message<M>> void acceptsMembersOfItsChainOnly(EngineLife<M> life) {
    var set = life.genesis().validatorSet();
    var verifier = life.verifier();
    var foreign = new MessageVerifier<M>(life.genesis().chainId() + "-2", set, life.scheme());
    int signed = 0;
    for (var heard : life.heard()) {
      var message = heard.message();
      var signers =
          message.signatureChecks(life.genesis().chainId()).stream()
              .map(SignatureCheck::signer)
              .collect(Collectors.toSet());
      assertThat(verifier.verify(heard.from(), message)).as("%s", heard).isPresent();
      if (signers.isEmpty()) {
        continue;
      }
      signed++;
      var others =
          set.members().stream().filter(it -> !it.id().equals(signers.iterator().next())).toList();
      var without =
          new MessageVerifier<M>(life.genesis().chainId(), ValidatorSet.of(others), life.scheme());
      assertThat(foreign.verify(heard.from(), message)).as("%s elsewhere", heard).isEmpty();
      assertThat(without.verify(heard.from(), message)).as("%s of a stranger", heard).isEmpty();
    }
    assertThat(signed).isGreaterThan(100);
  }

  /** An engine whose codec overlooks a last byte. */
  private static <M extends Message<M>> EngineLife<M> generous(EngineLife<M> life) {
    return life.with(
        new OtherEngine<>(life.provider()) {
          @Override
          public MessageCodec<M> codec(BlockReader blocks) {
            var codec = super.codec(blocks);
            return new MessageCodec<>() {
              @Override
              public Bytes encode(M message) {
                return codec.encode(message);
              }

              @Override
              public Decoded<M> decode(Bytes encoded) {
                var decoded = codec.decode(encoded);
                return decoded instanceof Decoded.Malformed<M> && encoded.length() > 0
                    ? codec.decode(encoded.slice(0, encoded.length() - 1))
                    : decoded;
              }
            };
          }
        });
  }
}
