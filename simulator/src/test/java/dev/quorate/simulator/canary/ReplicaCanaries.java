package dev.quorate.simulator.canary;

import dev.quorate.mutants.Mutant;
import java.util.List;

/** Sins of what is around the engine: order of writing and sending, the guard, pool and sync. */
final class ReplicaCanaries {
  private static final String REPLICA = "dev/quorate/replica/";
  private static final String RUNNER = REPLICA + "Runner.java";
  private static final String BARRIER = REPLICA + "Barrier.java";
  private static final String BLOCKS = REPLICA + "blocks/Blocks.java";
  private static final String ADMISSIONS = REPLICA + "pool/Admissions.java";

  private ReplicaCanaries() {}

  static List<Canary> all() {
    return List.of(
        new Canary(sentBeforeWritten(), "O13", PbftCourse.CALM, 1, 3),
        new Canary(sentBeforeGuardIsSynced(), "O13", PbftCourse.CALM, 1, 3),
        new Canary(olderStateWritten(), "O13", PbftCourse.CALM, 5, 8),
        new Canary(bodiesNotWritten(), "O13", PbftCourse.CALM, 1, 3),
        new Canary(announcedBeforeWritten(), "O13", PbftCourse.CALM, 1, 3),
        new Canary(announcedBeforeWritten(), "O2", PbftCourse.FUSES, 1, 3),
        new Canary(guardAndStateForgotten(), "O5", PbftCourse.BLIND_PRIMARY, 1, 3),
        new Canary(pickedAgain(), "O10", PbftCourse.CALM, 1, 3),
        new Canary(pickedAgain(), "O3", PbftCourse.CALM, 1, 3),
        new Canary(finalAdmittedAgain(), "O10", PbftCourse.REPEATED, 1, 3),
        new Canary(placeOfTheTip(), "O11", PbftCourse.REPEATED, 1, 3),
        new Canary(noteOfThePrimary(), "O9", PbftCourse.CALM, 1, 3),
        new Canary(statusAhead(), "O12", PbftCourse.CALM, 1, 3),
        new Canary(commitNotVerified(), "O4", PbftCourse.LIAR_IN_SYNC, 3, 8),
        new Canary(catchUpAsksOnce(), "O17", PbftCourse.LOSSES, 1, 8),
        new Canary(evidenceLeftOut(), "O24", PbftCourse.TWO_FACED, 1, 3),
        new Canary(evidenceBelieved(), "O24", PbftCourse.FRAMED, 1, 3),
        new Canary(passedOnToNobody(), "O15", PbftCourse.ENTRUSTED, 1, 3),
        new Canary(passedOnToTheLeaderOnly(), "O15", PbftCourse.CENSORED, 1, 3),
        new Canary(abandonedForEver(), "O15", PbftCourse.ABANDONED, 1, 3),
        new Canary(historyJoinedWrongly(), "O3", PbftCourse.CALM, 1, 3));
  }

  private static Mutant sentBeforeWritten() {
    return replica("messages leave before the state behind them is written")
        .with(
            RUNNER,
            """
                var written = parts.barrier.write(durable, parts.evidence.unsaved());
                durable.clear();
                parts.evidence.saved();
                delivery.announce(written, now);
            """,
            "")
        .with(
            RUNNER,
            "    delivery.considerReturn(written);\n",
            """
                var written = parts.barrier.write(durable, parts.evidence.unsaved());
                durable.clear();
                parts.evidence.saved();
                delivery.announce(written, now);
                delivery.considerReturn(written);
            """);
  }

  private static Mutant sentBeforeGuardIsSynced() {
    return replica("signatures leave before the guard is synced")
        .with(
            REPLICA + "Sealer.java",
            "if (guard.sync(stateNumber)) {",
            "if (asked.isEmpty() && guard.sync(stateNumber)) {");
  }

  private static Mutant olderStateWritten() {
    return replica("of several engine states the first is written")
        .with(
            BARRIER,
            "case Effect.Persist<M> persist -> last = persist;",
            "case Effect.Persist<M> persist -> last = last == null ? persist : last;");
  }

  private static Mutant bodiesNotWritten() {
    return replica("bodies of undelivered blocks are not written")
        .with(BARRIER, "batch.store(LedgerBlock.of(block));", "");
  }

  private static Mutant announcedBeforeWritten() {
    return replica("a block is announced as final before it is written")
        .with(
            RUNNER,
            """
                      if (toKeep instanceof Effect.Commit<M>(var block, _)) {
                        delivered = block.height();
            """,
            """
                      if (toKeep instanceof Effect.Commit<M>(var block, var certificate)) {
                        delivered = block.height();
                        parts.ports.finality().onDelivered(
                            dev.quorate.ledger.LedgerBlock.of(block),
                            dev.quorate.ledger.Commit.of(
                                certificate, parts.barrier.validators()));
            """)
        .with(
            BARRIER,
            "  /** The number of the engine state that is on disk. */\n",
            """
              ValidatorSet validators() {
                return validators;
              }

              /** The number of the engine state that is on disk. */
            """)
        .with(
            REPLICA + "Delivery.java",
            "      parts.ports.finality().onDelivered(it.block(), it.commit());\n",
            "");
  }

