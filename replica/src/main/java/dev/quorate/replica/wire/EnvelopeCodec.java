package dev.quorate.replica.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.quorate.consensus.core.Decoded;
import dev.quorate.consensus.core.Standing;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.DuplicateVoteEvidence;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.PartSetHeader;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
import dev.quorate.replica.wire.WireReader.MalformedException;
import dev.quorate.replica.wire.proto.BlockRequestProto;
import dev.quorate.replica.wire.proto.CommittedAnswerProto;
import dev.quorate.replica.wire.proto.CommittedRequestProto;
import dev.quorate.replica.wire.proto.EnvelopeProto;
import dev.quorate.replica.wire.proto.EvidenceProto;
import dev.quorate.replica.wire.proto.FinalBlockProto;
import dev.quorate.replica.wire.proto.HeardEndProto;
import dev.quorate.replica.wire.proto.HeardRequestProto;
import dev.quorate.replica.wire.proto.TransactionsProto;
import java.util.ArrayList;

/**
 * Envelopes as bytes, and back.
 *
 * <p>Reading never copies: what an envelope holds are slices of the frame. It is strict, so that no
 * two frames mean the same envelope.
 */
public final class EnvelopeCodec {
  /** The version of this format; any other is refused. */
  public static final int FORMAT = 1;

  /** The most transactions in one frame. */
  public static final int MAX_TRANSACTIONS = 16_384;

  /** The most final blocks in one frame. */
  public static final int MAX_BLOCKS = 256;

  /** The most pieces of evidence in one frame. */
  public static final int MAX_EVIDENCE = 64;

  /** What a frame may hold beyond the largest block, in bytes. */
  public static final int FRAME_OVERHEAD = 65_536;

  private static final int LENGTH_DELIMITED = 2;
  private static final long MAX_PARTS = 0xffff_ffffL;

  private EnvelopeCodec() {}

  /** The canonical encoding. */
  public static Bytes encode(Envelope envelope) {
    var proto = EnvelopeProto.newBuilder().setFormat(FORMAT);
    switch (envelope) {
      case Envelope.EngineMessage(var encoded) -> proto.setEngineMessage(wrap(encoded));
      case Envelope.Transactions(var transactions) -> {
        var list = TransactionsProto.newBuilder();
        for (var transaction : transactions) {
          list.addTransactions(wrap(transaction));
        }
        proto.setTransactions(list);
      }
      case Envelope.BlockRequest(var id, var height) ->
          proto.setBlockRequest(
              BlockRequestProto.newBuilder()
                  .setHeight(height.value())
                  .setHash(wrap(id.hash().bytes()))
                  .setPartsTotal((int) id.parts().total())
                  .setPartsHash(wrap(id.parts().hash().bytes())));
      case Envelope.BlockAnswer(var block) -> proto.setBlock(wrap(block));
      case Envelope.CommittedRequest(var from, var to) ->
          proto.setCommittedRequest(
              CommittedRequestProto.newBuilder().setFrom(from.value()).setTo(to.value()));
      case Envelope.CommittedAnswer(var from, var blocks) -> {
        var answer = CommittedAnswerProto.newBuilder().setFrom(from.value());
        for (var block : blocks) {
          answer.addBlocks(
              FinalBlockProto.newBuilder()
                  .setBlock(wrap(block.block()))
                  .setCommit(wrap(block.commit())));
        }
        proto.setCommittedAnswer(answer);
      }
      case Envelope.HeardRequest() -> proto.setHeardRequest(HeardRequestProto.getDefaultInstance());
      case Envelope.HeardEnd(var standing) ->
          proto.setHeardEnd(
              HeardEndProto.newBuilder()
                  .setCommitted(standing.committed().value())
                  .setHighest(standing.highest().value())
                  .setRound(standing.round().value())
                  .setPending(standing.pending().value()));
      case Envelope.Evidence(var pieces) -> {
        var list = EvidenceProto.newBuilder();
        for (var piece : pieces) {
          list.addPieces(wrap(piece));
        }
        proto.setEvidence(list);
      }
    }
    return Bytes.wrap(proto.build().toByteArray());
  }

