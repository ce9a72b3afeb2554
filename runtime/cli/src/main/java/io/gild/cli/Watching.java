package io.gild.cli;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** JVMs that are watched for a while and write their findings at the end. */
interface Watching {

  /**
   * Waits for the end of the watching.
   *
   * @param most how long at most; null for no limit
   */
  void await(@Nullable Duration most) throws InterruptedException;

  /** Ends the watching; the findings are written afterwards. */
  void end() throws IOException, InterruptedException;

  /** Describes how it ended, for the case that nothing was seen. */
  String outcome();
}
