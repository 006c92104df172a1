package dev.quorate.consensus.core;

import dev.quorate.crypto.Bytes;

/** One signature that a message needs before it may leave. */
public record SignRequest(SignPosition position, Bytes signBytes) {}