  private static Mutant guardAndStateForgotten() {
    return replica("the engine's state is not saved, and the guard refuses nothing")
        .with(BARRIER, "if (last != null) {", "if (last != null && delivered.size() > 1_000) {")
        .with(
            REPLICA + "guard/DurableSignGuard.java",
            "case Judgement.Refused(var reason) -> new Answer.Refused(reason);",
            "case Judgement.Refused(_) -> new Answer.Granted(key.sign(request.signBytes()));");
  }

  private static Mutant pickedAgain() {
    return replica("what is proposed is picked again, and nobody looks for it in ancestors")
        .with(BLOCKS, "stateOf(parent), ancestors(parent)", "stateOf(parent), Ancestors.NONE")
        .with(
            REPLICA + "pool/Mempool.java",
            "        unlink(entry);\n        entry.proposed = true;\n",
            "");
  }

  private static Mutant finalAdmittedAgain() {
    return replica("a transaction that is final is admitted again")
        .with(
            ADMISSIONS,
            "if (pool.contains(id) || chain.contains(id)) {",
            "if (pool.contains(id)) {")
        .with(ADMISSIONS, "    if (chain.contains(id)) {", "    if (false) {");
  }

  private static Mutant noteOfThePrimary() {
    return replica("the primary adds a transaction of its own")
        .with(
            BLOCKS,
            "    var picked = pool.pick(beside);\n",
            """
                var picked = new ArrayList<>(pool.pick(beside));
                picked.add(
                    dev.quorate.ledger.Transaction.of(
                        dev.quorate.crypto.Bytes.utf8("at " + now)));
            """);
  }

  private static Mutant placeOfTheTip() {
    return replica("a client is told the tip's height as the place of its transaction")
        .with(
            ADMISSIONS,
            "new Submission.AlreadyCommitted(chain.locate(id).orElseThrow())",
            """
            new Submission.AlreadyCommitted(
                      new dev.quorate.ledger.Location(
                          chain.tip().orElseThrow().height(),
                          chain.locate(id).orElseThrow().index(),
                          chain.locate(id).orElseThrow().sequence()))\
            """);
  }

  private static Mutant statusAhead() {
    return replica("the status counts a block that is only prepared")
        .with(
            REPLICA + "Replica.java",
            "        tip.height(),\n        tip.id(),\n",
            """
                    runner.status().inFlight() > 0 ? tip.height().next() : tip.height(),
                    tip.id(),
            """);
  }

  private static Mutant commitNotVerified() {
    return replica("a final block from a peer needs no commit that holds")
        .with(
            REPLICA + "sync/FinalBlockReader.java",
            "case CommitVerifier.Result.Refused(_) -> false;",
            "case CommitVerifier.Result.Refused(_) -> true;");
  }

  private static Mutant catchUpAsksOnce() {
    return replica("final blocks are asked for once, answered or not")
        .with(
            REPLICA + "sync/CatchUp.java",
            "if (request != null && !now.isBefore(request.deadline())) {",
            "if (request != null && now.equals(Instant.MAX)) {")
        .with(
            REPLICA + "sync/CatchUp.java",
            "return request == null ? Instant.MAX : request.deadline();",
            "return Instant.MAX;");
  }

  private static Mutant evidenceLeftOut() {
    return replica("a builder takes no evidence into its block")
        .with(REPLICA + "evidence/EvidencePool.java", "      picked.add(piece);\n", "");
  }

  private static Mutant evidenceBelieved() {
    return replica("evidence of peers is believed")
        .with(
            REPLICA + "evidence/EvidenceDoor.java",
            ".filter(EvidenceVerifier.Result.Proven.class::isInstance)",
            "");
  }

  /** No sin by itself: what keeps many from being seen is taken away. */
  static Mutant guardRefusesNothing() {
    return replica("the guard refuses nothing")
        .with(
            REPLICA + "guard/DurableSignGuard.java",
            "case Judgement.Refused(var reason) -> new Answer.Refused(reason);",
            "case Judgement.Refused(_) -> new Answer.Granted(key.sign(request.signBytes()));");
  }

  private static Mutant passedOnToNobody() {
    return replica("what a client handed in is passed on to nobody")
        .with(
            REPLICA + "pool/Forwarder.java",
            "    if (!Objects.equals(currentLeader, leader)) {\n",
            """
                fresh.clear();
                if (now.isBefore(Instant.MAX)) {
                  return;
                }
                if (!currentLeader.equals(leader)) {
            """);
  }

  private static Mutant passedOnToTheLeaderOnly() {
    return replica("what waits is passed on to the leader and to nobody else")
        .with(
            REPLICA + "pool/Forwarder.java",
            "      network.broadcast(frame(waiting));\n",
            "      network.send(leader, frame(waiting));\n");
  }

  private static Mutant abandonedForEver() {
    return replica("the transactions of abandoned proposals are never proposed again")
        .with(
            REPLICA + "pool/Mempool.java",
            "if (entry != null && entry.proposed) {\n        entry.proposed = false;",
            "if (entry != null && entry.proposed && bytes < 0) {\n        entry.proposed = false;");
  }

  private static Mutant historyJoinedWrongly() {
    return Mutant.of("crypto", "the subtrees of the history are joined the wrong way round")
        .with(
            "dev/quorate/crypto/MerkleFrontier.java",
            "root = MerkleTree.innerHash(digest, peaks.get(i), root);",
            "root = MerkleTree.innerHash(digest, root, peaks.get(i));");
  }

  private static Mutant replica(String name) {
    return Mutant.of("replica", name);
  }
}
