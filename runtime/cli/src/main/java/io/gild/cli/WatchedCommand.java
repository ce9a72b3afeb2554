package io.gild.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A command that is started and watched. If it is {@code java} itself, the javaagent is its first
 * option; any other command passes it to its child JVMs in {@code JAVA_TOOL_OPTIONS}.
 */
final class WatchedCommand implements Watching {

  private static final String INHERITED = "JAVA_TOOL_OPTIONS";
  private static final int PATIENCE_SECONDS = 20;

  private final Process process;
  private final long start = System.nanoTime();

  private WatchedCommand(Process process) {
    this.process = process;
  }

  static WatchedCommand start(List<String> command, String option) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command(command, option)).inheritIO();
    if (!isJava(command)) {
      inherit(builder.environment(), option);
    }
    return new WatchedCommand(new Started().start(builder));
  }

  /** A command that ends with this JVM, from the moment it starts. */
  private static final class Started {

    private @Nullable Process process;

    synchronized Process start(ProcessBuilder builder) throws IOException {
      Runtime.getRuntime().addShutdownHook(new Thread(this::end, "gild-command"));
      Process started = builder.start();
      process = started;
      return started;
    }

    private synchronized void end() {
      Process started = process;
      if (started != null) {
        started.descendants().toList().forEach(ProcessHandle::destroy);
        started.destroy();
      }
    }
  }

  static List<String> command(List<String> command, String option) {
    List<String> all = new ArrayList<>(command);
    if (isJava(command)) {
      all.add(1, option);
    }
    return all;
  }

  private static boolean isJava(List<String> command) {
    Path name = Path.of(command.get(0)).getFileName();
    return name != null && name.toString().matches("java(\\.exe)?");
  }

  private static void inherit(Map<String, String> environment, String option) {
    String quoted = option.indexOf(' ') < 0 ? option : "'" + option + "'";
    environment.merge(INHERITED, quoted, (before, added) -> before + " " + added);
  }

  @Override
  public void await(@Nullable Duration most) throws InterruptedException {
    if (most == null) {
      process.waitFor();
    } else {
      process.waitFor(most.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public void end() throws InterruptedException {
    List<ProcessHandle> below = process.descendants().toList();
    process.destroy();
    below.forEach(ProcessHandle::destroy); // a shell does not pass the signal on
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
    for (ProcessHandle each : below) {
      try {
        each.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      } catch (ExecutionException | TimeoutException late) {
        each.destroyForcibly();
      }
    }
  }

  /** Returns the command's exit status, once it has ended. */
  int status() {
    return process.exitValue();
  }

  @Override
  public String outcome() {
    return "the command ended with status "
        + process.exitValue()
        + " after "
        + NumberText.seconds((System.nanoTime() - start) / 1e9);
  }
}
