package dev.quorate.replica.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.quorate.consensus.core.Decoded;
import dev.quorate.consensus.core.Standing;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.PartSetHeader;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
import dev.quorate.replica.wire.proto.EnvelopeProto;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeCodecTest {
  private static final BlockId ID =
      new BlockId(
          Hash.sha256(Bytes.utf8("block")), new PartSetHeader(3, Hash.sha256(Bytes.utf8("parts"))));

  static Stream<Envelope> envelopes() {
    return Stream.of(
        new Envelope.EngineMessage(Bytes.utf8("prepare")),
        new Envelope.EngineMessage(Bytes.EMPTY),
        new Envelope.Transactions(List.of(Bytes.utf8("x"), Bytes.wrap(new byte[300]))),
        new Envelope.BlockRequest(ID, new Height(7)),
        new Envelope.BlockAnswer(Bytes.wrap(new byte[70_000])),
        new Envelope.CommittedRequest(new Height(0), new Height(0)),
        new Envelope.CommittedRequest(new Height(5), new Height(Long.MAX_VALUE)),
        new Envelope.CommittedAnswer(new Height(5), List.of()),
        new Envelope.HeardRequest(),
        new Envelope.Evidence(List.of(Bytes.utf8("x"), Bytes.wrap(new byte[463]))),
        new Envelope.HeardEnd(new Standing(new Height(0), new Height(0), Round.ZERO, Round.ZERO)),
        new Envelope.HeardEnd(
            new Standing(
                new Height(300), new Height(304), new Round(2), new Round(Integer.MAX_VALUE))),
        new Envelope.CommittedAnswer(
            new Height(5),
            List.of(
                new Envelope.FinalBlock(Bytes.utf8("b5"), Bytes.utf8("c5")),
                new Envelope.FinalBlock(Bytes.utf8("b6"), Bytes.utf8("c6")))));
  }

  @ParameterizedTest
  @MethodSource("envelopes")
  void readsWhatItWrites(Envelope envelope) {
    assertThat(EnvelopeCodec.decode(EnvelopeCodec.encode(envelope)))
        .isEqualTo(new Decoded.Ok<>(envelope));
  }

  @ParameterizedTest
  @MethodSource("envelopes")
  void writesOrdinaryProtobuf(Envelope envelope) throws InvalidProtocolBufferException {
    var bytes = EnvelopeCodec.encode(envelope);

    var proto = EnvelopeProto.parseFrom(bytes.asBuffer());

    assertThat(proto.getFormat()).isEqualTo(1);
    assertThat(Bytes.wrap(proto.toByteArray())).isEqualTo(bytes);
  }

  @ParameterizedTest
  @MethodSource("envelopes")
  void refusesEveryBeginningOfAFrame(Envelope envelope) {
    var bytes = EnvelopeCodec.encode(envelope);
    for (int length = 0; length < Math.min(bytes.length(), 400); length++) {
      assertThat(EnvelopeCodec.decode(bytes.slice(0, length)))
          .isInstanceOf(Decoded.Malformed.class);
    }
  }

  @ParameterizedTest
  @MethodSource("envelopes")
  void refusesTrailingBytes(Envelope envelope) {
    var bytes = EnvelopeCodec.encode(envelope);
    var longer = new byte[bytes.length() + 1];
    bytes.copyTo(longer, 0);

    assertThat(EnvelopeCodec.decode(Bytes.wrap(longer))).isInstanceOf(Decoded.Malformed.class);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 42})
  void whateverItReadsIsTheOnlyEncodingOfWhatItRead(long seed) {
    var random = new Random(seed);
    var originals = envelopes().map(EnvelopeCodec::encode).toList();
    for (int i = 0; i < 20_000; i++) {
      var bytes = originals.get(random.nextInt(originals.size())).toArray();
      for (int flips = random.nextInt(3); flips >= 0; flips--) {
        bytes[random.nextInt(Math.min(bytes.length, 64))] = (byte) random.nextInt();
      }
      var mutated = Bytes.wrap(bytes);
      if (EnvelopeCodec.decode(mutated) instanceof Decoded.Ok(var envelope)) {
        assertThat(EnvelopeCodec.encode(envelope)).isEqualTo(mutated);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", // nothing
        "0802", // a later format
        "0801", // no content
        "08811200", // a number that is longer than it must be
        "08010a00", // no such content
        "08011a00", // no transactions
        "08011a020a00", // an empty transaction
        "08011affffffff07", // a length beyond the frame
        "08011affffffffffffffffff01", // a negative length
        "0801320408051004", // a range that ends before it begins
        "08013204080010041200", // a default written out
        "0801420101", // a question with something in it
        "08014a0408051004", // delivered above the highest height
        "08014a0418051804", // a field twice
        "08014a0418052004", // a round above the pending one
        "08015200", // no evidence
        "080152020a00", // empty evidence
        "08014a06208080808008" // a round of more than 31 bits
      })
  void refuses(String hex) {
    assertThat(EnvelopeCodec.decode(Bytes.fromHex(hex))).isInstanceOf(Decoded.Malformed.class);
  }

  @Test
  void refusesMoreTransactionsThanAFrameMayHold() {
    var most = Collections.nCopies(EnvelopeCodec.MAX_TRANSACTIONS, Bytes.utf8("x"));
    var more = Collections.nCopies(EnvelopeCodec.MAX_TRANSACTIONS + 1, Bytes.utf8("x"));

    assertThat(EnvelopeCodec.decode(EnvelopeCodec.encode(new Envelope.Transactions(most))))
        .isInstanceOf(Decoded.Ok.class);
    assertThat(EnvelopeCodec.decode(EnvelopeCodec.encode(new Envelope.Transactions(more))))
        .isInstanceOf(Decoded.Malformed.class);
  }

  @Test
  void refusesMoreEvidenceThanAFrameMayHoldAndLargerPieces() {
    var most = Collections.nCopies(EnvelopeCodec.MAX_EVIDENCE, Bytes.utf8("x"));
    var more = Collections.nCopies(EnvelopeCodec.MAX_EVIDENCE + 1, Bytes.utf8("x"));
    var large = List.of(Bytes.wrap(new byte[464]));

    assertThat(EnvelopeCodec.decode(EnvelopeCodec.encode(new Envelope.Evidence(most))))
        .isInstanceOf(Decoded.Ok.class);
    for (var refused : List.of(more, large)) {
      assertThat(EnvelopeCodec.decode(EnvelopeCodec.encode(new Envelope.Evidence(refused))))
          .isInstanceOf(Decoded.Malformed.class);
    }
  }

  @Test
  void refusesMoreBlocksThanAFrameMayHold() {
    var block = new Envelope.FinalBlock(Bytes.utf8("b"), Bytes.utf8("c"));
    var more = Collections.nCopies(EnvelopeCodec.MAX_BLOCKS + 1, block);

    assertThat(
            EnvelopeCodec.decode(
                EnvelopeCodec.encode(new Envelope.CommittedAnswer(new Height(1), more))))
        .isInstanceOf(Decoded.Malformed.class);
  }
}