  /** The envelope that exactly these bytes encode. Never throws. */
  public static Decoded<Envelope> decode(Bytes frame) {
    try {
      var reader = new WireReader(frame);
      reader.expect(tag(EnvelopeProto.FORMAT_FIELD_NUMBER, 0));
      long format = reader.varint();
      if (format != FORMAT) {
        return new Decoded.Malformed<>("format " + format + ", this replica knows " + FORMAT);
      }
      var envelope = content(reader);
      reader.expectEnd();
      return new Decoded.Ok<>(envelope);
    } catch (MalformedException malformed) {
      return new Decoded.Malformed<>(String.valueOf(malformed.getMessage()));
    }
  }

  private static Envelope content(WireReader reader) throws MalformedException {
    if (takes(reader, EnvelopeProto.ENGINE_MESSAGE_FIELD_NUMBER)) {
      return new Envelope.EngineMessage(reader.bytes());
    }
    if (takes(reader, EnvelopeProto.TRANSACTIONS_FIELD_NUMBER)) {
      return transactions(new WireReader(reader.bytes()));
    }
    if (takes(reader, EnvelopeProto.BLOCK_REQUEST_FIELD_NUMBER)) {
      return blockRequest(new WireReader(reader.bytes()));
    }
    if (takes(reader, EnvelopeProto.BLOCK_FIELD_NUMBER)) {
      return new Envelope.BlockAnswer(reader.bytes());
    }
    if (takes(reader, EnvelopeProto.COMMITTED_REQUEST_FIELD_NUMBER)) {
      return committedRequest(new WireReader(reader.bytes()));
    }
    if (takes(reader, EnvelopeProto.COMMITTED_ANSWER_FIELD_NUMBER)) {
      return committedAnswer(new WireReader(reader.bytes()));
    }
    if (takes(reader, EnvelopeProto.HEARD_REQUEST_FIELD_NUMBER)) {
      new WireReader(reader.bytes()).expectEnd();
      return new Envelope.HeardRequest();
    }
    if (takes(reader, EnvelopeProto.HEARD_END_FIELD_NUMBER)) {
      return heardEnd(new WireReader(reader.bytes()));
    }
    if (takes(reader, EnvelopeProto.EVIDENCE_FIELD_NUMBER)) {
      return evidence(new WireReader(reader.bytes()));
    }
    throw new MalformedException("no content that is known");
  }

  private static Envelope transactions(WireReader reader) throws MalformedException {
    int tag = tag(TransactionsProto.TRANSACTIONS_FIELD_NUMBER, LENGTH_DELIMITED);
    var transactions = new ArrayList<Bytes>();
    while (!reader.atEnd()) {
      reader.expect(tag);
      var transaction = reader.bytes();
      if (transaction.isEmpty() || transactions.size() == MAX_TRANSACTIONS) {
        throw new MalformedException("an empty transaction, or too many");
      }
      transactions.add(transaction);
    }
    if (transactions.isEmpty()) {
      throw new MalformedException("no transactions");
    }
    return new Envelope.Transactions(transactions);
  }

  private static Envelope evidence(WireReader reader) throws MalformedException {
    int tag = tag(EvidenceProto.PIECES_FIELD_NUMBER, LENGTH_DELIMITED);
    var pieces = new ArrayList<Bytes>();
    while (!reader.atEnd()) {
      reader.expect(tag);
      var piece = reader.bytes();
      if (piece.isEmpty()
          || piece.length() > DuplicateVoteEvidence.MAX_BYTES
          || pieces.size() == MAX_EVIDENCE) {
        throw new MalformedException("no evidence, too large evidence, or too much of it");
      }
      pieces.add(piece);
    }
    if (pieces.isEmpty()) {
      throw new MalformedException("no evidence");
    }
    return new Envelope.Evidence(pieces);
  }

