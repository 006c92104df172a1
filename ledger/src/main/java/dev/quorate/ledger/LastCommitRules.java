package dev.quorate.ledger;

import dev.quorate.consensus.core.BlockShape;
import dev.quorate.consensus.core.validators.ValidatorSet;
import dev.quorate.crypto.SignatureScheme;

/**
 * Which commit may stand in a block.
 *
 * <p>Where blocks carry the commit of their parent, each but the first carries one that proves the
 * parent final. Its round and its signers need not be those of the commit that is stored here:
 * every proposer has its own, and all of them prove the same.
 */
final class LastCommitRules {
  private final BlockShape.LastCommit place;
  private final ValidatorSet validators;
  private final String chainId;
  private final SignatureScheme scheme;

  LastCommitRules(Genesis genesis, BlockShape.LastCommit place, SignatureScheme scheme) {
    this.place = place;
    this.validators = genesis.validatorSet();
    this.chainId = genesis.chainId();
    this.scheme = scheme;
  }

  /** What is wrong with the block's commit; empty if nothing is. */
  String fault(LedgerBlock block, ChainState parent) {
    boolean none = block.lastCommit().equals(Commit.EMPTY);
    return switch (place) {
      case BESIDE -> none ? "" : "it carries a commit, which stands beside the block here";
      case CARRIED -> {
        if (parent.id().isNone()) {
          yield none ? "" : "it carries a commit, and there is no block before it";
        }
        yield none ? "it does not carry its parent's commit" : judged(block.lastCommit(), parent);
      }
    };
  }

  private String judged(Commit commit, ChainState parent) {
    return switch (CommitVerifier.verify(commit, parent, validators, chainId, scheme)) {
      case CommitVerifier.Result.Proven() -> "";
      case CommitVerifier.Result.Refused(var reason) ->
          "the commit that it carries does not prove its parent: " + reason;
    };
  }
}
