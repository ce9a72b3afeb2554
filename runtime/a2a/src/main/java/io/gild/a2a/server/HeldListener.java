package io.gild.a2a.server;

/** A listener that holds its task until it has heard everything. */
interface HeldListener extends TaskListener {

  /** Sets what runs once, when the listener has heard everything or its client has left. */
  void onLeave(Runnable leaving);
}
