package io.gild.a2a.server;

/** A listener that holds its task until it has received everything. */
interface HeldListener extends TaskListener {

  /** Sets what runs once, when the listener has received everything or its client has left. */
  void onLeave(Runnable leaving);
}
