package io.gild.evaluation;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gild.gates.Outcome;
import io.gild.gates.ResultLog;
import io.gild.gates.Spent;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Writes a result for a task whose agent ends the JVM that it runs in. */
final class ExitWatch {

  private record Running(PlannedRun planned, Instant started) {}

  private static final String EXITED = "the agent ended the JVM with System.exit";

  private static final Map<Thread, Running> RUNNING = new ConcurrentHashMap<>();
  private static volatile @Nullable ResultLog log;

  private ExitWatch() {}

  /** Sets the log for results; without a log, no result is written. */
  static synchronized void leaveResultsIn(ResultLog results) {
    if (log == null) {
      Runtime.getRuntime().addShutdownHook(new Thread(ExitWatch::tell, "gild-golden-exit"));
    }
    log = results;
  }

  static void begin(Thread thread, PlannedRun planned, Instant started) {
    RUNNING.put(thread, new Running(planned, started));
  }

  static void end(Thread thread) {
    RUNNING.remove(thread);
  }

  private static void tell() {
    ResultLog results = log;
    RUNNING.forEach((thread, running) -> {
      if (results != null && isExiting(thread)) {
        say(running.planned());
        Spent spent =
            new Spent(
                Duration.between(running.started(), Instant.now()).abs(),
                BigDecimal.ZERO,
                0,
                0,
                1,
                0);
        results.append(running.planned().without(Outcome.ERROR, EXITED, running.started(), spent));
      }
    });
  }

  /** Writes to the descriptor itself: the replacement of System.err may be closed already. */
  private static void say(PlannedRun planned) {
    PrintStream errors = new PrintStream(new FileOutputStream(FileDescriptor.err), true, UTF_8);
    errors.println("Golden task " + planned.key() + ": " + EXITED + ".");
  }

  private static boolean isExiting(Thread thread) {
    for (StackTraceElement frame : thread.getStackTrace()) {
      if (frame.getClassName().equals("java.lang.Runtime")
          && frame.getMethodName().equals("exit")) {
        return true;
      }
    }
    return false;
  }
}
