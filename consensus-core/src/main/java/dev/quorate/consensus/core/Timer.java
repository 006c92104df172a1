package dev.quorate.consensus.core;

/** Names a timer. Engines bring their own value types; equal names are the same timer. */
public interface Timer {}
