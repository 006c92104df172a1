package dev.quorate.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.CanonicalBytes;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
import dev.quorate.crypto.MerkleProof;
import dev.quorate.crypto.MerkleTree;
import dev.quorate.ledger.proto.ConsensusVersionProto;
import dev.quorate.ledger.proto.HeaderProto;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * CometBFT's own encodings of blocks and of what is in them. Votes, proposals and evidence as such
 * are consensus-core's.
 */
class WireMessagesTest {
  /**
   * The published block has no proposer and no commit, which ours always have; so header and body
   * are compared one by one.
   */
  @Test
  void writesHeaderAndTransactionsOfABlockLikeCometBft() {
    var helloWorld = Transaction.of(Bytes.utf8("Hello World"));
    var leafHashes = LedgerBlock.leafHashes(List.of(helloWorld));
    var header =
        HeaderProto.newBuilder()
            .setVersion(ConsensusVersionProto.newBuilder().setBlock(Header.BLOCK_VERSION))
            .setHeight(3)
            .setTime(CanonicalBytes.timestamp(CanonicalBytes.ZERO_TIME))
            .setLastBlockId(CanonicalBytes.blockId(BlockId.NONE))
            .setDataHash(Protos.wrap(MerkleTree.rootOfLeafHashes(leafHashes)))
            .setEvidenceHash(Protos.wrap(MerkleTree.EMPTY_ROOT))
            .build();
    var ours =
        LedgerBlock.of(Four.block(Four.START, "x").header(), List.of(helloWorld), Commit.EMPTY)
            .encoded()
            .hex();
    var published = published("blocksync", "BlockResponseMessage");

    var body = ours.substring(ours.indexOf("120d0a0b"), ours.indexOf("22041a021200"));
    assertThat(published).isEqualTo("1a700a6e" + "0a5b" + Protos.bytes(header).hex() + body);
    assertThat(body).endsWith("1a00");
    assertThat(LedgerBlock.decode(Bytes.fromHex(published.substring(8)))).isEmpty();
  }

  @Test
  void writesPartsLikeCometBft() {
    var leaf =
        Hash.copyOf(ByteString.copyFromUtf8("add_more_exclamation_marks_code-").toByteArray());
    var part = new PartSet.Part(1, Bytes.utf8("test"), new MerkleProof(1, 1, leaf, List.of()));

    var encoded = part.encode();

    assertThat(published("consensus", "BlockPart")).isEqualTo("2a36080110011a30" + encoded.hex());
    assertThat(PartSet.Part.decode(encoded)).contains(part);
  }

  /** A list of evidence is what stands in a block, each piece inside the union of all kinds. */
  @Test
  void writesEvidenceIntoBlocksLikeCometBft() {
    var published = Bytes.fromHex(published("evidence", "DuplicateVoteEvidence"));
    var piece = published.slice(6, published.length());
    var contents = new LedgerBlock.Contents(Four.transactions("x"), List.of(piece), Commit.EMPTY);

    var block = LedgerBlock.of(Four.block(Four.START, "x").header(), contents);

    assertThat(published.slice(0, 6).hex()).isEqualTo("0a85020a8202");
    assertThat(block.encoded().hex()).contains("1a8802" + published.hex());
    assertThat(LedgerBlock.decode(block.encoded()).orElseThrow().evidence()).containsExactly(piece);
  }

  private static String published(String group, String name) {
    for (var vector : Vectors.json("wire_messages.json").get("vectors")) {
      if (vector.get("group").asText().equals(group) && vector.get("name").asText().equals(name)) {
        return vector.get("hex").asText();
      }
    }
    throw new IllegalArgumentException(group + " " + name);
  }
}
