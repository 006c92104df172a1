package dev.quorate.consensus.pbft;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.VoteCodec;
import dev.quorate.consensus.pbft.OwnVotes.OwnVote;
import dev.quorate.consensus.pbft.message.View;
import dev.quorate.consensus.pbft.message.ViewChangeCodec;
import dev.quorate.consensus.pbft.proto.OwnVoteProto;
import dev.quorate.consensus.pbft.proto.PbftStateProto;
import dev.quorate.crypto.Bytes;
import java.util.Optional;

/** The saved form of {@link PbftState}. */
final class PbftStateCodec {
  /** The format that this version writes, and the only one it reads. */
  static final int FORMAT = 1;

  private PbftStateCodec() {}

  static Bytes encode(PbftState state) {
    var proto =
        PbftStateProto.newBuilder()
            .setFormat(FORMAT)
            .setView(state.view().value())
            .setPending(state.pending().value())
            .setActive(state.active())
            .setDeliveredIn(state.deliveredIn().value())
            .setBase(ViewChangeCodec.toProto(state.base()))
            .setTipIsDue(state.tipIsDue())
            .setPreparedTip(ViewChangeCodec.toProto(state.preparedTip()));
    state.claim().ifPresent(it -> proto.setClaim(ViewChangeCodec.toProto(it)));
    state.entry().ifPresent(it -> proto.setEntry(ViewChangeCodec.toProto(it)));
    state.prepares().forEach(vote -> proto.addPrepares(toProto(vote)));
    state.commits().forEach(vote -> proto.addCommits(toProto(vote)));
    state.high().ifPresent(certificate -> proto.setHigh(VoteCodec.toProto(certificate)));
    return Bytes.wrap(proto.build().toByteArray());
  }

  /** Refuses, as a broken promise of the store, bytes that {@link #encode} did not write. */
  static PbftState decode(Bytes encoded) {
    try {
      var proto = PbftStateProto.parseFrom(encoded.asBuffer());
      if (proto.getFormat() != FORMAT) {
        throw new IllegalStateException(
            "the saved PBFT state has format %d, this version reads %d"
                .formatted(proto.getFormat(), FORMAT));
      }
      return new PbftState(
          new View(proto.getView()),
          new View(proto.getPending()),
          proto.getActive(),
          new View(proto.getDeliveredIn()),
          proto.hasClaim()
              ? Optional.of(known(ViewChangeCodec.fromProto(proto.getClaim())))
              : Optional.empty(),
          proto.hasEntry()
              ? Optional.of(known(ViewChangeCodec.fromProto(proto.getEntry())))
              : Optional.empty(),
          known(ViewChangeCodec.fromProto(proto.getBase())),
          proto.getTipIsDue(),
          known(ViewChangeCodec.fromProto(proto.getPreparedTip())),
          proto.getPreparesList().stream().map(PbftStateCodec::fromProto).toList(),
          proto.getCommitsList().stream().map(PbftStateCodec::fromProto).toList(),
          proto.hasHigh()
              ? Optional.of(known(VoteCodec.fromProto(proto.getHigh())))
              : Optional.empty());
    } catch (InvalidProtocolBufferException | IllegalArgumentException damaged) {
      throw new IllegalStateException("the saved PBFT state is damaged", damaged);
    }
  }

  private static OwnVoteProto toProto(OwnVote vote) {
    return OwnVoteProto.newBuilder()
        .setView(vote.view().value())
        .setHeight(vote.height().value())
        .setId(VoteCodec.toProto(vote.id()))
        .setTime(VoteCodec.toProto(vote.time()))
        .build();
  }

  private static OwnVote fromProto(OwnVoteProto proto) {
    return new OwnVote(
        new View(proto.getView()),
        new Height(proto.getHeight()),
        known(VoteCodec.fromProto(proto.getId())),
        known(VoteCodec.fromProto(proto.getTime())));
  }

  private static <T> T known(Optional<T> value) {
    return value.orElseThrow(() -> new IllegalArgumentException("a field is out of range"));
  }
}
