package dev.quorate.consensus.pbft.message;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import dev.quorate.consensus.core.BlockReader;
import dev.quorate.consensus.core.Decoded;
import dev.quorate.consensus.core.MessageCodec;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.SignedVote;
import dev.quorate.consensus.core.vote.VoteCodec;
import dev.quorate.consensus.core.vote.proto.SignedVoteProto;
import dev.quorate.consensus.pbft.message.Status.SlotStatus;
import dev.quorate.consensus.pbft.proto.PbftMessageProto;
import dev.quorate.consensus.pbft.proto.PrePrepareProto;
import dev.quorate.consensus.pbft.proto.SlotStatusProto;
import dev.quorate.consensus.pbft.proto.StatusProto;
import dev.quorate.crypto.Bytes;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Optional;

/**
 * The wire format of {@link PbftMessage}. Only the canonical encoding is accepted: what was decoded
 * is encoded again and must give the same bytes.
 */
public final class PbftCodec implements MessageCodec<PbftMessage> {
  /** Slots in one Status: more than the largest window reaches. */
  public static final int MAX_SLOTS = 256;

  /** Bytes in a bitmap over the validators. */
  public static final int MAX_BITMAP_BYTES = VoteCodec.MAX_SIGNERS / 8;

  private final BlockReader blocks;

  public PbftCodec(BlockReader blocks) {
    this.blocks = blocks;
  }

  @Override
  public Bytes encode(PbftMessage message) {
    var proto = PbftMessageProto.newBuilder();
    switch (message) {
      case PrePrepare it ->
          proto.setPrePrepare(
              PrePrepareProto.newBuilder()
                  .setBlock(UnsafeByteOperations.unsafeWrap(it.block().body().encoded().asBuffer()))
                  .setPrepare(VoteCodec.toProto(it.prepare())));
      case Prepare(var vote) -> proto.setVote(VoteCodec.toProto(vote));
      case Commit(var vote) -> proto.setVote(VoteCodec.toProto(vote));
      case CertificateMessage(var certificate) ->
          proto.setCertificate(VoteCodec.toProto(certificate));
      case Status status -> proto.setStatus(toProto(status));
      case Complain complain -> proto.setComplain(ViewChangeCodec.toProto(complain));
      case Conflict conflict -> proto.setConflict(ViewChangeCodec.toProto(conflict));
      case ViewChange change -> proto.setViewChange(ViewChangeCodec.toProto(change));
      case NewView newView -> proto.setNewView(ViewChangeCodec.toProto(newView));
    }
    return Bytes.wrap(proto.build().toByteArray());
  }

  @Override
  public Decoded<PbftMessage> decode(Bytes encoded) {
    PbftMessageProto proto;
    try {
      proto = PbftMessageProto.parseFrom(encoded.asBuffer());
    } catch (InvalidProtocolBufferException malformed) {
      return new Decoded.Malformed<>("not a PBFT message");
    }
    var message = fromProto(proto);
    if (message.isEmpty()) {
      return new Decoded.Malformed<>("an impossible " + proto.getKindCase());
    }
    if (!encode(message.get()).equals(encoded)) {
      return new Decoded.Malformed<>("not the canonical encoding of a " + proto.getKindCase());
    }
    return new Decoded.Ok<>(message.get());
  }

  private Optional<PbftMessage> fromProto(PbftMessageProto proto) {
    try {
      return switch (proto.getKindCase()) {
        case PRE_PREPARE -> prePrepare(proto.getPrePrepare());
        case VOTE -> vote(proto.getVote());
        case CERTIFICATE ->
            VoteCodec.fromProto(proto.getCertificate()).map(CertificateMessage::new);
        case STATUS -> status(proto.getStatus());
        case COMPLAIN -> ViewChangeCodec.fromProto(proto.getComplain()).map(it -> it);
        case CONFLICT -> ViewChangeCodec.fromProto(proto.getConflict()).map(it -> it);
        case VIEW_CHANGE -> ViewChangeCodec.fromProto(proto.getViewChange()).map(it -> it);
        case NEW_VIEW -> ViewChangeCodec.fromProto(proto.getNewView()).map(it -> it);
        case KIND_NOT_SET -> Optional.empty();
      };
    } catch (IllegalArgumentException refusedByAValue) {
      return Optional.empty();
    }
  }

  private Optional<PbftMessage> prePrepare(PrePrepareProto proto) {
    var vote = VoteCodec.fromProto(proto.getPrepare());
    var block = blocks.read(Bytes.copyOf(proto.getBlock().asReadOnlyByteBuffer()));
    return vote.isEmpty() || block.isEmpty()
        ? Optional.empty()
        : Optional.of(new PrePrepare(block.get(), vote.get()));
  }

  private static Optional<PbftMessage> vote(SignedVoteProto proto) {
    return VoteCodec.fromProto(proto).map(PbftCodec::vote);
  }

  private static PbftMessage vote(SignedVote vote) {
    return switch (vote.vote().type()) {
      case PREPARE -> new Prepare(vote);
      case COMMIT -> new Commit(vote);
    };
  }

  private static StatusProto toProto(Status status) {
    var proto =
        StatusProto.newBuilder()
            .setView(status.view().value())
            .setActive(status.active())
            .setPending(status.pending().value())
            .setCommitted(status.committed().value());
    for (var slot : status.slots()) {
      proto.addSlots(
          SlotStatusProto.newBuilder()
              .setProposal(slot.proposal())
              .setPrepares(ByteString.copyFrom(slot.prepares().toByteArray()))
              .setCommits(ByteString.copyFrom(slot.commits().toByteArray())));
    }
    return proto.build();
  }

  private static Optional<PbftMessage> status(StatusProto proto) {
    if (proto.getSlotsCount() > MAX_SLOTS) {
      return Optional.empty();
    }
    var slots = new ArrayList<SlotStatus>(proto.getSlotsCount());
    for (var slot : proto.getSlotsList()) {
      if (slot.getPrepares().size() > MAX_BITMAP_BYTES
          || slot.getCommits().size() > MAX_BITMAP_BYTES) {
        return Optional.empty();
      }
      slots.add(
          new SlotStatus(
              slot.getProposal(),
              BitSet.valueOf(slot.getPrepares().toByteArray()),
              BitSet.valueOf(slot.getCommits().toByteArray())));
    }
    return Optional.of(
        new Status(
            new View(proto.getView()),
            proto.getActive(),
            new View(proto.getPending()),
            new Height(proto.getCommitted()),
            slots));
  }
}
