package dev.quorate.transport;

/** Which of a peer's two waiting lines a frame stands in; the first is always served first. */
public enum Priority {
  /** Small and urgent. */
  CONSENSUS,
  /** May wait: whole blocks for a peer that catches up, forwarded transactions. */
  BULK
}
