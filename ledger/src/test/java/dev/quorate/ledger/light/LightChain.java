package dev.quorate.ledger.light;

import dev.quorate.consensus.core.validators.Validator;
import dev.quorate.consensus.core.validators.ValidatorId;
import dev.quorate.consensus.core.validators.ValidatorSet;
import dev.quorate.consensus.core.vote.BlockId;
import dev.quorate.consensus.core.vote.CanonicalBytes;
import dev.quorate.consensus.core.vote.Height;
import dev.quorate.consensus.core.vote.PartSetHeader;
import dev.quorate.consensus.core.vote.Round;
import dev.quorate.crypto.Bytes;
import dev.quorate.crypto.Ed25519;
import dev.quorate.crypto.Hash;
import dev.quorate.ledger.Commit;
import dev.quorate.ledger.CommitSig;
import dev.quorate.ledger.Four;
import dev.quorate.ledger.Header;
import dev.quorate.ledger.HeaderHashes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Light blocks of a chain whose validators may change: headers and votes, no bodies. */
final class LightChain {
  private LightChain() {}

  static ValidatorSet set(String... names) {
    var validators = new ArrayList<Validator>();
    for (var name : names) {
      validators.add(Validator.of(Four.keys(name).publicKey(), 1));
    }
    return ValidatorSet.of(validators);
  }

  static Instant time(long height) {
    return Four.GENESIS_TIME.plusSeconds(height);
  }

  static Header header(long height, ValidatorSet set, ValidatorSet next) {
    return new Header(
        Header.BLOCK_VERSION,
        1,
        Four.CHAIN,
        new Height(height),
        time(height),
        BlockId.NONE,
        Hash.sha256(),
        Hash.sha256(),
        HeaderHashes.validators(set),
        HeaderHashes.validators(next),
        Hash.sha256(),
        Bytes.EMPTY,
        Hash.NONE,
        Hash.sha256(),
        set.members().getFirst().id());
  }

  /** A block whose named validators vote for it; all others of its set are absent. */
  static LightBlock block(long height, ValidatorSet set, ValidatorSet next, String... voters) {
    return signed(header(height, set, next), set, next, voters);
  }

  static LightBlock signed(Header header, ValidatorSet set, ValidatorSet next, String... voters) {
    var blockId = new BlockId(header.hash(), new PartSetHeader(1, Hash.sha256()));
    var places = new ArrayList<CommitSig>();
    for (var member : set.members()) {
      places.add(
          List.of(voters).stream()
              .filter(it -> Four.id(it).equals(member.id()))
              .findFirst()
              .map(it -> vote(it, header, blockId, CommitSig.Flag.COMMIT))
              .orElse(CommitSig.ABSENT));
    }
    var commit = new Commit(header.height(), Round.ZERO, blockId, places);
    return new LightBlock(header, commit, set.members(), next.members(), provider());
  }

  static CommitSig vote(String name, Header header, BlockId blockId, CommitSig.Flag flag) {
    var votedFor = flag == CommitSig.Flag.NIL ? BlockId.NONE : blockId;
    var signBytes =
        CanonicalBytes.vote(
            2, header.height(), Round.ZERO, votedFor, header.time(), header.chainId());
    return new CommitSig(
        flag,
        Optional.of(Four.id(name)),
        header.time(),
        Optional.of(Ed25519.INSTANCE.sign(Four.keys(name), signBytes)));
  }

  static ValidatorId provider() {
    return Four.id("a");
  }
}
