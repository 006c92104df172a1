package dev.quorate.ledger.evidence;

import dev.quorate.consensus.core.vote.DuplicateVoteEvidence;

/** A piece of evidence in the chain. */
public record CommittedEvidence(EvidencePlace place, DuplicateVoteEvidence evidence) {}
