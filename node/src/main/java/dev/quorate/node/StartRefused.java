package dev.quorate.node;

import java.util.List;

/** A node does not start, or a network is not made; nothing was changed on disk. */
public final class StartRefused extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** The sentence that says why, and what to do. */
  public StartRefused(String why) {
    super(why);
  }

  /** Several lines that say why; the last one alone must be enough. */
  public StartRefused(List<String> lines) {
    super(String.join("\n", lines));
  }

  public List<String> lines() {
    return String.valueOf(getMessage()).lines().toList();
  }
}
