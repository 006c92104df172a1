package dev.quorate.replica;

import dev.quorate.consensus.core.vote.SignedVote;

/** Two signed votes of one validator that no correct validator makes. */
public record Accusation(SignedVote first, SignedVote second) {}
