package dev.quorate.gateway.http;

/** What the event loops of one gateway share. */
public record Shared(LedgerHeight height, Counters counters, ConnectionCounts connections) {}
