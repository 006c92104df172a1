package dev.quorate.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.consensus.core.validators.Validator;
import dev.quorate.consensus.core.validators.ValidatorSet;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Hash;
import dev.quorate.crypto.MerkleFrontier;
import dev.quorate.crypto.MerkleTree;
import dev.quorate.crypto.PublicKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeaderHashesTest {
  @Test
  void hashesThePublishedValidatorSet() {
    var vector = Vectors.json("validator_set_hash.json");
    var validators = new ArrayList<Validator>();
    for (var json : vector.get("validators")) {
      var key = Base64.getDecoder().decode(json.at("/pub_key/value").asText());
      var validator =
          Validator.of(new PublicKey(Bytes.wrap(key)), json.at("/voting_power").asLong());
      assertThat(validator.id().address()).isEqualTo(Bytes.fromHex(json.get("address").asText()));
      validators.add(validator);
    }

    var set = ValidatorSet.of(validators.reversed());

    assertThat(HeaderHashes.leaf(set.members().getFirst()).hex())
        .isEqualTo(vector.get("leaf0_hex").asText());
    assertThat(HeaderHashes.validators(set).hex()).isEqualTo(vector.get("hash_hex").asText());
  }

  @Test
  void hashesThePublishedParameters() {
    var vectors = Vectors.json("validator_set_hash.json").get("hashed_params");

    assertThat(vectors).isNotEmpty();
    for (var vector : vectors) {
      assertThat(
              HeaderHashes.params(vector.get("max_bytes").asLong(), vector.get("max_gas").asLong()))
          .isEqualTo(Hash.fromHex(vector.get("hash_hex").asText()));
    }
  }

  @Test
  void hashesNoValidatorsToTheEmptyRoot() {
    assertThat(HeaderHashes.validators(List.of())).isEqualTo(MerkleTree.EMPTY_ROOT);
  }

  @Test
  void putsTheNumberOfTransactionsBeforeTheRootOfTheHistory() {
    var leaf = MerkleTree.leafHash(Bytes.utf8("x"));

    assertThat(HeaderHashes.history(MerkleFrontier.EMPTY).hex())
        .isEqualTo("00".repeat(8) + Hash.sha256().hex());
    assertThat(HeaderHashes.history(MerkleFrontier.EMPTY.append(List.of(leaf))).hex())
        .isEqualTo("00".repeat(7) + "01" + leaf.hex());
  }
}
