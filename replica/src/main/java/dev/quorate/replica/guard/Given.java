package dev.quorate.replica.guard;

import dev.quorate.consensus.core.vote.Round;
import dev.quorate.crypto.Hash;
import dev.quorate.crypto.Signature;

/** One signature that was given: in which view or round, for which sign bytes. */
record Given(Round round, Hash said, Signature signature) {}
