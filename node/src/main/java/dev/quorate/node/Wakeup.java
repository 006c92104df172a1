package dev.quorate.node;

import org.jspecify.annotations.Nullable;

/** Wakes the replica's thread, which is made after the replica that asks for it. */
final class Wakeup implements Runnable {
  private volatile @Nullable ReplicaThread thread;

  void attach(ReplicaThread made) {
    thread = made;
  }

  @Override
  public void run() {
    var attached = thread;
    if (attached != null) {
      attached.wake();
    }
  }
}
