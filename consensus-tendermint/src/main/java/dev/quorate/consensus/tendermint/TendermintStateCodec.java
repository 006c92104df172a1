package dev.quorate.consensus.tendermint;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.consensus.core.vote.VoteCodec;
import dev.quorate.consensus.tendermint.TendermintState.OwnProposal;
import dev.quorate.consensus.tendermint.TendermintState.Value;
import dev.quorate.consensus.tendermint.message.TendermintCodec;
import dev.quorate.consensus.tendermint.proto.OwnProposalProto;
import dev.quorate.consensus.tendermint.proto.TendermintStateProto;
import dev.quorate.consensus.tendermint.proto.ValueProto;
import dev.quorate.crypto.Bytes;
import java.util.Optional;

/** The saved form of {@link TendermintState}. */
final class TendermintStateCodec {
  /** The format that this version writes, and the only one it reads. */
  static final int FORMAT = 1;

  private TendermintStateCodec() {}

  static Bytes encode(TendermintState state) {
    var proto =
        TendermintStateProto.newBuilder()
            .setFormat(FORMAT)
            .setHeight(state.height().value())
            .setRound(state.round().value())
            .addAllPriorities(state.priorities());
    state.locked().ifPresent(it -> proto.setLocked(toProto(it)));
    state.valid().ifPresent(it -> proto.setValid(toProto(it)));
    state.polka().ifPresent(it -> proto.setPolka(VoteCodec.toProto(it)));
    state
        .proposal()
        .ifPresent(
            it ->
                proto.setProposal(
                    OwnProposalProto.newBuilder()
                        .setValue(toProto(it.value()))
                        .setValidRoundPlusOne(TendermintCodec.plusOne(it.validRound()))));
    state.prevote().ifPresent(it -> proto.setPrevote(VoteCodec.toProto(it)));
    state.precommit().ifPresent(it -> proto.setPrecommit(VoteCodec.toProto(it)));
    state.entry().ifPresent(it -> proto.setEntry(TendermintCodec.toProto(it)));
    return Bytes.wrap(proto.build().toByteArray());
  }

  /** Refuses, as a broken promise of the store, bytes that {@link #encode} did not write. */
  static TendermintState decode(Bytes encoded) {
    try {
      var proto = TendermintStateProto.parseFrom(encoded.asBuffer());
      if (proto.getFormat() != FORMAT) {
        throw new IllegalStateException(
            "the saved Tendermint state has format %d, this version reads %d"
                .formatted(proto.getFormat(), FORMAT));
      }
      return fromProto(proto);
    } catch (InvalidProtocolBufferException | IllegalArgumentException damaged) {
      throw new IllegalStateException("the saved Tendermint state is damaged", damaged);
    }
  }

  private static TendermintState fromProto(TendermintStateProto proto) {
    return new TendermintState(
        new Height(proto.getHeight()),
        new Round(proto.getRound()),
        proto.getPrioritiesList(),
        proto.hasLocked() ? Optional.of(fromProto(proto.getLocked())) : Optional.empty(),
        proto.hasValid() ? Optional.of(fromProto(proto.getValid())) : Optional.empty(),
        proto.hasPolka()
            ? Optional.of(known(VoteCodec.fromProto(proto.getPolka())))
            : Optional.empty(),
        proto.hasProposal() ? Optional.of(fromProto(proto.getProposal())) : Optional.empty(),
        proto.hasPrevote()
            ? Optional.of(known(VoteCodec.fromProto(proto.getPrevote())))
            : Optional.empty(),
        proto.hasPrecommit()
            ? Optional.of(known(VoteCodec.fromProto(proto.getPrecommit())))
            : Optional.empty(),
        proto.hasEntry()
            ? Optional.of(known(TendermintCodec.fromProto(proto.getEntry())))
            : Optional.empty());
  }

  private static ValueProto toProto(Value value) {
    return ValueProto.newBuilder()
        .setRound(value.round().value())
        .setId(VoteCodec.toProto(value.id()))
        .setTime(VoteCodec.toProto(value.time()))
        .build();
  }

  private static Value fromProto(ValueProto proto) {
    return new Value(
        new Round(proto.getRound()),
        known(VoteCodec.fromProto(proto.getId())),
        known(VoteCodec.fromProto(proto.getTime())));
  }

  private static OwnProposal fromProto(OwnProposalProto proto) {
    return new OwnProposal(
        fromProto(proto.getValue()), TendermintCodec.minusOne(proto.getValidRoundPlusOne()));
  }

  private static <T> T known(Optional<T> value) {
    return value.orElseThrow(() -> new IllegalArgumentException("a field is out of range"));
  }
}
