package io.gild.cli;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** JVMs that are watched for a while, and tell what they saw when that is over. */
interface Watching {

  /**
   * Waits until there is no more to see.
   *
   * @param most how long at most; null for no bound
   */
  void await(@Nullable Duration most) throws InterruptedException;

  /** Ends the watching; what was seen is written afterwards. */
  void end() throws IOException, InterruptedException;

  /** Says how it ended, for when nothing was seen. */
  String outcome();
}