  private static Envelope blockRequest(WireReader reader) throws MalformedException {
    long height = reader.optionalVarint(tag(BlockRequestProto.HEIGHT_FIELD_NUMBER, 0));
    reader.expect(tag(BlockRequestProto.HASH_FIELD_NUMBER, LENGTH_DELIMITED));
    var hash = hash(reader.bytes());
    long total = reader.optionalVarint(tag(BlockRequestProto.PARTS_TOTAL_FIELD_NUMBER, 0));
    reader.expect(tag(BlockRequestProto.PARTS_HASH_FIELD_NUMBER, LENGTH_DELIMITED));
    var partsHash = hash(reader.bytes());
    reader.expectEnd();
    if (total == 0 || total > MAX_PARTS) {
      throw new MalformedException("a block of " + total + " parts");
    }
    var id = new BlockId(hash, new PartSetHeader(total, partsHash));
    return new Envelope.BlockRequest(id, new Height(height));
  }

  private static Envelope committedRequest(WireReader reader) throws MalformedException {
    long from = reader.optionalVarint(tag(CommittedRequestProto.FROM_FIELD_NUMBER, 0));
    long to = reader.optionalVarint(tag(CommittedRequestProto.TO_FIELD_NUMBER, 0));
    reader.expectEnd();
    if (from > to) {
      throw new MalformedException("a range that ends before it begins");
    }
    return new Envelope.CommittedRequest(new Height(from), new Height(to));
  }

  private static Envelope committedAnswer(WireReader reader) throws MalformedException {
    long from = reader.optionalVarint(tag(CommittedAnswerProto.FROM_FIELD_NUMBER, 0));
    int tag = tag(CommittedAnswerProto.BLOCKS_FIELD_NUMBER, LENGTH_DELIMITED);
    var blocks = new ArrayList<Envelope.FinalBlock>();
    while (!reader.atEnd()) {
      reader.expect(tag);
      if (blocks.size() == MAX_BLOCKS) {
        throw new MalformedException("too many blocks");
      }
      blocks.add(finalBlock(new WireReader(reader.bytes())));
    }
    return new Envelope.CommittedAnswer(new Height(from), blocks);
  }

  private static Envelope heardEnd(WireReader reader) throws MalformedException {
    long committed = reader.optionalVarint(tag(HeardEndProto.COMMITTED_FIELD_NUMBER, 0));
    long highest = reader.optionalVarint(tag(HeardEndProto.HIGHEST_FIELD_NUMBER, 0));
    long round = reader.optionalVarint(tag(HeardEndProto.ROUND_FIELD_NUMBER, 0));
    long pending = reader.optionalVarint(tag(HeardEndProto.PENDING_FIELD_NUMBER, 0));
    reader.expectEnd();
    if (committed > highest || round > pending || pending > Integer.MAX_VALUE) {
      throw new MalformedException("a standing that cannot be");
    }
    return new Envelope.HeardEnd(
        new Standing(
            new Height(committed),
            new Height(highest),
            new Round((int) round),
            new Round((int) pending)));
  }

  private static Envelope.FinalBlock finalBlock(WireReader reader) throws MalformedException {
    reader.expect(tag(FinalBlockProto.BLOCK_FIELD_NUMBER, LENGTH_DELIMITED));
    var block = reader.bytes();
    reader.expect(tag(FinalBlockProto.COMMIT_FIELD_NUMBER, LENGTH_DELIMITED));
    var commit = reader.bytes();
    reader.expectEnd();
    if (block.isEmpty() || commit.isEmpty()) {
      throw new MalformedException("a default is written out");
    }
    return new Envelope.FinalBlock(block, commit);
  }

  private static boolean takes(WireReader reader, int field) throws MalformedException {
    int tag = tag(field, LENGTH_DELIMITED);
    if (!reader.nextIs(tag)) {
      return false;
    }
    reader.expect(tag);
    return true;
  }

  private static Hash hash(Bytes bytes) throws MalformedException {
    if (bytes.length() != Hash.SIZE) {
      throw new MalformedException("a hash of " + bytes.length() + " bytes");
    }
    return Hash.copyOf(bytes);
  }

  private static int tag(int field, int wireType) {
    return field << 3 | wireType;
  }

  private static ByteString wrap(Bytes bytes) {
    return UnsafeByteOperations.unsafeWrap(bytes.asBuffer());
  }
}
