package io.gild.orchestration;

import java.io.IOException;
import java.nio.file.Path;

/** A line of a run cannot be written: the run stops, and can be resumed from its last line. */
final class RunNotRecorded extends OrchestrationException {

  private static final long serialVersionUID = 1L;

  RunNotRecorded(Path file, IOException cause) {
    super("the run cannot be recorded in " + file + ", so it stops here: " + cause, cause);
  }
}
